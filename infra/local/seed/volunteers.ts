// Sixty invented volunteers of the first network: who they are, what they offer, when they are on duty.
// At any hour about ten are on duty in the country and most regions have nobody: widening is the normal path.
// Must never hold a real person, a number that can ring, or anything that differs from one start to the next.
import {
  type LocalDate,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
} from '../../../shared/domain/local-time.ts';
import { regionOf } from '../../../shared/domain/network.ts';
import type { Absence, DatedShift, MinuteOfDay, Weekday } from '../../../shared/domain/rota.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import { kazakhstan } from './kazakhstan.ts';
import { languageId, regionId, seedNumber, skillId, sure, volunteerId } from './seed-values.ts';

const hour = 60;

/** The hours on the clock at home. Night ends on the next day. */
const shifts = {
  dawn: [0, 8],
  early: [6, 14],
  day: [8, 16],
  late: [14, 22],
  evening: [16, 0],
  night: [22, 6],
} as const;

type ShiftName = keyof typeof shifts;

/** Name | region | languages | skills | shift | weekdays, 1 Monday to 7 Sunday. */
const rows: readonly string[] = [
  'Aigerim S. | 75 | kk ru | crisis legal | night | 2 4 6',
  'Anna Z. | 75 | ru | shelter medical | dawn | 1 2 3 7',
  'Asel N. | 75 | kk en | crisis | late | 1 2 6 7',
  'Aynura C. | 75 | ky ru | crisis child | evening | 1 5 6 7',
  'Ayzada T. | 75 | ky ru kk | crisis immigration interpreter | night | 1 2 3 7',
  'Botagoz T. | 75 | kk ru | crisis | night | 2 3 4 5',
  'Daniyar M. | 75 | kk ru | legal immigration | evening | 2 4 6',
  'Gulbakhar I. | 75 | ug kk ru | crisis shelter immigration | day | 6 7',
  'Marina F. | 75 | ru | crisis medical | day | 4 5 6 7',
  'Meruyert B. | 75 | kk ru en | crisis legal immigration interpreter | night | 4 5 6 7',
  'Patima H. | 75 | ug kk ru | crisis medical | early | 4 5 6 7',
  'Sholpan N. | 75 | kk en | crisis child immigration | day | 1 5 6 7',
  'Vera M. | 75 | ru | crisis shelter | dawn | 4 5 6 7',
  'Bayan U. | 71 | kk ru | crisis legal child | evening | 1 2 3 4',
  'Dinara E. | 71 | kk ru en | crisis medical | dawn | 1 2 6 7',
  'Kamila H. | 71 | kk ru | crisis | late | 2 3 4 5',
  'Kuralay D. | 71 | kk ru | crisis shelter | dawn | 2 3 4 5',
  'Laura M. | 71 | kk ru | crisis | early | 1 5 6 7',
  'Nazgul K. | 71 | kk ru en | crisis shelter legal | late | 1 2 3 7',
  'Nurlan A. | 71 | kk ru en | crisis shelter | night | 1 3 5 7',
  'Timur K. | 71 | kk ru | crisis immigration shelter | evening | 3 4 5 6',
  'Zhuldyz E. | 71 | kk ru en | crisis immigration | day | 2 3 4 5',
  'Andrey V. | 79 | ru | crisis | dawn | 1 5 6 7',
  'Feruza Y. | 79 | uz ru kk | crisis legal | day | 2 4 6',
  'Nigora R. | 79 | uz ru | crisis child immigration interpreter | evening | 1 2 3 7',
  'Olga I. | 79 | ru en | crisis shelter legal interpreter | early | 1 2 6 7',
  'Roza U. | 79 | kk ru | crisis | evening | 2 3 4 5',
  'Ulzhan Q. | 79 | kk ru | crisis immigration | early | 1 2 3 7',
  'Ainur S. | 61 | kk ru en | crisis medical legal | early | 2 3 4 5',
  'Aizhan B. | 61 | kk ru | immigration legal | early | 1 2 3 4',
  'Dana K. | 61 | kk ru en | crisis medical | night | 1 2 6 7',
  'Oksana T. | 61 | ru en | crisis medical interpreter | late | 3 4 5 6',
  'Daria K. | 19 | ru | crisis medical | dawn | 6 7',
  'Lyudmila C. | 19 | ru | crisis child | night | 1 5 6 7',
  'Sergey N. | 19 | ru | medical shelter | late | 1 5 6 7',
  'Arman B. | 35 | kk ru en | child medical | dawn | 1 2 3 4',
  'Gulmira D. | 35 | kk | crisis | early | 1 3 5 7',
  'Irina G. | 35 | ru | crisis | late | 4 5 6 7',
  'Madina T. | 35 | kk ru en | crisis legal | evening | 4 5 6 7',
  'Yelena D. | 35 | ru | crisis medical | night | 6 7',
  'Karlygash R. | 15 | kk ru | crisis legal | night | 1 2 3 4',
  'Saule M. | 15 | kk ru | legal immigration | day | 3 4 5 6',
  'Yekaterina Y. | 15 | ru | crisis | day | 1 3 5 7',
  'Gulnara A. | 63 | kk ru | crisis | late | 6 7',
  'Raushan A. | 63 | kk ru | crisis medical | early | 2 4 6',
  'Yerlan S. | 63 | kk ru | crisis legal child | evening | 1 3 5 7',
  'Zarina J. | 31 | kk | crisis | evening | 6 7',
  'Zhanar O. | 31 | kk ru | crisis shelter legal | dawn | 3 4 5 6',
  'Galina S. | 39 | ru kk en | crisis legal | day | 1 2 3 7',
  'Perizat G. | 39 | kk ru en | crisis medical shelter | dawn | 2 4 6',
  'Aliya R. | 43 | kk ru en | crisis | early | 6 7',
  'Togzhan Q. | 43 | kk ru en | crisis immigration child | early | 3 4 5 6',
  'Ruslan T. | 55 | kk ru en | crisis legal immigration | day | 1 2 6 7',
  'Yulia B. | 55 | ru kk | medical shelter | dawn | 1 3 5 7',
  'Symbat L. | 10 | kk ru | crisis | late | 2 4 6',
  'Natalya V. | 11 | ru en | crisis shelter interpreter | night | 3 4 5 6',
  'Svetlana P. | 23 | ru | crisis immigration shelter | day | 1 2 3 4',
  'Malika E. | 27 | kk ru | legal shelter | late | 1 2 3 4',
  'Indira O. | 47 | kk ru en | crisis | evening | 1 2 6 7',
  'Tatyana L. | 59 | ru en | crisis shelter interpreter | late | 1 3 5 7',
];

const men: ReadonlySet<string> = new Set([
  'Daniyar M.',
  'Nurlan A.',
  'Timur K.',
  'Andrey V.',
  'Sergey N.',
  'Arman B.',
  'Yerlan S.',
  'Ruslan T.',
]);

type Once = Pick<DatedShift, 'date' | 'from' | 'until'>;
type Away = Pick<Absence, 'from' | 'until'>;
type Changes = { readonly dated: readonly Once[]; readonly absences: readonly Away[] };

/** What differs from the weekly pattern: a colleague's shift taken over, a journey, the days around New Year. */
const changes: ReadonlyMap<string, Changes> = new Map([
  ['Aigerim S.', { dated: [], absences: [away('2026-11-30T00:00', '2026-12-07T00:00')] }],
  ['Kamila H.', { dated: [once('2026-11-30', 'night'), once('2026-12-04', 'night')], absences: [] }],
  [
    'Laura M.',
    { dated: [once('2026-11-24', 'evening')], absences: [away('2026-11-29T06:00', '2026-11-29T14:00')] },
  ],
  ['Ulzhan Q.', { dated: [once('2026-11-29', 'day')], absences: [] }],
  ['Irina G.', { dated: [], absences: [away('2026-12-31T12:00', '2027-01-03T00:00')] }],
  ['Timur K.', { dated: [once('2026-12-31', 'night'), once('2027-01-01', 'late')], absences: [] }],
  [
    'Andrey V.',
    { dated: [once('2027-01-01', 'dawn')], absences: [away('2026-12-14T00:00', '2026-12-18T00:00')] },
  ],
  ['Indira O.', { dated: [], absences: [away('2026-12-16T18:00', '2026-12-17T00:00')] }],
]);

export const seedVolunteers: readonly Volunteer[] = rows.map(volunteerOf);

function volunteerOf(row: string, index: number): Volunteer {
  const [name = '', region = '', languages = '', skills = '', shift = '', weekdays = ''] = row.split(' | ');
  const home = regionId(`KZ-${region}`);
  return {
    id: volunteerId(`vol_${name.toLowerCase().replace(' ', '-').replace('.', '')}`),
    name,
    languages: languages.split(' ').map(languageId),
    skills: skills.split(' ').map(skillId),
    gender: men.has(name) ? 'man' : 'woman',
    region: home,
    number: seedNumber(1001 + index),
    textBy: index % 3 === 0 ? 'none' : 'whatsapp',
    rota: plainRota(regionOf(kazakhstan, home).zone, {
      weekly: [{ weekdays: weekdays.split(' ').map(weekday), ...hoursOf(shift) }],
      ...changes.get(name),
    }),
    pausedUntil: null,
  };
}

function hoursOf(name: string): { from: MinuteOfDay; until: MinuteOfDay } {
  if (!isShift(name)) throw new Error(`the seed has no shift ${name}`);
  const [from, until] = shifts[name];
  return { from: from * hour, until: until * hour };
}

function isShift(name: string): name is ShiftName {
  return Object.hasOwn(shifts, name);
}

function weekday(text: string): Weekday {
  if (!/^[1-7]$/.test(text)) throw new Error(`the seed has no weekday ${text}`);
  return Number(text) as Weekday;
}

function once(day: string, name: ShiftName): Once {
  return { date: sure<LocalDate>(parseLocalDate(day), day), ...hoursOf(name) };
}

function away(from: string, until: string): Away {
  return { from: localTime(from), until: localTime(until) };
}

function localTime(text: string): LocalDateTime {
  return sure(parseLocalDateTime(text), text);
}
