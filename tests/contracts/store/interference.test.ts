// What no engine on this machine does by itself: conflicts of transactions, throttling, answers that get lost.
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { useEngine } from '../../support/engine.ts';
import {
  buildOffer,
  buildRequest,
  network,
  next,
  noon,
  searching,
  settings,
} from '../../support/request-builder.ts';
import { buildVolunteer, createWorld, region, volunteerIdFrom, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
});

const commit = (version: number) => {
  const before = version === 1 ? null : buildRequest({ version: version - 1 });
  return world.requests.commit(
    { before, after: buildRequest({ version }), at: noon, notes: [], webhook: null },
    network,
  );
};

const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'Transaction cancelled',
    CancellationReasons: codes.map(Code => ({ Code })),
  });

/** The next calls of this command fail with these errors, before they reach the table (or after: `answerIsLost`). */
function interfere(
  commandName: string,
  errors: readonly Error[],
  answerIsLost = false,
): { readonly calls: () => number } {
  const left = [...errors];
  let calls = 0;
  world.client.middlewareStack.add(
    (following, context) => async args => {
      if (context.commandName !== commandName) return following(args);
      calls += 1;
      const error = left.shift();
      if (!error) return following(args);
      if (answerIsLost) await following(args);
      throw error;
    },
    { step: 'initialize', name: 'interfere', override: true },
  );
  return { calls: () => calls };
}

const transact = 'TransactWriteItemsCommand';

describe('a busy table', () => {
  test('a conflict with another transaction is tried again', async () => {
    const { calls } = interfere(transact, [
      canceled('TransactionConflict'),
      canceled('ThrottlingError'),
      Object.assign(new Error('slow down'), { name: 'ThrottlingException' }),
    ]);
    expect(await commit(1)).toBe('committed');
    expect(calls()).toBe(4);
  });

  test('but not for ever', async () => {
    const { calls } = interfere(transact, Array(9).fill(canceled('None', 'TransactionConflict')));
    expect(await commit(1)).toBe('version-conflict');
    expect(calls()).toBe(4);
    expect(await world.requests.load(buildRequest().id, null)).toEqual({ request: null, storedReply: null });
  });

  test('what was refused for good is not tried again', async () => {
    const { calls } = interfere(transact, [canceled('ConditionalCheckFailed', 'TransactionConflict')]);
    expect(await commit(1)).toBe('version-conflict');
    expect(calls()).toBe(1);
  });

  test('any other error is let through', async () => {
    interfere(transact, [new Error('the network is down')]);
    await expect(commit(1)).rejects.toThrow('the network is down');
  });

  test('a commit whose answer was lost has happened, and its repeat is recognised', async () => {
    interfere(transact, [new Error('no answer in time')], true);
    const webhook = { id: 'CA1:1', reply: { kind: 'nothing' } } as const;
    const first = { before: null, after: buildRequest(), at: noon, notes: [], webhook };
    await expect(world.requests.commit(first, network)).rejects.toThrow('no answer in time');
    expect(await world.requests.commit(first, network)).toBe('repeated');
  });

  test('marking a number and rolling entries outlast a conflict', async () => {
    await world.registry.putVolunteer(buildVolunteer(1), noon);
    const busy = Object.assign(new Error('busy'), { name: 'TransactionConflictException' });
    interfere('UpdateItemCommand', [busy, busy]);
    await world.roster.markUnreachable(volunteerIdFrom(1));
    await world.roster.rollDuty(noon);
    expect((await world.roster.onDuty([region], noon))[0]?.reachable).toBe(false);
  });
});

describe('reads that fail', () => {
  test('a roll that could not look at everything leaves no stamp, so the rota is read instead', async () => {
    await world.registry.putVolunteer(buildVolunteer(1), noon);
    await world.roster.rollDuty(noon);
    const later = world.advance(2 * 3600);
    interfere('QueryCommand', [new Error('gone')]);
    await expect(world.roster.rollDuty(later)).rejects.toThrow('gone');
    const queries = interfere('BatchGetItemCommand', []);
    expect(await world.roster.onDuty([region], later)).toHaveLength(1);
    expect(queries.calls()).toBe(1);
  });

  test('the network is read once a minute, together, and an old one is better than none', async () => {
    await world.registry.putNetwork(network);
    const reads = interfere('GetItemCommand', []);
    const read = () => world.networks.network();
    expect((await Promise.all([read(), read(), read()])).every(each => each.settings.idleSeconds)).toBe(true);
    expect(await read()).toEqual(network);
    expect(reads.calls()).toBe(1);
    await world.registry.putNetwork({ ...network, settings: { ...settings, graceSeconds: 77 } });
    world.advance(59);
    expect((await read()).settings.graceSeconds).toBe(settings.graceSeconds);
    world.advance(1);
    expect((await read()).settings.graceSeconds).toBe(77);
    world.advance(60);
    interfere('GetItemCommand', [new Error('gone')]);
    expect((await read()).settings.graceSeconds).toBe(77);
  });

  test('without a network there is none, and one that breaks the rules is not stored', async () => {
    await expect(world.networks.network()).rejects.toThrow('no network');
    await expect(world.registry.putNetwork({ ...network, lines: [] })).rejects.toThrow('was not stored');
    await expect(world.networks.network()).rejects.toThrow('no network');
    await world.registry.putNetwork(network);
    expect(await world.networks.network()).toEqual(network);
  });
});

test('only what is refused for being somebody else’s is left out, not the rest', async () => {
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  await world.roster.rollDuty(noon);
  const first = buildRequest();
  const after = next(first, { phase: searching([buildOffer(volunteerIdFrom(1))]) });
  const at = noon;
  await world.requests.commit({ before: null, after: first, at, notes: [], webhook: null }, network);
  await world.requests.commit({ before: first, after, at, notes: [], webhook: null }, network);
  const { calls } = interfere(transact, [canceled('None', 'None', 'ConditionalCheckFailed')]);
  const released = { before: after, after: next(after, { phase: searching() }), at, webhook: null };
  expect(await world.requests.commit({ ...released, notes: [{ note: 'danger' }] }, network)).toBe(
    'committed',
  );
  expect(calls()).toBe(2);
  expect(await world.requests.timeline(first.id)).toHaveLength(1);
  expect((await world.roster.onDuty([region], noon))[0]?.busyUntil).not.toBeNull();
});
