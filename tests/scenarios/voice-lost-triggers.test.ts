// Timers, callbacks and whole processes are lost. What is left of the four triggers is enough to bring her to a
// person, and no phone rings twice for it.
import { expect, test } from 'vitest';
import type { Commit } from '../../shared/app/ports.ts';
import { ladder, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

const scene = (world: World) =>
  [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul), world.phoneOf(bota)] as const;

/** The process ends after the first commit of this kind, before it has done anything else. */
function diesAfter(world: World, isIt: (commit: Commit) => boolean): void {
  let alive = true;
  world.replacePorts(({ requests }) => ({
    requests: {
      ...requests,
      commit: async (commit, network) => {
        const outcome = await requests.commit(commit, network);
        if (!alive || outcome !== 'committed' || !isIt(commit)) return outcome;
        alive = false;
        throw new Error('the process was killed');
      },
    },
  }));
}

const has = ({ after }: Commit, kind: string) => after.outbox.some(({ action }) => action.kind === kind);

test('the queue and the sweep are down: her wait loop alone moves the search on', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);
  world.queue.losesMessages = true;
  world.sweeps = false;
  world.reconciles = false;

  await caller.dials(plainLine);
  await first.rings(1);
  await second.takes(20);
  await first.stopsRinging(1);
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('every callback is lost as well: a phone that rang out is still followed by the next', async () => {
  const oneAtATime = { ...ladder, rungs: ladder.rungs.map(rung => ({ ...rung, waveSize: 1 })) };
  const world = await worlds.open({
    network: { ...smallNetwork, ladders: [oneAtATime] },
    volunteers: [aigul, bota],
  });
  const [caller, first, second] = scene(world);
  world.queue.losesMessages = true;
  world.sweeps = false;
  world.reconciles = false;
  world.exchange.faults.onWebhook = ({ url }) => (url.includes('/status/requests/') ? 'lose' : 'pass');

  await caller.dials(plainLine);
  await first.rings(1);
  await first.stopsRinging(21);
  await second.takes(30);
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('killed before the first phone rang: she is kept on the line, and the phone rings soon after', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  diesAfter(world, commit => has(commit, 'ring'));

  await caller.dials(plainLine);
  await caller.hears('try-again', 'searching');
  await helper.takes(20);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('killed after the phone rang, before anybody knew: it rings once, and stops when she hangs up', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  diesAfter(world, ({ before }) => before?.outbox.some(({ action }) => action.kind === 'ring') ?? false);

  await caller.dials(plainLine);
  await helper.rings(1);
  await world.pass(19);
  expect(helper.phone.rings).toHaveLength(1);
  await caller.hangsUp();
  await helper.stopsRinging(2);
});

test('killed as a volunteer accepts: both meet all the same', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  world.silenceAtMostSeconds = 20; // for the volunteer, alone in the room until she comes
  diesAfter(world, commit => has(commit, 'redirect-survivor'));

  await caller.dials(plainLine);
  await helper.rings(1);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('try-again', 'connecting');
  await caller.talksWith(helper, 20);
  await caller.saysGoodbyeTo(helper);
});

test('killed as she hangs up, with the queue down: the sweep alone stops the ringing', async () => {
  const patient = {
    ...ladder,
    rungs: ladder.rungs.map(rung => ({ ...rung, ringSeconds: 60, rungSeconds: 90 })),
  };
  const world = await worlds.open({
    network: { ...smallNetwork, ladders: [patient] },
    volunteers: [aigul],
  });
  const [caller, helper] = scene(world);
  world.queue.losesMessages = true;
  await world.pass(25); // the sweep comes in 35 s
  await caller.dials(plainLine);
  await helper.rings(1);
  await world.pass(5);
  diesAfter(world, commit => has(commit, 'end-leg'));
  await caller.hangsUp();
  await world.pass(5);
  expect(helper.phone.ringing).toBeDefined();
  await helper.stopsRinging(30);
  expect(world.exchange.errors.splice(0)).toHaveLength(1); // the callback that killed it
});

test('the answer to a ring is lost: the phone rings once, not twice', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  failRings(world, 1, 'timeout-applied');

  await caller.dials(plainLine);
  await helper.rings(2);
  await world.pass(15);
  expect(helper.phone.rings).toHaveLength(1);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test.each([
  ['is refused for now (429)', { status: 429 }],
  ['meets an error (500)', { status: 500 }],
  ['never arrives', 'timeout-dropped'],
] as const)('a ring that %s is tried again within seconds', async (_what, fault) => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  failRings(world, 1, fault);

  await caller.dials(plainLine);
  await helper.takes(4);
  await caller.talksWith(helper);
  expect(helper.phone.rings).toHaveLength(1);
  await caller.saysGoodbyeTo(helper);
});

test('rings to one number fail for good: the next volunteer is rung', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, , second] = scene(world);
  world.exchange.faults.onRest = ({ params }) => (params['To'] === aigul.number ? { status: 500 } : 'pass');

  await caller.dials(plainLine);
  await second.takes(3);
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('every webhook arrives twice: nobody is rung twice, and nothing is said twice', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota], duplicateWebhooks: 2 });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await first.picksUp();
  await first.presses('2');
  await first.hears('declined');
  await second.takes(2);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test.each(['reordered', 'repeated'] as const)(
  'callbacks come %s: the call goes as it should',
  async order => {
    const world = await worlds.open({ volunteers: [aigul, bota], statusOrder: order });
    const [caller, first, second] = scene(world);
    first.mayHearAnything();
    second.mayHearAnything();

    await caller.dials(plainLine);
    await first.takes(1);
    await caller.talksWith(first);
    await world.pass(40);
    await first.hangsUp();
    await caller.hears('helper-left');
    await second.takes(15);
    await caller.talksWith(second);
    await world.pass(40);
    await caller.hangsUp();
    await second.isFree(10);
  },
);

test('a reply to her is lost on the way: it comes again, and she notices nothing', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  world.exchange.faults.onWebhook = ({ kind, attempt }) =>
    kind === 'voice' && attempt === 0 ? 'lose-reply' : 'pass';

  await caller.dials(plainLine);
  await helper.takes(2);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('the store is down and stays down: after three tries she is put through to the desk of the line', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, desk] = [world.phone('+77995550001'), world.phone(plainLine.fallbackNumber)];
  world.replacePorts(({ requests }) => ({
    requests: { ...requests, load: () => Promise.reject(new Error('down')) },
  }));

  await caller.dials(plainLine);
  await caller.hears('try-again', 'try-again', 'try-again', 'to-fallback');
  await caller.hears('numbers-to-dial', { dial: '102' }, 'or', { dial: '112' });
  await desk.rings(15);
  await desk.answers();
  await caller.talksWith(desk);
  await caller.hangsUp();
  await desk.isFree(2);
  expect(world.exchange.errors.splice(0)).toHaveLength(1); // the report of her hanging up
});

function failRings(
  world: World,
  times: number,
  fault: 'timeout-applied' | 'timeout-dropped' | { status: number },
) {
  let left = times;
  world.exchange.faults.onRest = ({ method, params }) => {
    if (method !== 'POST' || !('To' in params) || left === 0) return 'pass';
    left -= 1;
    return fault;
  };
}
