// The telephone network, the alerts and the queue as one run of a function sees them: whatever is asked of them takes a
// moment and may fail, and what was asked before the function died happens all the same.
import type { Alert, Alerts, CallSeen, Sent, Telephone, TextSeen, WakeUps } from '../../shared/app/ports.ts';
import type { LegOutcome } from '../../shared/domain/event.ts';
import type { CallSid, MessageSid, RequestId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Instance } from './instance.ts';
import type { Scene } from './scene.ts';

const unknown = { outcome: 'unknown' } as const;
const temporary = { outcome: 'temporary' } as const;
const later = { error: () => 'later' as const, noAnswer: 'later' as const };
const silent = { error: () => undefined, noAnswer: undefined } as const;

type Asked<Name extends keyof Telephone> = Parameters<Telephone[Name]>;

export class SimulatedOutside implements Telephone, Alerts, WakeUps {
  readonly #run: Instance;
  readonly #scene: Scene;

  constructor(run: Instance, scene: Scene) {
    this.#run = run;
    this.#scene = scene;
  }

  #rest<Sid>(apply: () => Sent<Sid>): Promise<Sent<Sid>> {
    const error = () => (this.#scene.chance.is(0.5) ? temporary : unknown);
    return this.#run.effect<Sent<Sid>>('rest', 'rest', apply, { error, noAnswer: unknown });
  }

  #books<Result>(apply: () => Result): Promise<Result> {
    return this.#run.effect('read', 'rest', apply, null);
  }

  ring(call: Asked<'ring'>[0]): Promise<Sent<CallSid>> {
    return this.#rest(() => this.#scene.carrier.ring(call));
  }

  ringSurvivor(call: Asked<'ring'>[0]): Promise<Sent<CallSid>> {
    return this.#rest(() => this.#scene.carrier.ringHer(call));
  }

  async findRing(call: Asked<'findRing'>[0]): Promise<CallSid | 'unknown' | null> {
    return this.#books(() => this.#scene.carrier.findRing(call)).catch(() => 'unknown');
  }

  redirect(...[sid, to]: Asked<'redirect'>): Promise<Sent<CallSid>> {
    return this.#rest(() => this.#scene.carrier.redirect(sid, to));
  }

  tellInRoom(sid: CallSid): Promise<Sent<CallSid>> {
    return this.#rest(() => this.#scene.carrier.tellInRoom(sid));
  }

  hangUp(sid: CallSid): Promise<Sent<CallSid>> {
    return this.#rest(() => this.#scene.carrier.end(sid));
  }

  text(text: Asked<'text'>[0]): Promise<Sent<MessageSid>> {
    return this.#rest(() => this.#scene.carrier.textOut(text, this.#run.startedAt));
  }

  /** No canary sings here. */
  async callOurselves(): Promise<Sent<CallSid>> {
    return unknown;
  }

  calls(since: Instant): Promise<readonly CallSeen[]> {
    return this.#books(() => this.#scene.carrier.callsSince(since));
  }

  texts(since: Instant): Promise<readonly TextSeen[]> {
    return this.#books(() => this.#scene.carrier.textsSince(since));
  }

  async outcomeOf(sid: CallSid): Promise<LegOutcome | 'live' | null> {
    return this.#books(() => this.#scene.carrier.outcomeOf(sid)).catch(() => null);
  }

  publish(alert: Alert): Promise<'done' | 'later'> {
    const { watch } = this.#scene;
    return this.#run.effect<'done' | 'later'>('alert', 'bus', () => watch.alerted(alert), later);
  }

  async at(requestId: RequestId, at: readonly Instant[], now: Instant): Promise<void> {
    await Promise.all(at.map(each => this.#send(requestId, Math.max(0, each - now))));
  }

  #send(requestId: RequestId, afterMs: number): Promise<void> {
    const { queue, time } = this.#scene;
    const dueMs = time.now + afterMs;
    return this.#run.effect<void>('message', 'bus', fault => queue.send(requestId, dueMs, fault), silent);
  }
}
