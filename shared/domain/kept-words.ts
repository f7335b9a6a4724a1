// Her words while nobody reads them: kept in the sealed part of the request, for whoever comes, in pieces that one text
// can hold. Must never show them anywhere else.
import { LONGEST_NUMBER } from './places.ts';
import { change, type Input, type Step } from './step.ts';
import { partsOf, passable } from './text-words.ts';
import { TEXTS_KEPT } from './timing.ts';

/** In characters, as Twilio sends it. */
const LONGEST_TEXT = 1600;

/** Where a volunteer may write with several, the number of the conversation needs room before the words. */
export function longestText({ network }: Pick<Input, 'network'>): number {
  return network.settings.conversationsAtOnce === 1 ? LONGEST_TEXT : LONGEST_TEXT - LONGEST_NUMBER;
}

/** Keeps her words for whoever takes the request. The last place holds everything beyond the limit. */
export function keep(step: Step, body: string, input: Input): Step {
  if (body === '') return step;
  return partsOf(body, longestText(input)).reduce((so, part) => keepPart(so, part, input), step);
}

function keepPart(step: Step, body: string, input: Input): Step {
  const { nextSeq, private: kept } = step.request;
  const keys = Object.keys(kept.texts);
  const last = keys[keys.length - 1];
  if (keys.length >= TEXTS_KEPT && last !== undefined) return join(step, last, body, input);
  return change(step, {
    nextSeq: nextSeq + 1,
    private: { ...kept, texts: { ...kept.texts, [`t${nextSeq}`]: body } },
  });
}

/** Adds her words to others of hers that are still here. */
export function join(step: Step, textKey: string, body: string, input: Input): Step {
  const { private: kept } = step.request;
  const joined = passable(`${kept.texts[textKey]}\n${body}`.slice(0, longestText(input)));
  return change(step, { private: { ...kept, texts: { ...kept.texts, [textKey]: joined } } });
}

export function hasRoom({ request }: Step, textKey: string, body: string, input: Input): boolean {
  return (request.private.texts[textKey] ?? '').length + body.length < longestText(input);
}
