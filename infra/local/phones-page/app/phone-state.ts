// What one handset shows, made of its events one after the other. Pure.
// Must never hold more than a real handset would show its owner: no name and number of the other side.
import type { ExchangeEvent, Heard } from '../../exchange/exchange.ts';

export type CallLine =
  | { readonly kind: 'say'; readonly text: string; readonly language: string }
  | { readonly kind: 'play'; readonly clip: string; readonly language: string }
  | { readonly kind: 'pressed'; readonly key: string };

export type CallState = {
  readonly sid: string;
  readonly state: 'calling' | 'ringing' | 'in-call';
  /** The line that was dialled, or what the display shows. */
  readonly showing: string;
  readonly lines: readonly CallLine[];
  readonly room: 'none' | 'alone' | 'together';
};

export type TextLine = {
  readonly sid: string;
  readonly isMine: boolean;
  /** The other address. */
  readonly with: string;
  readonly body: string;
  readonly at: number;
};

export type PhoneState = {
  readonly call: CallState | null;
  /** How the last call ended; null: there was none, or one goes on. */
  readonly ended: 'phone' | 'network' | 'missed' | null;
  /** What was heard in the last call stays to be read. */
  readonly lastLines: readonly CallLine[];
  readonly texts: readonly TextLine[];
};

export const phoneAtRest: PhoneState = { call: null, ended: null, lastLines: [], texts: [] };

const LINES_KEPT = 40;
const TEXTS_KEPT = 60;

type Of<Type extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: Type }>;

/** The event must be one of this phone. */
export function phoneAfter(before: PhoneState, event: ExchangeEvent): PhoneState {
  switch (event.type) {
    case 'dialled':
      return begun(before, event.callSid, 'calling', event.line);
    case 'rang':
      return begun(before, event.callSid, 'ringing', event.showing);
    case 'answered':
      return changed(before, event.callSid, call => ({ ...call, state: 'in-call' }));
    case 'heard':
      return changed(before, event.callSid, call => withLine(call, lineOf(event.heard)));
    case 'pressed':
      return changed(before, event.callSid, call => withLine(call, { kind: 'pressed', key: event.digits }));
    case 'conference-joined':
      return changed(before, event.callSid, call => ({
        ...call,
        room: event.with.length === 0 ? 'alone' : 'together',
      }));
    case 'conference-left':
      return changed(before, event.callSid, call => ({ ...call, room: 'none' }));
    case 'rang-out':
      return over(before, event.callSid, 'missed');
    case 'hung-up':
      return over(before, event.callSid, event.by);
    case 'text-written':
    case 'text-received':
      return { ...before, texts: [...before.texts, textOf(event)].slice(-TEXTS_KEPT) };
    default:
      return before;
  }
}

/** Somebody else has come into the room. */
export function phoneTogether(before: PhoneState): PhoneState {
  return before.call === null ? before : { ...before, call: { ...before.call, room: 'together' } };
}

function begun(before: PhoneState, sid: string, state: CallState['state'], showing: string): PhoneState {
  return { ...before, call: { sid, state, showing, lines: [], room: 'none' }, ended: null, lastLines: [] };
}

function changed(before: PhoneState, sid: string, change: (call: CallState) => CallState): PhoneState {
  return before.call?.sid === sid ? { ...before, call: change(before.call) } : before;
}

function over(before: PhoneState, sid: string, ended: PhoneState['ended']): PhoneState {
  if (before.call?.sid !== sid) return before;
  return { ...before, call: null, ended, lastLines: before.call.lines };
}

function withLine(call: CallState, line: CallLine | null): CallState {
  return line === null ? call : { ...call, lines: [...call.lines, line].slice(-LINES_KEPT) };
}

function lineOf({ kind, text, url, language = '' }: Heard): CallLine | null {
  if (kind === 'say') return { kind, text: text ?? '', language };
  const clip = /\/audio\/(.+)\.mp3$/.exec(url ?? '')?.[1];
  return kind === 'play' && clip !== undefined ? { kind, clip, language: clip.slice(0, 2) } : null;
}

function textOf(event: Of<'text-written'> | Of<'text-received'>): TextLine {
  const isMine = event.type === 'text-written';
  return {
    sid: event.messageSid,
    isMine,
    with: isMine ? event.to : event.from,
    body: event.body,
    at: event.at,
  };
}
