// What a survivor's texts ask of us: silence after a stop, and after a while nothing but the question whether it is a good
// time. Judges by what she wrote and when it came in, never by what was decided about it.
import type { Address } from '../../shared/domain/phone.ts';
import type { VirtualTime } from './virtual-time.ts';

const STOP = 'STOP';

export class Silence {
  readonly #time: VirtualTime;
  readonly #quietMs: number;
  readonly #slackMs: number;
  /** When a stop was taken in, until she writes again. */
  readonly #stopped = new Map<Address, number>();
  /** Whose latest text is a stop. */
  readonly #saidStopLast = new Set<Address>();
  /** Texts that were no stop. */
  readonly #words = new Set<string>();
  /** Of each stop: when it came in for the first time. */
  readonly #stops = new Map<string, number>();
  /** When words last opened a request. */
  readonly #begunAt = new Map<Address, number>();
  /** By when whoever said that it is a good time must be asked again. */
  readonly #goodUntil = new Map<Address, number>();

  /** `slackMs`: how far the clocks of two functions may be apart. */
  constructor(time: VirtualTime, quietSeconds: number, slackMs: number) {
    this.#time = time;
    this.#quietMs = quietSeconds * 1000;
    this.#slackMs = slackMs;
  }

  stoppedAt(address: Address): number | undefined {
    return this.#stopped.get(address);
  }

  goodUntil(address: Address): number {
    return this.#goodUntil.get(address) ?? 0;
  }

  /** Whatever she writes after a stop begins anew, also when it is lost and only the reconciler finds it. */
  wrote(from: Address, body: string): void {
    if (body === STOP) this.#saidStopLast.add(from);
    else this.#saidStopLast.delete(from);
    this.#arrives(from, body);
  }

  /** By a webhook, perhaps again. */
  arrives(from: Address, body: string, messageSid: string): void {
    if (body !== STOP) this.#words.add(messageSid);
    else if (!this.#stops.has(messageSid)) this.#stops.set(messageSid, this.#time.now);
    this.#arrives(from, body);
  }

  /** Whatever arrives from her, if only late, begins anew: nothing in a text tells when it was written. */
  #arrives(from: Address, body: string): void {
    if (body !== STOP) this.#stopped.delete(from);
    if (body === '1' || this.#time.now < this.goodUntil(from) + this.#slackMs)
      this.#goodUntil.set(from, this.#time.now + this.#quietMs);
  }

  /** Her words came in before her stop and took longer: they are what is heard last. */
  opened(survivor: Address | null, webhookId: string): void {
    const isByWords = this.#words.has(webhookId.split(':')[0] ?? '');
    if (survivor === null || !isByWords) return;
    this.#stopped.delete(survivor);
    this.#begunAt.set(survivor, this.#time.now);
  }

  /** A stop that came in before her words opened a request does not end it, however late it is answered or repeated. */
  received(from: Address, messageSid: string): void {
    const cameInAt = this.#stops.get(messageSid);
    if (cameInAt === undefined || !this.#saidStopLast.has(from)) return;
    const begunAt = this.#begunAt.get(from) ?? 0;
    if (begunAt < cameInAt) this.#stopped.set(from, this.#time.now);
  }
}
