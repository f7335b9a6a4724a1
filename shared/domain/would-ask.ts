// Whom each rung of a ladder would ask, in which order, and why everybody else not: the search itself, made to go on as if
// nobody ever answered. Must never judge anything by itself: it asks what climb.ts and matching.ts would do.
import { firstRung, pickOn, reach, search } from './climb.ts';
import type { HelperId, LanguageId, RegionId } from './ids.ts';
import type { Scope } from './ladder.ts';
import type { Verdict } from './matching.ts';
import type { Request } from './request.ts';
import { type Candidate, type Roster, regionsIn } from './roster.ts';
import { begin, change, type Input, type Step, stepIsIn } from './step.ts';
import type { Note } from './timeline.ts';
import type { Way } from './ways.ts';

export type Passed = Extract<Note, { readonly note: 'rung-passed' }>['because'];

export type WouldAsk = {
  /** From 0; the ladder's length is the last rung. */
  readonly rung: number;
  /** Why the rung would be passed without asking anybody; null: it would not. */
  readonly passed: Passed | null;
  readonly asks: readonly {
    readonly helper: HelperId;
    readonly by: Way;
    /** The language to be spoken when it is not hers. */
    readonly inLanguage: LanguageId | null;
    /** She should rest, and would be asked when nobody else is left. */
    readonly isBent: boolean;
  }[];
  readonly others: readonly Verdict[];
};

/** More than anybody reads; also the end of a loop that could not end otherwise. */
const ASKED_AT_MOST = 1_000;

/** `request` is a new one, before its search; `onDuty` everybody in the country. */
export function wouldAsk(
  request: Request,
  onDuty: readonly Candidate[],
  known: Omit<Input, 'roster' | 'conflicts'>,
): readonly WouldAsk[] {
  const input: Input = { ...known, conflicts: 0, roster: rosterFor(request.region, onDuty, known) };
  const from = firstRung(request);
  let step = search(begin(request), from, input.now, input);
  const rungs = Array.from({ length: request.ladder.rungs.length + 1 - from }, (_, index) => from + index);
  return rungs.map(rung => {
    const passed = passedBecause(step, rung);
    if (passed !== null) return { rung, passed, asks: [], others: [] };
    const isLast = rung === request.ladder.rungs.length;
    // A round of the last rung begins when as much time has passed as lets everybody be asked again.
    const { after, ...would } = worked(isLast ? change(step, { asked: request.asked }) : step, input);
    step = isLast ? after : reach(after, rung + 1, input);
    return { rung, passed, ...would };
  });
}

function rosterFor(
  region: RegionId | null,
  onDuty: readonly Candidate[],
  { network }: Pick<Input, 'network'>,
): Roster {
  const of = (scope: Scope) => {
    const regions = regionsIn(network, scope, region);
    return onDuty.filter(candidate => candidate.regions.some(each => regions.includes(each)));
  };
  return { region: of('region'), near: of('near'), national: of('national') };
}

function passedBecause({ notes }: Step, rung: number): Passed | null {
  const passed = notes.find(each => each.note === 'rung-passed' && each.rung === rung);
  return passed?.note === 'rung-passed' ? passed.because : null;
}

type Worked = Pick<WouldAsk, 'asks' | 'others'> & { readonly after: Step };

/** One after the other does not answer. */
function worked(from: Step, input: Input): Worked {
  const asks: WouldAsk['asks'][number][] = [];
  let step = from;
  let verdicts: readonly Verdict[] = [];
  while (stepIsIn(step, 'searching') && asks.length < ASKED_AT_MOST) {
    const picked = pickOn(step, 0, input);
    if ('needs' in picked) break;
    ({ verdicts } = picked);
    const { chosen: helper, way: by, inLanguage, bent } = picked;
    if (helper === null || by === null) break;
    asks.push({ helper, by, inLanguage, isBent: bent !== null });
    const asked = { ...step.request.asked, [helper]: { at: input.now, outcome: 'no-answer' as const } };
    step = change(step, { asked });
  }
  const others = verdicts.filter(({ helper }) => !asks.some(each => each.helper === helper));
  return { asks, others, after: step };
}
