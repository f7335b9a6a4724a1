// A whole hotline in virtual time whose handlers reach the engine by a way on which everything is counted. What seeds and
// inspects the table goes another way and is not. The rules of each minute are off: they are no request's.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startFauxqs } from 'fauxqs';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';
import { World, type WorldOptions } from '../support/world.ts';
import { type Counts, countingWay, noCounts } from './counting-way.ts';

export type Counted = {
  readonly world: World;
  readonly counts: Counts;
  /** Of that, what was asked of the index of those on duty. */
  readonly onDuty: Counts;
  /** Not counted. */
  readonly client: DynamoDBClient;
};

/** An engine of its own: one that has seen many transactions is slower. */
export async function inCountedWorld<Result>(
  options: WorldOptions,
  use: (counted: Counted) => Promise<Result>,
): Promise<Result> {
  const [engine, bus] = await Promise.all([startDynamoDb(), startFauxqs({ port: 0, logger: false })]);
  const [counts, onDuty] = [noCounts(), noCounts()];
  const way = await countingWay(engine.endpoint, counts, onDuty);
  const client = connectLocally(engine.endpoint);
  const table = 'pana-bench';
  const freshTable = async () => {
    await createTable(client, table);
    return table;
  };
  const world = await World.open(
    { endpoint: () => way.url, client: () => client, freshTable },
    bus.port,
    options,
  );
  try {
    world.sweeps = false;
    world.reconciles = false;
    // What an instance reads once a minute or less is not this request's.
    const { networks, roster, clock } = world.context.ports;
    await networks.network();
    await roster.onDuty([], clock.now());
    return await use({ world, counts, onDuty, client });
  } finally {
    await world.close();
    client.destroy();
    await way.close();
    await bus.stop();
    await engine.close();
  }
}
