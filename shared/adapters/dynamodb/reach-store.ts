// What is known of whether volunteers can be reached, and which day's look at it is done.
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Reach, ReachStore } from '../../app/shift-ports.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import { addSeconds } from '../../domain/instant.ts';
import { type Item, putInput, updateInput } from './attributes.ts';
import { getItems } from './batch-get.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, readItem, unlessDamaged } from './deps.ts';
import { dutyKey, idInKey, reachDayKey, upkeepKey } from './keys.ts';
import { optedOutAt } from './personal-store.ts';
import { instantSchema, SCHEMA_VERSION, whole } from './schema-parts.ts';

const LEASE_SECONDS = 300;

const fields = z.object({
  unreachableUntil: z.optional(instantSchema),
  unanswered: z.optional(whole),
});

export function createReachStore(deps: Deps): ReachStore {
  const { client, table, random } = deps;
  return {
    reachOf: async ids => {
      const [duty, upkeep] = await Promise.all([
        getItems(deps, ids.map(dutyKey)),
        getItems(deps, ids.map(upkeepKey)),
      ]);
      const [duties, entries] = [byVolunteer(duty), byVolunteer(upkeep)];
      return new Map(ids.map(id => [id, reach(deps, id, duties.get(id), entries.get(id))]));
    },
    beginDay: (day, at) => {
      const row = { ...reachDayKey, schema: SCHEMA_VERSION, day, until: addSeconds(at, LEASE_SECONDS) };
      const free =
        'attribute_not_exists(#pk) OR #day < :day OR (#day = :day AND attribute_not_exists(#done) AND #until <= :at)';
      const put = putInput(table, row, free, { day, at });
      return unlessRefused(random, () => client.send(new PutItemCommand(put)));
    },
    endDay: async day => {
      const update = updateInput(table, reachDayKey, 'SET #done = :yes', '#day = :day', { yes: true, day });
      await unlessRefused(random, () => client.send(new UpdateItemCommand(update)));
    },
  };
}

function byVolunteer(items: readonly Item[]): ReadonlyMap<VolunteerId, Item> {
  return new Map(
    items.flatMap(item => {
      const id = parseVolunteerId(idInKey(item['pk']?.S ?? ''));
      return id === null ? [] : [[id, item] as const];
    }),
  );
}

function reach(deps: Deps, id: VolunteerId, duty: Item | undefined, entry: Item | undefined): Reach {
  const [known] = duty ? unlessDamaged(deps, () => readItem(duty, fields, id)) : [];
  const { unreachableUntil = 0, unanswered = 0 } = known ?? {};
  const [optedOut = null] = entry ? unlessDamaged(deps, () => optedOutAt(entry, id)) : [];
  return {
    hasEntry: entry !== undefined,
    isUnreachable: unreachableUntil > deps.clock.now(),
    optedOutAt: optedOut,
    unanswered,
  };
}
