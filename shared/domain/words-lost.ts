// Words that were taken by the network and did not arrive: whoever wrote them is told, so that nobody waits for an answer
// to words that nobody has read. Must never say what they were, nor to whom else they went.
import { helperSilent } from './conversation-moves.ts';
import type { EventOf } from './event.ts';
import type { SentWords } from './request.ts';
import {
  act,
  alertManagers,
  changePhase,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';

/** Reports come within minutes; more than these are not written meanwhile. */
const KEPT = 12;

export function onItsWay(step: Step, words: SentWords): Step {
  if (!stepIsIn(step, 'connected')) return step;
  return changePhase(step, { sent: [...step.request.phase.sent, words].slice(-KEPT) });
}

/**
 * Told once for all the parts of one text. When it was the helper whom her words did not reach, and will not, somebody
 * else is asked besides.
 */
export function wordsLost(step: StepIn<'connected'>, event: EventOf<'text-failed'>, input: Input): Step {
  const missed = note(step, { note: 'not-delivered', entryId: event.entryId });
  const noted = (
    event.windowClosed ? alertManagers(missed, 'window-closed', 'warning', input) : missed
  ) as StepIn<'connected'>;
  const { sent, offer } = step.request.phase;
  const lost = sent.find(({ entryId }) => entryId === event.entryId);
  if (!lost) return noted;
  const told = changePhase(noted, { sent: sent.filter(each => each.to !== lost.to || each.at !== lost.at) });
  if (lost.to === 'survivor')
    return tellHelper(
      told,
      offer.to,
      { text: event.windowClosed ? 'window-closed' : 'not-delivered' },
      input,
    );
  const writer = act(told, { kind: 'text-survivor', text: { text: 'not-delivered' } }, input);
  // It stays so until the helper writes: to ask her to try again would keep her alone.
  const isForGood = event.badNumber || event.windowClosed;
  return isForGood && stepIsIn(writer, 'connected') ? helperSilent(writer, input) : writer;
}
