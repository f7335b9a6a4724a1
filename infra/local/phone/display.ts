// What a phone in the terminal shows of its own events: only what a real handset would let its owner see and hear.
// Must never name who is behind another number.
import type { Recorded } from '../demo/recorded-words.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';

export function shownOf(event: ExchangeEvent, recorded: (url: string) => Recorded): string | null {
  switch (event.type) {
    case 'dialled':
      return `calling ${event.line} …`;
    case 'rang':
      return `RINGING, showing ${event.showing}   (answer or reject)`;
    case 'rang-out':
      return 'the ringing has stopped';
    case 'answered':
      return 'connected';
    case 'heard':
      return heard(event.heard, recorded);
    case 'pressed':
      return `pressed ${event.digits}${event.taken ? '' : ': nothing listens for a key now'}`;
    case 'hung-up':
      return event.by === 'phone' ? 'hung up' : 'the other side has ended the call';
    case 'conference-joined':
      return event.with.length === 0
        ? 'in a room: as soon as the other side is in it, you can talk'
        : 'in a room with somebody: you can talk';
    case 'conference-left':
      return 'the room is left';
    case 'text-written':
      return `written to ${event.to}`;
    case 'text-received':
      return `TEXT from ${event.from}: ${event.body}`;
    default:
      return null;
  }
}

type Heard = Extract<ExchangeEvent, { type: 'heard' }>['heard'];

function heard({ kind, text, url }: Heard, recorded: (url: string) => Recorded): string {
  if (kind === 'say') return `hears: ${text ?? ''}`;
  if (kind !== 'play' || url === undefined) return `hears: (${kind})`;
  const { clip, words } = recorded(url);
  return `hears [${clip}]: ${words ?? '(words unknown)'}`;
}
