// Webhooks about calls are lost for good. What the network's own books know is found within two and a half minutes:
// phones stop ringing for nobody, volunteers are free again, and a call that nobody heard of is on record. A healthy
// call is left completely alone.
import { expect, test } from 'vitest';
import { parseCallSid, type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { sure } from '../support/given.ts';
import type { Handset } from '../support/handset.ts';
import { fullLine, ladder, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const FOUND_WITHIN_SECONDS = 150;
/** A call that begins then is half a minute old, and a little more, when they are. */
const BEFORE_THE_BOOKS_ARE_READ_SECONDS = 70;

/** Rings one phone after the other, each for a minute. */
const patient = {
  ...smallNetwork,
  ladders: [
    {
      ...ladder,
      rungs: ladder.rungs.map(rung => ({ ...rung, waveSize: 1, ringSeconds: 60, rungSeconds: 120 })),
    },
  ],
};

function loses(world: World, piece: string): void {
  world.exchange.faults.onWebhook = ({ url }) => (url.includes(piece) ? 'lose' : 'pass');
}

const losesNothing = (world: World) => loses(world, 'nothing bears this name');
const callOf = ({ phone }: Handset): RequestId => requestIdOf(sure(parseCallSid(phone.call?.sid ?? '')));
const stored = async (world: World, id: RequestId) => (await world.stores.requests.load(id, null)).request;
const said = (world: World, event: string) =>
  world.logged.map(line => JSON.parse(line)).filter(line => line.event === event);

test('the first webhook of a call is lost: managers hear of it, it is on record, and nobody calls her back', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001').mayHearAnything();
  loses(world, '/voice/incoming');

  const dialled = caller.dials(plainLine);
  await world.pass(1);
  const id = callOf(caller);
  await dialled;
  await caller.isFree(60);
  losesNothing(world);
  await world.pass(FOUND_WITHIN_SECONDS);
  expect(await stored(world, id)).toMatchObject({
    phase: { kind: 'closed', because: 'missed' },
    private: { survivor: null },
  });
  const [alert] = await world.published();
  expect(alert).toMatchObject({ reason: 'call-missed', severity: 'critical', audience: 'manager' });
  world.alerts('call-missed');
  await world.pass(900); // once, however often it is seen in the books
});

test('she calls again after a call that never reached us: it is like a first call, with its menus', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001').mayHearAnything();
  loses(world, '/voice/incoming');
  await caller.dials(fullLine);
  await caller.isFree(60);
  losesNothing(world);
  await world.pass(FOUND_WITHIN_SECONDS);
  world.alerts('call-missed');

  await caller.speaking('kk').dials(fullLine);
  await caller.hears('choose-language');
  await caller.hangsUp();
});

test('she has called again before the lost call is found: what the second call knows is not lost', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];
  loses(world, '/voice/incoming');
  await caller.dials(plainLine);
  await caller.isFree(60);
  losesNothing(world);
  await caller.dials(plainLine);
  await helper.takes();
  await caller.talksWith(helper);
  await world.pass(FOUND_WITHIN_SECONDS);
  world.alerts('call-missed');
  const second = callOf(caller);
  await caller.saysGoodbyeTo(helper);
  const known = await world.stores.directory.who(caller.number as never, world.context.ports.clock.now());
  expect(known.requests).toMatchObject([{ requestId: second, channel: 'voice' }]);
});

test('the report that she hung up is lost while phones ring: they stop, and nobody else is rung for her', async () => {
  const world = await worlds.open({ network: patient, volunteers: [aigul, bota] });
  const [caller, first] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];
  loses(world, '/status/calls');

  await world.pass(BEFORE_THE_BOOKS_ARE_READ_SECONDS);
  await caller.dials(plainLine);
  await first.rings();
  const id = callOf(caller);
  await world.pass(5);
  await caller.hangsUp();
  await world.pass(40);
  expect(first.phone.ringing).toBeDefined(); // nothing but the books knows
  await first.stopsRinging(5); // it would ring on for longer
  expect(await stored(world, id)).toMatchObject({ phase: { kind: 'closed', because: 'left-waiting' } });
  await world.pass(600);
});

test('both hang up in the same moment and neither report arrives: the volunteer is free within five minutes', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];
  const another = world.phone('+77995550002').mayHearAnything();

  await caller.dials(plainLine);
  await helper.takes();
  await caller.talksWith(helper);
  const id = callOf(caller);
  await world.pass(60);
  world.exchange.faults.onWebhook = ({ kind }) => (kind === 'call-status' ? 'lose' : 'pass');
  await world.atOnce(
    () => caller.phone.call?.hangUp(),
    () => helper.phone.call?.hangUp(),
  );
  losesNothing(world);
  expect(await stored(world, id)).toMatchObject({ phase: { kind: 'connected' } });
  await world.pass(300);
  expect(await stored(world, id)).toMatchObject({ phase: { kind: 'closed' } });

  await another.dials(plainLine);
  await helper.takes();
  await another.talksWith(helper);
  await another.saysGoodbyeTo(helper);
});

test('a volunteer declines and the report of it is lost: the next volunteer is rung', async () => {
  const world = await worlds.open({ network: patient, volunteers: [aigul, bota] });
  const [caller, first, second] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(bota),
  ];
  loses(world, '/status/requests/');
  await world.pass(BEFORE_THE_BOOKS_ARE_READ_SECONDS);
  await caller.dials(plainLine);
  await first.rings();
  await first.rejects();
  losesNothing(world);
  await second.takes(50); // the offer's own time ends later
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('a healthy call, from its first ring to its end, is left completely alone', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];
  await world.pass(110);
  await caller.dials(plainLine);
  await helper.takes();
  await caller.talksWith(helper);
  const id = callOf(caller);
  const { version } = sure(await stored(world, id));
  await world.pass(1_500); // longer than the books are looked back at
  expect(await stored(world, id)).toMatchObject({ version });
  await caller.saysGoodbyeTo(helper);
  const ended = sure(await stored(world, id)).version;
  await world.pass(700);
  expect(await stored(world, id)).toMatchObject({ version: ended });
  expect(said(world, 'reconciled').length).toBeGreaterThan(15);
  for (const each of said(world, 'reconciled'))
    expect(each).toMatchObject({ repaired: 0, callsMissed: 0, textsMissed: 0, failed: 0 });
});
