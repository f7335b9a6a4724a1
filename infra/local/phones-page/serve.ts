// The page of phones, for `npm start` alone: its files, who can be played, one stream of what happens, the stories, and
// the words of requests. Phones themselves are the exchange's; what is done to one goes there unchanged.
// Must never be reachable from another machine or a page of another origin: it lets anybody act as a survivor's phone.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHeaders } from '../../../functions/console/page-headers.ts';
import { type ServedFile, servedFiles } from '../../../functions/console/served-files.ts';
import { type StoryName, storyNames } from '../demo/stories.ts';
import type { Machine } from '../machine.ts';
import { castOfPage } from './cast-of-page.ts';
import type { PageEvent } from './page-data.ts';
import { requestsBeside } from './requests-beside.ts';
import { storyPlayer } from './story-player.ts';

export type PhonesPage = { readonly url: string; readonly close: () => Promise<void> };

type Answer = { readonly status: number; readonly json: unknown };
const answer = (json: unknown, status = 200): Answer => ({ status, json });
const nothingThere = answer({ error: 'There is nothing here.' }, 404);

/** What a text to a phone may hold, with room to spare. */
const LONGEST_BODY_BYTES = 20_000;

export async function startPhonesPage(machine: Machine, folder: string, port: number): Promise<PhonesPage> {
  const files = servedFiles(folder);
  const headers = pageHeaders({ media: [machine.webhooksUrl] });
  const listeners = new Set<(event: PageEvent) => void>();
  const tell = (event: PageEvent) => {
    for (const listener of listeners) listener(event);
  };
  const stopEvents = machine.exchange.on(tell);
  const player = storyPlayer(machine, state => tell({ type: 'story', ...state }));
  const requests = requestsBeside(machine);

  const stream = (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    // Says that the stream is open, also while nothing happens.
    response.write(': what happens on the phones\n\n');
    const send = (event: PageEvent) => {
      const id = 'seq' in event ? `id: ${event.seq}\n` : '';
      response.write(`${id}data: ${JSON.stringify(event)}\n\n`);
    };
    // The browser names the last event that it has seen when it comes back.
    const after = Number(request.headers['last-event-id'] ?? 0);
    for (const event of machine.exchange.events) if (event.seq > after) send(event);
    for (const state of player.states()) send({ type: 'story', ...state });
    listeners.add(send);
    response.on('close', () => listeners.delete(send));
  };
  const answerTo = async (request: IncomingMessage, path: string): Promise<Answer> => {
    const [, what = '', id = ''] = path.split('/');
    const asked = `${request.method} ${what}`;
    if (asked === 'GET cast') return answer(await castOfPage(machine));
    if (asked === 'GET requests' && id === '') return answer(await requests.list());
    if (asked === 'GET requests') {
      const replay = await requests.replay(id);
      return replay === null ? nothingThere : answer(replay);
    }
    if (asked === 'POST stories') return playStory(id);
    return what === 'phones' ? passOn(machine.exchange.url, request, path) : nothingThere;
  };
  const playStory = (name: string): Answer => {
    if (!isStory(name)) return nothingThere;
    return player.play(name) ? answer({}, 202) : answer({ error: 'It is being played.' }, 409);
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    if (!isOurs(request)) send(response, answer({ error: 'Only this machine may ask.' }, 403));
    else if (request.method === 'GET' && file !== undefined) sendFile(request, response, file, headers);
    else if (pathname === '/events') stream(request, response);
    else
      answerTo(request, pathname).then(
        each => send(response, each),
        () => send(response, answer({ error: 'That did not work here. Is the machine being stopped?' }, 500)),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = async () => {
    stopEvents();
    requests.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function isStory(name: string): name is StoryName {
  return storyNames.some(each => each === name);
}

/**
 * A name that was re-pointed at this machine comes with its own Host; a page of another origin with its Origin, or with
 * a type of content for which it need not ask first.
 */
function isOurs({ headers, method }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return false;
  return method === 'GET' || (headers['content-type'] ?? '').startsWith('application/json');
}

async function passOn(exchangeUrl: string, request: IncomingMessage, path: string): Promise<Answer> {
  const body = request.method === 'POST' ? await bodyOf(request) : null;
  const response = await fetch(exchangeUrl + path, {
    method: request.method ?? 'GET',
    ...(body === null ? {} : { headers: { 'content-type': 'application/json' }, body }),
  });
  return answer(await response.json(), response.status);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY_BYTES) throw new Error('too long for a phone');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, json }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(json));
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  headers: Readonly<Record<string, string>>,
): void {
  const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(200, { ...headers, ...file.headers, ...encoding });
  response.end(isPacked ? file.packed : file.bytes);
}
