// What is said once about her and holds for the whole request: under age, cannot speak, nobody from her own region.
// Each narrows or widens whom the search may ask; a phone that rings for somebody it no longer may ask is let go.
import type { VolunteerId } from './ids.ts';
import { isVolunteer } from './ids.ts';
import { withdrawWhere } from './offers.ts';
import { alertManagers, change, type Input, note, type Step, stepIsIn } from './step.ts';

export type Flag = 'minor' | 'cannot-speak' | 'elsewhere';
export type FlaggedBy = 'survivor' | 'volunteer' | 'manager';

const fieldOf = { minor: 'minor', 'cannot-speak': 'cannotSpeak', elsewhere: 'elsewhere' } as const;

/** Nothing when it has been said before. */
export function flag(step: Step, said: Flag, by: FlaggedBy, input: Input): Step {
  if (step.request[fieldOf[said]]) return step;
  const flagged = note(change(step, { [fieldOf[said]]: true }), { note: 'flagged', flag: said, by });
  switch (said) {
    case 'cannot-speak':
      return flagged;
    case 'elsewhere':
      return askAnew(flagged, input);
    case 'minor':
      return alertManagers(askAnew(flagged, input), 'minor', 'warning', input);
  }
}

/** An offer does not say which volunteer it went to for what: all of them are let go, and the right ones asked again. */
function askAnew(step: Step, input: Input): Step {
  return stepIsIn(step, 'searching') ? withdrawWhere(step, ({ to }) => isVolunteer(to), input) : step;
}

/** She is not asked again in this request, nor in the one that takes over from it. */
export function exclude(step: Step, volunteer: VolunteerId, by: 'volunteer' | 'manager', input: Input): Step {
  const { excluded, excludedByHand } = step.request;
  const others = excludedByHand.filter(each => each !== volunteer);
  // What she says of herself no manager takes back.
  if (excluded.includes(volunteer))
    return by === 'volunteer' && others.length < excludedByHand.length
      ? change(step, { excludedByHand: others })
      : step;
  const noted = note(
    change(step, {
      excluded: [...excluded, volunteer],
      excludedByHand: by === 'manager' ? [...others, volunteer] : others,
    }),
    {
      note: 'excluded',
      volunteer,
      by,
    },
  );
  return withdrawWhere(noted, ({ to }) => to === volunteer, input);
}
