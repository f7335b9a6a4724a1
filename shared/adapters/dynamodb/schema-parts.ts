// What the schemas of stored records are made of: ids, instants, and the check that a schema and its type agree.
// A field that is not known is left out rather than refused: during a deployment old code reads what new code wrote.
import * as z from 'zod/mini';
import {
  parseCallSid,
  parseContactId,
  parseLadderId,
  parseLanguageId,
  parseLineId,
  parseMessageSid,
  parseRegionId,
  parseRequestId,
  parseSkillId,
  parseVolunteerId,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';

export { SCHEMA_VERSION } from './versions.ts';

/** Does not compile when schema and type drift apart, in either direction. */
export function exactly<Type>() {
  return <Schema extends z.ZodMiniType<Type>>(
    schema: [Type] extends [z.output<Schema>] ? Schema : never,
  ): z.ZodMiniType<Type> => schema;
}

export const record = <Shape extends z.core.$ZodShape>(shape: Shape) => z.readonly(z.object(shape));
export const list = <Entry extends z.core.SomeType>(entry: Entry) => z.readonly(z.array(entry));
export const parsed = <Value>(parse: (text: string) => Value | null) =>
  z.custom<Value>(value => typeof value === 'string' && parse(value) !== null);

export const whole = z.number().check(z.int());
export const instantSchema = z.custom<Instant>(value => Number.isSafeInteger(value));
export const requestId = parsed(parseRequestId);
export const volunteerId = parsed(parseVolunteerId);
export const helperId = z.union([volunteerId, parsed(parseContactId)]);
export const lineId = parsed(parseLineId);
export const ladderId = parsed(parseLadderId);
export const regionId = parsed(parseRegionId);
export const skillId = parsed(parseSkillId);
export const languageId = parsed(parseLanguageId);
export const callSid = parsed(parseCallSid);
export const messageSid = parsed(parseMessageSid);
