// One damaged record, one nonsensical message: everything else goes on, the log names the record, nothing is deleted.
import { describe, expect, test } from 'vitest';
import {
  dutyKey,
  networkKey,
  requestKey,
  timelineKey,
  volunteerKey,
} from '../../shared/adapters/dynamodb/keys.ts';
import { STALE_AFTER_SECONDS } from '../../shared/adapters/dynamodb/roster-store.ts';
import { createStores } from '../../shared/adapters/dynamodb/stores.ts';
import { handleEvent } from '../../shared/app/handle-event.ts';
import { receiveText } from '../../shared/app/receive-text.ts';
import { sweep } from '../../shared/app/sweep.ts';
import { type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { queueHandler } from '../../shared/http/queue.ts';
import { damage, nonsense } from '../support/damage.ts';
import { useEngine } from '../support/engine.ts';
import { legSid, looked, messageSid, survivor } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { offered, openShell, requestId, type Shell } from './shell.ts';

const engine = useEngine();
const [aigul, bota, dana] = [volunteer('aigul', 11), volunteer('bota', 12), volunteer('dana', 13)];
const placeOf = ({ table }: Shell) => ({ client: engine.client(), table });
const idOf = (serial: number): RequestId => requestIdOf(legSid(serial));
const named = ({ logged }: Shell) =>
  logged.filter(({ event }) => event === 'record-damaged').map(({ fields }) => fields['id']);

async function call(shell: Shell, serial: number): Promise<void> {
  const callSid = legSid(serial);
  const event = {
    kind: 'caller-rang',
    callSid,
    lineId: plainLine.id,
    from: null,
    carried: null,
    limited: null,
    coolingDown: false,
  };
  await handleEvent(shell.ports, {
    requestId: idOf(serial),
    event: event as never,
    webhookId: `call ${serial}`,
  });
}

describe('a damaged request', () => {
  test('in the middle of a sweep of many: all others are looked at, it is named and left as it is', async () => {
    const shell = await openShell(engine, [aigul]);
    const serials = Array.from({ length: 40 }, (_, index) => index + 1);
    for (const serial of serials) await call(shell, serial);
    const broken = await damage(placeOf(shell), requestKey(idOf(20)), 'doc', nonsense);
    const versionsBefore = await versions(
      shell,
      serials.filter(serial => serial !== 20),
    );
    shell.pass(130);
    expect(await sweep(shell.ports)).toMatchObject({ looked: 40, failed: 1 });
    const after = await versions(
      shell,
      serials.filter(serial => serial !== 20),
    );
    expect(after.every((version, index) => version > (versionsBefore[index] ?? 0))).toBe(true);
    expect(named(shell)).toEqual([idOf(20)]);
    expect(await broken.isUntouched()).toBe(true);
  });

  test('is named at every look, so that the alarm rings until somebody mends it', async () => {
    const shell = await openShell(engine, [aigul]);
    await call(shell, 1);
    await damage(placeOf(shell), requestKey(idOf(1)), 'personal', nonsense);
    for (const _ of [1, 2]) {
      shell.pass(60);
      await sweep(shell.ports);
    }
    expect(named(shell)).toEqual([idOf(1), idOf(1)]);
  });

  async function versions(shell: Shell, serials: readonly number[]): Promise<readonly number[]> {
    const loaded = await Promise.all(serials.map(serial => shell.stores.requests.load(idOf(serial), null)));
    return loaded.map(({ request }) => request?.version ?? 0);
  }
});

describe('a damaged volunteer', () => {
  test('whose duty entry does not parse is left out, and the others are rung', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    const broken = await damage(placeOf(shell), dutyKey(aigul.id), 'languages', 'ru');
    expect(offered(await shell.opens())).toEqual([bota.id]);
    expect(named(shell)).toContain(aigul.id);
    expect(await broken.isUntouched()).toBe(true);
  });

  test('whose number cannot be read costs one try: the next is rung a second later', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    const broken = await damage(placeOf(shell), volunteerKey(aigul.id), 'person', nonsense);
    await shell.opens();
    const { request } = await shell.stores.requests.load(requestId, null);
    expect(request?.asked[aigul.id]).toMatchObject({ outcome: 'no-answer' });
    shell.pass(1);
    expect(offered(await shell.look())).toEqual([bota.id]);
    expect(shell.asked).toHaveLength(1);
    expect(named(shell)).toEqual([aigul.id]);
    expect(await broken.isUntouched()).toBe(true);
  });

  test('is left out also while the rota is read itself because the job that keeps duty entries is dead', async () => {
    const shell = await openShell(engine, [aigul, bota, dana]);
    await damage(placeOf(shell), dutyKey(aigul.id), 'claimUntil', 'never');
    await damage(placeOf(shell), volunteerKey(bota.id), 'doc', 'nonsense');
    await damage(placeOf(shell), dutyKey(bota.id), 'dueAt', 0);
    shell.pass(STALE_AFTER_SECONDS + 1);
    expect(offered(await shell.opens())).toEqual([dana.id]);
    expect(named(shell)).toEqual(expect.arrayContaining([aigul.id, bota.id]));
  });

  test('does not keep the duty entries of the others from being kept up', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    await damage(placeOf(shell), volunteerKey(aigul.id), 'doc', 'nonsense');
    const at = shell.pass(8 * 24 * 3600);
    await shell.stores.roster.rollDuty(at);
    await shell.opens();
    shell.pass(1);
    expect(offered(await shell.look())).toContain(bota.id);
    expect(named(shell)).toContain(aigul.id);
  });
});

describe('a damaged network', () => {
  test('a function that has read it goes on with what it knows, and names it once a minute', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.stores.networks.network();
    const broken = await damage(placeOf(shell), networkKey, 'network', nonsense);
    shell.pass(61);
    expect(offered(await shell.opens())).toEqual([aigul.id]);
    await shell.look();
    expect(named(shell)).toEqual(['network']);
    expect(await broken.isUntouched()).toBe(true);
  });

  test('a function that starts with it commits nothing, names it, and works as soon as it is mended', async () => {
    const shell = await openShell(engine, [aigul]);
    const network = await shell.stores.networks.network();
    await damage(placeOf(shell), networkKey, 'network', nonsense);
    const sealer = { ...shell.sealer, open: () => '{}' };
    const { client, table } = placeOf(shell);
    const fresh = createStores({ ...shell.ports, client, table, sealer });
    await expect(
      handleEvent({ ...shell.ports, ...fresh }, { requestId, event: looked, webhookId: null }),
    ).rejects.toThrow('network');
    expect(named(shell)).toEqual(['network']);
    await shell.stores.registry.putNetwork(network);
    shell.pass(61);
    expect(offered(await shell.opens())).toEqual([aigul.id]);
  });
});

test('an entry of the timeline that does not parse keeps no request from going on', async () => {
  const shell = await openShell(engine, [aigul]);
  await shell.opens();
  await damage(placeOf(shell), timelineKey(requestId, 1), 'notes', nonsense);
  shell.pass(30);
  await shell.look();
  const timeline = await shell.stores.requests.timeline(requestId);
  expect(timeline.length).toBeGreaterThan(0);
  expect(timeline.map(({ version }) => version)).not.toContain(1);
  expect(named(shell)).toEqual([requestId]);
});

test('nonsense in the queue comes back alone, unquoted in the log; its neighbours are done', async () => {
  const shell = await openShell(engine, [aigul, bota]);
  await shell.opens();
  shell.pass(1);
  const bodies = [
    '{"requestId":',
    'a secret word',
    '\u0000',
    '9'.repeat(200_000),
    JSON.stringify({ requestId }),
  ];
  const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
  const { batchItemFailures } = await queueHandler({ ports: shell.ports } as never)({ Records });
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm1', 'm2', 'm3']);
  expect(shell.asked).toEqual(['ring 1', 'ring 3']);
  expect(shell.logged.filter(({ event }) => event === 'queue-nonsense')).toHaveLength(4);
  expect(JSON.stringify(shell.logged)).not.toContain('secret');
});

describe('a name of 5,000 Cyrillic letters', () => {
  const endless = 'Ж'.repeat(5_000);

  test('of a volunteer is refused when it is written, and she stays as she was', async () => {
    const shell = await openShell(engine, [aigul]);
    const put = shell.stores.registry.putVolunteer({ ...aigul, name: endless }, shell.ports.clock.now());
    await expect(put).rejects.toThrow('vol_aigul was not stored, and what was there is kept: name');
    expect(await shell.stores.directory.volunteer(aigul.id)).toEqual(aigul);
    expect(offered(await shell.opens())).toEqual([aigul.id]);
  });

  test('in the network is refused when it is written, and the line works on with the one it has', async () => {
    const shell = await openShell(engine, [aigul]);
    const network = await shell.stores.networks.network();
    const contacts = network.contacts.map(contact => ({ ...contact, name: endless }));
    await expect(shell.stores.registry.putNetwork({ ...network, contacts })).rejects.toThrow(
      'contacts[0].name',
    );
    shell.pass(61);
    expect(offered(await shell.opens())).toEqual([aigul.id]);
    expect(named(shell)).toEqual([]);
  });
});

describe('a text that no phone should have sent', () => {
  const poisons: readonly (readonly [string, string])[] = [
    ['10,000 Cyrillic characters', 'ж'.repeat(10_000)],
    ['10,000 emoji', '🕊️'.repeat(5_000)],
    ['lone surrogates', 'a\uD800b\uDC00c'],
    ['NULs and other control signs', 'a\u0000b\u0007c\u001b[2J'],
    ['nothing but NULs', '\u0000\u0000'],
    ['nothing but emoji', '🕊️👩‍👧🆘'],
    ['right-to-left marks', '\u202E\u200Fmarrah\u202C'],
    ['noncharacters', 'a\uFFFEb\u{1FFFF}c'],
    ['the name of a prototype', '__proto__'],
  ];

  test.each(poisons)(
    '%s: it opens a request, is kept as it can be passed on, and harms nothing',
    async (_name, body) => {
      const shell = await openShell(engine, [aigul]);
      const known = { line: plainLine, from: survivor, hasMedia: false, writtenAt: null };
      const text = { ...known, messageSid: messageSid(7), body };
      await receiveText(shell.ports, { ...text, webhookId: 'text' });
      const id = requestIdOf(messageSid(7));
      const { request } = await shell.stores.requests.load(id, null);
      expect(request?.phase.kind).toBe('greeting');
      expect(shell.asked).toEqual(['text']);
      for (const kept of Object.values(request?.private.texts ?? {}))
        expect(kept).not.toMatch(/[\p{Cs}\p{Noncharacter_Code_Point}]|(?!\n)\p{Cc}/u);
      const yes = { ...text, messageSid: messageSid(8), body: '1', webhookId: 'yes' };
      await receiveText(shell.ports, yes);
      expect((await shell.stores.requests.load(id, null)).request?.phase.kind).toBe('searching');
    },
  );
});
