// What a leg asks of the hotline, as the voice webhooks do: which event it is, and the name of the webhook, the same
// for every delivery of it.
import type { Event } from '../../shared/domain/event.ts';
import type { CallSid } from '../../shared/domain/ids.ts';
import type { Next } from '../../shared/domain/reply.ts';

export type Ask =
  | { readonly to: 'incoming' }
  | Next
  | { readonly to: 'survivor-redirected'; readonly entryId: number; readonly tries: number }
  | { readonly to: 'survivor-room'; readonly seq: number }
  | {
      readonly to: 'helper-redirected';
      readonly seq: number;
      readonly entryId: number;
      readonly tries: number;
    }
  | { readonly to: 'helper-room'; readonly seq: number };

/** Null for the first webhook, which looks the number up before it knows its event. */
export function eventOf(ask: Ask, callSid: CallSid, digit: string | null): Event | null {
  switch (ask.to) {
    case 'incoming':
      return null;
    case 'menu':
      return { kind: 'caller-chose', turn: ask.turn, digit };
    case 'wait':
      return { kind: 'caller-waited', turn: ask.turn, digit };
    case 'survivor-redirected':
      return { kind: 'caller-waited', turn: 0, digit: null };
    case 'survivor-room':
      return { kind: 'caller-left-room', seq: ask.seq };
    case 'screen':
      return ask.turn === 0
        ? { kind: 'helper-answered', seq: ask.seq, callSid }
        : { kind: 'helper-pressed', seq: ask.seq, callSid, turn: ask.turn, digit };
    case 'called':
      return ask.turn === 0
        ? { kind: 'survivor-answered', seq: ask.seq, callSid }
        : { kind: 'survivor-pressed', seq: ask.seq, callSid, turn: ask.turn, digit };
    case 'helper-redirected':
      return { kind: 'helper-answered', seq: ask.seq, callSid };
    case 'helper-room':
      return { kind: 'helper-left-room', seq: ask.seq };
  }
}

export function webhookIdOf(ask: Ask, callSid: CallSid, digit: string | null): string {
  const turn = 'turn' in ask ? ask.turn : 'entryId' in ask ? `${ask.entryId}/${ask.tries}` : '';
  const seq = 'seq' in ask ? ask.seq : '';
  return `${callSid}:${ask.to}:${seq}:${turn}:${digit ?? ''}`;
}
