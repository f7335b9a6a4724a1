// A swap and two rotas in the table: all of it or nothing, and one winner of any race.
import { describe, expect, test } from 'vitest';
import { decideSwap, openSwap } from '../../../shared/domain/decide-swap.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { occurrencesOf } from '../../../shared/domain/occurrence.ts';
import { dutyAt } from '../../../shared/domain/rota.ts';
import { usualSelfService } from '../../../shared/domain/self-service.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import type { Swap } from '../../../shared/domain/swap.ts';
import { useEngine } from '../../support/engine.ts';
import { smallNetwork } from '../../support/small-network.ts';
import { almaty, buildVolunteer, createWorld, region, sure, type World } from './store-world.ts';

const engine = useEngine();
const holidays = new Set<never>();
const rules = { holidays, settings: usualSelfService, restHours: 11 };
const DAY = 24 * 3600;
const everyday = plainRota(almaty, {
  weekly: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: 18 * 60, until: 22 * 60 }],
});

async function given(world: World): Promise<Swap> {
  await world.registry.putNetwork(smallNetwork);
  await world.registry.putVolunteer(buildVolunteer(1, { rota: everyday }), world.now());
  const { volunteer: giver } = sure(await world.shifts.person(buildVolunteer(1).id));
  const occurrence = sure(occurrencesOf(giver, holidays, world.now(), addSeconds(world.now(), 4 * DAY))[2]);
  const decision = openSwap({ now: world.now(), ...rules, giver, occurrence, before: null, isIll: false });
  if (decision.refused !== null) throw new Error(decision.refused);
  const { swap, changes } = decision;
  const commit = { before: null, after: swap, changes, people: [], dueAt: world.now(), by: null };
  expect(await world.shifts.commitSwap(commit, world.now())).toBe('committed');
  expect(await world.shifts.commitSwap(commit, world.now())).toBe('conflict');
  return swap;
}

/** As the shell does it, from what is read now. */
async function read(world: World, swap: Swap, serial: number) {
  const [giver, taker] = await Promise.all(
    [swap.giver, buildVolunteer(serial).id].map(id => world.shifts.person(id)),
  );
  const people = [sure(giver), sure(taker)];
  const decision = decideSwap(
    swap,
    { kind: 'taken', by: sure(taker).volunteer.id, inReturn: null },
    {
      now: world.now(),
      ...rules,
      giver: sure(giver).volunteer,
      taker: sure(taker).volunteer,
      wouldSink: () => false,
    },
  );
  if (decision.refused !== null) throw new Error(decision.refused);
  return {
    before: swap,
    after: decision.swap,
    changes: decision.changes,
    people,
    dueAt: null,
    by: sure(taker).volunteer.id,
  };
}

describe('taking a shift', () => {
  test('ten at once: one has it, and nobody else’s rota has changed', async () => {
    const world = await createWorld(engine);
    const swap = await given(world);
    const serials = Array.from({ length: 10 }, (_, index) => index + 2);
    for (const serial of serials)
      await world.registry.putVolunteer(buildVolunteer(serial, { rota: plainRota(almaty, {}) }), world.now());
    const commits = await Promise.all(serials.map(serial => read(world, swap, serial)));
    const outcomes = await Promise.all(
      commits.map(commit => world.anotherInstance().shifts.commitSwap(commit, world.now())),
    );
    expect(outcomes.filter(outcome => outcome === 'committed')).toHaveLength(1);
    const during = addSeconds(swap.occurrence.window.from, 60);
    const there = (await world.registry.volunteers(region)).filter(
      ({ rota }) => dutyAt(rota, holidays, during) !== null,
    );
    const after = sure(await world.shifts.swap(swap.id));
    expect(after.state).toMatchObject({ kind: 'approved', by: there[0]?.id });
    expect(there).toHaveLength(1);
  });

  test('a manager edits one of the two meanwhile: nothing at all is written', async () => {
    const world = await createWorld(engine);
    const swap = await given(world);
    for (const edited of [1, 2]) {
      const idle = buildVolunteer(2, { rota: plainRota(almaty, {}) });
      await world.registry.putVolunteer(idle, world.now());
      const commit = await read(world, swap, 2);
      await world.registry.putVolunteer(
        edited === 1 ? buildVolunteer(1, { rota: everyday }) : idle,
        world.now(),
      );
      expect(await world.shifts.commitSwap(commit, world.now())).toBe('conflict');
      expect(await world.shifts.swap(swap.id)).toEqual(swap);
      expect(sure(await world.shifts.person(idle.id)).volunteer.rota.dated).toEqual([]);
    }
  });

  test('is listed by region until the shift is over, found while it is due, and gone a quarter later', async () => {
    const world = await createWorld(engine);
    const swap = await given(world);
    const { until } = swap.occurrence.window;
    expect(await world.shifts.swapsOf(region, world.now())).toEqual([swap]);
    expect(await world.shifts.swapsOf(region, addSeconds(until, 1))).toEqual([]);
    expect(await world.shifts.dueSwaps(world.now())).toEqual([swap.id]);
    world.advance(100 * DAY);
    expect(await world.shifts.swap(swap.id)).toBeNull();
  });
});

describe('the address of her own page', () => {
  test('opens hers until its time, and an earlier one nothing any more', async () => {
    const world = await createWorld(engine);
    const { id } = buildVolunteer(1);
    const until = addSeconds(world.now(), DAY);
    const first = await world.shifts.openPage(id, until);
    expect(await world.shifts.whosePage(first, world.now())).toBe(id);
    const second = await world.shifts.openPage(id, until);
    expect(await world.shifts.whosePage(first, world.now())).toBeNull();
    expect(await world.shifts.whosePage(second, world.now())).toBe(id);
    expect(await world.shifts.whosePage(second, until)).toBeNull();
    for (const guess of ['', 'x', `${second}x`, '__proto__', 'A'.repeat(22)])
      expect(await world.shifts.whosePage(guess, world.now())).toBeNull();
    await world.shifts.closePage(id);
    expect(await world.shifts.whosePage(second, world.now())).toBeNull();
  });
});
