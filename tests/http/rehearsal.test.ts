// What an instance goes through before anybody calls leaves nothing behind, keeps nobody waiting, and fails nobody.
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { LambdaEvent } from 'hono/aws-lambda';
import { expect, test } from 'vitest';
import type { Ports } from '../../shared/app/ports.ts';
import { webhookHandler } from '../../shared/http/lambda.ts';
import { rehearsed, STAY_AWAKE } from '../../shared/http/rehearsal.ts';
import { voiceApp } from '../../shared/http/voice.ts';
import { volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const stayAwake = STAY_AWAKE as unknown as LambdaEvent;
const made = (world: World) => rehearsed(world.context, webhookHandler(voiceApp(world.context)));

async function rows(world: World): Promise<unknown> {
  const { client } = world.deps;
  const tables = [world.table, `${world.table}-keys`];
  return Promise.all(
    tables.map(async TableName => (await client.send(new ScanCommand({ TableName }))).Items),
  );
}

test('writes nothing, rings nobody, and says nothing in the log; asked to stay awake it does so again', async () => {
  const world = await worlds.open({ volunteers: [volunteer('aigul', 11)] });
  const before = await rows(world);
  const handler = await made(world);
  expect(await handler(stayAwake)).toMatchObject({ statusCode: 204, body: '' });
  expect(await rows(world)).toEqual(before);
  expect(world.exchange.journal).toEqual([]);
  expect(world.logged).toEqual([]);
});

test('goes through the signature, both tables, a decision and words, or it would make nothing ready', async () => {
  const world = await worlds.open();
  const seen: string[] = [];
  const context = {
    ...world.context,
    readyToRing: async () => seen.push('ring'),
    get authTokens() {
      seen.push('signature');
      return world.context.authTokens;
    },
    ports: {
      ...world.context.ports,
      requests: {
        ...world.context.ports.requests,
        load: async (...args: Parameters<Ports['requests']['load']>) => {
          const loaded = await world.context.ports.requests.load(...args);
          seen.push(`request ${loaded.request}`);
          return loaded;
        },
      },
      networks: {
        network: async () => {
          seen.push('network');
          return world.context.ports.networks.network();
        },
      },
    },
  };
  await rehearsed(context, webhookHandler(voiceApp(context)));
  expect([...new Set(seen)].sort()).toEqual(['network', 'request null', 'ring', 'signature']);
});

test('what is known of the network stays fresh: whoever calls between two minutes never waits for it', async () => {
  const world = await worlds.open();
  const handler = await made(world);
  const { network } = world.context.ports.networks;
  await world.pass(40);
  await world.stores.registry.putNetwork({
    ...world.network,
    settings: { ...world.network.settings, graceSeconds: 77 },
  });
  expect((await network()).settings.graceSeconds).not.toBe(77);
  await handler(stayAwake);
  await world.pass(50);
  expect((await network()).settings.graceSeconds).toBe(77);
});

test('a table that fails or never answers keeps nobody: the handler is there within a second', async () => {
  const world = await worlds.open();
  const failing = async () => {
    throw new Error('not today');
  };
  for (const network of [failing, () => new Promise<never>(() => undefined)]) {
    world.replacePorts(() => ({ networks: { network } }));
    const beganAt = performance.now();
    const handler = await made(world);
    expect(await handler(stayAwake)).toMatchObject({ statusCode: 204 });
    expect(performance.now() - beganAt).toBeLessThan(3000);
  }
});
