// A text comes in on a line: from a helper it belongs to an offer or a conversation, from anybody else to her
// open request or to a new one. Never tells a writer anything about another request.
import type { Event } from '../domain/event.ts';
import { type MessageSid, type RequestId, requestIdOf } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Limited } from '../domain/limits.ts';
import type { Line } from '../domain/network.ts';
import { type Address, isWhatsapp } from '../domain/phone.ts';
import { takesTexts } from '../domain/request.ts';
import { isStop, passable } from '../domain/text-words.ts';
import { DamagedRecord } from './damaged-record.ts';
import { type Happening, handleEvent, OpenedMeanwhile } from './handle-event.ts';
import { limitOnText } from './limiting.ts';
import type { Known, Ports, WebhookId } from './ports.ts';
import { receiveFromHelper } from './receive-from-helper.ts';

export type IncomingText = {
  readonly messageSid: MessageSid;
  readonly line: Line;
  readonly from: Address;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly webhookId: WebhookId;
  /** Of a text that was found late: what a helper meant is judged by what there was then. Null: it has just come. */
  readonly writtenAt: Instant | null;
};

export async function receiveText(ports: Ports, received: IncomingText): Promise<void> {
  const text = { ...received, body: passable(received.body) };
  const now = ports.clock.now();
  // Before anything is answered: it is what lets us answer.
  const [{ helper, ...known }] = await Promise.all([
    ports.directory.who(text.from, now),
    isWhatsapp(text.from) ? ports.directory.wrote(text.from, text.line.id, now) : null,
  ]);
  if (helper !== null) return receiveFromHelper(ports, text, helper);
  if (isStop(text.body)) await stopCalls(ports, text.from, known.requests);
  const limited = limitOnText(ports, text.line, text.from);
  if (await isReceived(ports, text, known, limited)) return;
  // Her other text, sent in the same breath, has just opened a request: this one belongs to it.
  const meanwhile = await ports.directory.who(text.from, ports.clock.now());
  if (!(await isReceived(ports, text, meanwhile, limited))) throw new Error('two requests of one number');
}

/**
 * It is about calls as well: one that is to come, on whatever line, does not. A call of hers that begins meanwhile and
 * takes over what she has agreed to either finds this in the request it took it from, or is found here.
 */
async function stopCalls(ports: Ports, from: Address, requests: Known['requests']): Promise<void> {
  const stopped = new Set<RequestId>();
  const left = (those: Known['requests']) =>
    those.filter(({ channel, requestId }) => channel === 'voice' && !stopped.has(requestId));
  let calls = left(requests);
  while (calls.length > 0) {
    for (const { requestId } of calls) {
      const event = { kind: 'survivor-stopped' } as const;
      await unlessDamaged(() => handleEvent(ports, { requestId, event, webhookId: null }));
      stopped.add(requestId);
    }
    calls = left((await ports.directory.who(from, ports.clock.now())).requests);
  }
}

/** A damaged request can not be called back for either. */
async function unlessDamaged(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
  }
}

/** False when another text of hers has opened a request at the same time. */
async function isReceived(
  ports: Ports,
  text: IncomingText,
  { requests, coolingDown }: Pick<Known, 'requests' | 'coolingDown'>,
  counting: Promise<Limited | null>,
): Promise<boolean> {
  const open = requests.find(({ lineId, channel }) => lineId === text.line.id && channel === 'text');
  const { messageSid, line, from, body, hasMedia, webhookId } = text;
  const [limited, isOpen] = await Promise.all([counting, open ? goesOn(ports, open.requestId) : false]);
  const event: Event = {
    kind: 'survivor-texted',
    messageSid,
    lineId: line.id,
    from,
    body,
    hasMedia,
    limited,
    coolingDown,
  };
  if (open && isOpen && (await isTaken(ports, { requestId: open.requestId, event, webhookId }))) return true;
  try {
    await handleEvent(ports, { requestId: requestIdOf(messageSid), event, webhookId });
    return true;
  } catch (error) {
    if (error instanceof OpenedMeanwhile) return false;
    throw error;
  }
}

/**
 * False when her earlier request is closed, if only since a moment ago: then the text opens a new one. When it is the
 * text itself that closed it, the store knows it for a repeat, and nothing is opened.
 */
async function isTaken(ports: Ports, happening: Happening): Promise<boolean> {
  const { request: after } = await handleEvent(ports, happening);
  return after !== null && takesTexts(after);
}

/** A damaged request must not swallow what she writes: she gets a new one, and the log names the old. */
async function goesOn(ports: Ports, id: RequestId): Promise<boolean> {
  try {
    const { request } = await ports.requests.load(id, null);
    return request !== null && takesTexts(request);
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
    return false;
  }
}
