// A shift that nobody has yet: a hole in the rota, or a part of one, for which a manager has volunteers asked by text.
// Must never be anybody's before she says yes, nor taken by more than it is for.
import { canDo, levels } from './coverage.ts';
import type { Person } from './coverage-people.ts';
import type { Need } from './coverage-settings.ts';
import { zoneOf } from './coverage-settings.ts';
import type { OpeningId, RegionId, VolunteerId } from './ids.ts';
import { type Instant, secondsBetween } from './instant.ts';
import { localTimeAt } from './local-time.ts';
import type { Network } from './network.ts';
import { type Occurrence, overlap, takingOver } from './occurrence.ts';
import { absenceWindow, type DutyWindow, type Holidays } from './rota.ts';
import { shiftIdFor } from './shift-ids.ts';
import { type NotForYou, whyUnfit } from './swap.ts';
import type { Volunteer } from './volunteer.ts';

export const askedStates = [
  'to-ask', // her turn has not come
  'asked',
  'not-reached', // nothing may be written to her, or nothing gets there
  'took',
] as const;
export type AskedState = (typeof askedStates)[number];
export type Asked = { readonly id: VolunteerId; readonly state: AskedState; readonly at: Instant };

export type Opening = {
  readonly id: OpeningId;
  readonly version: number;
  readonly need: Need;
  readonly window: DutyWindow;
  /** So many should be on duty in it, those of the rota included. */
  readonly atLeast: number;
  /** So many of those who are asked may take it. */
  readonly wanted: number;
  readonly openedAt: Instant;
  readonly asked: readonly Asked[];
};

/** As with swaps: of those who answer one text in six somebody takes it with nineteen in twenty. */
export const ASKED_AT_MOST = 17;
/** A shift ends before the clock shows its beginning again. */
export const OPENING_SECONDS_AT_MOST = 24 * 3600 - 60;

/** The same need at the same time is the same opening: whoever asks twice asks more people, and nobody twice. */
export function openingIdOf({ region, skill, language }: Need, { from, until }: DutyWindow): OpeningId {
  const name = `opening ${region} ${skill} ${language} ${from} ${until}`;
  return shiftIdFor(name).replace(/^sft_/, 'opn_') as string as OpeningId;
}

export const fits = ({ from, until }: DutyWindow): boolean =>
  from < until && secondsBetween(from, until) <= OPENING_SECONDS_AT_MOST;

/** With these to be asked as well; those who are on it already stay as they are. */
export function withAsked(opening: Opening, ids: readonly VolunteerId[], at: Instant): Opening {
  const known = new Set(opening.asked.map(({ id }) => id));
  const more = ids.filter(id => !known.has(id)).map(id => ({ id, state: 'to-ask' as const, at }));
  return { ...opening, version: opening.version + 1, asked: [...opening.asked, ...more] };
}

export function withState(opening: Opening, id: VolunteerId, state: AskedState, at: Instant): Opening {
  const asked = opening.asked.map(each => (each.id === id ? { id, state, at } : each));
  return { ...opening, version: opening.version + 1, asked };
}

export const stateOf = ({ asked }: Opening, id: VolunteerId): AskedState | null =>
  asked.find(each => each.id === id)?.state ?? null;

/** As many have taken it as it is for. */
export const isFull = ({ asked, wanted }: Opening): boolean =>
  asked.filter(({ state }) => state === 'took').length >= wanted;

/** As many are on duty in all of it as should be, however that came. */
export function isFilled(
  { need, window, atLeast }: Opening,
  people: readonly Person[],
  network: Network,
): boolean {
  return levels(need, people, network, window).every(({ onDuty }) => onDuty >= atLeast);
}

/** As a shift of hers, where the need is; of one of the whole country where she is at home. */
export function occurrenceFor(
  { id, need, window }: Opening,
  { region: home }: { readonly region: RegionId },
  network: Pick<Network, 'regions'>,
): Occurrence {
  const zone = zoneOf(network, need);
  const [begins, ends] = [localTimeAt(window.from, zone), localTimeAt(window.until, zone)];
  return {
    shiftId: shiftIdFor(id),
    date: begins.date,
    zone,
    from: begins.minuteOfDay,
    until: ends.minuteOfDay,
    regions: [need.region ?? home],
    skills: null,
    window,
  };
}

export type OpeningRules = {
  readonly now: Instant;
  readonly network: Network;
  readonly holidays: Holidays;
  readonly restHours: number;
  /** As many are there already, whoever they are. */
  readonly isFilled: boolean;
};

export type OpeningTaken =
  | { readonly refused: NotForYou | 'gone' | 'begun' }
  | { readonly refused: null; readonly opening: Opening; readonly after: Volunteer };

/** She says yes. Said twice it is hers once. */
export function takeOpening(opening: Opening, taker: Volunteer, rules: OpeningRules): OpeningTaken {
  const { now, network, holidays, restHours } = rules;
  const state = stateOf(opening, taker.id);
  if (state === 'took') return { refused: null, opening, after: taker };
  if (opening.window.from <= now) return { refused: 'begun' };
  if (state === null || isFull(opening) || rules.isFilled) return { refused: 'gone' };
  if (!taker.languages.includes(opening.need.language)) return { refused: 'language' };
  if (!canDo(opening.need, taker, network)) return { refused: 'skill' };
  const occurrence = occurrenceFor(opening, taker, network);
  const unfit = whyUnfit(occurrence, taker, { languages: [opening.need.language] }, { holidays, restHours });
  if (unfit !== null) return { refused: unfit };
  const after = takingOver(taker, occurrence);
  // An absence would take a part of it from her again, and leave a hole that everybody believes closed.
  const isAway = after.rota.absences.some(each =>
    overlap(absenceWindow(each, after.rota.zone), opening.window),
  );
  if (isAway) return { refused: 'busy' };
  return { refused: null, opening: withState(opening, taker.id, 'took', now), after };
}
