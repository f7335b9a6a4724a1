// The canary flies over the whole production road: our own call, our own line, our own number that presses 1. It
// comes through in seconds; when anything on the road is broken it says how far it came; and it never rings a person.
import { expect, test } from 'vitest';
import { type CanaryOutcome, type CanaryStep, runCanary } from '../../shared/app/canary.ts';
import { requestIdOf } from '../../shared/domain/ids.ts';
import { canaryContact, canaryLine, canaryNetwork, canaryNumber } from '../support/canary-network.ts';
import { sure } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);

async function openWorld(): Promise<World> {
  const world = await worlds.open({ network: canaryNetwork, volunteers: [aigul] });
  world.silenceAtMostSeconds = 120; // nobody listens
  world.phone(canaryNumber).mayHearAnything();
  return world;
}

type Flight = { readonly outcome: CanaryOutcome; readonly steps: readonly CanaryStep[] };

/** Flies in the world's time. */
async function fly(world: World): Promise<Flight> {
  const steps: CanaryStep[] = [];
  const pause = (seconds: number) =>
    new Promise<void>(resolve =>
      world.clock.schedule(world.clock.now() + seconds * 1000, async () => resolve()),
    );
  let outcome: CanaryOutcome | null = null;
  const flying = runCanary(world.context.ports, { pause, onStep: step => void steps.push(step) }).then(
    ended => {
      outcome = ended;
    },
    () => {
      outcome = { outcome: 'failed', step: null, seconds: 0, requestId: null };
    },
  );
  for (let seconds = 0; seconds < 70 && outcome === null; seconds += 0.5) {
    await new Promise(resolve => setTimeout(resolve, 5));
    await world.pass(0.5);
  }
  await flying;
  return { outcome: sure<CanaryOutcome>(outcome), steps };
}

const peopleRung = (world: World) =>
  world.exchange.calls
    .filter(({ direction }) => direction !== 'inbound')
    .map(({ to }) => to)
    .filter(to => to !== canaryLine.number && to !== canaryContact.callNumber);

async function requestOf(world: World, { outcome }: Flight) {
  const id = sure(outcome.outcome === 'not-configured' ? null : outcome.requestId);
  return sure((await world.stores.requests.load(id, null)).request);
}

test('it comes through, step by step, within seconds; its request is closed as talked and is known as a canary', async () => {
  const world = await openWorld();
  const flight = await fly(world);
  expect(flight.outcome).toMatchObject({ outcome: 'came-through' });
  expect(flight.steps).toEqual(['called', 'opened', 'rung', 'answered', 'confirmed', 'joined', 'closed']);
  const seconds = flight.outcome.outcome === 'came-through' ? flight.outcome.seconds : 99;
  expect(seconds).toBeLessThan(40); // her own limit is 60
  expect(world.exchange.conferences.map(({ participants }) => participants.length)).toEqual([2]);
  expect(world.exchange.events.some(({ type }) => type === 'conference-started')).toBe(true);
  const request = await requestOf(world, flight);
  expect(request).toMatchObject({ phase: { because: 'talked' }, ladder: { purpose: 'canary' } });
  expect(world.logged.some(line => line.includes('"canary-came-through"'))).toBe(true);
  expect(peopleRung(world)).toEqual([]);
});

test('every five minutes again: no flight knows of another, none is taken for a flood', async () => {
  const world = await openWorld();
  for (const _ of [1, 2, 3]) {
    expect((await fly(world)).outcome).toMatchObject({ outcome: 'came-through' });
    await world.pass(300);
  }
  expect(peopleRung(world)).toEqual([]);
});

test('the contact does not answer: it says that the contact was rung, alarms managers, and its request ends by itself', async () => {
  const world = await openWorld();
  world.exchange.lines.set(canaryContact.callNumber ?? '', {});
  const flight = await fly(world);
  expect(flight.outcome).toMatchObject({ outcome: 'failed' });
  expect(['opened', 'rung']).toContain(flight.outcome.outcome === 'failed' ? flight.outcome.step : null);
  world.alerts('canary-failed');
  await world.pass(60);
  expect((await requestOf(world, flight)).phase.kind).toBe('closed');
  expect(peopleRung(world)).toEqual([]);
  world.exchange.errors.splice(0); // a number without an address is what this is about
});

test('the line does not answer: it says that the call was placed and nothing opened', async () => {
  const world = await openWorld();
  world.replacePorts(({ requests }) => ({
    requests: {
      ...requests,
      commit: async () => {
        throw new Error('broken');
      },
    },
  }));
  const flight = await fly(world);
  expect(flight).toMatchObject({ outcome: { outcome: 'failed', step: 'called', requestId: null } });
  const [alert] = await world.published();
  expect(alert).toMatchObject({ severity: 'critical', audience: 'manager' });
  expect(alert?.raw).toContain('It came as far as: called.');
  world.alerts('canary-failed');
  await world.pass(60);
  expect(peopleRung(world)).toEqual([]);
});

test('not even the network can be read while it calls: no desk is rung, though every other caller would reach one', async () => {
  const world = await openWorld();
  world.context = { ...world.context, fallbackNumber: plainLine.fallbackNumber, canaryNumber };
  const { networks } = world.context.ports;
  const ports = world.context.ports;
  world.replacePorts(() => ({
    networks: {
      network: async () => {
        throw new Error('broken');
      },
    },
  }));
  const call = { from: canaryNumber, to: canaryLine.number, limitSeconds: 60 };
  await ports.telephone.callOurselves(call);
  await world.pass(70);
  expect(peopleRung(world)).toEqual([]);
  expect(world.exchange.liveLegs()).toEqual([]);
  world.exchange.errors.splice(0); // the report of its end met the same fault
  world.replacePorts(() => ({ networks }));
});

test('a person who calls the line of the canary by a slip is served like on any other', async () => {
  const world = await openWorld();
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await caller.dials(canaryLine);
  await helper.takes(4);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('a stranger who calls the number of the contact hears nothing and opens nothing', async () => {
  const world = await openWorld();
  const stranger = world.phone('+77995550002');
  await stranger.dials({ number: canaryContact.callNumber ?? '' });
  await stranger.isFree();
  const opened = requestIdOf(sure(stranger.phone.calls[0]?.sid) as never);
  expect((await world.stores.requests.load(opened, null)).request).toBeNull();
});

test('a network without a canary: nothing is done', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  expect((await fly(world)).outcome).toEqual({ outcome: 'not-configured' });
  expect(world.exchange.calls).toEqual([]);
});
