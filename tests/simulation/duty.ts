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
  const held = row.claims.filter(({ until }) => until > at);
  const [busyUntil = null] = held.filter(({ isConversation }) => !isConversation).map(({ until }) => until);
  const writesAt = held.filter(({ isConversation }) => isConversation).map(({ place }) => place);
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
    writesAt: writesAt.sort(),
    restsAt: places.filter(place => isResting(row.left[place] ?? instant(0), at)),
    pausedUntil: ifLater(pausedUntil, at),
    reachable,
    load: { ...row.load, restUntil: ifLater(row.load.restUntil, at) },
  };
}

/** As a talk is kept: in whole seconds. */
export const inSeconds = ({ endedAt, seconds }: Talk): Talk => ({
  endedAt: instant(Math.floor(endedAt / 1000) * 1000),
  seconds: Math.round(seconds),
});

const ifLater = (until: Instant | null, at: Instant): Instant | null =>
  until !== null && until > at ? until : null;
