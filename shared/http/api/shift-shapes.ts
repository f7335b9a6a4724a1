// A rota as the API shows and takes it: times of the day as a clock shows them, shifts with what kind they are.
// Must never show a note to somebody who only looks.
import { z } from '@hono/zod-openapi';
import { parseShiftId, type ShiftId } from '../../domain/ids.ts';
import type { Absence, DatedShift, Rota, WeeklyShift } from '../../domain/rota.ts';
import { EVERY_WEEKS_AT_MOST, NOTE_AT_MOST, ROTA_AT_MOST } from '../../domain/rota-rules.ts';
import { clockTime, fields, parsedText, showClockTime, shownClockTime } from './fields.ts';

export const shiftIdField = parsedText(parseShiftId, 'the id of a shift', 'sft_0123456789abcdef');

const REGIONS_AT_MOST = 10;
const SKILLS_AT_MOST = 30;

const facts = {
  regions: z.array(fields.regionId).min(1).max(REGIONS_AT_MOST).nullable().default(null).openapi({
    description: 'Where she answers in it; null: in her own region',
  }),
  skills: z.array(fields.skillId).max(SKILLS_AT_MOST).nullable().default(null).openapi({
    description: 'What it is for, of what she can do; null: all of that',
  }),
  note: z.string().min(1).max(NOTE_AT_MOST).nullable().default(null).openapi({
    description: 'For managers and herself. Nothing about people who asked for help.',
  }),
};
const times = {
  from: clockTime,
  until: clockTime.openapi({
    description: 'The next time that the clock shows it: overnight when it is not later',
  }),
};
const weekday = z.literal([1, 2, 3, 4, 5, 6, 7]);

const weeklyFields = {
  weekdays: z.array(weekday).min(1).max(7).openapi({ description: '1 Monday to 7 Sunday: when it begins' }),
  ...times,
  startsOn: fields.localDate.nullable().default(null),
  endsOn: fields.localDate.nullable().default(null),
  everyWeeks: z.number().int().min(1).max(EVERY_WEEKS_AT_MOST).default(1).openapi({
    description: 'In each so many weeks, counted from the week of startsOn, which it then needs',
  }),
  onHolidays: z.boolean().default(true).openapi({ description: 'False: not on a public holiday' }),
  ...facts,
};
const datedFields = { date: fields.localDate, ...times, ...facts };
const absenceFields = { from: fields.localDateTime, until: fields.localDateTime, note: facts.note };

export const shiftSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weekly'), ...weeklyFields }).openapi('WeeklyShift'),
    z.strictObject({ kind: z.literal('dated'), ...datedFields }).openapi('DatedShift'),
  ])
  .openapi('Shift');
export const absenceSchema = z.strictObject(absenceFields).openapi('Absence');
export type SentShift = z.output<typeof shiftSchema>;
export type SentAbsence = z.output<typeof absenceSchema>;

const mayHaveId = { id: shiftIdField.optional() };
export const rotaSchema = z
  .strictObject({
    zone: z.string().min(1).max(64).openapi({ example: 'Asia/Almaty', description: 'An IANA time zone' }),
    weekly: z.array(z.strictObject({ ...mayHaveId, ...weeklyFields })).max(ROTA_AT_MOST.weekly),
    dated: z.array(z.strictObject({ ...mayHaveId, ...datedFields })).max(ROTA_AT_MOST.dated),
    absences: z.array(z.strictObject({ ...mayHaveId, ...absenceFields })).max(ROTA_AT_MOST.absences),
  })
  .openapi('Rota');

const warnings = z
  .array(z.object({ path: z.string(), problem: z.string() }))
  .openapi({ description: 'What is odd about it, and was stored all the same' });

const shownFacts = {
  regions: z.array(z.string()).nullable(),
  skills: z.array(z.string()).nullable(),
  note: z.string().nullable(),
};
const shownTimes = { from: shownClockTime, until: shownClockTime };
const shownWeekly = {
  id: z.string(),
  weekdays: z.array(z.number().int()),
  ...shownTimes,
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  everyWeeks: z.number().int(),
  onHolidays: z.boolean(),
  ...shownFacts,
};
const shownDated = { id: z.string(), date: z.string(), ...shownTimes, ...shownFacts };
const shownAbsence = { id: z.string(), from: z.string(), until: z.string(), note: z.string().nullable() };

export const shownRotaSchema = z
  .object({
    zone: z.string(),
    weekly: z.array(z.object(shownWeekly)),
    dated: z.array(z.object(shownDated)),
    absences: z.array(z.object(shownAbsence)),
  })
  .openapi('RotaShown');
export const storedRotaSchema = shownRotaSchema.extend({ warnings }).openapi('RotaStored');
export const storedShiftSchema = z
  .object({ shift: z.looseObject({ id: z.string() }), warnings })
  .openapi('ShiftStored');

/** `notes`: whether whoever asks may read them. */
export function showRota({ zone, weekly, dated, absences }: Rota, notes: boolean) {
  return {
    zone,
    weekly: weekly.map(each => showWeekly(each, notes)),
    dated: dated.map(each => showDated(each, notes)),
    absences: absences.map(each => showAbsence(each, notes)),
  };
}

const noteFor = ({ note }: { readonly note: string | null }, notes: boolean) => (notes ? note : null);
const showFacts = ({ regions, skills, note }: WeeklyShift | DatedShift, notes: boolean) => ({
  regions: regions && [...regions],
  skills: skills && [...skills],
  note: noteFor({ note }, notes),
});
const showTimes = ({ from, until }: { readonly from: number; readonly until: number }) => ({
  from: showClockTime(from),
  until: showClockTime(until),
});

function showWeekly(shift: WeeklyShift, notes: boolean) {
  const { id, weekdays, startsOn, endsOn, everyWeeks, onHolidays } = shift;
  const weeks = { startsOn, endsOn, everyWeeks, onHolidays };
  return { id, weekdays: [...weekdays], ...showTimes(shift), ...weeks, ...showFacts(shift, notes) };
}

function showDated(shift: DatedShift, notes: boolean) {
  return { id: shift.id, date: shift.date, ...showTimes(shift), ...showFacts(shift, notes) };
}

export function showAbsence({ id, from, until, note }: Absence, notes: boolean) {
  return { id, from, until, note: noteFor({ note }, notes) };
}

export function showShift(shift: WeeklyShift | DatedShift, notes: boolean) {
  return 'date' in shift
    ? { kind: 'dated' as const, ...showDated(shift, notes) }
    : { kind: 'weekly' as const, ...showWeekly(shift, notes) };
}

/** What was sent as a part of a rota, under this id. */
export function putOf(sent: SentShift, id: ShiftId): Pick<Rota, 'weekly' | 'dated' | 'absences'> {
  const { kind, ...rest } = sent;
  const shift = { id, ...rest };
  return kind === 'weekly'
    ? { weekly: [shift as WeeklyShift], dated: [], absences: [] }
    : { weekly: [], dated: [shift as DatedShift], absences: [] };
}
