// HTTP as Twilio's client speaks it, over a connection that we control: another host for a carrier that speaks the same,
// a short time limit on the whole request, no retry, and certainty whether a request has left this machine.
// Must never print a request.
import http from 'node:http';
import https from 'node:https';
import { KeptConnections } from '../kept-connections.ts';
import { NotReached } from './errors.ts';

/** What the library hands to whoever carries its requests; the rest of it we never use. */
export type Outgoing = {
  readonly method: string;
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly params?: object | undefined;
  readonly data?: object | undefined;
};

/** The body stays text: the library parses it, and its own errors out of it. */
export type Answer = {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
};

/** As many rings at once; more wait for their turn. Over a dead connection nobody would know whether one has gone out. */
const keeping = { maxSockets: 20, idleSeconds: 20 };

export class Connection {
  readonly #base: URL;
  readonly #limitMs: number;
  readonly #kept = new KeptConnections(keeping);

  constructor(base: string, limitMs: number) {
    this.#base = new URL(base);
    this.#limitMs = limitMs;
  }

  get #isTls(): boolean {
    return this.#base.protocol === 'https:';
  }

  request(outgoing: Outgoing): Promise<Answer> {
    this.#kept.dropOld();
    return this.#send(outgoing);
  }

  #send(outgoing: Outgoing): Promise<Answer> {
    const body = formOf(outgoing.data).toString();
    return new Promise((resolve, reject) => {
      const request = (this.#isTls ? https : http).request(this.#address(outgoing), {
        method: outgoing.method.toUpperCase(),
        agent: this.#kept.agents[this.#isTls ? 'httpsAgent' : 'httpAgent'],
        headers: {
          ...outgoing.headers,
          ...authorization(outgoing),
          'Content-Length': Buffer.byteLength(body),
        },
      });
      let reached = false;
      const limit = setTimeout(() => request.destroy(new Error('no answer in time')), this.#limitMs);
      request.on('socket', socket => {
        if (socket.connecting) socket.once(this.#isTls ? 'secureConnect' : 'connect', () => (reached = true));
        else reached = true;
      });
      request.on('close', () => clearTimeout(limit));
      request.on('error', error => reject(reached ? error : new NotReached()));
      request.on('response', response => readAll(response).then(resolve, reject));
      request.end(body);
    });
  }

  #address(outgoing: Outgoing): URL {
    const { pathname, search, origin } = new URL(outgoing.uri);
    // Twilio has some of its resources under other hosts; whoever speaks the same has but one.
    const base = this.#base.hostname === 'api.twilio.com' ? new URL(origin) : this.#base;
    const address = new URL(`${base.pathname.replace(/\/$/, '')}${pathname}${search}`, base);
    for (const [name, value] of formOf(outgoing.params)) address.searchParams.append(name, value);
    return address;
  }
}

async function readAll(response: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    statusCode: response.statusCode ?? 0,
    body: Buffer.concat(chunks).toString('utf8'),
    headers: response.headers,
  };
}

function authorization({ username, password }: Outgoing): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** A list becomes the same field several times. */
function formOf(fields: unknown): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
  }
  return form;
}
