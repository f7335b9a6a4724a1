// The voice webhooks: one route for each thing that a leg can ask. Each only translates: a webhook into an event,
// a reply into TwiML. Whatever goes wrong, the caller is kept on the line.
import { Hono } from 'hono';
import { parseVoice, type Voice } from '../adapters/twilio/inbound.ts';
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import { type Handled, handleEvent } from '../app/handle-event.ts';
import { firstPath, parseCounter, paths, routes } from '../app/paths.ts';
import { receiveCall } from '../app/receive-call.ts';
import type { Event } from '../domain/event.ts';
import { type CallSid, parseRequestId, type RequestId } from '../domain/ids.ts';
import { type Line, lineByNumber } from '../domain/network.ts';
import { twimlFor } from './answer.ts';
import { canaryContact, canarySurvivor } from './canary.ts';
import { againOf, keepOnTheLine } from './keep-on-the-line.ts';
import { answered, xml } from './lambda.ts';
import { type SignedContext, type SignedEnv, signed } from './signed.ts';
import { told } from './told.ts';

type Params = {
  readonly requestId: RequestId;
  readonly seq: number;
  readonly turn: number;
};

export function voiceApp(context: Context): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use('/voice/*', signed(context));
  // Each route also stands behind `again`, where a leg comes back after a fault of ours.
  const on = (route: string, handler: (c: SignedContext) => Promise<Response>) =>
    app.on('POST', [route, `${routes.again}${route}`], handler);
  on(routes.voiceIncoming, c => answer(c, context, ({ voice, path }) => incoming(context, voice, path)));
  on(
    routes.menu,
    survivorsLeg(context, ({ turn }, digit) => ({ kind: 'caller-chose', turn, digit })),
  );
  on(
    routes.wait,
    survivorsLeg(context, ({ turn }, digit) => ({ kind: 'caller-waited', turn, digit })),
  );
  on(
    routes.survivorRedirected,
    survivorsLeg(context, () => ({ kind: 'caller-waited', turn: 0, digit: null })),
  );
  on(
    routes.survivorRoom,
    survivorsLeg(context, ({ seq }) => ({ kind: 'caller-left-room', seq })),
  );
  on(
    routes.screen,
    ourLeg(context, ({ seq, turn }, digit, callSid) =>
      turn === 0
        ? { kind: 'helper-answered', seq, callSid }
        : { kind: 'helper-pressed', seq, callSid, turn, digit },
    ),
  );
  on(
    routes.called,
    ourLeg(context, ({ seq, turn }, digit, callSid) =>
      turn === 0
        ? { kind: 'survivor-answered', seq, callSid }
        : { kind: 'survivor-pressed', seq, callSid, turn, digit },
    ),
  );
  on(
    routes.helperRedirected,
    ourLeg(context, ({ seq }, _digit, callSid) => ({ kind: 'helper-answered', seq, callSid })),
  );
  on(
    routes.helperRoom,
    ourLeg(context, ({ seq }) => ({ kind: 'helper-left-room', seq })),
  );
  app.post(routes.told, c => told(c, context));
  on(routes.canarySurvivor, canarySurvivor);
  on(routes.canaryContact, c => canaryContact(c, context));
  app.onError((error, c) => {
    context.ports.log.error('voice-failed', { fault: faultOf(error) });
    return keepOnTheLine(c, context);
  });
  return app;
}

type Asking = { readonly voice: Voice; readonly path: string };

/** Parses, handles, and speaks the reply. A webhook that is signed and makes no sense still gets a spoken answer. */
async function answer(
  c: SignedContext,
  context: Context,
  handle: (asking: Asking) => Promise<Handled | null>,
): Promise<Response> {
  const voice = voiceIn(c, context);
  const handled = voice && (await handle({ voice, path: firstPath(c.req.path) }));
  if (!handled?.request) {
    context.ports.log.warn('malformed-webhook', { route: c.req.routePath });
    return keepOnTheLine(c, context);
  }
  const network = await context.ports.networks.network();
  return answered(await twimlFor(handled.request, handled.reply, network, context), 200, xml);
}

/** With the key that was pressed, also when it is asked again. */
function voiceIn(c: SignedContext, { accountSid }: Context): Voice | null {
  const voice = parseVoice(c.get('params'), accountSid);
  return voice && { ...voice, digits: voice.digits ?? againOf(c).digit };
}

async function incoming(context: Context, voice: Voice, path: string): Promise<Handled | null> {
  const line = await lineCalled(context, voice);
  const { callSid, from } = voice;
  return line && receiveCall(context.ports, { callSid, line, from, webhookId: webhookId(voice, path) });
}

async function lineCalled({ ports }: Context, { to }: Voice): Promise<Line | null> {
  return lineByNumber(await ports.networks.network(), to);
}

type ToEvent = (params: Params, digit: string | null, callSid: CallSid) => Event;

function survivorsLeg(context: Context, toEvent: ToEvent) {
  return (c: SignedContext) =>
    answer(c, context, async ({ voice, path }) => {
      const params = pathParams(c);
      const handled = params && (await handle(context, params, voice, path, toEvent));
      // A request that we do not know, and she is on the line: it is opened now.
      return handled?.request ? handled : incoming(context, voice, paths.voiceIncoming);
    });
}

/** A leg that we have begun: without its request there is nothing to tell it. */
function ourLeg(context: Context, toEvent: ToEvent) {
  return (c: SignedContext) =>
    answer(c, context, async ({ voice, path }) => {
      const params = pathParams(c);
      return params && handle(context, params, voice, path, toEvent);
    });
}

function handle(
  context: Context,
  params: Params,
  voice: Voice,
  path: string,
  toEvent: ToEvent,
): Promise<Handled> {
  return handleEvent(context.ports, {
    requestId: params.requestId,
    event: toEvent(params, voice.digits, voice.callSid),
    webhookId: webhookId(voice, path),
  });
}

/** The path counts the questions of a leg, so that a repeat has the same id and the next question another one. */
function webhookId({ callSid, digits }: Voice, path: string): string {
  return `${callSid}:${path}:${digits ?? ''}`;
}

/**
 * What the path holds; null when a piece of it is not one of ours. Pieces that a route has not are 0. `entryId` and `tries`
 * are checked and not read: they only make each redirect a webhook of its own.
 */
export function pathParams(c: SignedContext): Params | null {
  const text = c.req.param() as Partial<Record<keyof Params | 'entryId' | 'tries', string>>;
  const requestId = parseRequestId(text.requestId ?? '');
  const [seq, turn, ...marks] = [text.seq, text.turn, text.entryId, text.tries].map(piece =>
    parseCounter(piece ?? '0'),
  );
  if (requestId === null || seq == null || turn == null || marks.includes(null)) return null;
  return { requestId, seq, turn };
}
