// The Messages resource: create, fetch, list, delete. Must never send a text that the real network would refuse: opted out,
// too long, to a country not enabled, from a number that is not ours.
import { isAllowed, isE164 } from './geography.ts';
import type { Network } from './network.ts';
import { page, type RestAnswer, RestError } from './rest-answers.ts';
import { RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';
import type { TextMessage } from './text-message.ts';
import { sendText } from './texts-out.ts';
import { rfc2822 } from './twilio-dates.ts';

// Twilio's default and maximum.
const TEN_HOURS = 36_000;

export function createMessage({ network, values }: RestContext): RestAnswer {
  const params = new RestParams(
    values,
    ['To', 'From', 'Body', 'MediaUrl', 'ContentSid', 'ContentVariables', 'StatusCallback', 'ValidityPeriod'],
    ['MediaUrl'],
  );
  const { from, to } = textEnds(network, params);
  const template = templateIn(network, params);
  const body = template ?? params.text('Body') ?? '';
  const media = params.list('MediaUrl');
  if (body === '' && media.length === 0) throw new RestError(400, 21_602, 'Message body is required.');
  if (body.length > 1600) {
    throw new RestError(400, 21_617, 'The concatenated message body exceeds the 1600 character limit.');
  }
  if (network.isOptedOut(to, from)) {
    throw new RestError(400, 21_610, 'Attempt to send to unsubscribed recipient');
  }
  const message = sendText(network, {
    from,
    to,
    body,
    media,
    isTemplate: template !== undefined,
    statusCallback: params.url('StatusCallback', 21_609),
    validitySeconds: params.whole('ValidityPeriod', { otherwise: TEN_HOURS, least: 1, most: TEN_HOURS }),
  });
  return { status: 201, body: messageJson(network, message) };
}

/** The words of an approved template with what stands in it; undefined: the text is written freely. */
function templateIn(network: Network, params: RestParams): string | undefined {
  const sid = params.text('ContentSid');
  if (sid === undefined) return undefined;
  const words = network.templates[sid];
  if (words === undefined) throw new RestError(400, 21_655, `The ContentSid ${sid} is invalid`);
  const variables = variablesIn(params.text('ContentVariables') ?? '{}');
  return words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => variables[name] ?? '');
}

function variablesIn(json: string): Record<string, string> {
  try {
    const variables: unknown = JSON.parse(json);
    if (typeof variables === 'object' && variables !== null) return variables as Record<string, string>;
  } catch {
    // Said below: whatever it is, it is no object.
  }
  throw new RestError(400, 21_656, 'The ContentVariables parameter is invalid');
}

function textEnds(network: Network, params: RestParams): { from: string; to: string } {
  const to = params.text('To');
  const from = params.text('From');
  if (!to) throw new RestError(400, 21_604, "A 'To' phone number is required.");
  if (!from) throw new RestError(400, 21_603, "A 'From' phone number is required.");
  const whatsapp = from.startsWith('whatsapp:');
  if (whatsapp !== to.startsWith('whatsapp:')) {
    throw new RestError(400, 21_910, `Invalid From and To pair. From and To should be of the same channel`);
  }
  if (!isE164(to.replace('whatsapp:', ''))) {
    throw new RestError(400, 21_211, `Invalid 'To' Phone Number: ${to}`);
  }
  if (!isE164(from.replace('whatsapp:', ''))) {
    throw new RestError(400, 21_212, `Invalid From Number (caller ID): ${from}`);
  }
  if (from === to) throw new RestError(400, 21_266, "'To' and 'From' number cannot be the same");
  if (!network.lines.has(from)) {
    throw whatsapp
      ? new RestError(400, 63_007, 'Twilio could not find a Channel with the specified From address')
      : new RestError(
          400,
          21_606,
          `The 'From' phone number provided (${from}) is not a valid message-capable phone number`,
        );
  }
  if (!isAllowed(network, to)) {
    throw new RestError(
      400,
      21_408,
      `Permission to send an SMS has not been enabled for the region of ${to}`,
    );
  }
  return { from, to };
}

export function fetchMessage({ network, values, ids, path, missing }: RestContext): RestAnswer {
  new RestParams(values, []);
  const message = network.messages.find(one => one.sid === ids[0]);
  if (!message) throw missing(path);
  return { status: 200, body: messageJson(network, message) };
}

const UNDER_WAY: readonly string[] = ['queued', 'sending'];

/** As Twilio: not while it is on its way. The code is remembered, not read. */
export function deleteMessage({ network, values, ids, path, missing }: RestContext): RestAnswer {
  new RestParams(values, []);
  const message = network.messages.find(one => one.sid === ids[0]);
  if (!message) throw missing(path);
  if (UNDER_WAY.includes(message.status))
    throw new RestError(400, 20_009, 'Cannot delete a message that is not yet complete');
  network.forget(network.messages, message);
  return { status: 204, body: undefined };
}

export function listMessages({ network, values, path }: RestContext): RestAnswer {
  const params = RestParams.forList(values, ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>']);
  const [to, from] = [params.text('To'), params.text('From')];
  const found = network.messages
    .filter(message => to === undefined || message.to === to)
    .filter(message => from === undefined || message.from === from)
    .filter(message => params.inDates('DateSent', message.sentAt ?? message.createdAt))
    .reverse();
  return page('messages', path, params, found, message => messageJson(network, message));
}

function messageJson(network: Network, message: TextMessage): unknown {
  const base = `/2010-04-01/Accounts/${network.accountSid}/Messages/${message.sid}`;
  return {
    body: message.body,
    num_segments: String(message.segments),
    direction: message.direction,
    from: message.from,
    to: message.to,
    date_updated: rfc2822(message.updatedAt),
    price: null,
    error_message: message.errorCode === undefined ? null : `Error ${message.errorCode}`,
    uri: `${base}.json`,
    account_sid: network.accountSid,
    num_media: String(message.media.length),
    status: message.status,
    messaging_service_sid: null,
    sid: message.sid,
    date_sent: message.sentAt === undefined ? null : rfc2822(message.sentAt),
    date_created: rfc2822(message.createdAt),
    error_code: message.errorCode ?? null,
    price_unit: null,
    api_version: '2010-04-01',
    subresource_uris: { media: `${base}/Media.json` },
  };
}
