// A manager ends a request. Must never end a call that waits, forced or not: whoever hangs up ends it, and until then she is
// not left with nobody. While somebody is with her, or her phone rings, it has to be forced.
import { endCallBack } from './call-back.ts';
import type { Refusal } from './manager-act.ts';
import { redirectHelper, withdrawAll } from './offers.ts';
import { isAway } from './request.ts';
import { act, close, type Input, type Step, type StepIn, stepIsIn, tellHelper } from './step.ts';

export function closeByHand(step: Step, forced: boolean, input: Input): Step | Refusal {
  const { request } = step;
  const isTogether = stepIsIn(step, 'connected') || request.called !== null;
  if (isTogether && !forced) return 'talking';
  if (isAway(request)) return endCallBack(step, 'by-manager', input);
  if (stepIsIn(step, 'connected')) return endTalk(step, input);
  return request.channel === 'voice' ? 'she-waits' : close(withdrawAll(step, input), 'by-manager', input);
}

/** Both legs are ended by us: the room may not have both of them yet. */
function endTalk(step: StepIn<'connected'>, input: Input): Step {
  const { callSid, phase, channel } = step.request;
  const { offer } = phase;
  const over = close(step, 'by-manager', input);
  if (channel === 'text') return tellHelper(over, offer.to, { text: 'closed' }, input);
  const hers = callSid === null ? over : act(over, { kind: 'end-leg', callSid }, input);
  return offer.callSid === null ? hers : redirectHelper(hers, offer.callSid, offer.seq, input);
}
