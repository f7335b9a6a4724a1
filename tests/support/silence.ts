// How long anybody on the phone heard nothing at all: no sentence, no music, no other person. Read from the exchange's
// own feed after the fact. Must never know why it was silent.
import type { ExchangeEvent } from '../../infra/local/exchange/exchange.ts';
import { speechMs } from '../../infra/local/exchange/sounding.ts';

export type Silence = { readonly phone: string; readonly from: number; readonly seconds: number };

/** As the exchange models it. */
const PLAY_MS = 3_000;

type Leg = { readonly phone: string; quietSince: number; together: boolean };

/** Every silence that was longer than `seconds`, on any leg, from answer to hang-up. */
export function silencesOver(seconds: number, events: readonly ExchangeEvent[]): readonly Silence[] {
  const legs = new Map<string, Leg>();
  const started = new Set<string>();
  const silences: Silence[] = [];
  const soundAt = (leg: Leg, at: number) => {
    const silent = leg.together ? 0 : (at - leg.quietSince) / 1000;
    if (silent > seconds) silences.push({ phone: leg.phone, from: leg.quietSince, seconds: silent });
  };
  const meet = (phones: readonly string[], at: number) => {
    for (const leg of legs.values()) {
      if (!phones.includes(leg.phone)) continue;
      soundAt(leg, at);
      leg.together = true;
    }
  };
  for (const event of events) {
    if (event.type === 'answered')
      legs.set(event.callSid, { phone: event.phone, quietSince: event.at, together: false });
    if (event.type === 'conference-started') {
      started.add(event.conference);
      meet(event.with, event.at);
    }
    if (event.type === 'conference-ended') started.delete(event.conference);
    // Whoever comes later meets those who talk already.
    if (event.type === 'conference-joined' && started.has(event.conference)) meet([event.phone], event.at);
    const leg = 'callSid' in event ? legs.get(event.callSid) : undefined;
    if (!leg) continue;
    switch (event.type) {
      case 'heard':
        soundAt(leg, event.at);
        leg.quietSince = event.at + durationMs(event.heard);
        break;
      case 'interrupted':
        leg.quietSince = event.at;
        break;
      case 'conference-left':
        leg.together = false;
        leg.quietSince = event.at;
        break;
      case 'hung-up':
        soundAt(leg, event.at);
        legs.delete(event.callSid);
        break;
      default:
    }
  }
  return silences;
}

function durationMs({ kind, text }: Extract<ExchangeEvent, { type: 'heard' }>['heard']): number {
  if (kind === 'say') return speechMs(text ?? '');
  return kind === 'play' ? PLAY_MS : kind === 'beep' ? 0 : Number.POSITIVE_INFINITY;
}
