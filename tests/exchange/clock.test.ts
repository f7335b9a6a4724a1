// The shared clock: order, quiescence, cancelling; and that the real one runs an exchange as well.
import { describe, expect, it } from 'vitest';
import { realClock, startExchange, virtualClock } from '../../infra/local/exchange/exchange.ts';
import { AIGUL, LINE, smallWorld } from './small-world.ts';

describe('virtual time', () => {
  it('runs tasks by time, then by order of scheduling, and ends at the target', async () => {
    const clock = virtualClock(1000);
    const ran: [string, number][] = [];
    const note = (name: string) => () => void ran.push([name, clock.now()]);
    clock.schedule(3000, note('late'));
    clock.schedule(2000, note('first'));
    clock.schedule(2000, note('second'));
    clock.schedule(500, note('overdue'));
    await clock.advanceTo(2500);
    expect(ran).toEqual([
      ['overdue', 1000],
      ['first', 2000],
      ['second', 2000],
    ]);
    expect(clock.now()).toBe(2500);
    expect(clock.nextAt()).toBe(3000);
  });

  it('waits for each task, and for what it brings about at the same instant', async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.schedule(10, async () => {
      clock.schedule(clock.now(), async () => {
        await new Promise(resolve => setImmediate(resolve));
        ran.push(`child at ${clock.now()}`);
      });
      await new Promise(resolve => setImmediate(resolve));
      ran.push(`parent at ${clock.now()}`);
    });
    clock.schedule(11, () => void ran.push('later'));
    await clock.advanceBy(20);
    expect(ran).toEqual(['parent at 10', 'child at 10', 'later']);
    expect(clock.pending()).toBe(0);
  });

  it('does not move while tracked work is under way', async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.schedule(5, () => void ran.push('task'));
    clock.track(new Promise<void>(resolve => setImmediate(resolve)).then(() => void ran.push('tracked')));
    await clock.advanceBy(10);
    expect(ran).toEqual(['tracked', 'task']);
  });

  it('forgets a cancelled task', async () => {
    const clock = virtualClock(0);
    const cancel = clock.schedule(5, () => {
      throw new Error('must not run');
    });
    cancel();
    await clock.advanceBy(10);
  });

  it('refuses to be moved by a task, and passes a task’s failure on without being stuck', async () => {
    const clock = virtualClock(0);
    clock.schedule(1, () => clock.advanceBy(1));
    await expect(clock.advanceBy(5)).rejects.toThrow('cannot move the clock');
    await clock.advanceBy(5);
    expect(clock.now()).toBe(6);
  });

  it('keeps callers from outside in a row', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    clock.schedule(5, () => void seen.push(clock.now()));
    await Promise.all([
      clock.advanceBy(10),
      clock.perform(() => void seen.push(clock.now())),
      clock.settle(),
    ]);
    expect(seen).toEqual([0, 5]);
  });
});

describe('an exchange', () => {
  it('gives the same identifiers in every run', async () => {
    const run = async () => {
      const world = await smallWorld();
      world.on('/voice', '<Hangup/>');
      await world.exchange.phone(AIGUL).dial(LINE);
      const log = world.hooks.map(hook => [hook.token, hook.params['CallSid']]);
      await world.close();
      return log;
    };
    expect(await run()).toEqual(await run());
  });

  it('runs in real time too', async () => {
    const clock = realClock();
    const exchange = await startExchange({
      clock,
      accountSid: `AC${'1'.repeat(32)}`,
      authToken: 'token',
      lines: { [LINE]: { voiceUrl: 'http://127.0.0.1:1/voice' } },
    });
    const call = await exchange.phone(AIGUL).dial(LINE);
    expect(call.said).toEqual([expect.stringContaining('application error')]);
    await call.hangUp();
    await clock.settle();
    expect(exchange.liveLegs()).toEqual([]);
    await exchange.close();
    clock.stop();
  });
});
