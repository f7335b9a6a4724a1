// Why each candidate was or was not chosen: one line a reason, however many people it holds for.
// Must never name a person otherwise than by id.
import type { LanguageId, SkillId } from '../../domain/ids.ts';
import type { Verdict } from '../../domain/matching.ts';

export type Wanted = { readonly language: LanguageId | null; readonly need: SkillId | null };

/** So many ids stand in a line; the others are counted, unless all are asked for. */
const NAMED_AT_MOST = 8;

/** In this order: whoever was asked first, then whoever could be, then the rest. */
const reasons: Readonly<Record<Verdict['verdict'], (wanted: Wanted) => string>> = {
  chosen: () => 'chosen',
  eligible: () => 'could be asked, after the chosen one',
  busy: () => 'busy with an offer or a conversation',
  'asked-before': () => 'asked before, and not to be asked again yet',
  excluded: () => 'excluded from this request',
  language: ({ language }) =>
    language === null ? 'does not speak her language' : `does not speak ${language}`,
  skill: ({ need }) => (need === null ? 'lacks the skill' : `lacks the skill ${need}`),
  region: () => 'not responsible for her region',
  tired: () => 'left to rest',
  'cooling-down': () => 'not for a number of which abuse was reported',
  paused: () => 'paused',
  unreachable: () => 'has no working number for this',
  'no-way': () => 'can neither write on this line nor be called from it',
  'closed-now': () => 'closed at this hour',
  'off-duty': () => 'off duty',
};

export function verdictLines(
  verdicts: readonly Verdict[],
  wanted: Wanted,
  { namesAll }: { readonly namesAll: boolean },
): readonly string[] {
  if (verdicts.length === 0) return ['nobody was there to be judged'];
  const order = Object.keys(reasons) as Verdict['verdict'][];
  // A reason that this version does not know comes last, by its own name.
  const all = [...new Set([...order, ...verdicts.map(({ verdict }) => verdict)])];
  return all.flatMap(reason => {
    const helpers = verdicts.filter(({ verdict }) => verdict === reason).map(({ helper }) => helper);
    return helpers.length === 0
      ? []
      : [`${reasons[reason]?.(wanted) ?? reason}: ${named(helpers, namesAll)}`];
  });
}

function named(helpers: readonly string[], all: boolean): string {
  const shown = all ? helpers : helpers.slice(0, NAMED_AT_MOST);
  const others = helpers.length - shown.length;
  return `${shown.join(' ')}${others > 0 ? ` and ${others} more` : ''}`;
}
