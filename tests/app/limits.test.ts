// What the shell counts, and what it does with the counts: calls that come in, an earlier call that seems to go on,
// what is spent, and where nothing may be sent. Counting that fails keeps nobody from anything.
import { beforeEach, describe, expect, test } from 'vitest';
import { type Handled, handleEvent } from '../../shared/app/handle-event.ts';
import type { Counter, Counters, Ports } from '../../shared/app/ports.ts';
import { receiveCall } from '../../shared/app/receive-call.ts';
import { receiveText } from '../../shared/app/receive-text.ts';
import { type MessageSid, requestIdOf } from '../../shared/domain/ids.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import type { Note } from '../../shared/domain/timeline.ts';
import { canaryContact, canaryLine, canaryNetwork, canaryNumber } from '../support/canary-network.ts';
import { useEngine } from '../support/engine.ts';
import { legSid, messageSid, sure, survivor } from '../support/given.ts';
import {
  fullLine,
  plainLine,
  police,
  roomyLimits,
  smallNetwork,
  volunteer,
} from '../support/small-network.ts';
import { offered, openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
let serial = 0;
beforeEach(() => {
  serial = 0;
});

async function shellWith(
  limits: Partial<Limits> = {},
  change: (ports: Ports) => Partial<Ports> = () => ({}),
) {
  const settings = { ...smallNetwork.settings, limits: { ...roomyLimits, ...limits } };
  const shell = await openShell(engine, [aigul, bota], change);
  await shell.stores.registry.putNetwork({ ...smallNetwork, settings });
  shell.pass(61); // the one that was read at the beginning is known for a minute
  return shell;
}

async function calls(shell: Shell, from: string | null = survivor, line = plainLine) {
  serial += 1;
  const callSid = legSid(serial);
  const address = from === null ? null : sure(parseAddress(from));
  return receiveCall(shell.ports, { callSid, line, from: address, webhookId: `call ${serial}` });
}

async function texts(
  shell: Shell,
  body = 'x',
  from: string = survivor,
  hasMedia = false,
): Promise<MessageSid> {
  serial += 1;
  const sid = messageSid(serial);
  const address = sure(parseAddress(from));
  await receiveText(shell.ports, {
    messageSid: sid,
    line: plainLine,
    from: address,
    body,
    hasMedia,
    webhookId: sid,
    writtenAt: null,
  });
  return sid;
}

async function notesOf(shell: Shell, id: ReturnType<typeof requestIdOf>): Promise<readonly Note[]> {
  return (await shell.stores.requests.timeline(id)).flatMap(({ notes }) => notes);
}

async function isLimited(shell: Shell, { request }: Handled): Promise<boolean> {
  return (await notesOf(shell, sure(request).id)).some(({ note }) => note === 'limited');
}

const reasons = (shell: Shell): readonly string[] => shell.alerts.map(({ reason }) => reason);
const textsSent = (shell: Shell): number => shell.asked.filter(what => what === 'text').length;
const counters = (change: Partial<Counters>) => (ports: Ports) => ({
  counters: { ...ports.counters, ...change },
});
const hangsUp = (shell: Shell, leg: number) =>
  handleEvent(shell.ports, {
    requestId: requestIdOf(legSid(leg)),
    event: { kind: 'caller-hung-up', callSid: legSid(leg) },
    webhookId: null,
  });

describe('calls', () => {
  test('of one number beyond its hour are slowed, each is on record, managers hear of it once', async () => {
    const shell = await shellWith({ callsPerNumberAnHour: 5 });
    for (let call = 1; call <= 8; call += 1) {
      const { request } = await calls(shell);
      expect(request?.phase).toMatchObject({ kind: 'searching', owesNumbers: false });
      await hangsUp(shell, call);
    }
    expect(reasons(shell)).toEqual(['flood']);
    const limited = await Promise.all(
      Array.from({ length: 8 }, async (_, call) =>
        (await notesOf(shell, requestIdOf(legSid(call + 1)))).some(({ note }) => note === 'limited'),
      ),
    );
    expect(limited).toEqual([false, false, false, false, false, true, true, true]);
    expect(shell.asked.filter(what => what.startsWith('ring'))).toHaveLength(5);
    shell.pass(3600);
    expect(offered(await calls(shell))).toHaveLength(1);
  });

  test('with withheld numbers are slowed together, apart from those who show theirs and from other lines', async () => {
    const shell = await shellWith({ withheldPerLineAMinute: 5, callsPerLineAMinute: 9 });
    const slowed: boolean[] = [];
    for (let call = 1; call <= 30; call += 1) {
      slowed.push(await isLimited(shell, await calls(shell, null)));
      await hangsUp(shell, call);
    }
    expect([slowed.lastIndexOf(false), slowed.filter(Boolean).length]).toEqual([4, 25]);
    expect(reasons(shell)).toEqual(['flood']);
    // The line has counted five of them: whoever shows a number is rung for at once, and so is another line.
    expect(offered(await calls(shell))).toHaveLength(1);
    expect(await isLimited(shell, await calls(shell, null, fullLine))).toBe(false);
    shell.pass(60);
    expect(await isLimited(shell, await calls(shell, null))).toBe(false);
  });

  test('of one number over its limit do not slow the line for anybody else', async () => {
    const shell = await shellWith({ callsPerNumberAnHour: 5, callsPerLineAMinute: 9 });
    for (let call = 1; call <= 30; call += 1) {
      await calls(shell, '+77995550099');
      await hangsUp(shell, call);
    }
    expect(offered(await calls(shell))).toHaveLength(1);
  });

  test('after the rings of a day are used up: who calls often is slowed, everybody else is rung for as ever', async () => {
    const shell = await shellWith({ ringsADay: 10, callsPerNumberAnHour: 8 });
    for (let ring = 0; ring < 10; ring += 1) await shell.stores.counters.add({ of: 'rings' }, shell.pass(0));
    const flooder = '+77995550099';
    const slowed: boolean[] = [];
    for (let call = 1; call <= 4; call += 1) {
      slowed.push(await isLimited(shell, await calls(shell, flooder)));
      await hangsUp(shell, call);
    }
    expect(slowed).toEqual([false, false, true, true]);
    expect(offered(await calls(shell))).toHaveLength(1);
    expect(offered(await calls(shell, null))).toHaveLength(1);
    // Whoever is slowed is served when she stays.
    const often = await calls(shell, flooder);
    expect(offered(often)).toEqual([]);
    await hangsUp(shell, 5); // one who was rung for is free again
    shell.pass(60);
    const event = { kind: 'looked' } as const;
    const served = await handleEvent(shell.ports, {
      requestId: sure(often.request).id,
      event,
      webhookId: null,
    });
    expect(offered(served)).toHaveLength(1);
    expect(reasons(shell)).toEqual(['spend-cap']);
  });

  test.each(['add', 'count'] as const)(
    'are served as ever when counters can not be reached (%s)',
    async broken => {
      const fails = async () => {
        throw new Error('no table');
      };
      const shell = await shellWith({ callsPerNumberAnHour: 5 }, counters({ [broken]: fails }));
      expect(offered(await calls(shell))).toHaveLength(1);
      expect(shell.asked).toEqual(['ring 1']);
      expect(shell.logged.map(({ event }) => event)).toContain('not-counted');
    },
  );
});

test('our own call to ourselves is never slowed: it would be taken for a fault', async () => {
  const settings = {
    ...canaryNetwork.settings,
    limits: { ...roomyLimits, callsPerNumberAnHour: 5, ringsADay: 10 },
  };
  const shell = await shellWith();
  await shell.stores.registry.putNetwork({ ...canaryNetwork, settings });
  shell.pass(61);
  for (let ring = 0; ring < 10; ring += 1) await shell.stores.counters.add({ of: 'rings' }, shell.pass(0));
  for (let call = 1; call <= 7; call += 1) {
    expect(offered(await calls(shell, canaryNumber, canaryLine))).toEqual([canaryContact.id]);
    await hangsUp(shell, call);
  }
  // A person who comes to that line by a slip of the finger is a person.
  expect(offered(await calls(shell, survivor, canaryLine))).toEqual([aigul.id]);
});

describe('an earlier call of the same number that has not ended for us', () => {
  test.each(['completed', 'failed', 'no-answer'] as const)(
    'but has for the network (%s): its request is closed, its phones stop, and she goes on from there',
    async outcome => {
      const shell = await shellWith();
      await calls(shell);
      shell.earlier.outcome = outcome;
      const again = await calls(shell);
      const { request: earlier } = await shell.stores.requests.load(requestIdOf(legSid(1)), null);
      expect(earlier?.phase).toMatchObject({ kind: 'closed', because: 'left-waiting' });
      expect(shell.asked).toEqual(['ring 1', 'hang up', 'ring 1']);
      expect(await notesOf(shell, sure(again.request).id)).toContainEqual(
        expect.objectContaining({ note: 'opened', again: true }),
      );
    },
  );

  test('and goes on for the network too: both are served, the second half a minute later', async () => {
    const shell = await shellWith();
    await calls(shell);
    shell.earlier.outcome = 'live';
    const second = await calls(shell);
    expect(offered(second)).toEqual([]);
    expect(second.reply).toMatchObject({ kind: 'ask' });
    const { request: first } = await shell.stores.requests.load(requestIdOf(legSid(1)), null);
    expect(first?.phase.kind).toBe('searching');
    expect(shell.asked).toEqual(['ring 1']);
    shell.pass(30);
    const looked = {
      requestId: sure(second.request).id,
      event: { kind: 'looked' },
      webhookId: null,
    } as const;
    expect(offered(await handleEvent(shell.ports, looked))).toHaveLength(1);
  });

  test('and nobody can say: she is served at once', async () => {
    const shell = await shellWith();
    await calls(shell);
    expect(offered(await calls(shell))).toEqual([bota.id]);
  });

  test('and asking fails: she is served at once, and the log says so', async () => {
    const shell = await shellWith({}, ({ telephone }) => ({
      telephone: {
        ...telephone,
        outcomeOf: async () => {
          throw new Error('no network');
        },
      },
    }));
    await calls(shell);
    expect(offered(await calls(shell))).toEqual([bota.id]);
    expect(shell.logged.map(({ event }) => event)).toContain('nothing-carried');
  });

  test('is asked about once, and not when it is this very call', async () => {
    let asked = 0;
    const shell = await shellWith({}, ({ telephone }) => ({
      telephone: {
        ...telephone,
        outcomeOf: async () => {
          asked += 1;
          return 'live';
        },
      },
    }));
    const callSid = legSid(1);
    const call = { callSid, line: plainLine, from: survivor, webhookId: 'call 1' };
    await receiveCall(shell.ports, call);
    await receiveCall(shell.ports, call);
    expect(asked).toBe(0);
    serial = 1;
    await calls(shell);
    expect(asked).toBe(1);
  });
});

describe('texts', () => {
  test('of a number beyond its hour are recorded and answered as rarely as ever; managers hear of it once', async () => {
    const shell = await shellWith({ textsPerNumberAnHour: 10 });
    for (let text = 0; text < 10; text += 1) await shell.stores.counters.add(of(survivor), shell.pass(0));
    const first = await texts(shell, 'one');
    await texts(shell, 'two');
    await texts(shell, 'three');
    const { request } = await shell.stores.requests.load(requestIdOf(first), null);
    expect(Object.values(sure(request).private.texts)).toEqual(['one', 'two', 'three']);
    expect([textsSent(shell), reasons(shell)]).toEqual([2, ['flood']]);
  });

  test('of one number over its limit do not hold up the questions of the line', async () => {
    const shell = await shellWith({ textsPerNumberAnHour: 10, textsPerLineAMinute: 20 });
    for (let text = 0; text < 30; text += 1) await texts(shell, 'спам', '+77995550099');
    const sent = textsSent(shell);
    await texts(shell, 'Здравствуйте');
    expect(textsSent(shell)).toBe(sent + 1);
  });

  test('of helpers are not counted', async () => {
    const counted: Counter['of'][] = [];
    const shell = await shellWith({}, ({ counters: all }) => ({
      counters: {
        ...all,
        add: async (counter, at) => {
          counted.push(counter.of);
          return all.add(counter, at);
        },
      },
    }));
    await texts(shell, 'Привет', aigul.number);
    expect(counted).toEqual(['texts']); // the hint that it means nothing
    await texts(shell, 'Здравствуйте');
    expect([...counted].sort()).toEqual(
      ['automatic-replies', 'texts', 'texts', 'texts-of-line', 'texts-of-number'].sort(),
    );
  });

  test('are answered as ever when counters can not be reached', async () => {
    const shell = await shellWith(
      { textsPerNumberAnHour: 10 },
      counters({
        add: async () => {
          throw new Error('no table');
        },
      }),
    );
    await texts(shell);
    expect(textsSent(shell)).toBe(1);
  });
});

const of = (number: typeof survivor): Counter => ({ of: 'texts-of-number', number });

describe('what is spent', () => {
  test('near the cap of rings and at it managers are told, once each, and everybody is still rung', async () => {
    const shell = await shellWith({ ringsADay: 10 });
    for (let ring = 0; ring < 7; ring += 1) await shell.stores.counters.add({ of: 'rings' }, shell.pass(0));
    await calls(shell, '+77995550002');
    expect(reasons(shell)).toEqual(['spend-near-cap']);
    await calls(shell, '+77995550003');
    shell.pass(1);
    for (let look = 0; look < 8; look += 1) {
      shell.pass(30);
      const requestId = requestIdOf(legSid(1));
      await handleEvent(shell.ports, { requestId, event: { kind: 'looked' }, webhookId: null });
    }
    expect(reasons(shell).filter(reason => reason.startsWith('spend'))).toEqual([
      'spend-near-cap',
      'spend-cap',
    ]);
    expect(shell.alerts.find(({ reason }) => reason === 'spend-cap')?.severity).toBe('critical');
    expect(shell.asked.filter(what => what.startsWith('ring')).length).toBeGreaterThan(3);
  });

  test('over the cap of texts first questions go out one by one, all of them in the end; a search writes as ever', async () => {
    const shell = await shellWith({ textsADay: 10 });
    const open = await texts(shell, 'Здравствуйте');
    for (let text = 0; text < 9; text += 1) await shell.stores.counters.add({ of: 'texts' }, shell.pass(0));
    const sent = textsSent(shell);
    const strangers: MessageSid[] = [];
    for (let stranger = 2; stranger <= 6; stranger += 1)
      strangers.push(await texts(shell, 'Здравствуйте', `+7799555000${stranger}`));
    expect(textsSent(shell)).toBe(sent + 1); // one a minute
    expect(await notesOf(shell, requestIdOf(sure(strangers[1])))).toContainEqual(
      expect.objectContaining({ note: 'not-performed', because: 'limited' }),
    );
    await texts(shell, '1');
    expect(textsSent(shell)).toBe(sent + 3); // "searching" to her, and an offer
    expect((await shell.stores.requests.load(requestIdOf(open), null)).request?.phase.kind).toBe('searching');
    for (let minute = 0; minute < 240; minute += 10) {
      shell.pass(600);
      for (const sid of strangers) await lookAt(shell, requestIdOf(sid));
    }
    expect(textsSent(shell)).toBeGreaterThanOrEqual(sent + 2 + strangers.length);
    for (const sid of strangers) {
      const { request } = await shell.stores.requests.load(requestIdOf(sid), null);
      expect(sure(request).outbox.some(({ action }) => action.kind === 'text-survivor')).toBe(false);
    }
  });

  test('a number that has had its replies of an hour is asked at the turn of it', async () => {
    const shell = await shellWith({ automaticRepliesAnHour: 2 });
    for (let loop = 0; loop < 2; loop += 1) {
      await texts(shell, 'автоответ');
      await texts(shell, '2');
    }
    const third = await texts(shell, 'Мне нужна помощь');
    expect([textsSent(shell), reasons(shell)]).toEqual([2, ['robot-loop']]);
    shell.pass(3_600 + 60);
    await lookAt(shell, requestIdOf(third));
    expect(textsSent(shell)).toBe(3);
  });
});

describe('an alert about what keeps happening', () => {
  test('is told once in its window, and again in the next', async () => {
    const shell = await shellWith({ callsPerNumberAnHour: 5 });
    const flooders = ['+77995550091', '+77995550092', '+77995550093'];
    for (const flooder of flooders)
      for (let call = 0; call < 8; call += 1) {
        await calls(shell, flooder);
        await hangsUp(shell, serial);
      }
    expect(reasons(shell)).toEqual(['flood']);
    shell.pass(3_600);
    for (let call = 0; call < 8; call += 1) {
      await calls(shell, flooders[0]);
      await hangsUp(shell, serial);
    }
    expect(reasons(shell)).toEqual(['flood', 'flood']);
  });

  test('that could not be published is told by the next one, and by its own outbox', async () => {
    let answer: 'done' | 'later' = 'later';
    const told: string[] = [];
    const shell = await shellWith({ callsPerNumberAnHour: 5 }, () => ({
      alerts: {
        publish: async ({ reason }) => {
          if (answer === 'done') told.push(reason);
          return answer;
        },
      },
    }));
    for (let call = 1; call <= 6; call += 1) {
      await calls(shell, '+77995550091');
      await hangsUp(shell, call);
    }
    answer = 'done';
    await calls(shell, '+77995550091');
    expect(told).toEqual(['flood']);
    shell.pass(60);
    await lookAt(shell, requestIdOf(legSid(6)));
    expect(told).toEqual(['flood']);
  });

  test('is told when nobody can say whether it was', async () => {
    const fails = async () => {
      throw new Error('no table');
    };
    const shell = await shellWith({}, counters({ count: fails }));
    await texts(shell, 'Здравствуйте', '+996700123456');
    await texts(shell, 'Здравствуйте', '+996700123457');
    expect(reasons(shell)).toEqual(['not-allowed-country', 'not-allowed-country']);
  });
});

async function lookAt(shell: Shell, requestId: ReturnType<typeof requestIdOf>): Promise<void> {
  await handleEvent(shell.ports, { requestId, event: { kind: 'looked' }, webhookId: null });
}

test('nothing is sent to a number that is not allowed: it is noted, and managers are told instead', async () => {
  const sentTo: string[] = [];
  const shell = await shellWith({}, ({ telephone }) => ({
    telephone: {
      ...telephone,
      text: async message => {
        sentTo.push(message.to);
        return telephone.text(message);
      },
    },
  }));
  const foreign = await texts(shell, 'Здравствуйте', '+996700123456');
  expect([sentTo, reasons(shell)]).toEqual([[], ['not-allowed-country']]);
  // What a search writes to her is refused at the last moment; those who can help are written to.
  await texts(shell, '9', '+996700123456');
  expect(sentTo).toEqual([police.textNumber]);
  expect(await notesOf(shell, requestIdOf(foreign))).toContainEqual(
    expect.objectContaining({ note: 'not-performed', because: 'not-allowed' }),
  );
});

test('a volunteer whose number is not allowed is neither rung nor hinted', async () => {
  const shell = await shellWith({ allowedPrefixes: ['+7799100008', '+7799555', '+7799100009'] });
  await calls(shell);
  expect(shell.asked.filter(what => what.startsWith('ring'))).toEqual([]);
  await texts(shell, 'Привет', aigul.number);
  expect(textsSent(shell)).toBe(0);
  // It is our settings that are wrong: she stays on the roster, and managers hear of it once.
  const roster = await shell.stores.roster.onDuty([aigul.region], shell.pass(2));
  expect(roster.map(({ reachable }) => reachable)).toEqual([true, true]);
  await lookAt(shell, requestIdOf(legSid(1)));
  expect(reasons(shell).filter(reason => reason === 'helper-not-allowed')).toHaveLength(1);
  expect(reasons(shell)).not.toContain('volunteer-unreachable');
});
