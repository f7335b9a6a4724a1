// A call comes in on a line. Opens its request; a call within the grace time takes over from the one before. Asks
// the network about an earlier call that seems to go on: its end may never have been reported.
import { carriedFrom } from '../domain/carried.ts';
import type { Carried } from '../domain/event.ts';
import { type CallSid, type RequestId, requestIdOf } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import type { Request } from '../domain/request.ts';
import { faultOf } from './fault.ts';
import { type Handled, handleEvent } from './handle-event.ts';
import { limitOnCall } from './limiting.ts';
import type { Known, Ports, WebhookId } from './ports.ts';

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
  const [met, { carried, goesOn, coolingDown }] = await Promise.all([
    limitOnCall(ports, line, from),
    from === null ? nothingEarlier : earlierIfPossible(ports, line, from, requestId),
  ]);
  const limited = met ?? (goesOn ? ({ limit: 'other-call', isNew: false } as const) : null);
  const event = {
    kind: 'caller-rang',
    callSid,
    lineId: line.id,
    from,
    carried,
    limited,
    coolingDown,
  } as const;
  return handleEvent(ports, { requestId, event, webhookId });
}

/** What the latest call of the same number on the same line means for this one. */
type Earlier = { readonly carried: Carried | null; readonly goesOn: boolean; readonly coolingDown: boolean };

const nothingEarlier: Earlier = { carried: null, goesOn: false, coolingDown: false };

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
  const latest = requests.find(({ lineId, channel }) => lineId === line.id && channel === 'voice');
  if (!latest || latest.requestId === me) return nothingEarlier;
  const { request } = await ports.requests.load(latest.requestId, null);
  if (request === null) return nothingEarlier;
  const { settings } = await ports.networks.network();
  const carriedOf = (ended: Request): Earlier => ({
    carried: carriedFrom(ended, ports.clock.now(), settings),
    goesOn: false,
    coolingDown: false,
  });
  return request.phase.kind === 'closed' ? carriedOf(request) : endedOrLive(ports, request, carriedOf);
}

/** One open request a number: when her earlier call is over, so is its request. */
async function endedOrLive(
  ports: Ports,
  earlier: Request,
  carriedOf: (ended: Request) => Earlier,
): Promise<Earlier> {
  const outcome = earlier.callSid === null ? null : await ports.telephone.outcomeOf(earlier.callSid);
  if (outcome === null) return nothingEarlier;
  if (outcome === 'live') return { carried: null, goesOn: true, coolingDown: false };
  ports.log.info('hang-up-found', { request: earlier.id });
  const event = { kind: 'caller-hung-up' } as const;
  const { request } = await handleEvent(ports, { requestId: earlier.id, event, webhookId: null });
  return request === null ? nothingEarlier : carriedOf(request);
}
