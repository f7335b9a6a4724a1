// The fields that several resources share, as the API document shows them. Times of the day are `22:00`, instants carry
// their offset, ids their kind.
import { z } from '@hono/zod-openapi';
import {
  parseContactId,
  parseLadderId,
  parseLanguageId,
  parseLineId,
  parseRegionId,
  parseRequestId,
  parseSkillId,
  parseVolunteerId,
} from '../../domain/ids.ts';
import { type Instant, instant } from '../../domain/instant.ts';
import { parseLocalDate, parseLocalDateTime } from '../../domain/local-time.ts';
import { parsePhoneNumber } from '../../domain/phone.ts';

/** No rota and no request is of another time; beyond it keys no longer sort and calendars end. */
const YEARS = { first: 2000, last: 2999 } as const;
const isOfOurTime = (text: string): boolean =>
  Number(text.slice(0, 4)) >= YEARS.first && Number(text.slice(0, 4)) <= YEARS.last;
const ofOurTime =
  <Value extends string>(parse: (text: string) => Value | null) =>
  (text: string): Value | null =>
    isOfOurTime(text) ? parse(text) : null;

/** A text of a kind of its own; `what` continues "is not …". */
export function parsedText<Value extends string>(
  parse: (text: string) => Value | null,
  what: string,
  example: string,
) {
  return z
    .string()
    .max(100)
    .refine(text => parse(text) !== null, { message: `is not ${what}, as ${example}` })
    .transform(text => text as Value)
    .openapi({ type: 'string', example });
}

export const fields = {
  requestId: parsedText(parseRequestId, 'the id of a request', 'req_0123456789abcdef0123456789abcdef'),
  volunteerId: parsedText(parseVolunteerId, 'the id of a volunteer', 'vol_aigul'),
  contactId: parsedText(parseContactId, 'the id of a contact', 'con_duty-desk'),
  lineId: parsedText(parseLineId, 'the id of a line', 'line_national'),
  ladderId: parsedText(parseLadderId, 'the id of a ladder', 'lad_national'),
  regionId: parsedText(parseRegionId, 'the id of a region', 'KZ-75'),
  skillId: parsedText(parseSkillId, 'the id of a skill', 'legal'),
  languageId: parsedText(parseLanguageId, 'the id of a language', 'kk'),
  localDate: parsedText(ofOurTime(parseLocalDate), 'a date from 2000 to 2999', '2026-11-26'),
  localDateTime: parsedText(
    ofOurTime(parseLocalDateTime),
    'a local time from 2000 to 2999',
    '2026-11-26T18:30',
  ),
  phoneNumber: parsedText(parsePhoneNumber, 'an E.164 number', '+77010000001'),
  text: z.string().min(1).max(200),
  /** Written for the record, by whoever does something that will be asked about. */
  reason: z.string().min(3).max(500).openapi({
    description: 'Why; kept in the audit trail. No names or numbers of people who asked for help.',
  }),
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: '`true`: says what would be, and changes nothing' }),
  overlaps: z.enum(['refuse', 'allow']).optional().openapi({
    description:
      '`refuse`, or left out: two shifts of hers at the same time, for the same regions and skills, are refused. `allow`: it is meant, and told as a warning',
  }),
} as const;

/** An instant, as `2026-11-26T22:00:00+05:00`; without an offset it would be somebody's guess. */
export const moment = z.iso
  .datetime({
    offset: true,
    error: 'is not an instant with its offset, as 2026-11-26T22:00:00+05:00 (in an address + is %2B)',
  })
  .refine(isOfOurTime, { error: 'is not an instant from 2000 to 2999' })
  .transform(text => instant(Date.parse(text)))
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-26T22:00:00+05:00' });

export const shownMoment = z
  .string()
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-26T17:00:00.000Z' });
export const showMoment = (at: Instant): string => new Date(at).toISOString();

/** Minutes of the day as a clock shows them. */
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of the day, as 22:00' })
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
  .openapi({ type: 'string', example: '22:00' });
export const shownClockTime = z.string().openapi({ example: '22:00' });
export function showClockTime(minuteOfDay: number): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z
    .string()
    .max(1000)
    .optional()
    .openapi({ description: 'The `next` of the page before; nothing else means anything' }),
};
