// A call comes in on a line. Opens its request; a call within the grace time takes over from the one before. Asks
// the network about an earlier call that seems to go on: its end may never have been reported.
import type { Agreed } from '../domain/call-back.ts';
import { agreementCarried, carriedFrom } from '../domain/carried.ts';
import type { Carried } from '../domain/event.ts';
import { type CallSid, type RequestId, requestIdOf } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import { isAway, type Request } from '../domain/request.ts';
import { faultOf } from './fault.ts';
import { type Handled, handleEvent } from './handle-event.ts';
import { limitOnCall } from './limiting.ts';
import type { Known, Ports, WebhookId } from './ports.ts';
import { readAhead } from './read-ahead.ts';

export type IncomingCall = {
  readonly callSid: CallSid;
  readonly line: Line;
  /** Null when the number is withheld. */
  readonly from: Address | null;
  readonly webhookId: WebhookId;
};

export async function receiveCall(
  ports: Ports,
  { callSid, line, from, webhookId }: IncomingCall,
): Promise<Handled> {
  const requestId = requestIdOf(callSid);
  const rang = { kind: 'caller-rang', callSid, lineId: line.id, from } as const;
  const asUsual = { ...rang, carried: null, agreed: null, limited: null, coolingDown: false };
  const ahead = await readAhead(ports, { requestId, event: asUsual, webhookId });
  const [met, { carried, agreed, agreedBefore, goesOn, coolingDown }] = await Promise.all([
    limitOnCall(ports, line, from),
    from === null ? nothingEarlier : earlierIfPossible(ports, line, from, requestId),
  ]);
  const limited = met ?? (goesOn ? ({ limit: 'other-call', isNew: false } as const) : null);
  const event = { ...rang, carried, agreed, limited, coolingDown };
  const handled = await handleEvent(ports, { requestId, event, webhookId }, ahead);
  if (agreedBefore !== null) await unlessStopped(ports, agreedBefore, requestId);
  return handled;
}

/**
 * Her STOP may have come after the agreement was read and before this call was there to hear of it. It is written into
 * the request with the agreement before the others of hers are looked up: one of the two finds the other. She is on the line:
 * when it cannot be looked for now, she is answered all the same.
 */
async function unlessStopped(ports: Ports, agreedBefore: RequestId, requestId: RequestId): Promise<void> {
  try {
    const { request } = await ports.requests.load(agreedBefore, null);
    if (request?.rules === null)
      await handleEvent(ports, { requestId, event: { kind: 'survivor-stopped' }, webhookId: null });
  } catch (error) {
    ports.log.error('stop-not-looked-for', { request: requestId, fault: faultOf(error) });
  }
}

/** What the latest call of the same number on the same line means for this one. */
type Earlier = {
  readonly carried: Carried | null;
  readonly agreed: Agreed | null;
  /** In which request she has agreed to it. */
  readonly agreedBefore: RequestId | null;
  readonly goesOn: boolean;
  readonly coolingDown: boolean;
};

const nothingEarlier: Earlier = {
  carried: null,
  agreed: null,
  agreedBefore: null,
  goesOn: false,
  coolingDown: false,
};

/** Continuity is a kindness. Nothing that is wrong with an earlier request may keep her from this one. */
async function earlierIfPossible(ports: Ports, line: Line, from: Address, me: RequestId): Promise<Earlier> {
  try {
    return await earlierOf(ports, line, from, me);
  } catch (error) {
    ports.log.error('nothing-carried', { fault: faultOf(error) });
    return nothingEarlier;
  }
}

async function earlierOf(ports: Ports, line: Line, from: Address, me: RequestId): Promise<Earlier> {
  const { requests, coolingDown } = await ports.directory.who(from, ports.clock.now());
  return { ...(await carriedOver(ports, requests, line, me)), coolingDown };
}

async function carriedOver(
  ports: Ports,
  requests: Known['requests'],
  line: Line,
  me: RequestId,
): Promise<Earlier> {
  const ids = requests
    .filter(({ lineId, channel, requestId }) => lineId === line.id && channel === 'voice' && requestId !== me)
    .map(({ requestId }) => requestId);
  const loaded = await Promise.all(ids.map(id => ports.requests.load(id, null)));
  const [latest, ...others] = loaded
    .flatMap(({ request }) => (request?.channel === 'voice' ? [request] : []))
    .sort((a, b) => b.openedAt - a.openedAt);
  if (latest === undefined) return nothingEarlier;
  const { settings } = await ports.networks.network();
  const carriedOf = (ended: Request): Earlier => {
    const agreed = agreementCarried(ended, ports.clock.now());
    const carried = carriedFrom(ended, ports.clock.now(), settings);
    return { ...nothingEarlier, carried, agreed, agreedBefore: agreed && ended.id };
  };
  const replaced = await Promise.all(others.filter(isAway).map(each => calledAgain(ports, each, carriedOf)));
  const earlier = await carriedFromLatest(ports, latest, carriedOf);
  const { agreed, agreedBefore } = [earlier, ...replaced].find(each => each.agreed !== null) ?? earlier;
  return { ...earlier, agreed, agreedBefore };
}

async function carriedFromLatest(
  ports: Ports,
  latest: Request,
  carriedOf: (ended: Request) => Earlier,
): Promise<Earlier> {
  if (latest.phase.kind === 'closed') return carriedOf(latest);
  return isAway(latest) ? calledAgain(ports, latest, carriedOf) : endedOrLive(ports, latest, carriedOf);
}

/** She was to be called back, and is here: what was planned is replaced by this call. */
async function calledAgain(
  ports: Ports,
  { id: requestId }: Request,
  carriedOf: (ended: Request) => Earlier,
): Promise<Earlier> {
  const event = { kind: 'caller-called-again' } as const;
  const { request } = await handleEvent(ports, { requestId, event, webhookId: null });
  return request === null ? nothingEarlier : carriedOf(request);
}

/** One open request a number: when her earlier call is over, so is its request. */
async function endedOrLive(
  ports: Ports,
  earlier: Request,
  carriedOf: (ended: Request) => Earlier,
): Promise<Earlier> {
  const { callSid } = earlier;
  const outcome = callSid === null ? null : await ports.telephone.outcomeOf(callSid);
  if (callSid === null || outcome === null) return nothingEarlier;
  if (outcome === 'live') return { ...nothingEarlier, goesOn: true };
  ports.log.info('hang-up-found', { request: earlier.id });
  const event = { kind: 'caller-hung-up', callSid } as const;
  const { request } = await handleEvent(ports, { requestId: earlier.id, event, webhookId: null });
  if (request === null) return nothingEarlier;
  return isAway(request) ? calledAgain(ports, request, carriedOf) : carriedOf(request);
}
