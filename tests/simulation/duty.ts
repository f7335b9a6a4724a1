// The duty entry of a volunteer as the simulator's table keeps it, and what of it the roster shows.
// Must never decide whether she may be held: that is tables.ts.
import type { Load, Talk } from '../../shared/domain/care.ts';
import type { RequestId } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { isResting, places } from '../../shared/domain/places.ts';
import type { Candidate } from '../../shared/domain/roster.ts';

type DutyClaim = {
  readonly place: number;
  readonly isConversation: boolean;
  readonly requestId: RequestId;
  readonly seq: number;
  readonly until: Instant;
};
export type Duty = Pick<
  Candidate,
  'volunteerId' | 'region' | 'regions' | 'languages' | 'skills' | 'gender' | 'textBy' | 'duty'
> & {
  readonly pausedUntil: Instant | null;
  readonly unreachableUntil: Instant | null;
  readonly lastOfferedAt: Instant | null;
  readonly load: Load;
  readonly claims: readonly DutyClaim[];
  /** When a conversation ended at which place. */
  readonly left: readonly (Instant | undefined)[];
};
export const leftWith = ({ left }: Duty, at: number, now: Instant): Duty['left'] =>
  places.map(place => (place === at ? now : left[place]));

export function candidateFrom(row: Duty, at: Instant): Candidate {
  const { volunteerId, region, regions, languages, skills, gender, textBy, duty } = row;
  const { lastOfferedAt, pausedUntil } = row;
  const reachable = row.unreachableUntil === null || row.unreachableUntil <= at;
  const { busyUntil, writesAt } = heldBy(row.claims, at);
  return {
    volunteerId,
    region,
    regions,
    languages,
    skills,
    gender,
    textBy,
    duty,
    lastOfferedAt,
    busyUntil,
    writesAt,
    restsAt: restsAt(row, at),
    pausedUntil: ifLater(pausedUntil, at),
    reachable,
    load:
      ifLater(row.load.restUntil, at) === row.load.restUntil ? row.load : { ...row.load, restUntil: null },
  };
}

const nowhere: readonly number[] = [];

// Asked for every volunteer at every offer, and mostly she has nothing: then nothing is made.
function heldBy(claims: readonly DutyClaim[], at: Instant): Pick<Candidate, 'busyUntil' | 'writesAt'> {
  if (claims.length === 0) return { busyUntil: null, writesAt: nowhere };
  const held = claims.filter(({ until }) => until > at);
  const writing = held.filter(({ isConversation }) => isConversation);
  return {
    busyUntil: held.find(({ isConversation }) => !isConversation)?.until ?? null,
    writesAt: writing.map(({ place }) => place).sort(),
  };
}

function restsAt({ left }: Duty, at: Instant): readonly number[] {
  if (left.length === 0) return nowhere;
  return places.filter(place => isResting(left[place] ?? instant(0), at));
}

/** As a talk is kept: in whole seconds. */
export const inSeconds = ({ endedAt, seconds }: Talk): Talk => ({
  endedAt: instant(Math.floor(endedAt / 1000) * 1000),
  seconds: Math.round(seconds),
});

const ifLater = (until: Instant | null, at: Instant): Instant | null =>
  until !== null && until > at ? until : null;
