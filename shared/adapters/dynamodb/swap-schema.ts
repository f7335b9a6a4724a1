// A swap as it is stored. What does not parse is damaged, and is named by its id alone.
import * as z from 'zod/mini';
import { parseShiftId, parseSwapId } from '../../domain/ids.ts';
import { parseLocalDate } from '../../domain/local-time.ts';
import type { Occurrence } from '../../domain/occurrence.ts';
import type { Swap } from '../../domain/swap.ts';
import {
  exactly,
  instantSchema,
  list,
  parsed,
  record,
  regionId,
  skillId,
  volunteerId,
  whole,
} from './schema-parts.ts';

export const swapId = parsed(parseSwapId);
export const shiftId = parsed(parseShiftId);
export const localDate = parsed(parseLocalDate);

export const occurrenceSchema = exactly<Occurrence>()(
  record({
    shiftId,
    date: localDate,
    zone: z.string(),
    from: whole,
    until: whole,
    regions: list(regionId),
    skills: z.nullable(list(skillId)),
    window: record({ from: instantSchema, until: instantSchema }),
  }),
);

const taking = { by: volunteerId, inReturn: z.nullable(occurrenceSchema) };

const state = z.discriminatedUnion('kind', [
  record({ kind: z.literal('open') }),
  record({
    kind: z.literal('asked'),
    by: volunteerId,
    inReturn: occurrenceSchema,
    until: instantSchema,
  }),
  record({
    kind: z.literal('needs-approval'),
    because: list(z.enum(['always', 'hole', 'offers-less'])),
    ...taking,
  }),
  record({ kind: z.literal('approved'), ...taking }),
  record({ kind: z.literal('declined') }),
  record({ kind: z.literal('withdrawn') }),
  record({ kind: z.literal('expired') }),
]);

const telling = z.discriminatedUnion('tell', [
  record({
    tell: z.literal('managers'),
    reason: z.enum(['shift-given-late', 'shift-open', 'swap-to-approve']),
  }),
  record({
    tell: z.literal('volunteer'),
    to: volunteerId,
    news: z.enum([
      'opened',
      'away',
      'yours',
      'handed-over',
      'waits',
      'declined',
      'kept',
      'nobody-yet',
      'return-asked',
      'return-refused',
    ]),
    about: occurrenceSchema,
  }),
]);

export const swapSchema = exactly<Swap>()(
  record({
    id: swapId,
    version: whole,
    giver: volunteerId,
    occurrence: occurrenceSchema,
    openedAt: instantSchema,
    isAway: z.boolean(),
    state,
    refused: list(volunteerId),
    toAsk: z.nullable(list(volunteerId)),
    hasFollowedUp: z.boolean(),
    telling: list(telling),
  }),
);
