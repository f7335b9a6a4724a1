// A manager's own phone is rung into a talk, as when the helper had asked for one. She presses 1 as everybody does, and the
// two talk on whether she comes or not. Must never ring anybody but a manager, nor into a room that is not there.
import type { ContactId } from './ids.ts';
import { waveFor } from './joining.ts';
import type { Refusal } from './manager-act.ts';
import { pickContact } from './matching.ts';
import { makeOffer } from './offers.ts';
import { isAway, type Joining, withChanges } from './request.ts';
import { changePhase, type Input, type Step, stepIsIn } from './step.ts';

export function joinByHand(step: Step, to: ContactId, input: Input): Step | Refusal {
  const { request } = step;
  if (!stepIsIn(step, 'connected') || isAway(request)) return 'nobody-has-it';
  const { offer, joining, roomEndsAt } = step.request.phase;
  if (offer.by === 'text') return 'in-writing';
  if (roomEndsAt !== null) return 'nobody-has-it';
  if (offer.to === to || joining.some(({ role }) => role === 'manager')) return 'already';
  const hers = input.network.contacts.find(({ id, kind }) => id === to && kind === 'manager');
  if (hers === undefined) return 'no-manager';
  // She asks for it herself: at whatever hour, for whatever region, and as often as she likes.
  const network = { ...input.network, contacts: [{ ...hers, hours: [], regions: [] }] };
  const { [to]: _before, ...asked } = request.asked;
  const { way, verdicts } = pickContact(withChanges(request, { asked }), ['manager'], network, input.now);
  const verdict = verdicts[0]?.verdict;
  if (way !== 'call') return verdict === undefined || verdict === 'chosen' ? 'no-way' : (verdict as Refusal);
  const rung = offer.rung;
  const wave = waveFor('manager', request);
  const seat: Joining = {
    role: 'manager',
    until: input.now,
    nextOfferAt: input.now,
    offers: [],
    byHand: true,
    joined: null,
  };
  const open = changePhase(step, { joining: [...joining, seat] });
  return makeOffer(
    open,
    { to, as: 'manager', by: way, place: 0, rung, wave, consent: null, inLanguage: null },
    input,
  );
}
