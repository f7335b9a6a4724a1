// What is to be written to one volunteer about her shifts and her number, when its time has come. She is claimed for the
// length of a sending, and what has been sent is on record afterwards: never twice, unless a function dies in between.
// Must never wake her, nor write when the texts of the day are for requests alone.

import type { VolunteerId } from '../domain/ids.ts';
import { addSeconds, earliest, type Instant } from '../domain/instant.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import { codeDueAt, freshCheck, type NumberCheck, withCode } from '../domain/number-check.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { quietAt } from '../domain/quiet-hours.ts';
import { reminding } from '../domain/reminders.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Text } from '../domain/wording.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { lineFor } from './shift-lines.ts';
import type { UpkeepEntry } from './shift-ports.ts';
import { textToVolunteer } from './text-to-volunteer.ts';

/** Longer than one text takes, with its turn: afterwards whoever was killed in it is given up. */
const CLAIM_SECONDS = 120;

type Due = { readonly remindOf: Occurrence | null; readonly codeDue: boolean; readonly lookAt: Instant };

export async function keepUpPerson(ports: Ports, pace: Pace, id: VolunteerId): Promise<void> {
  const [entry, volunteer, network] = await Promise.all([
    ports.shifts.entry(id),
    ports.directory.volunteer(id),
    ports.networks.network(),
  ]);
  if (entry === null || entry.dueAt === null || entry.dueAt > ports.clock.now()) return;
  // She is gone: her entry rests.
  if (volunteer === null) return void (await ports.shifts.keepEntry({ ...entry, dueAt: null }));
  const now = ports.clock.now();
  const known = asOf(ports, entry, volunteer);
  const due = dueNow(known, volunteer, network, now);
  const nothing = due.remindOf === null && !due.codeDue;
  if (nothing)
    return void (await ports.shifts.keepEntry({ ...known, remindedUntil: now, dueAt: due.lookAt }));
  const isClaimed = await ports.shifts.keepEntry({ ...known, dueAt: addSeconds(now, CLAIM_SECONDS) });
  if (!isClaimed || !(await pace.turn())) return;
  await send(ports, network, volunteer, { ...known, version: known.version + 1 }, due);
}

/** A number that was changed since is one that nothing is known of. */
function asOf(ports: Ports, entry: UpkeepEntry, { number }: Volunteer): UpkeepEntry {
  const mark = ports.shifts.markOf(number);
  if (entry.check?.mark === mark) return entry;
  return { ...entry, check: freshCheck(mark), optedOutAt: null };
}

function dueNow(entry: UpkeepEntry, volunteer: Volunteer, network: Network, now: Instant): Due {
  const { selfService } = network.settings;
  const { remindOf, lookAt } = reminding(
    volunteer,
    holidaysOf(network),
    selfService,
    entry.remindedUntil,
    now,
  );
  const codeAt = wantsCode(volunteer, selfService.verifyNumbers) ? codeDueAt(checkOf(entry), now) : null;
  const quiet = quietAt(now, volunteer.rota.zone, selfService);
  const codeDue = codeAt !== null && codeAt <= now && quiet === null;
  const later = codeAt !== null && codeAt <= now ? (quiet?.until ?? null) : codeAt;
  return { remindOf, codeDue, lookAt: earliest([lookAt, later]) ?? lookAt };
}

const wantsCode = ({ textBy }: Volunteer, verifyNumbers: boolean): boolean =>
  verifyNumbers && textBy !== 'none';

function checkOf({ check }: UpkeepEntry): NumberCheck {
  if (check === null) throw new Error('it is made before anything is due');
  return check;
}

/** The code first, if both are due: the reminder is then looked at again at once. */
async function send(
  ports: Ports,
  network: Network,
  volunteer: Volunteer,
  entry: UpkeepEntry,
  { remindOf, codeDue, lookAt }: Due,
): Promise<void> {
  const now = ports.clock.now();
  const isBoth = codeDue && remindOf !== null;
  const { text, after } = codeDue
    ? codeFor(ports, volunteer, entry, now)
    : { text: await reminderOf(ports, volunteer, remindOf), after: { ...entry, remindedUntil: now } };
  if (text === null) return;
  const outcome = await textToVolunteer(ports, network, volunteer, text);
  ports.log.info('upkeep-texted', { volunteer: volunteer.id, text: text.text, outcome });
  if (outcome === 'temporary') return; // claimed for two minutes, then again
  const optedOutAt = outcome === 'opted-out' ? now : outcome === 'done' ? null : entry.optedOutAt;
  await ports.shifts.keepEntry({ ...after, optedOutAt, dueAt: isBoth ? now : lookAt });
}

/** Six digits, none of which is lost when somebody writes it as a number. */
function codeFor(ports: Ports, { id }: Volunteer, entry: UpkeepEntry, now: Instant) {
  const code = String(100_000 + Math.floor(ports.random() * 900_000));
  const check = withCode(checkOf(entry), ports.shifts.markOf(`${id} ${code}`), now);
  const text: Text = { text: 'number-code', code };
  return { text, after: { ...entry, check } };
}

async function reminderOf(
  ports: Ports,
  volunteer: Volunteer,
  occurrence: Occurrence | null,
): Promise<Text | null> {
  if (occurrence === null) return null;
  const { shiftId, date } = occurrence;
  const meant = { of: 'shift', shiftId, date } as const;
  return { text: 'shift', said: 'soon', shift: await lineFor(ports, volunteer, { meant, occurrence }) };
}
