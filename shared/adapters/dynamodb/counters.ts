// How often something has happened in the present window: one item a counter and window, written by one atomic ADD.
// Must never hold a number other than as its keyed hash, nor decide what a count means.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Counter, Counters } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { bindings, toItem, updateInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, readItem } from './deps.ts';
import { counterKey, type Key } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { numberHash } from './route-parts.ts';
import { whole } from './schema-parts.ts';

const HOUR_SECONDS = 3600;
const WINDOW_SECONDS: Readonly<Record<Counter['of'], number>> = {
  'calls-of-number': HOUR_SECONDS,
  'texts-of-number': HOUR_SECONDS,
  'automatic-replies': HOUR_SECONDS,
  'calls-of-line': 60,
  'withheld-on-line': 60,
  'texts-of-line': 60,
  'questions-over-cap': 60,
  'told-in-ten-minutes': 600,
  'told-in-hour': HOUR_SECONDS,
  'told-in-day': 24 * HOUR_SECONDS,
  rings: 24 * HOUR_SECONDS,
  texts: 24 * HOUR_SECONDS,
};

// No schema version: an ADD can only write one number, and old code adds to the same one.
const fields = z.object({ count: whole });
const ADD = 'ADD #count :one SET #expiresAt = :expiresAt';

export function createCounters(deps: Deps): Counters {
  return {
    add: async (counter, at) => {
      const expiresAt = expiryAfter(at, WINDOW_SECONDS[counter.of] + KEEP_SECONDS.counter);
      const { Attributes = {} } = await deps.client.send(
        new UpdateItemCommand({
          TableName: deps.table,
          Key: toItem(keyOf(deps, counter, at)),
          UpdateExpression: ADD,
          ...bindings([ADD], { one: 1, expiresAt }),
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return readItem(Attributes, fields, counter.of).count;
    },
    takeBack: async (counter, at) => {
      const update = updateInput(
        deps.table,
        keyOf(deps, counter, at),
        'ADD #count :minusOne',
        '#count > :none',
        {
          minusOne: -1,
          none: 0,
        },
      );
      await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
    },
    count: async (counter, at) => {
      const item = await getItem(deps, keyOf(deps, counter, at), { ConsistentRead: false });
      return item === null ? 0 : readItem(item, fields, counter.of).count;
    },
  };
}

/** Windows follow each other without a gap, the same on every machine; each has an item of its own. */
function keyOf(deps: Deps, counter: Counter, at: Instant): Key {
  return counterKey(counter.of, ownerOf(deps, counter), Math.floor(at / 1000 / WINDOW_SECONDS[counter.of]));
}

function ownerOf(deps: Deps, counter: Counter): string {
  if ('number' in counter) return numberHash(deps, counter.number);
  if ('about' in counter) return counter.about;
  return 'lineId' in counter ? counter.lineId : 'all';
}
