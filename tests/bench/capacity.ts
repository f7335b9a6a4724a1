// What one request takes of the table from its first ring or text to its end, and what it leaves behind: units and bytes
// for which AWS bills, counted between the production handlers and a real engine, in virtual time. The minute rules are
// switched off: what they take while nothing goes on is measured by `npm run cost:measure`.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { keyTableOf } from '../../shared/adapters/dynamodb/keys.ts';
import { areTalking, isDone } from '../scenarios/text-people.ts';
import { almatyRegion, astana, plainLine, volunteer } from '../support/small-network.ts';
import type { World } from '../support/world.ts';
import { inCountedWorld } from './counted-world.ts';
import { since } from './counting-way.ts';
import { type Figure, figure, type How, type Section } from './figures.ts';
import { bytesOf } from './item-bytes.ts';

const RELAYS = 10;
const aigul = volunteer('aigul', 11);
const near = volunteer('bota', 12, { region: almatyRegion });
const far = volunteer('dana', 13, { region: astana });
const survivorsNumber = '+77995550001';

const stories: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'a call answered at once': async world => {
    const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await caller.dials(plainLine);
    await helper.takes();
    await caller.talksWith(helper);
    await world.pass(60);
    await caller.saysGoodbyeTo(helper);
  },
  'a call that climbed three rungs': async world => {
    const caller = world.phone(survivorsNumber).mayHearAnything();
    const [first, second, third] = [world.phoneOf(aigul), world.phoneOf(near), world.phoneOf(far)];
    await caller.dials(plainLine);
    await first.rings();
    await first.stopsRinging(21);
    await second.rings(4);
    await second.stopsRinging(21);
    await third.takes(4);
    await caller.talksWith(third);
    await world.pass(60);
    await caller.saysGoodbyeTo(third);
  },
  [`a conversation by text with ${RELAYS} relayed`]: async world => {
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    // Her first words were the first of them.
    for (let relay = 1; relay < RELAYS; relay += 1) {
      const [from, to] = relay % 2 === 0 ? [survivor, helper] : [helper, survivor];
      await from.writes(plainLine, `Слово ${relay}`);
      await to.reads(`Слово ${relay}`);
    }
    await isDone(helper);
  },
};

export async function capacity({ say }: How): Promise<Section> {
  const figures: Figure[] = [];
  for (const [name, story] of Object.entries(stories)) {
    say(name);
    figures.push(...(await taken(name, story)));
  }
  return {
    title: 'What a request takes',
    told:
      'One request from its beginning to its end, in virtual time: the production handlers, the telephone network and a ' +
      'real engine, which counts a transaction twice as AWS does. Without the rules of each minute.',
    figures,
  };
}

async function taken(name: string, story: (world: World) => Promise<void>): Promise<readonly Figure[]> {
  return inCountedWorld({ volunteers: [aigul, near, far] }, async ({ world, counts, client }) => {
    const [before, from] = [await left(client, world.table), { ...counts }];
    await story(world);
    await world.pass(30);
    const after = await left(client, world.table);
    const { readUnits, writeUnits, requests, transactions } = since(from, counts);
    return [
      figure(`${name}: read`, 'read units', readUnits),
      figure(`${name}: written`, 'write units', writeUnits),
      figure(`${name}: asked of the table`, 'requests', requests),
      figure(`${name}: of that transactions`, 'requests', transactions),
      figure(`${name}: left behind`, 'items', after.items - before.items),
      figure(`${name}: left behind, in bytes`, 'bytes', after.bytes - before.bytes),
    ];
  });
}

async function left(client: DynamoDBClient, table: string) {
  const total = { items: 0, bytes: 0 };
  for (const TableName of [table, keyTableOf(table)])
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      total.items += Items.length;
      total.bytes += Items.reduce((sum, item) => sum + bytesOf(item), 0);
    }
  return total;
}
