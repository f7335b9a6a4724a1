// Sends the canary out: calls our own line from our own number, and watches how far the request comes that our own
// number answers. Everything between is the production road. Must never ring, text or count anybody but the canary.
import type { CallSid, RequestId } from '../domain/ids.ts';
import { type Instant, secondsBetween } from '../domain/instant.ts';
import { type Canary, lineOf, type Network } from '../domain/network.ts';
import { smsAddress } from '../domain/phone.ts';
import type { Request } from '../domain/request.ts';
import { faultOf } from './fault.ts';
import type { Ports } from './ports.ts';
import { tellPeople } from './telling.ts';

/** How far it came, in their order. */
export const canarySteps = ['called', 'opened', 'rung', 'answered', 'confirmed', 'joined', 'closed'] as const;
export type CanaryStep = (typeof canarySteps)[number];

export type CanaryOutcome =
  /** The network has no canary: nothing was done. */
  | { readonly outcome: 'not-configured' }
  | { readonly outcome: 'came-through'; readonly seconds: number; readonly requestId: RequestId }
  /** `step` null: not even the call could be placed. */
  | {
      readonly outcome: 'failed';
      readonly step: CanaryStep | null;
      readonly seconds: number;
      readonly requestId: RequestId | null;
    };

export type CanaryWatch = {
  /** Lets this many seconds pass. */
  readonly pause: (seconds: number) => Promise<void>;
  /** Each step once, with seconds since the beginning. */
  readonly onStep?: (step: CanaryStep, seconds: number) => void;
};

/** A person who calls is rung for within seconds; a canary that takes longer than this has found something. */
export const CANARY_IN_TIME_SECONDS = 45;
const LOOK_EVERY_SECONDS = 1;
/** Both hear that they are connected, and meet in the room: a room that does not hold them ends the request before. */
const TALK_SECONDS = 5;
/** If our own hanging up is lost, the network ends the call by itself. */
const CALL_AT_MOST_SECONDS = 60;

/** Throws only when the network or the table cannot be read at all, and then it has told managers of it. */
export async function runCanary(ports: Ports, watch: CanaryWatch): Promise<CanaryOutcome> {
  const flight = new Flight(ports, watch);
  try {
    const network = await ports.networks.network();
    if (network.canary === null) {
      ports.log.info('canary-not-configured');
      return { outcome: 'not-configured' };
    }
    return await flight.over(network, network.canary);
  } catch (error) {
    ports.log.error('canary-broke', { fault: faultOf(error) });
    await flight.failed();
    throw error;
  }
}

class Flight {
  readonly #ports: Ports;
  readonly #watch: CanaryWatch;
  readonly #startedAt: Instant;
  #reached = -1;
  #requestId: RequestId | null = null;

  constructor(ports: Ports, watch: CanaryWatch) {
    this.#ports = ports;
    this.#watch = watch;
    this.#startedAt = ports.clock.now();
  }

  async over(network: Network, canary: Canary): Promise<CanaryOutcome> {
    const { telephone } = this.#ports;
    const earlier = await this.#latest(canary);
    const { number: to } = lineOf(network, canary.lineId);
    const call = { from: canary.survivorNumber, to, limitSeconds: CALL_AT_MOST_SECONDS };
    const placed = await telephone.callOurselves(call);
    if (placed.outcome !== 'done') return this.failed();
    this.#reach('called');
    const joined = await this.#until('joined', canary, earlier);
    if (joined) await this.#watch.pause(TALK_SECONDS);
    await telephone.hangUp(placed.sid satisfies CallSid);
    const closed = joined && (await this.#until('closed', canary, earlier));
    return closed && this.#requestId !== null ? this.#cameThrough(this.#requestId) : this.failed();
  }

  /** Tells managers how far it came. */
  async failed(): Promise<CanaryOutcome> {
    const [step, seconds, requestId] = [canarySteps[this.#reached] ?? null, this.#seconds(), this.#requestId];
    this.#ports.log.error('canary-failed', { step: step ?? 'not-called', seconds, request: requestId });
    const told = { requestId, region: null, step: step ?? 'not-called' };
    const alert = { ...told, audience: 'manager', severity: 'critical', reason: 'canary-failed' } as const;
    await tellPeople(this.#ports, alert, { lineId: null, about: null });
    return { outcome: 'failed', step, seconds, requestId };
  }

  #cameThrough(requestId: RequestId): CanaryOutcome {
    const seconds = this.#seconds();
    this.#ports.log.info('canary-came-through', { seconds, request: requestId });
    return { outcome: 'came-through', seconds, requestId };
  }

  /** False when its time is over, or its request has ended otherwise. */
  async #until(step: CanaryStep, canary: Canary, earlier: RequestId | null): Promise<boolean> {
    const wanted = canarySteps.indexOf(step);
    for (;;) {
      const request = await this.#request(canary, earlier);
      const isOver = request?.phase.kind === 'closed';
      for (const each of request === null ? [] : stepsOf(request)) this.#reach(each);
      if (this.#reached >= wanted) return true;
      if (isOver || this.#seconds() >= CANARY_IN_TIME_SECONDS) return false;
      await this.#watch.pause(LOOK_EVERY_SECONDS);
    }
  }

  #reach(step: CanaryStep): void {
    const place = canarySteps.indexOf(step);
    if (place <= this.#reached) return;
    this.#reached = place;
    this.#watch.onStep?.(step, this.#seconds());
  }

  /** The line's own leg has another name than the one we placed: the request is found by who called. */
  async #request(canary: Canary, earlier: RequestId | null): Promise<Request | null> {
    const requestId = this.#requestId ?? (await this.#latest(canary));
    if (requestId === null || requestId === earlier) return null;
    this.#requestId = requestId;
    return (await this.#ports.requests.load(requestId, null)).request;
  }

  async #latest({ lineId, survivorNumber }: Canary): Promise<RequestId | null> {
    const { requests } = await this.#ports.directory.who(smsAddress(survivorNumber), this.#ports.clock.now());
    const found = requests.find(each => each.lineId === lineId && each.channel === 'voice');
    return found?.requestId ?? null;
  }

  #seconds(): number {
    return secondsBetween(this.#startedAt, this.#ports.clock.now());
  }
}

/** Everything that must have happened for the request to stand where it stands. */
function stepsOf({ phase }: Request): readonly CanaryStep[] {
  const upTo = (step: CanaryStep) => canarySteps.slice(0, canarySteps.indexOf(step) + 1);
  switch (phase.kind) {
    case 'searching':
      if (phase.offers.some(({ answered }) => answered)) return upTo('answered');
      return upTo(phase.offers.some(({ callSid }) => callSid !== null) ? 'rung' : 'opened');
    case 'connected':
      return upTo(phase.joined ? 'joined' : 'confirmed');
    case 'closed':
      return phase.because === 'talked' ? upTo('closed') : upTo('opened');
    default:
      return upTo('opened');
  }
}
