// A <Dial> of plain numbers: rings them all, the first to pick up is bridged, the others are cancelled.
// Must never decide what the caller does next; it reports how the dial ended.
import type { CallStatus } from './books.ts';
import { mayBeDialled } from './geography.ts';
import type { Leg } from './leg.ts';
import { endLeg } from './leg-state.ts';
import type { Network } from './network.ts';
import { callOutByDial } from './ringing.ts';
import { hear, resolveUrl } from './sounding.ts';
import type { Dial, DialledNumber } from './twiml-document.ts';

export type DialResult = Record<string, string>;

export class NumberDial {
  readonly #children: Leg[] = [];
  #winner: Leg | undefined;
  #over = false;
  readonly #network: Network;
  readonly #parent: Leg;
  readonly #dial: Dial;
  readonly #callerId: string;
  readonly #documentUrl: string;
  readonly #done: (result: DialResult) => void;

  constructor(
    network: Network,
    parent: Leg,
    dial: Dial,
    callerId: string,
    documentUrl: string,
    done: (result: DialResult) => void,
  ) {
    this.#network = network;
    this.#parent = parent;
    this.#dial = dial;
    this.#callerId = callerId;
    this.#documentUrl = documentUrl;
    this.#done = done;
  }

  start(): void {
    const numbers = 'numbers' in this.#dial.target ? this.#dial.target.numbers : [];
    hear(this.#network, this.#parent, { kind: 'ring-tone' });
    for (const number of numbers) {
      if (mayBeDialled(this.#network, number.number)) this.#ring(number);
      else {
        this.#network.fail(13_227, `no permission to dial ${number.number}`, { sid: this.#parent.sid });
      }
    }
    if (this.#children.length === 0) this.#finish('failed', undefined);
  }

  endChildren(why: 'star' | 'abandoned'): void {
    const winner = this.#winner;
    if (why === 'star') this.#finish(winner ? 'completed' : 'canceled', winner);
    this.#over = true;
    this.#unbridge();
    for (const child of this.#children) {
      if (child.ended || child.session) continue;
      endLeg(this.#network, child, child.status === 'in-progress' ? 'completed' : 'canceled', 'network');
    }
  }

  #ring(number: DialledNumber): void {
    const child = callOutByDial(this.#network, {
      from: this.#callerId,
      to: number.number,
      timeoutSeconds: this.#dial.timeoutSeconds,
      parentSid: this.#parent.sid,
      statusCallback:
        number.statusCallback === undefined
          ? undefined
          : {
              url: resolveUrl(number.statusCallback, this.#documentUrl),
              method: number.statusCallbackMethod,
              events: new Set(number.statusCallbackEvents),
            },
    });
    child.onAnswered = () => this.#answered(child);
    child.onEnded = () => this.#ended(child);
    this.#children.push(child);
  }

  #answered(child: Leg): void {
    this.#winner = child;
    this.#parent.bridgedWith = child;
    child.bridgedWith = this.#parent;
    for (const other of this.#children) {
      if (other !== child) endLeg(this.#network, other, 'canceled', 'network');
    }
  }

  #ended(child: Leg): void {
    if (child === this.#winner) this.#finish('completed', child);
    else if (!this.#winner && this.#children.every(leg => leg.ended)) this.#finish(child.status, child);
  }

  #finish(status: CallStatus, child: Leg | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#unbridge();
    this.#done({
      DialCallStatus: status,
      DialBridged: String(this.#winner !== undefined),
      ...(child ? { DialCallSid: child.sid, DialCallDuration: String(child.durationSeconds) } : {}),
    });
  }

  #unbridge(): void {
    this.#parent.bridgedWith = undefined;
    if (this.#winner) this.#winner.bridgedWith = undefined;
  }
}
