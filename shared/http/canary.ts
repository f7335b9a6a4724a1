// The two ends of the canary's call, as webhooks like any other: signed, and answered by a function of ours.
// Must never touch a request: these are the telephones of nobody.

import { confirmingTwiml, listeningTwiml, rejectingTwiml } from '../adapters/twilio/canary-twiml.ts';
import { parseVoice } from '../adapters/twilio/inbound.ts';
import type { Context } from '../app/context.ts';
import type { SignedContext } from './signed.ts';

const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** The canary's own call, once the line has answered it. */
export async function canarySurvivor(c: SignedContext): Promise<Response> {
  return c.body(listeningTwiml(), 200, xml);
}

/** The number that the line rings. It says yes to a line of ours and to nobody else. */
export async function canaryContact(c: SignedContext, { ports, accountSid }: Context): Promise<Response> {
  const voice = parseVoice(c.get('params'), accountSid);
  const network = await ports.networks.network();
  const isOurs = network.lines.some(({ number }) => number === (voice?.from as string | undefined));
  return c.body(isOurs ? confirmingTwiml() : rejectingTwiml(), 200, xml);
}
