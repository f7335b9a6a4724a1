// What managers have been told of holes in the rota, as one item: read by whoever looks next, and by one at a time.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { HolesTold } from '../../app/office.ts';
import type { ToldHole } from '../../domain/holes-told.ts';
import { addSeconds } from '../../domain/instant.ts';
import { bindings, toItem, updateInput } from './attributes.ts';
import { isRefusal, unlessRefused, whileBusy } from './conflicts.ts';
import { type Deps, readItem, unlessDamaged } from './deps.ts';
import { holesToldKey } from './keys.ts';
import { pack, unpack } from './packed.ts';
import {
  exactly,
  instantSchema,
  languageId,
  list,
  record,
  regionId,
  SCHEMA_VERSION,
  skillId,
} from './schema-parts.ts';

const NAME = 'holes-told';
const toldSchema = exactly<readonly ToldHole[]>()(
  list(
    record({
      region: z.nullable(regionId),
      skill: z.nullable(skillId),
      language: languageId,
      from: instantSchema,
      until: instantSchema,
      stage: z.enum(['days', 'hours']),
    }),
  ),
);
const fields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  told: z.optional(z.custom<Uint8Array>(value => value instanceof Uint8Array)),
});

const BEGIN = 'SET #schema = :schema, #lookedAt = :at';
const IS_TIME = 'attribute_not_exists(#pk) OR #lookedAt <= :before';

export function createHolesTold(deps: Deps): HolesTold {
  return {
    begin: async (at, everySeconds) => {
      const values = { at, schema: SCHEMA_VERSION, before: addSeconds(at, -everySeconds) };
      try {
        const { Attributes } = await whileBusy(deps.random, () =>
          deps.client.send(
            new UpdateItemCommand({
              TableName: deps.table,
              Key: toItem(holesToldKey),
              UpdateExpression: BEGIN,
              ConditionExpression: IS_TIME,
              ...bindings([BEGIN, IS_TIME], values),
              ReturnValues: 'ALL_OLD',
            }),
          ),
        );
        return Attributes === undefined ? [] : (unlessDamaged(deps, () => toldIn(Attributes))[0] ?? []);
      } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
      }
    },
    keep: async (told, at) => {
      const update = updateInput(deps.table, holesToldKey, 'SET #told = :told', '#lookedAt = :at', {
        told: pack(told),
        at,
      });
      await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
    },
  };
}

/** A damaged one tells everybody everything again. */
function toldIn(item: Parameters<typeof readItem>[0]): readonly ToldHole[] {
  const { told } = readItem(item, fields, NAME);
  return told === undefined ? [] : unpack(told, toldSchema, NAME);
}
