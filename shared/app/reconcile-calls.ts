// Calls: tells each open request which of its legs have ended, and puts calls on record that never reached us.
// Must never touch a call that goes on: an unknown one is with the number's fallback, and stays there.
import type { LegOutcome } from '../domain/event.ts';
import { type CallSid, type RequestId, requestIdOf } from '../domain/ids.ts';
import { addSeconds } from '../domain/instant.ts';
import type { Line } from '../domain/network.ts';
import type { Request } from '../domain/request.ts';
import { dueRequests } from './due-requests.ts';
import { handleEvent } from './handle-event.ts';
import type { CallSeen, Ports } from './ports.ts';
import { attempted, lineReached, type Span } from './reconciling.ts';
import { legsOf, repairsFor } from './repairs.ts';
import { sideBySide } from './side-by-side.ts';
import { soundRequest } from './sound-request.ts';

export type CallsReconciled = { readonly repaired: number; readonly missed: number; readonly failed: number };

/** No request stays open that long without being looked at: further ahead than anything is due. */
const FAR_AHEAD_SECONDS = 365 * 24 * 3600;

export async function reconcileCalls(ports: Ports, span: Span): Promise<CallsReconciled> {
  const books = await attempted(ports, 'read-calls', {}, () => ports.telephone.calls(span.since));
  if (books === null) return { repaired: 0, missed: 0, failed: 1 };
  const [repairs, records] = await Promise.all([
    repairAll(ports, books, span),
    recordAll(ports, books, span),
  ]);
  return {
    repaired: repairs.filter(done => done === true).length,
    missed: records.filter(done => done === true).length,
    failed: [...repairs, ...records].filter(done => done === null).length,
  };
}

/** Of each: true when there was something to do, null when it could not be done. */
type Done = boolean | null;

async function repairAll(ports: Ports, books: readonly CallSeen[], span: Span): Promise<readonly Done[]> {
  const bySid = new Map(books.map(call => [call.callSid, call]));
  const { due, unread } = await dueRequests(ports, addSeconds(span.until, FAR_AHEAD_SECONDS));
  const repairs = await sideBySide(due, ({ requestId }) =>
    attempted(ports, 'repair', { request: requestId }, () => repair(ports, requestId, bySid, span)),
  );
  return [...repairs, ...Array.from({ length: unread }, () => null)];
}

async function repair(
  ports: Ports,
  requestId: RequestId,
  books: ReadonlyMap<CallSid, CallSeen>,
  span: Span,
): Promise<boolean> {
  const request = await soundRequest(ports, requestId);
  if (request === null) return false;
  const repairs = repairsFor(request, await endingsOf(ports, request, books, span));
  for (const event of repairs) {
    ports.log.warn('report-missed', { request: requestId, event: event.kind });
    await handleEvent(ports, { requestId, event, webhookId: null });
  }
  return repairs.length > 0;
}

/** By the books, and where they say nothing by asking for the leg itself. */
async function endingsOf(
  ports: Ports,
  request: Request,
  books: ReadonlyMap<CallSid, CallSeen>,
  { until }: Span,
): Promise<ReadonlyMap<CallSid, LegOutcome>> {
  const endings = new Map<CallSid, LegOutcome>();
  for (const callSid of legsOf(request, until)) {
    const seen = books.get(callSid);
    const outcome = seen ? endedBy(seen, until) : await ports.telephone.outcomeOf(callSid);
    if (outcome !== null && outcome !== 'live') endings.set(callSid, outcome);
  }
  return endings;
}

function endedBy({ ended }: CallSeen, until: Span['until']): LegOutcome | null {
  return ended !== null && ended.at <= until ? ended.outcome : null;
}

async function recordAll(ports: Ports, books: readonly CallSeen[], span: Span): Promise<readonly Done[]> {
  const missed = await attempted(ports, 'look-up-calls', {}, () => missedCalls(ports, books, span));
  if (missed === null) return [null];
  return sideBySide(missed, call =>
    attempted(ports, 'record-call', { call: call.callSid }, () => recordMissed(ports, call)),
  );
}

type Call = CallSeen & { readonly line: Line };

/** Those that came in and that nobody here knows of. */
async function missedCalls(
  ports: Ports,
  books: readonly CallSeen[],
  { until }: Span,
): Promise<readonly Call[]> {
  const network = await ports.networks.network();
  const cameIn = books.flatMap(call => {
    const line = call.direction === 'in' ? lineReached(network, call.to) : null;
    return line === null || (call.ended?.at ?? call.createdAt) > until ? [] : [{ ...call, line }];
  });
  const traces = cameIn.map(({ callSid }) => ({ requestId: requestIdOf(callSid), webhookId: null }));
  const known = await ports.requests.areKnown(traces);
  return cameIn.filter((_, place) => !known[place]);
}

/** True when it is on record now; one that goes on is left where it is. */
async function recordMissed(ports: Ports, { callSid, from, line, ended }: Call): Promise<boolean> {
  if (ended === null) {
    ports.log.warn('call-unknown', { call: callSid });
    return false;
  }
  const requestId = requestIdOf(callSid);
  const event = { kind: 'caller-missed', callSid, lineId: line.id, from } as const;
  await handleEvent(ports, { requestId, event, webhookId: null });
  ports.log.error('call-missed', { request: requestId });
  return true;
}
