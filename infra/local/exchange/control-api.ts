// The phones over HTTP, for handsets in another process: look, dial, answer, press, hang up, text, set behaviour, and
// a stream of what happens on one phone. JSON only. Must never be reachable from another machine or a web page of
// another origin: it lets anybody act as a survivor's phone.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { behaviourSchema, textBehaviourSchema } from './behaviour.ts';
import type { ExchangeEvent } from './events.ts';
import type { Network } from './network.ts';
import type { Phone } from './phone.ts';
import type { PhoneCall } from './phone-call.ts';

type Json = Record<string, unknown>;

class BadRequest extends Error {}

/**
 * GET  /phones                      every phone
 * GET  /phones/:number              one phone
 * GET  /phones/:number/events       its events from now on, `?after=SEQ` also those since; text/event-stream
 * POST /phones/:number/dial         {to, withheld?}
 * POST /phones/:number/answer|reject|hang-up   {}
 * POST /phones/:number/press        {digits}
 * POST /phones/:number/say          {words}, into a recording
 * POST /phones/:number/text         {to, body, media?}
 * POST /phones/:number/behaviour    {call?: Behaviour, text?: TextBehaviour}
 */
export function answerPhones(
  network: Network,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): void {
  const [, , encoded, deed] = url.pathname.split('/');
  const reply = (status: number, json: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
  try {
    // A page whose name was re-pointed at this machine sends its own name here.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      throw new BadRequest('only this machine');
    }
    if (!encoded) {
      reply(200, { phones: network.phones().map(phoneJson) });
      return;
    }
    const phone = network.phone(phoneNumber(encoded));
    if (request.method === 'GET') {
      if (deed === 'events') stream(network, phone, response, url);
      else reply(200, phoneJson(phone));
      return;
    }
    // A form of another web page cannot send this type without the browser asking first.
    if (request.method !== 'POST' || !request.headers['content-type']?.startsWith('application/json')) {
      throw new BadRequest('POST with a JSON body');
    }
    const work = act(phone, deed ?? '', readJson(body));
    // The deed goes on after the answer; what comes of it shows in the events.
    work.catch(error => network.fail(0, `a phone's deed failed: ${String(error)}`));
    reply(202, phoneJson(phone));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function act(phone: Phone, deed: string, json: Json): Promise<unknown> {
  switch (deed) {
    case 'dial':
      return phone.dial(
        text(json, 'to'),
        json['withheld'] === undefined ? {} : { withheld: text(json, 'withheld') },
      );
    case 'answer':
      return phone.answer();
    case 'reject':
      return phone.reject();
    case 'hang-up':
      return phone.hangUp();
    case 'press':
      return phone.press(text(json, 'digits'));
    case 'say':
      return phone.says(text(json, 'words'));
    case 'text':
      return phone.text(text(json, 'to'), text(json, 'body'), { media: texts(json, 'media') });
    case 'behaviour':
      if (json['call'] !== undefined) phone.behaviour = behaviourSchema.parse(json['call']);
      if (json['text'] !== undefined) phone.textBehaviour = textBehaviourSchema.parse(json['text']);
      return Promise.resolve();
    default:
      throw new BadRequest(`a phone cannot ${deed}`);
  }
}

function stream(network: Network, phone: Phone, response: ServerResponse, url: URL): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  const send = (event: ExchangeEvent) => {
    if ('phone' in event && event.phone === phone.number) {
      response.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  };
  response.write(': here are the events of one phone\n\n');
  const after = url.searchParams.get('after');
  if (after !== null) for (const event of network.events) if (event.seq > Number(after)) send(event);
  response.on('close', network.on(send));
}

function phoneJson(phone: Phone): unknown {
  return {
    number: phone.number,
    behaviour: phone.behaviour,
    textBehaviour: phone.textBehaviour,
    call: phone.call ? callJson(phone.call) : null,
    texts: phone.texts,
  };
}

function callJson(call: PhoneCall): unknown {
  return {
    sid: call.sid,
    state: call.state,
    showing: call.showing,
    incoming: call.leg.direction !== 'inbound',
    heard: call.heard,
    talkingTo: call.talkingTo,
  };
}

function phoneNumber(encoded: string): string {
  const number = decodeURIComponent(encoded);
  if (!/^\+[1-9]\d{6,14}$/.test(number)) throw new BadRequest(`not a phone number: ${number}`);
  return number;
}

function readJson(body: string): Json {
  const json: unknown = body === '' ? {} : JSON.parse(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new BadRequest('not an object');
  return { ...json };
}

function text(json: Json, name: string): string {
  const value = json[name];
  if (typeof value !== 'string') throw new BadRequest(`"${name}" must be text`);
  return value;
}

function texts(json: Json, name: string): string[] {
  const value = json[name] ?? [];
  if (!Array.isArray(value) || value.some(one => typeof one !== 'string')) {
    throw new BadRequest(`"${name}" must be a list of texts`);
  }
  return value.map(String);
}
