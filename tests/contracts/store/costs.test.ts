// What each access pattern consumes, printed as a table. Only single operations are asserted: engines do not agree
// on the units of a transaction.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inTurns } from '../../../shared/adapters/dynamodb/in-turns.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { smsAddress } from '../../../shared/domain/phone.ts';
import { useEngine } from '../../support/engine.ts';
import {
  address,
  buildEntry,
  buildOffer,
  buildRequest,
  closed,
  connected,
  network,
  next,
  noon,
  searching,
} from '../../support/request-builder.ts';
import {
  buildVolunteer,
  type Cost,
  costOf,
  createWorld,
  never,
  region,
  rotaOf,
  volunteerIdFrom,
  type World,
} from './store-world.ts';

const engine = useEngine();
let world: World;
const rows: Record<string, { operations: string; read: number; write: number }> = {};

beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putNetwork(network);
});
afterAll(() => console.table(rows));

async function measure(
  pattern: string,
  work: () => Promise<unknown>,
): Promise<{ read: number; write: number }> {
  const costs = await costOf(world, work);
  const sum = (of: (cost: Cost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
  const names = costs.map(({ operation }) => operation);
  const operations = [...new Set(names)].map(name => `${names.filter(each => each === name).length} ${name}`);
  const row = { read: sum(({ read }) => read), write: sum(({ write }) => write) };
  rows[pattern] = { operations: operations.join(', '), ...row };
  return row;
}

test('a request, from opening to conversation', async () => {
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  await world.roster.rollDuty(noon);
  const commit = (before: typeof first | null, after: typeof first) => () =>
    world.requests.commit(
      {
        before,
        after,
        at: noon,
        notes: [{ note: 'danger' }],
        webhook: { id: `w${after.version}`, reply: { kind: 'nothing' } },
      },
      network,
    );
  // Read once a minute by each instance, so not counted below.
  await world.networks.network();
  const first = buildRequest({ channel: 'text', outbox: [buildEntry()] });
  const offer = buildOffer(volunteerIdFrom(1), { by: 'text', code: '41' });
  const offered = next(first, { phase: searching([offer]), outbox: [buildEntry()] });
  const taken = next(offered, { phase: connected(offer), outbox: [] });
  await measure('commit: a request opens', commit(null, first));
  await measure('commit: an offer by text', commit(first, offered));
  const load = await measure('load a request and a webhook', () => world.requests.load(first.id, 'w2'));
  await measure('commit: the offer is taken', commit(offered, taken));
  const over = next(taken, { phase: closed(noon) });
  await measure('commit: it ends, with what is kept for reports', commit(taken, over));
  const minute = { from: noon, until: addSeconds(noon, 60) };
  const ended = await measure('requests that ended in a minute', () =>
    world.summaries.page(minute, { limit: 50, after: null, wanted: () => true }),
  );
  expect(ended.read).toBeLessThanOrEqual(0.5);
  const route = await measure("a helper's text in a conversation", () =>
    world.directory.conversationsOf(volunteerIdFrom(1), noon),
  );
  const who = await measure('who is this number (a survivor)', () => world.directory.who(address(), noon));
  const helper = await measure('who is this number (a volunteer)', () =>
    world.directory.who(smsAddress(buildVolunteer(1).number), noon),
  );
  await measure('due requests of one shard', () => world.requests.due(1, noon));
  await measure('timeline of a request', () => world.requests.timeline(first.id));
  const hint = await measure('may this helper be hinted', () =>
    world.directory.mayHint(volunteerIdFrom(1), noon, 'SM1'),
  );
  // Side by side: the request, the webhook and the key that it is sealed under.
  expect(load.read).toBe(3);
  expect([route.read, who.read, helper.read]).toEqual([1, 1, 1]);
  expect(hint.write).toBeLessThanOrEqual(2);
});

test('the roster costs the same whoever is off duty', async () => {
  const rotas = [rotaOf([18 * 60, 22 * 60]), rotaOf([20 * 60, 23 * 60])];
  const onDuty = Array.from({ length: 25 }, (_, serial) => buildVolunteer(serial));
  const offDuty = Array.from({ length: 600 }, (_, serial) =>
    buildVolunteer(serial + 100, { rota: rotas[serial % 10] ?? never }),
  );
  const put = (some: typeof offDuty) => inTurns(20, some, each => world.registry.putVolunteer(each, noon));
  await put([...onDuty, ...offDuty.slice(0, 100)]);
  await world.roster.rollDuty(noon);
  const read = () => world.roster.onDuty([region], noon);
  // Reads the stamp, which it then knows for twenty minutes.
  await measure('on duty in a region: the first time', read);
  const few = await measure('on duty in a region: 25, and 100 off duty', read);
  await put(offDuty.slice(100));
  const many = await measure('on duty in a region: 25, and 600 off duty', read);
  expect(many.read).toBe(few.read);
  expect(many.read).toBeLessThanOrEqual(2.5);
  expect(await read()).toHaveLength(25);

  await measure('roll the duty entries: nothing is due', () => world.roster.rollDuty(addSeconds(noon, 60)));
  const begins = addSeconds(noon, 2 * 3600);
  const roll = await measure('roll the duty entries: 60 shifts begin', () => world.roster.rollDuty(begins));
  expect(roll.write).toBeLessThanOrEqual(60 * 5 + 10);

  const later = addSeconds(begins, 4 * 3600);
  const stale = world.anotherInstance();
  const started = performance.now();
  // The job is dead from here on: another 60 begin, who have to be found by their rotas.
  await measure('on duty in a region: 145 of 625, from the rota', () => stale.roster.onDuty([region], later));
  const first = performance.now() - started;
  expect(await stale.roster.onDuty([region], later)).toHaveLength(145);
  console.log(
    `from the rota: ${first.toFixed(0)} ms, again: ${(performance.now() - started - first).toFixed(0)} ms`,
  );
}, 120_000);

test('editing, and the rest', async () => {
  await measure('put a volunteer (new)', () => world.registry.putVolunteer(buildVolunteer(1), noon));
  await measure('put a volunteer (changed)', () =>
    world.registry.putVolunteer(buildVolunteer(1, { rota: never }), noon),
  );
  const volunteer = await measure('a volunteer', () => world.directory.volunteer(volunteerIdFrom(1)));
  await measure('volunteers of a region', () => world.registry.volunteers(region));
  await measure('mark a number as not working', () => world.roster.markUnreachable(volunteerIdFrom(1)));
  await measure('the network, once a minute', () => world.anotherInstance().networks.network());
  expect(volunteer.read).toBe(1);
});
