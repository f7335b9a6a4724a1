// Status callbacks: legs that ended, texts that were not delivered. Best effort, repeated and out of order; what
// is not known to us is none of our business and gets 204.
import { Hono } from 'hono';
import { parseCallStatus, parseTextStatus } from '../adapters/twilio/inbound.ts';
import type { Context } from '../app/context.ts';
import { DamagedRecord } from '../app/damaged-record.ts';
import { faultOf } from '../app/fault.ts';
import { handleEvent } from '../app/handle-event.ts';
import { parseCounter, routes } from '../app/paths.ts';
import type { Event } from '../domain/event.ts';
import { parseRequestId, type RequestId, requestIdOf } from '../domain/ids.ts';
import { answered } from './lambda.ts';
import { type SignedContext, type SignedEnv, signed } from './signed.ts';

type Told = { readonly requestId: RequestId | null; readonly event: Event | null; readonly id: string };

export function statusApp(context: Context): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use('*', signed(context));
  app.post(routes.callStatus, c => take(c, context, survivorsCall(c, context)));
  app.post(routes.offerStatus, c => take(c, context, helpersCall(c, context)));
  app.post(routes.calledStatus, c => take(c, context, calledLeg(c, context)));
  app.post(routes.textStatus, c => take(c, context, textSent(c, context)));
  app.onError(error => {
    context.ports.log.error('status-failed', { fault: faultOf(error) });
    // A record does not mend itself: the network may stop telling us.
    return answered(null, error instanceof DamagedRecord ? 204 : 500);
  });
  return app;
}

async function take(c: SignedContext, context: Context, told: Told | null): Promise<Response> {
  if (!told) {
    context.ports.log.warn('malformed-webhook', { route: c.req.routePath });
    return answered(null, 400);
  }
  const { requestId, event, id } = told;
  if (requestId !== null && event !== null)
    await handleEvent(context.ports, { requestId, event, webhookId: `${id}:${c.req.path}` });
  return answered(null, 204);
}

/** Her own leg: the request bears its name. */
function survivorsCall(c: SignedContext, { accountSid }: Context): Told | null {
  const status = parseCallStatus(c.get('params'), accountSid);
  if (!status) return null;
  const event: Event | null =
    status.outcome === null ? null : { kind: 'caller-hung-up', callSid: status.callSid };
  return { requestId: requestIdOf(status.callSid), event, id: `${status.callSid}:${status.state}` };
}

function helpersCall(c: SignedContext, { accountSid }: Context): Told | null {
  const status = parseCallStatus(c.get('params'), accountSid);
  const seq = parseCounter(c.req.param('seq') ?? '');
  if (!status || seq === null) return null;
  const { outcome } = status;
  const event: Event | null =
    outcome === null ? null : { kind: 'leg-ended', seq, callSid: status.callSid, outcome };
  return { requestId: requestIdIn(c), event, id: `${status.callSid}:${status.state}` };
}

/** The leg by which we called her. */
function calledLeg(c: SignedContext, { accountSid }: Context): Told | null {
  const status = parseCallStatus(c.get('params'), accountSid);
  const seq = parseCounter(c.req.param('seq') ?? '');
  if (!status || seq === null) return null;
  const event: Event | null =
    status.outcome === null ? null : { kind: 'survivor-leg-ended', seq, callSid: status.callSid };
  return { requestId: requestIdIn(c), event, id: `${status.callSid}:${status.state}` };
}

function textSent(c: SignedContext, { accountSid }: Context): Told | null {
  const status = parseTextStatus(c.get('params'), accountSid);
  const entryId = parseCounter(c.req.param('entryId') ?? '');
  if (!status || entryId === null) return null;
  const { failed, badNumber, windowClosed, messageSid } = status;
  const event: Event | null = failed ? { kind: 'text-failed', entryId, badNumber, windowClosed } : null;
  return { requestId: requestIdIn(c), event, id: `${messageSid}:failed` };
}

function requestIdIn(c: SignedContext): RequestId | null {
  return parseRequestId(c.req.param('requestId') ?? '');
}
