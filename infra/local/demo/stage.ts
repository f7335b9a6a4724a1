// What a story of the demo plays on: the machine, the people, a way to wait for something and a way to check it.
// Must never let a story end well that did not go as it is told.
import { setTimeout as pause } from 'node:timers/promises';
import { parseCallSid, parseMessageSid, type RequestId, requestIdOf } from '../../../shared/domain/ids.ts';
import type { Note } from '../../../shared/domain/timeline.ts';
import type { Phone, PhoneCall, ReceivedText } from '../exchange/exchange.ts';
import type { Machine } from '../machine.ts';
import { demoCallers } from './demo-network.ts';

/** The story did not go as it should. */
export class StoryBroke extends Error {
  override readonly name = 'StoryBroke';
}

export type Person = { readonly number: string } | { readonly callNumber: string | null };

const LOOK_EVERY_MS = 40;

/** The numbers of those who call and write. */
export type Callers = { readonly [who in keyof typeof demoCallers]: string };

export class Stage {
  readonly machine: Pick<Machine, 'exchange' | 'stores'>;
  readonly callers: Callers;
  readonly #since: number;

  /** What was on the phones before does not count: a story may be played many times. */
  constructor(machine: Pick<Machine, 'exchange' | 'stores'>, callers: Callers = demoCallers) {
    this.machine = machine;
    this.callers = callers;
    this.#since = machine.exchange.clock.now();
  }

  phone(number: string): Phone {
    return this.machine.exchange.phone(number);
  }

  phoneOf(person: Person): Phone {
    return this.phone('number' in person ? person.number : (person.callNumber ?? ''));
  }

  ringsOf(phone: Phone): readonly PhoneCall[] {
    return phone.rings.filter(({ rangAt }) => rangAt >= this.#since);
  }

  textsOf(phone: Phone): readonly ReceivedText[] {
    return phone.texts.filter(({ at }) => at >= this.#since);
  }

  /** Real time: a person thinks, or talks. */
  async seconds(seconds: number): Promise<void> {
    await pause(seconds * 1000);
  }

  async until(what: string, withinSeconds: number, isSo: () => boolean): Promise<void> {
    const end = Date.now() + withinSeconds * 1000;
    while (!isSo()) {
      if (Date.now() > end) throw new StoryBroke(`within ${withinSeconds} s should have happened: ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  check(what: string, isSo: boolean): void {
    if (!isSo) throw new StoryBroke(`should be so and is not: ${what}`);
  }

  hears(phone: Phone, words: string): boolean {
    return phone.call?.said.some(said => said.includes(words)) ?? false;
  }

  reads(phone: Phone, words: string): boolean {
    return this.textsOf(phone).some(({ body }) => body.includes(words));
  }

  async untilTheyTalk(a: Phone, b: Phone): Promise<void> {
    const together = () => a.talkingTo.includes(b.number) && b.talkingTo.includes(a.number);
    await this.until('both are in one room', 8, together);
  }

  /** The newest text, once there are more than `before` of them. */
  async nextText(phone: Phone, before: number, what: string): Promise<string> {
    await this.until(`${phone.number} receives ${what}`, 10, () => this.textsOf(phone).length > before);
    return this.textsOf(phone)[before]?.body ?? '';
  }

  async notesOf(requestId: RequestId): Promise<readonly Note[]> {
    return (await this.machine.stores.requests.timeline(requestId)).flatMap(({ notes }) => notes);
  }

  /** How the request ended, and that it was this helper who had it. */
  async checkEnd(opening: string, because: string, helper: string): Promise<void> {
    const requestId = requestOf(opening);
    this.check('the first call or text has opened a request', requestId !== null);
    if (requestId === null) return;
    const notes = await this.notesOf(requestId);
    const confirmed = notes.flatMap(note => (note.note === 'confirmed' ? [note.to as string] : []));
    this.check(
      `only ${helper} had the request, it was: ${confirmed.join(', ')}`,
      confirmed.join() === helper,
    );
    const closed = notes.flatMap(note => (note.note === 'closed' ? [note.because as string] : []));
    this.check(`the request ended as "${because}", it was: ${closed.join(', ')}`, closed.join() === because);
  }

  /** S8: neither side's number stands on the other's display or in the other's texts. */
  checkNumbersStayHidden(a: Phone, b: Phone): void {
    this.check('her number is not on the helper’s phone', !isOn(b, a.number));
    this.check('the helper’s number is not on her phone', !isOn(a, b.number));
  }
}

function isOn(phone: Phone, number: string): boolean {
  const shown = [
    ...phone.calls.map(({ showing }) => showing),
    ...phone.texts.flatMap(({ from, body }) => [from, body]),
    ...phone.said,
  ];
  return shown.some(text => text.includes(number.slice(1)));
}

/** The request that a call or a text opens. */
export function requestOf(sid: string): RequestId | null {
  const opening = parseCallSid(sid) ?? parseMessageSid(sid);
  return opening === null ? null : requestIdOf(opening);
}
