// Continuity without identity: what a call within the grace time takes over from the one before it.
import type { Carried } from './event.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Settings } from './network.ts';
import type { Request } from './request.ts';

/** Null when the earlier request is still open, ended otherwise than by hanging up, or too long ago. */
export function carriedFrom(earlier: Request, now: Instant, settings: Settings): Carried | null {
  const { phase, asked } = earlier;
  if (phase.kind !== 'closed' || earlier.channel !== 'voice') return null;
  if (phase.because !== 'left-waiting' && phase.because !== 'talked') return null;
  if (addSeconds(phase.at, settings.graceSeconds) < now) return null;
  return {
    language: earlier.language,
    need: earlier.need,
    region: earlier.region,
    consent: earlier.consent,
    danger: earlier.danger,
    wishedGender: earlier.wishedGender,
    excluded: earlier.excluded,
    elsewhere: earlier.elsewhere,
    minor: earlier.minor,
    cannotSpeak: earlier.cannotSpeak,
    asked: exceptPartners(asked),
    preferred: phase.lastHelper ?? earlier.preferred,
    rung: phase.rung,
  };
}

/** Whoever hung up on a talk said goodbye, or was cut off: either way the first to be asked when she calls again. */
function exceptPartners(asked: Request['asked']): Request['asked'] {
  return Object.fromEntries(Object.entries(asked).filter(([, { outcome }]) => outcome !== 'left'));
}
