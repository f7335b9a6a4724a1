// Something of ours fails while somebody is on the line. She hears a sentence and is asked again; after three times
// the line's own desk is dialled. A helper is let go. Nobody hears, and no log holds, what went wrong.
import { expect, test } from 'vitest';
import type { Ports } from '../../shared/app/ports.ts';
import { parsePhoneNumber } from '../../shared/domain/phone.ts';
import type { Handset } from '../support/handset.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { logged, survivorsNumber } from './voice-params.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const russian = { language: plainLine.languages[0] as never };
const secret = `Error about ${survivorsNumber}, who wrote: help`;

/** Each load fails while this says so. What it throws quotes what must not be written down. */
function breakStore(world: World, isBroken: () => boolean): void {
  world.replacePorts(({ requests }) => ({
    requests: {
      ...requests,
      load: async (...args) => {
        if (isBroken()) throw new Error(secret);
        return requests.load(...args);
      },
    },
  }));
}

/** As many times as that, from now on. */
function times(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

function nothingLeaked(world: World): void {
  const said = world.exchange.webhooks.map(({ body }) => body).join('\n');
  for (const written of [said, world.logged.join('\n')])
    expect(written).not.toMatch(/who wrote|Error about|99555/);
}

async function hearsThreeTries(caller: Handset): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) await caller.hears('try-again');
}

async function takes(helper: Handset): Promise<void> {
  await helper.rings(30);
  await helper.answers();
  await helper.hears('offer', russian, 'press-to-take');
  await helper.presses('1');
  await helper.hears('connecting');
}

async function hangsUpAfterTalk(caller: Handset, helper: Handset): Promise<void> {
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree();
}

test.each([1, 2, 3])(
  'the first webhook fails %i times: then the call begins as if nothing had happened',
  async count => {
    const world = await worlds.open({ volunteers: [aigul] });
    breakStore(world, times(count));
    const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await caller.dials(plainLine);
    for (let tries = 0; tries < count; tries += 1) await caller.hears('try-again');
    await caller.hears('searching');
    await takes(helper);
    await hangsUpAfterTalk(caller, helper);
    expect(logged(world).filter(({ event }) => event === 'voice-failed')).toHaveLength(count);
    nothingLeaked(world);
  },
);

test('a key that was pressed counts when it is asked again', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone(survivorsNumber).mayHearAnything();
  let broken = times(0);
  breakStore(world, () => broken());
  await caller.dials(fullLine);
  const asked = ['need-menu', 'region-menu', 'searching'] as const;
  for (const [index, digit] of ['2', '1', '1'].entries()) {
    broken = times(1);
    await caller.presses(digit);
    await caller.speaking('kk').hears('try-again'); // her own language is not known while nothing can be read
    await caller.speaking('ru').hears(asked[index] ?? 'searching');
  }
  const helper = world.phoneOf(aigul);
  await helper.rings();
  await helper.answers();
  await helper.hears('offer', russian, { need: fullLine.needs[0] as never }, 'press-to-take');
  broken = times(1);
  await helper.presses('1');
  await helper.speaking('kk').hears('try-again'); // the line's first: whose phone it is cannot be read either
  await helper.speaking('ru').hears('connecting');
  await caller.talksWith(helper);
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree();
});

test('the 9 of somebody in danger is not lost', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone(survivorsNumber).mayHearAnything();
  let broken = times(0);
  breakStore(world, () => broken());
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  broken = times(2);
  await caller.presses('9');
  await world.phone('+77991000081').rings(12);
  world.alerts('danger');
  world.alerts('danger');
  await caller.hangsUp();
});

test('a 9 is heard while she is told to wait, too', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone(survivorsNumber).mayHearAnything();
  let broken = times(0);
  breakStore(world, () => broken());
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  broken = times(1_000);
  await caller.hears('try-again');
  broken = times(0);
  await caller.presses('9');
  await world.phone('+77991000081').rings(12);
  world.alerts('danger');
  world.alerts('danger');
  await caller.hangsUp();
});

test('the fault comes after all was committed: the same answer, and nobody rings twice', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  let broken = false;
  world.replacePorts(({ networks, requests }) => ({
    requests: {
      ...requests,
      commit: async (commit, network) => {
        broken = commit.after.version === 1;
        return requests.commit(commit, network);
      },
    },
    networks: {
      network: async () => {
        if (!broken) return networks.network();
        throw new Error(secret);
      },
    },
  }));
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await takes(helper);
  await hangsUpAfterTalk(caller, helper);
});

test('four times: the desk of the line is dialled, and sees the number of the line', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  let broken = true;
  breakStore(world, () => broken);
  const [caller, desk] = [world.phone(survivorsNumber), world.phone(plainLine.fallbackNumber)];
  await caller.dials(plainLine);
  await hearsThreeTries(caller);
  await caller.hears('to-fallback', 'numbers-to-dial', { dial: '102' }, 'or', { dial: '112' });
  await desk.rings(15);
  expect(desk.phone.rings[0]?.showing).toBe(plainLine.number);
  await desk.answers();
  await caller.talksWith(desk);
  broken = false;
  await caller.hangsUp();
  await desk.isFree();
  nothingLeaked(world);
});

test('not even the network can be read: the desk that the functions know by themselves is dialled', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const fallbackNumber = parsePhoneNumber('+77991000099');
  const broken: Ports['networks'] = {
    network: async () => {
      throw new Error(secret);
    },
  };
  const whole = world.context.ports.networks;
  world.replacePorts(() => ({ networks: broken }));
  world.context = { ...world.context, fallbackNumber };
  const [caller, desk] = [world.phone(survivorsNumber), world.phone('+77991000099')];
  await caller.dials(plainLine);
  await hearsThreeTries(caller);
  await caller.hears('to-fallback');
  await desk.rings(10);
  expect(desk.phone.rings[0]?.showing).toBe(plainLine.number);
  await desk.answers();
  await caller.talksWith(desk);
  world.replacePorts(() => ({ networks: whole }));
  await desk.hangsUp(); // and she does not: she is back with us, and we are well again
  await world.phoneOf(aigul).rings();
  await caller.hangsUp();
  await world.phoneOf(aigul).stopsRinging();
  nothingLeaked(world);
});

test('without any desk she hears a goodbye instead of an error', async () => {
  const world = await worlds.open();
  const whole = world.context.ports.networks;
  world.replacePorts(() => ({
    networks: {
      network: async () => {
        throw new Error(secret);
      },
    },
  }));
  const caller = world.phone(survivorsNumber);
  await caller.dials(plainLine);
  await hearsThreeTries(caller);
  await caller.hears('goodbye');
  world.replacePorts(() => ({ networks: whole }));
  await caller.isFree();
});

test('a helper is let go, and her survivor is found somebody else', async () => {
  const dana = volunteer('dana', 12);
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, first, second] = [world.phone(survivorsNumber), world.phoneOf(aigul), world.phoneOf(dana)];
  const ofHelper = { broken: false };
  world.replacePorts(({ requests }) => ({
    requests: {
      ...requests,
      load: async (id, webhookId) => {
        if (ofHelper.broken && webhookId?.includes('/offers/')) throw new Error(secret);
        return requests.load(id, webhookId);
      },
    },
  }));
  await caller.dials(plainLine);
  await first.rings();
  ofHelper.broken = true;
  await first.answers();
  await hearsThreeTries(first);
  await first.hears('goodbye');
  ofHelper.broken = false;
  await first.isFree();
  await caller.hears('ask-police');
  await world.edit(dana);
  await takes(second);
  await hangsUpAfterTalk(caller, second);
  nothingLeaked(world);
});

test('a text or a status that could not be handled is left for Twilio to send again', async () => {
  const world = await worlds.open({ volunteers: [] });
  breakStore(world, times(2));
  const survivor = world.phone(survivorsNumber);
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '2');
  expect(logged(world).filter(({ event }) => event === 'text-failed')).toHaveLength(2);
  nothingLeaked(world);
});
