// What happens on the telephone network, an event at a time, in plain English.
// Must never leave a person out of a sentence: who does what is all that a watcher wants to know.
import type { ExchangeEvent, Heard } from '../exchange/exchange.ts';
import { type Cast, nameOf, shown } from './cast.ts';
import type { Recorded } from './recorded-words.ts';

export type Telling = {
  readonly cast: Cast;
  readonly recorded: (url: string) => Recorded;
  /** Whether what is said on the phone is told too. */
  readonly tellsHeard: boolean;
};

type EventOf<Type extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: Type }>;

/** A teller for one network; null: nothing worth telling. */
export function teller(telling: Telling): (event: ExchangeEvent) => string | null {
  const { cast } = telling;
  const callers = new Set<string>();
  return event => {
    switch (event.type) {
      case 'dialled':
        callers.add(event.callSid);
        return dialled(event, cast);
      case 'rang':
        return `${nameOf(cast, event.phone)}'s phone rings, showing ${shown(cast, event.showing)}`;
      case 'rang-out':
        return rangOut(event, cast);
      case 'answered':
        return callers.has(event.callSid)
          ? `the line answers ${nameOf(cast, event.phone)}`
          : `${nameOf(cast, event.phone)}'s phone is picked up`;
      case 'heard':
        return telling.tellsHeard ? heard(nameOf(cast, event.phone), event.heard, telling) : null;
      case 'pressed':
        return `${nameOf(cast, event.phone)} presses ${event.digits}${event.taken ? '' : ' (nothing listens for a key)'}`;
      case 'hung-up':
        return event.by === 'phone'
          ? `${nameOf(cast, event.phone)} hangs up`
          : `the line ends the call with ${nameOf(cast, event.phone)}`;
      case 'conference-started':
        return `${event.with.map(number => nameOf(cast, number)).join(' and ')} talk with each other`;
      case 'text-written':
        return `${nameOf(cast, event.phone)} writes to ${shown(cast, event.to)}: "${event.body}"`;
      case 'text-received':
        return `${nameOf(cast, event.phone)} reads, from ${shown(cast, event.from)}: "${event.body}"`;
      case 'text-status':
        return event.errorCode === undefined
          ? null
          : `a text to ${nameOf(cast, event.phone)} is not delivered (error ${event.errorCode})`;
      case 'error':
        return `the network reports error ${event.code}: ${event.message}`;
      default:
        return null;
    }
  };
}

function dialled({ phone, line, showing }: EventOf<'dialled'>, cast: Cast): string {
  const withheld = showing === phone ? '' : ', number withheld';
  return `${nameOf(cast, phone)} calls ${shown(cast, line)}${withheld}`;
}

function rangOut({ phone, status }: EventOf<'rang-out'>, cast: Cast): string {
  const name = nameOf(cast, phone);
  switch (status) {
    case 'busy':
      return `${name}'s phone is busy, or the call was declined`;
    case 'failed':
      return `${name}'s phone cannot be reached`;
    case 'canceled':
    case 'completed':
      return `${name}'s phone stops ringing: it is no longer needed`;
    default:
      return `${name}'s phone stops ringing: nobody picked up`;
  }
}

function heard(name: string, { kind, text, url }: Heard, { recorded }: Telling): string | null {
  if (kind === 'say') return `${name} hears: "${text ?? ''}"`;
  if (kind !== 'play' || url === undefined) return null;
  const { clip, words } = recorded(url);
  return `${name} hears recording ${clip}${words === null ? '' : `: "${words}"`}`;
}
