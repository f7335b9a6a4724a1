// The two ends of the canary's call, as webhooks like any other: signed, and answered by a function of ours.
// Must never touch a request: these are the telephones of nobody.

import { confirmingTwiml, listeningTwiml, rejectingTwiml } from '../adapters/twilio/canary-twiml.ts';
import { parseVoice } from '../adapters/twilio/inbound.ts';
import type { Context } from '../app/context.ts';
import { answered, xml } from './lambda.ts';
import type { SignedContext } from './signed.ts';

/** The canary's own call, once the line has answered it. */
export async function canarySurvivor(): Promise<Response> {
  return answered(listeningTwiml(), 200, xml);
}

/** The number that the canary's line rings. It says yes to that line and to nobody else, not even another of ours. */
export async function canaryContact(c: SignedContext, { ports, accountSid }: Context): Promise<Response> {
  const voice = parseVoice(c.get('params'), accountSid);
  const network = await ports.networks.network();
  const line = network.lines.find(({ id }) => id === network.canary?.lineId);
  const isCanary = line !== undefined && line.number === (voice?.from as string | undefined);
  return answered(isCanary ? confirmingTwiml() : rejectingTwiml(), 200, xml);
}
