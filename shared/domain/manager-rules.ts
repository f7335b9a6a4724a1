// Behind every ladder stands a manager: at any hour, about any region (also while hers is unknown), by call and by text, on
// every line. Without that the last rung could reach nobody. Must never repeat a phone number in a problem.
import type { Contact, Line, Network } from './network.ts';
import type { WeeklyPattern } from './rota.ts';
import type { Problems } from './rule-parts.ts';
import { canCallOut, reaches, talksBy, textChannel } from './ways.ts';

const minutesOfADay = 1440;
const minutesOfAWeek = 7 * minutesOfADay;

export function managerProblems({ contacts, lines, canary }: Network): Problems {
  const everywhere = contacts.filter(contact => contact.kind === 'manager' && contact.regions.length === 0);
  const called = everywhere.filter(contact => contact.callNumber !== null);
  const texted = everywhere.filter(contact => contact.textNumber !== null);
  const gap = (how: string) =>
    `no manager responsible everywhere can be ${how} at every hour: the last rung could reach nobody`;
  const forPeople = lines.flatMap((line, index) =>
    line.id === canary?.lineId ? [] : [{ line, path: `lines[${index}].capabilities` }],
  );
  return [
    ...(areAlwaysReachable(called)
      ? forPeople.flatMap(({ line, path }) => calledFrom(line, called, path))
      : [{ path: 'contacts', problem: gap('called') }]),
    ...(areAlwaysReachable(texted)
      ? forPeople.flatMap(({ line, path }) => textedFrom(line, texted, path))
      : [{ path: 'contacts', problem: gap('texted') }]),
  ];
}

function calledFrom(line: Line, managers: readonly Contact[], path: string): Problems {
  const reached = managers.filter(
    ({ callNumber }) => callNumber !== null && reaches(line, 'voice', callNumber),
  );
  if (!canCallOut(line) || areAlwaysReachable(reached)) return [];
  return [
    {
      path: `${path}.voice.reaches`,
      problem:
        'no manager responsible everywhere can be called from this line at every hour: name their country',
    },
  ];
}

function textedFrom(line: Line, managers: readonly Contact[], path: string): Problems {
  const isWritten = talksBy(line, 'sms') || talksBy(line, 'whatsapp');
  if (!isWritten || areAlwaysReachable(managers.filter(manager => canWriteTo(line, manager)))) return [];
  return [
    {
      path,
      problem:
        'people can write to this line, and at some hour no manager responsible everywhere can write back on it: give ' +
        'one a text number and, in textBy, a way that this line has both ways',
    },
  ];
}

function canWriteTo(line: Line, { textNumber, textBy }: Contact): boolean {
  const channel = textChannel(line, textBy);
  return textNumber !== null && channel !== null && reaches(line, channel, textNumber);
}

/** One of them always, or several who share the week on the same clock. */
function areAlwaysReachable(contacts: readonly Contact[]): boolean {
  if (contacts.some(contact => contact.hours.length === 0)) return true;
  const zones = [...new Set(contacts.map(contact => contact.zone))];
  return zones.some(zone =>
    coverTheWeek(contacts.filter(contact => contact.zone === zone).flatMap(contact => contact.hours)),
  );
}

function coverTheWeek(patterns: readonly WeeklyPattern[]): boolean {
  const stretches = patterns.flatMap(stretchesOf).sort((a, b) => a.from - b.from);
  const coveredUntil = stretches.reduce(
    (reached, { from, until }) => (from <= reached ? Math.max(reached, until) : reached),
    0,
  );
  return coveredUntil >= minutesOfAWeek;
}

/** In minutes of the week; what runs past Sunday midnight appears on Monday too. */
function stretchesOf({ weekdays, from, until }: WeeklyPattern): { from: number; until: number }[] {
  const length = until > from ? until - from : until - from + minutesOfADay;
  return weekdays.flatMap(weekday => {
    const start = (weekday - 1) * minutesOfADay + from;
    return [0, minutesOfAWeek].map(back => ({
      from: Math.max(0, start - back),
      until: start + length - back,
    }));
  });
}
