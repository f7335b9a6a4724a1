// What Twilio says of a call, for webhooks that a test sends by itself.
import type { Params } from '../scenarios/webhook-post.ts';
import { plainLine } from '../support/small-network.ts';
import type { World } from '../support/world.ts';

export const survivorsNumber = '+77995550001';
export const callSid = (digit: string): string => `CA${digit.repeat(32)}`;

export function voiceParams(world: World, more: Params = {}): Params {
  return {
    AccountSid: world.exchange.accountSid,
    CallSid: callSid('a'),
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: survivorsNumber,
    To: plainLine.number,
    ...more,
  };
}

/** The log of the functions, line by line. */
export function logged(world: World): readonly { readonly event: string; readonly level: string }[] {
  return world.logged.map(line => JSON.parse(line) as { event: string; level: string });
}

export function without(params: Params, name: string): Params {
  return Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));
}
