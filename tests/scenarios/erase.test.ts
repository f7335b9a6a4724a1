// Somebody wants to be forgotten, or nobody asks and time does it. What is over opens nowhere afterwards, the network's
// own copies are gone, and she is served like anybody when she comes again.
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { keyTableOf } from '../../shared/adapters/dynamodb/keys.ts';
import { erasePerson } from '../../shared/app/erase-person.ts';
import { forgetCopies } from '../../shared/app/forget-copies.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import { placeIn } from '../support/damage.ts';
import { sure } from '../support/given.ts';
import type { Handset } from '../support/handset.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';
const address = sure(parseAddress(survivorsNumber));
const DAY_SECONDS = 24 * 3600;

/** A conversation that is over, and a call that is. */
async function helpedTwice(world: World): Promise<readonly [Handset, Handset]> {
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await isDone(helper);
  await survivor.dials(plainLine);
  await helper.takes();
  await survivor.hears('connecting');
  await survivor.talksWith(helper);
  await survivor.saysGoodbyeTo(helper);
  await world.pass(60);
  return [survivor, helper];
}

const copiesOf = ({ exchange }: World) => [
  ...exchange.calls.filter(({ from, to }) => [from, to].includes(survivorsNumber)),
  ...exchange.messages.filter(({ from, to }) => [from, to].includes(survivorsNumber)),
];

async function rowsOf(world: World, table: string) {
  const { Items = [] } = await placeIn(world).client.send(new ScanCommand({ TableName: table }));
  return Items;
}

test('erased: nothing of hers opens, the network has no copy, what happened is still counted', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  await helpedTwice(world);
  const ids = await world.context.ports.erasure.requestsOf(address);
  expect(ids).toHaveLength(2);
  expect(copiesOf(world).length).toBeGreaterThan(4);

  const erased = await erasePerson(world.context.ports, address);
  expect(erased).toMatchObject({ requests: 2, goingOn: 0, copiesLeft: 0 });
  expect(copiesOf(world)).toEqual([]);
  expect(await rowsOf(world, keyTableOf(world.table))).toEqual([]);
  for (const id of ids) {
    const { request } = await world.stores.requests.load(id, null);
    expect([request?.phase.kind, request?.private.survivor]).toEqual(['closed', null]);
    expect((await world.stores.requests.timeline(id)).length).toBeGreaterThan(2);
  }
});

test('erased, and calls again: she is like somebody who has never called', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = await helpedTwice(world);
  await erasePerson(world.context.ports, address);
  await survivor.dials(plainLine);
  await helper.takes();
  await survivor.hears('connecting');
  await survivor.talksWith(helper);
  await survivor.saysGoodbyeTo(helper);
});

test('while somebody writes with her nothing is cut off: what is over is erased, the rest when it is over too', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = await helpedTwice(world);
  await areTalking(survivor, helper);
  expect(await erasePerson(world.context.ports, address)).toMatchObject({ requests: 2, goingOn: 1 });
  await survivor.writes(plainLine, 'Вы ещё здесь?');
  await helper.reads('Вы ещё здесь?');
  await isDone(helper);
  await world.pass(60);
  expect(await erasePerson(world.context.ports, address)).toMatchObject({ requests: 1, goingOn: 0 });
});

test('nobody known by that number: nothing is erased, and nothing is said', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const nothing = { requests: 0, goingOn: 0, copies: 0, copiesLeft: 0 };
  expect(await erasePerson(world.context.ports, address)).toEqual(nothing);
});

test('a day later the network forgets by itself, and nothing before that', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { ports } = world.context;
  await helpedTwice(world);
  const known = copiesOf(world).length;
  [world.sweeps, world.reconciles] = [false, false];
  await world.pass(DAY_SECONDS - 3600);
  expect(await forgetCopies(ports)).toEqual({ forgotten: 0, failed: 0 });
  await world.pass(3600);
  const { forgotten, failed } = await forgetCopies(ports);
  expect([forgotten > known, failed]).toEqual([true, 0]);
  expect(copiesOf(world)).toEqual([]);
});

test('every row goes by itself but what is set up by hand and what goes on', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = await helpedTwice(world);
  await helper.writes(plainLine, 'что?');
  await helper.reads({ text: 'unknown-word' });
  await isSearchedFor(survivor, 'Здравствуйте ещё раз');
  await helper.readsOffer();
  const rows = [...(await rowsOf(world, world.table)), ...(await rowsOf(world, keyTableOf(world.table)))];
  const kind = (key: string | undefined) => key?.split('#')[0] ?? '';
  const kinds = (items: typeof rows) =>
    [...new Set(items.map(({ pk, sk }) => `${kind(pk?.S)} ${kind(sk?.S)}`))].sort();
  expect(kinds(rows)).toEqual([
    'COUNT COUNT',
    'DAY END',
    'HLP CODE',
    'HLP HINT',
    'HLP TALK',
    'HOOK HOOK',
    'NUM HELPER',
    'NUM LINE',
    'NUM REQ',
    'REQ KEY',
    'REQ REQ',
    'REQ T',
    'SYS DUTY-FILL',
    'SYS NETWORK',
    'VOL DUTY',
    'VOL UPKEEP',
    'VOL VOL',
  ]);
  const staying = rows.filter(row => row['expiresAt'] === undefined);
  expect(kinds(staying)).toEqual([
    'NUM HELPER',
    'NUM REQ',
    'REQ KEY',
    'REQ REQ',
    'SYS DUTY-FILL',
    'SYS NETWORK',
    'VOL DUTY',
    'VOL UPKEEP',
    'VOL VOL',
  ]);
  // Of requests only the one that goes on: its row, its key and what leads to the key.
  expect(staying.filter(({ pk, sk }) => /^REQ/.test(`${pk?.S}`) || /^REQ/.test(`${sk?.S}`))).toHaveLength(3);
});
