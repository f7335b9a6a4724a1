// An opening as it is stored. What does not parse is damaged, and is named by its id alone.
import * as z from 'zod/mini';
import { parseOpeningId } from '../../domain/ids.ts';
import { askedStates, type Opening } from '../../domain/opening.ts';
import {
  exactly,
  instantSchema,
  languageId,
  list,
  parsed,
  record,
  regionId,
  skillId,
  volunteerId,
  whole,
} from './schema-parts.ts';

export const openingId = parsed(parseOpeningId);

export const openingSchema = exactly<Opening>()(
  record({
    id: openingId,
    version: whole,
    need: record({ region: z.nullable(regionId), skill: z.nullable(skillId), language: languageId }),
    window: record({ from: instantSchema, until: instantSchema }),
    atLeast: whole,
    wanted: whole,
    openedAt: instantSchema,
    asked: list(record({ id: volunteerId, state: z.enum(askedStates), at: instantSchema })),
  }),
);
