// The path of a first call, gone through before anybody calls: while an instance starts it has more processor than ever
// again, and nobody waits. Signature, routes, both tables, a decision, words and TwiML are then ready, the connections open.
// Must never write or ring, and never keep a call waiting: what could not be made ready is made when it is needed.
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { voiceTwiml } from '../adapters/twilio/twiml.ts';
import type { Context } from '../app/context.ts';
import { paths } from '../app/paths.ts';
import { decide } from '../domain/decide.ts';
import { type CallSid, requestIdOf } from '../domain/ids.ts';
import type { Line, Network } from '../domain/network.ts';
import { speak } from './answer.ts';
import type { WebhookHandler } from './lambda.ts';

/** What the rule of each minute sends, so that one instance stays awake; nothing of the web looks like it. */
export const STAY_AWAKE = { stayAwake: true } as const;

/** A tenth of what Lambda gives a start. */
const LIMIT_MS = 1000;

/** So that it stays known from one minute to the next: it is kept for a minute. */
const FRESH_SECONDS = 30;

/** No call of any network has it: what stands under it is nothing. */
const nobodysCall = `CA${'0'.repeat(32)}` as CallSid;

/** The handler once it has rehearsed; asked to stay awake it rehearses again, and what it knows stays fresh. */
export async function rehearsed(context: Context, handler: WebhookHandler): Promise<WebhookHandler> {
  await rehearse(context, handler);
  return async event => {
    if (!('stayAwake' in event)) return handler(event);
    await rehearse(context, handler);
    return { statusCode: 204, headers: {}, body: '', isBase64Encoded: false };
  };
}

async function rehearse(context: Context, handler: WebhookHandler): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    limit = setTimeout(resolve, LIMIT_MS);
  });
  await Promise.race([late, goThrough(context, handler)]);
  clearTimeout(limit);
}

/** Each step alone: one that fails leaves the others ready. */
async function goThrough(context: Context, handler: WebhookHandler): Promise<void> {
  const { ports } = context;
  const steps = [
    () => context.readyToRing(),
    () => handler(nobodysEvent(context)),
    async () => {
      const network = await ports.networks.network(FRESH_SECONDS);
      const [line] = network.lines;
      if (line) await answerNobody(context, network, line);
    },
  ];
  await Promise.allSettled(steps.map(step => step()));
}

/** Signed as the network signs, for a path that only reads. */
function nobodysEvent({ publicBase, authTokens }: Context) {
  const path = paths.told(requestIdOf(nobodysCall), 0, 0);
  const signature = getExpectedTwilioSignature(authTokens[0] ?? '', `${publicBase}${path}`, {});
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'x-twilio-signature': signature },
    body: '',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST', path } },
  } as unknown as Parameters<WebhookHandler>[0];
}

async function answerNobody({ ports, publicBase }: Context, network: Network, line: Line): Promise<void> {
  const nothingEarlier = { carried: null, agreed: null, limited: null, coolingDown: false };
  const event = {
    kind: 'caller-rang',
    callSid: nobodysCall,
    lineId: line.id,
    from: null,
    ...nothingEarlier,
  } as const;
  const roster = { region: [], near: [], national: [] };
  decide(null, event, { now: ports.clock.now(), network, conflicts: 0, luck: 0, roster });
  for (const language of line.languages) {
    const speech = await speak(language, [{ say: 'try-again' }], network, ports.log);
    voiceTwiml({ kind: 'hang-up', speech }, publicBase);
  }
}
