// The Calls resource: create, fetch, list, update. Must never decide what happens to a call beyond starting it,
// ending it or sending it elsewhere, and must never wait for a webhook: the answer goes out at once.
import { isE164, mayBeDialled } from './geography.ts';
import type { CallStatusCallback, Leg } from './leg.ts';
import { endLeg } from './leg-state.ts';
import { callOut, startSession } from './legs.ts';
import type { Network } from './network.ts';
import { page, type RestAnswer, RestError } from './rest-answers.ts';
import { invalid, RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';
import { rfc2822 } from './twilio-dates.ts';

const CREATE = [
  'To',
  'From',
  'Url',
  'Method',
  'FallbackUrl',
  'FallbackMethod',
  'Twiml',
  'Timeout',
  'TimeLimit',
  'StatusCallback',
  'StatusCallbackEvent',
  'StatusCallbackMethod',
];
const LIST = [
  'To',
  'From',
  'Status',
  'ParentCallSid',
  ...['StartTime', 'EndTime'].flatMap(name => [name, `${name}<`, `${name}>`]),
];
const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
const STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;

export function createCall({ network, values }: RestContext): RestAnswer {
  const params = new RestParams(values, CREATE, ['StatusCallbackEvent']);
  const { from, to } = callEnds(network, params);
  const url = params.url('Url', 21_205);
  const twiml = params.text('Twiml');
  if (url === undefined && twiml === undefined)
    throw new RestError(400, 21_205, 'Url parameter is required.');
  if (url !== undefined && twiml !== undefined) throw invalid('Url and Twiml exclude each other');
  const fallbackUrl = params.url('FallbackUrl', 21_205);
  const fallback = fallbackUrl && { url: fallbackUrl, method: params.method('FallbackMethod') };
  const leg = callOut(
    network,
    {
      from,
      to,
      timeoutSeconds: params.whole('Timeout', { otherwise: 60, least: 1, most: 600 }),
      statusCallback: statusCallback(params),
    },
    url === undefined
      ? { twiml: twiml ?? '' }
      : { url, method: params.method('Method'), ...(fallback && { fallback }) },
  );
  limitTime(network, leg, params);
  return { status: 201, body: callJson(network, leg) };
}

/** Counted from the answer. */
function limitTime(network: Network, leg: Leg, params: RestParams): void {
  if (!params.has('TimeLimit')) return;
  const seconds = params.whole('TimeLimit', { otherwise: 14_400, least: 1, most: 86_400 });
  const { onAnswered } = leg;
  leg.onAnswered = () => {
    network.later(seconds * 1000, () => endLeg(network, leg, 'completed', 'network'));
    return onAnswered?.();
  };
}

function callEnds(network: Network, params: RestParams): { from: string; to: string } {
  const to = params.text('To');
  const from = params.text('From');
  if (!to) throw new RestError(400, 21_201, "No 'To' number is specified");
  if (!from) throw new RestError(400, 21_213, "No 'From' number is specified");
  if (!isE164(from))
    throw new RestError(400, 21_212, `The 'From' number ${from} is not a valid phone number`);
  if (!network.lines.has(from)) {
    throw new RestError(400, 21_210, `The source phone number provided, ${from}, is not yet verified`);
  }
  if (!isE164(to))
    throw new RestError(400, 21_211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!mayBeDialled(network, to)) {
    throw new RestError(
      400,
      21_215,
      `Account not authorized to call ${to}. Enable the country in the geographic permissions`,
    );
  }
  return { from, to };
}

function statusCallback(params: RestParams): CallStatusCallback | undefined {
  const asked = params.list('StatusCallbackEvent');
  const unknown = asked.find(event => !EVENTS.includes(event));
  if (unknown !== undefined) throw invalid(`Parameter 'StatusCallbackEvent' cannot be '${unknown}'`);
  const url = params.url('StatusCallback', 21_609);
  if (url === undefined) {
    if (asked.length > 0) throw invalid('StatusCallbackEvent without StatusCallback');
    return undefined;
  }
  const events = asked.length > 0 ? asked : ['completed'];
  return { url, method: params.method('StatusCallbackMethod'), events: new Set(events) };
}

export function fetchCall(context: RestContext): RestAnswer {
  new RestParams(context.values, []);
  return { status: 200, body: callJson(context.network, theLeg(context)) };
}

export function listCalls({ network, values, path }: RestContext): RestAnswer {
  const params = RestParams.forList(values, LIST);
  const [to, from, parent] = [params.text('To'), params.text('From'), params.text('ParentCallSid')];
  const status = params.oneOf('Status', STATUSES);
  const found = network.calls
    .filter(leg => to === undefined || leg.to === to)
    .filter(leg => from === undefined || leg.from === from)
    .filter(leg => parent === undefined || leg.parentSid === parent)
    .filter(leg => status === undefined || wireStatus(leg) === status)
    .filter(leg => params.inDates('StartTime', leg.startedAt))
    .filter(leg => params.inDates('EndTime', leg.endedAt))
    .reverse();
  return page('calls', path, params, found, leg => callJson(network, leg));
}

export function updateCall(context: RestContext): RestAnswer {
  const { network, values } = context;
  const params = new RestParams(values, ['Status', 'Url', 'Method', 'Twiml']);
  const leg = theLeg(context);
  const status = params.oneOf('Status', ['completed', 'canceled']);
  const url = params.url('Url', 21_205);
  const twiml = params.text('Twiml');
  const asked = [status, url, twiml].filter(value => value !== undefined).length;
  if (asked !== 1) throw invalid('exactly one of Status, Url and Twiml is needed');
  if (leg.ended || (status === undefined && leg.status !== 'in-progress')) {
    throw new RestError(400, 21_220, 'Call is not in-progress. Cannot redirect.');
  }
  if (status !== undefined) stopLeg(network, leg, status);
  else redirectLeg(network, leg, url, params.method('Method'), twiml ?? '');
  return { status: 200, body: callJson(network, leg) };
}

/** As Twilio: not while it goes on. The code is remembered, not read. */
export function deleteCall(context: RestContext): RestAnswer {
  const { network, values } = context;
  new RestParams(values, []);
  const leg = theLeg(context);
  if (!leg.ended) throw new RestError(400, 20_009, 'Cannot delete a call that is in progress');
  network.forget(network.calls, leg);
  return { status: 204, body: undefined };
}

// `canceled` leaves a conversation alone; `completed` ends it.
function stopLeg(network: Network, leg: Leg, asked: 'completed' | 'canceled'): void {
  if (leg.status !== 'in-progress') endLeg(network, leg, 'canceled', 'network');
  else if (asked === 'completed') endLeg(network, leg, 'completed', 'network');
}

function redirectLeg(
  network: Network,
  leg: Leg,
  url: string | undefined,
  method: string,
  twiml: string,
): void {
  const { session, onEnded } = leg;
  session?.stop('redirected');
  if (!session && onEnded) {
    // The far end of a <Dial>: it gets a life of its own, and for its parent the dial is over.
    leg.onEnded = undefined;
    network.soon(onEnded);
  }
  const own = session ?? startSession(network, leg);
  network.soon(() => {
    if (leg.ended) return;
    return url === undefined ? own.runText(twiml, '') : own.load({ url, method });
  });
}

function theLeg({ network, ids, path, missing }: RestContext): Leg {
  const leg = network.calls.find(one => one.sid === ids[0]);
  if (!leg) throw missing(path);
  return leg;
}

function wireStatus(leg: Leg): string {
  // The API has no word for the instant between queue and ringing.
  return leg.status === 'initiated' ? 'queued' : leg.status;
}

function callJson(network: Network, leg: Leg): unknown {
  const base = `/2010-04-01/Accounts/${network.accountSid}/Calls/${leg.sid}`;
  const line = leg.direction === 'inbound' ? leg.to : leg.from;
  const sub = (name: string, file: string) => ({ [name]: `${base}/${file}.json` });
  return {
    sid: leg.sid,
    date_created: rfc2822(leg.createdAt),
    date_updated: rfc2822(leg.updatedAt),
    parent_call_sid: leg.parentSid ?? null,
    account_sid: network.accountSid,
    to: leg.to,
    to_formatted: leg.to,
    from: leg.from,
    from_formatted: leg.from,
    phone_number_sid: network.sids.named('PN', line),
    status: wireStatus(leg),
    start_time: leg.startedAt === undefined ? null : rfc2822(leg.startedAt),
    end_time: leg.endedAt === undefined ? null : rfc2822(leg.endedAt),
    duration: leg.ended ? String(leg.durationSeconds) : null,
    price: null,
    price_unit: 'USD',
    direction: leg.direction,
    answered_by: null,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(leg.queueMs),
    trunk_sid: null,
    uri: `${base}.json`,
    subresource_uris: {
      ...sub('notifications', 'Notifications'),
      ...sub('recordings', 'Recordings'),
      ...sub('payments', 'Payments'),
      ...sub('events', 'Events'),
      ...sub('siprec', 'Siprec'),
      ...sub('streams', 'Streams'),
      ...sub('transcriptions', 'Transcriptions'),
      ...sub('user_defined_message_subscriptions', 'UserDefinedMessageSubscriptions'),
      ...sub('user_defined_messages', 'UserDefinedMessages'),
    },
  };
}
