// Gets a TwiML document for a call: webhook, check of its type, parse; and once more from the fallback URL when any of
// that fails. Must never act on the verbs. Every failure is recorded, also one that the fallback saves.
import type { Leg, Target } from './leg.ts';
import type { Network } from './network.ts';
import { parseTwiml, TwimlError, type Verb } from './twiml-document.ts';
import { type Params, voiceParams } from './webhook-params.ts';

export interface TwimlDocument {
  verbs: Verb[];
  url: string;
}

interface Failure {
  code: number;
  message: string;
  injected?: boolean;
}

const XML_TYPES = /^(text\/xml|application\/xml|text\/html)\b/i;

export async function fetchTwiml(
  network: Network,
  leg: Leg,
  target: Target,
  extra: Params,
): Promise<TwimlDocument | undefined> {
  const first = await attempt(network, leg, target.url, target.method, extra);
  if ('verbs' in first) return first;
  network.fail(first.code, first.message, failureAbout(leg, target.url, first));
  const { fallback } = target;
  if (!fallback) return undefined;
  const failed: Params = { ErrorCode: String(first.code), ErrorUrl: target.url.split('#')[0] ?? '' };
  const second = await attempt(network, leg, fallback.url, fallback.method, { ...extra, ...failed });
  if ('verbs' in second) return second;
  network.fail(second.code, second.message, failureAbout(leg, fallback.url, second));
  return undefined;
}

/** A parse that records what is wrong instead of throwing. */
export function parseOrFail(
  network: Network,
  leg: Leg,
  twiml: string,
  url: string,
): TwimlDocument | undefined {
  const read = readTwiml(twiml, url, mayRecord(network, leg));
  if ('verbs' in read) return read;
  network.fail(read.code, read.message, failureAbout(leg, url, read));
  return undefined;
}

async function attempt(
  network: Network,
  leg: Leg,
  url: string,
  method: string,
  extra: Params,
): Promise<TwimlDocument | Failure> {
  const params = voiceParams(network, leg, extra);
  const reply = await network.post.send({ kind: 'voice', url, method, params, sid: leg.sid });
  if (!reply.ok) return reply;
  if (!XML_TYPES.test(reply.contentType)) {
    return { code: 12_300, message: `invalid content type "${reply.contentType}": ${url}` };
  }
  return readTwiml(reply.body, url.split('#')[0] ?? url, mayRecord(network, leg));
}

function mayRecord(network: Network, { to }: Leg): boolean {
  return network.lines.get(to)?.mayRecord === true;
}

function readTwiml(twiml: string, url: string, recording: boolean): TwimlDocument | Failure {
  try {
    return { verbs: parseTwiml(twiml, recording), url };
  } catch (error) {
    if (error instanceof TwimlError) return { code: error.code, message: error.message };
    throw error;
  }
}

function failureAbout(leg: Leg, url: string, failure: Failure) {
  return { sid: leg.sid, url, ...(failure.injected ? { injected: true } : {}) };
}
