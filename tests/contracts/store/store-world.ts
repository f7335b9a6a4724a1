// What every test of the store needs: stores over a fresh table, with a clock that the test moves, and a count of
// what each operation costs.
import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  type ConsumedCapacity,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { createHolesTold } from '../../../shared/adapters/dynamodb/holes-told.ts';
import { createStores, type Stores } from '../../../shared/adapters/dynamodb/stores.ts';
import { createSummaries } from '../../../shared/adapters/dynamodb/summaries.ts';
import { createSealer } from '../../../shared/adapters/system/sealer.ts';
import type { HolesTold, Summaries } from '../../../shared/app/office.ts';
import type { Log } from '../../../shared/app/ports.ts';
import type { Sealer } from '../../../shared/app/sealer.ts';
import {
  parseLanguageId,
  parseRegionId,
  parseSkillId,
  parseVolunteerId,
  type RegionId,
  type VolunteerId,
} from '../../../shared/domain/ids.ts';
import { addSeconds, type Instant } from '../../../shared/domain/instant.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone.ts';
import type { Rota } from '../../../shared/domain/rota.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import type { Engine } from '../../support/engine.ts';
import { overhear } from '../../support/overheard.ts';
import { noon } from '../../support/request-builder.ts';

export type World = Stores & {
  readonly summaries: Summaries;
  readonly holesTold: HolesTold;
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly sealer: Sealer;
  readonly now: () => Instant;
  readonly advance: (seconds: number) => Instant;
  /** Ids of records that were reported as damaged. */
  readonly reported: string[];
  /** Another instance of the same program: same table, nothing cached. */
  readonly anotherInstance: () => Stores;
};

export async function createWorld(engine: Engine): Promise<World> {
  const client = engine.client();
  client.config.cacheMiddleware = false; // tests come in between
  const table = await engine.freshTable();
  const sealer = createSealer({ dataKey: randomBytes(32), lookupKey: randomBytes(32) });
  let now = noon;
  const reported: string[] = [];
  const heard: Log['info'] = (event, fields) =>
    overhear('a line of the log', JSON.stringify({ event, fields }));
  const note: Log['error'] = (event, fields) => {
    heard(event, fields);
    reported.push(String(fields?.['id'] ?? ''));
  };
  const log: Log = { info: heard, warn: heard, error: note };
  const deps = { client, table, sealer, clock: { now: () => now }, random: () => 0.5, log };
  return {
    ...createStores(deps),
    summaries: createSummaries(deps),
    holesTold: createHolesTold(deps),
    client,
    table,
    sealer,
    now: () => now,
    advance: seconds => {
      now = addSeconds(now, seconds);
      return now;
    },
    reported,
    anotherInstance: () => createStores(deps),
  };
}

export const almaty = 'Asia/Almaty';
export const always: Rota = rotaOf([0, 720], [720, 0]);
export const never: Rota = plainRota(almaty, {});

/** Every day from … until …, in minutes after midnight in Almaty. */
export function rotaOf(...shifts: readonly (readonly [from: number, until: number])[]): Rota {
  const weekly = shifts.map(([from, until]) => ({
    weekdays: [1, 2, 3, 4, 5, 6, 7] as const,
    from,
    until,
  }));
  return plainRota(almaty, { weekly });
}

export const region: RegionId = sure(parseRegionId('KZ-75'));
export const otherRegion: RegionId = sure(parseRegionId('KZ-71'));

export function volunteerIdFrom(serial: number): VolunteerId {
  return sure(parseVolunteerId(`vol_${serial}`));
}

export function buildVolunteer(serial: number, changes: Partial<Volunteer> = {}): Volunteer {
  return {
    id: volunteerIdFrom(serial),
    name: `Айгүл Nr ${serial}`,
    languages: [sure(parseLanguageId('kk')), sure(parseLanguageId('ru'))],
    skills: [sure(parseSkillId('crisis'))],
    region,
    number: sure(parsePhoneNumber(`+7799${String(serial).padStart(7, '0')}`)),
    textBy: 'sms',
    rota: always,
    gender: null,
    pausedUntil: null,
    ...changes,
  };
}

/** Every item of the table. */
export async function dump({ client, table }: World): Promise<readonly Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  for await (const page of paginateScan({ client }, { TableName: table })) items.push(...(page.Items ?? []));
  return items;
}

export type Cost = { readonly operation: string; readonly read: number; readonly write: number };

/** Runs some work and adds up what the engine says it consumed, base table and indexes together. */
export async function costOf({ client }: World, work: () => Promise<unknown>): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  const name = 'count-units';
  client.middlewareStack.add(
    (following, context) => async args => {
      const answer = await following({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' },
      });
      const operation = String(context.commandName).replace('Command', '');
      const isRead = /Get|Query/.test(operation);
      for (const units of capacities(answer.output)) {
        costs.push({ operation, read: isRead ? units : 0, write: isRead ? 0 : units });
      }
      return answer;
    },
    { step: 'initialize', name },
  );
  try {
    await work();
  } finally {
    client.middlewareStack.remove(name);
  }
  return costs;
}

function capacities(output: object): readonly number[] {
  if (!('ConsumedCapacity' in output) || !output.ConsumedCapacity) return [];
  const all = [output.ConsumedCapacity].flat() as ConsumedCapacity[];
  return all.map(each => each.CapacityUnits ?? 0);
}

export function sure<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('the test wrote something that does not parse');
  return value;
}
