// How much a volunteer has carried lately, and whether she should rest. Limits bend before a survivor is left with
// nobody, and only then: that is for matching to decide. Counts talks; knows nothing of what was said in them.
import { isVolunteer, type VolunteerId } from './ids.ts';
import { addSeconds, type Instant, secondsBetween } from './instant.ts';
import { isAway, joinedOffers, type Request, takenOffer } from './request.ts';

/** What an organisation asks of one volunteer at most. A day is any 24 hours: no zone, no midnight that forgives. */
export type Care = {
  readonly talksInARow: number;
  /** A pause of this length ends a row; who has had a whole row rests as long. */
  readonly restSeconds: number;
  readonly talksADay: number;
  readonly minutesADay: number;
  /** After a talk that she marked as hard. */
  readonly hardRestSeconds: number;
  /** How long a number whose caller was abusive is served by managers alone. */
  readonly abuseSeconds: number;
};

/** For a network written before there was care. */
export const usualCare: Care = {
  talksInARow: 3,
  restSeconds: 900,
  talksADay: 10,
  minutesADay: 240,
  hardRestSeconds: 3_600,
  abuseSeconds: 86_400,
};

export type Talk = { readonly endedAt: Instant; readonly seconds: number };

export type Load = {
  /** Those of the last day, the earliest first. */
  readonly talks: readonly Talk[];
  /** She has marked a talk as hard. */
  readonly restUntil: Instant | null;
};

export const nothingCarried: Load = { talks: [], restUntil: null };

export const DAY_SECONDS = 24 * 3600;

export type Tired = 'hard-talk' | 'in-a-row' | 'talks-a-day' | 'minutes-a-day';

/** Null: she may be asked. */
export function tiredBecause({ talks, restUntil }: Load, care: Care, now: Instant): Tired | null {
  if (restUntil !== null && restUntil > now) return 'hard-talk';
  const today = talks.filter(({ endedAt }) => addSeconds(endedAt, DAY_SECONDS) > now);
  if (isRowOver(today, care, now)) return 'in-a-row';
  if (today.length >= care.talksADay) return 'talks-a-day';
  const seconds = today.reduce((sum, talk) => sum + talk.seconds, 0);
  return seconds >= care.minutesADay * 60 ? 'minutes-a-day' : null;
}

/** True when her last talks followed each other without a rest, and she has not had one since. */
function isRowOver(talks: readonly Talk[], { talksInARow, restSeconds }: Care, now: Instant): boolean {
  let next = now;
  let inARow = 0;
  for (const { endedAt, seconds } of [...talks].reverse()) {
    if (secondsBetween(endedAt, next) >= restSeconds) break;
    inARow += 1;
    next = addSeconds(endedAt, -seconds);
  }
  return inARow >= talksInARow;
}

/**
 * The talks that volunteers have behind them by this commit, of their own or joined. In writing one lasts to its last
 * word: hours in which nobody wrote are no work.
 */
export function talksEnded(
  before: Request | null,
  after: Request,
  at: Instant,
): readonly { readonly volunteerId: VolunteerId; readonly talk: Talk }[] {
  // She never came to the phone: whoever waited for her has had no talk.
  if (before?.phase.kind !== 'connected' || isAway(before)) return [];
  const { offer, since, lastWordAt, joining } = before.phase;
  const endedAt = before.channel === 'voice' ? at : lastWordAt;
  const talking = [{ offer, since }, ...joining.flatMap(({ joined }) => joined ?? [])];
  const goOn = new Set([takenOffer(after), ...joinedOffers(after)].map(each => each?.seq));
  return talking.flatMap(({ offer: { to, seq }, since: from }) =>
    isVolunteer(to) && !goOn.has(seq)
      ? [{ volunteerId: to, talk: { endedAt, seconds: Math.max(0, secondsBetween(from, endedAt)) } }]
      : [],
  );
}
