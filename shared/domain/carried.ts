// Continuity without identity: what a call within the grace time takes over from the one before it, and what was agreed
// about calling her. Must never let whoever calls from her phone learn that anything was.
import { boundsOf } from './agreed-anew.ts';
import { type Agreed, agreedIn } from './call-back.ts';
import type { Carried } from './event.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Settings } from './network.ts';
import type { ClosedBecause, Request } from './request.ts';

/** Null when the earlier request is still open, ended otherwise than by hanging up, or too long ago. */
export function carriedFrom(earlier: Request, now: Instant, settings: Settings): Carried | null {
  const { phase, asked } = earlier;
  if (phase.kind !== 'closed' || earlier.channel !== 'voice') return null;
  if (!goesOn.has(phase.because)) return null;
  if (addSeconds(leftAt(earlier, phase.at), settings.graceSeconds) < now) return null;
  return {
    language: earlier.language,
    need: earlier.need,
    region: earlier.region,
    consent: earlier.consent,
    danger: earlier.danger,
    wishedGender: earlier.wishedGender,
    excluded: earlier.excluded,
    excludedByHand: earlier.excludedByHand,
    elsewhere: earlier.elsewhere,
    minor: earlier.minor,
    cannotSpeak: earlier.cannotSpeak,
    asked: exceptPartners(asked),
    preferred: phase.lastHelper ?? earlier.preferred,
    rung: phase.rung,
  };
}

const goesOn: ReadonlySet<ClosedBecause> = new Set<ClosedBecause>(['left-waiting', 'talked', 'called-again']);

/** While she was to be called back it was open, and she was not with us. */
function leftAt({ callBack }: Request, closedAt: Instant): Instant {
  return callBack?.since ?? closedAt;
}

/**
 * She called by herself before we called her back: what she had agreed to holds on, should this call not reach anybody.
 * Nothing is said of it. Whoever holds her phone can ask to be called as anybody can, with a number of his own: then
 * hers no longer counts, it is not she who is put through, and the phone rings at no hour to which she had not agreed.
 */
export function agreementCarried(earlier: Request, now: Instant): Agreed | null {
  const { phase } = earlier;
  const agreed = phase.kind === 'closed' && phase.because === 'called-again' ? agreedIn(earlier, now) : null;
  return (
    agreed && {
      rules: { ...agreed.rules, within: boundsOf(agreed.rules) },
      callBack: { tries: agreed.callBack.tries, since: null },
    }
  );
}

/** Whoever hung up on a talk said goodbye, or was cut off: either way the first to be asked when she calls again. */
function exceptPartners(asked: Request['asked']): Request['asked'] {
  return Object.fromEntries(Object.entries(asked).filter(([, { outcome }]) => outcome !== 'left'));
}
