// The REST API's front: who may ask, which resource, which fault a test has ordered, and the journal of it all.
// Must never answer in another shape than Twilio, whatever goes wrong inside.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Network } from './network.ts';
import { fetchAccount, fetchNumber, listNumbers, updateNumber } from './rest-account.ts';
import { notFound, type RestAnswer, RestError } from './rest-answers.ts';
import { createCall, deleteCall, fetchCall, listCalls, updateCall } from './rest-calls.ts';
import {
  fetchConference,
  fetchParticipant,
  listConferences,
  listParticipants,
  removeParticipant,
  updateConference,
  updateParticipant,
} from './rest-conferences.ts';
import { createMessage, deleteMessage, fetchMessage, listMessages } from './rest-messages.ts';
import { listCountries, updateCountries } from './rest-permissions.ts';
import { deleteRecording } from './rest-recordings.ts';

export interface RestContext {
  network: Network;
  path: string;
  /** The SIDs in the path, after the account's. */
  ids: string[];
  values: Record<string, string | string[]>;
  missing: (path: string) => RestError;
}

type Handler = (context: RestContext) => RestAnswer;

const CONFERENCE = '/Conferences/(CF[0-9a-f]{32})';
const PARTICIPANT = `${CONFERENCE}/Participants/(CA[0-9a-f]{32})`;
const NUMBER = '/IncomingPhoneNumbers/(PN[0-9a-f]{32})';
type Route = readonly [method: string, pattern: string, handler: Handler];

/** Below the account. */
const ACCOUNT_ROUTES: readonly Route[] = [
  ['GET', '', fetchAccount],
  ['GET', '/IncomingPhoneNumbers', listNumbers],
  ['GET', NUMBER, fetchNumber],
  ['POST', NUMBER, updateNumber],
  ['POST', '/Calls', createCall],
  ['GET', '/Calls', listCalls],
  ['GET', '/Calls/(CA[0-9a-f]{32})', fetchCall],
  ['POST', '/Calls/(CA[0-9a-f]{32})', updateCall],
  ['DELETE', '/Calls/(CA[0-9a-f]{32})', deleteCall],
  ['POST', '/Messages', createMessage],
  ['GET', '/Messages', listMessages],
  ['GET', '/Messages/([SM]M[0-9a-f]{32})', fetchMessage],
  ['DELETE', '/Messages/([SM]M[0-9a-f]{32})', deleteMessage],
  ['DELETE', '/Recordings/(RE[0-9a-f]{32})', deleteRecording],
  ['GET', '/Conferences', listConferences],
  ['GET', CONFERENCE, fetchConference],
  ['POST', CONFERENCE, updateConference],
  ['GET', `${CONFERENCE}/Participants`, listParticipants],
  ['GET', PARTICIPANT, fetchParticipant],
  ['POST', PARTICIPANT, updateParticipant],
  ['DELETE', PARTICIPANT, removeParticipant],
];

/** What Twilio has under a host of its own. */
const OTHER_ROUTES: readonly Route[] = [
  ['GET', '/v1/DialingPermissions/Countries', listCountries],
  ['POST', '/v1/DialingPermissions/BulkCountryUpdates', updateCountries],
];

export interface RestIncoming {
  method: string;
  path: string;
  authorization: string | undefined;
  values: Record<string, string | string[]>;
}

/** The answer, or undefined when the client is to be left without one. */
export function answerRest(network: Network, incoming: RestIncoming): RestAnswer | undefined {
  const { method, path, values } = incoming;
  const fault = network.faults.onRest?.({ method, path, params: values }) ?? 'pass';
  const answer =
    fault === 'timeout-dropped'
      ? { status: 0, body: undefined }
      : typeof fault === 'object'
        ? faultAnswer(fault.status)
        : handle(network, incoming);
  const unanswered = fault === 'timeout-applied' || fault === 'timeout-dropped';
  network.remember(network.journal, {
    at: network.now(),
    method,
    path,
    params: values,
    status: answer.status,
    body: answer.body,
    unanswered,
  });
  return unanswered ? undefined : answer;
}

function handle(network: Network, incoming: RestIncoming): RestAnswer {
  try {
    if (!isAuthorized(network, incoming.authorization)) throw new RestError(401, 20_003, 'Authenticate');
    return route(network, incoming);
  } catch (error) {
    if (error instanceof RestError) return error.answer();
    network.fail(0, `the exchange itself failed: ${error instanceof Error ? error.stack : String(error)}`);
    return new RestError(500, 20_500, 'Internal Server Error').answer();
  }
}

function route(network: Network, { method, path, values }: RestIncoming): RestAnswer {
  const account = `/2010-04-01/Accounts/${network.accountSid}`;
  let pathKnown = false;
  for (const [routeMethod, pattern, handler] of [
    ...ACCOUNT_ROUTES.map(([way, rest, to]): Route => [way, `${account}${rest}\\.json`, to]),
    ...OTHER_ROUTES,
  ]) {
    const match = new RegExp(`^${pattern}$`).exec(path);
    if (!match) continue;
    pathKnown = true;
    if (routeMethod !== method) continue;
    if (method === 'POST' && match.length === 1 && tooMany(network)) {
      throw new RestError(429, 20_429, 'Too Many Requests');
    }
    return handler({ network, path, ids: match.slice(1), values, missing: notFound });
  }
  if (pathKnown) throw new RestError(405, 20_004, 'Method not allowed');
  throw notFound(path);
}

// Refused creates were never processed, and so do not count.
function tooMany(network: Network): boolean {
  const limit = network.createsPerSecond;
  if (limit === undefined) return false;
  const since = network.now() - 1000;
  const recent = network.journal.filter(
    entry => entry.at > since && entry.method === 'POST' && entry.status === 201,
  );
  return recent.length >= limit;
}

function faultAnswer(status: number): RestAnswer {
  const code = status === 429 ? 20_429 : status === 401 ? 20_003 : status === 503 ? 20_503 : 20_500;
  return new RestError(status, code, status === 429 ? 'Too Many Requests' : 'Internal Server Error').answer();
}

export function isAuthorized(network: Network, header: string | undefined): boolean {
  const [scheme = '', encoded = ''] = (header ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return false;
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const { accountSid, authToken, apiKey } = network;
  const allowed = [`${accountSid}:${authToken}`, ...(apiKey ? [`${apiKey.sid}:${apiKey.secret}`] : [])];
  return allowed.some(one => timingSafeEqual(digest(one), digest(given)));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
