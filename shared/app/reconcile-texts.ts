// Texts: takes in what was written to a line and never reached us, as if it had just come.
// Must never take a text in twice, nor let an old one undo what was written since.

import { dutyWishOf } from '../domain/duty-wish.ts';
import { type HelperId, type RequestId, requestIdOf } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import { takesTexts } from '../domain/request.ts';
import { shiftWishOf } from '../domain/shift-wish.ts';
import { codeIn } from '../domain/volunteer-codes.ts';
import { handleEvent } from './handle-event.ts';
import { meantBy } from './helper-routes.ts';
import { isStillMeant, type LaterText, wasThereAt } from './late-texts.ts';
import type { Known, Ports, TextSeen } from './ports.ts';
import { receiveText } from './receive-text.ts';
import { attempted, lineReached, type Span } from './reconciling.ts';
import { sideBySide } from './side-by-side.ts';
import { soundRequest } from './sound-request.ts';

export type TextsReconciled = { readonly missed: number; readonly failed: number };

type Text = TextSeen & { readonly line: Line };
type Seen = Text & { readonly known: boolean };

export async function reconcileTexts(ports: Ports, span: Span): Promise<TextsReconciled> {
  const writers = await attempted(ports, 'read-texts', {}, () => writtenToUs(ports, span));
  if (writers === null) return { missed: 0, failed: 1 };
  const taken = await sideBySide(writers, ofOne => takeInTurn(ports, ofOne, span));
  const all = taken.flat();
  return {
    missed: all.filter(done => done === true).length,
    failed: all.filter(done => done === null).length,
  };
}

/** The texts of each writer to each of our lines, in the order in which they were written; only of whom one is missing. */
async function writtenToUs(ports: Ports, { since }: Span): Promise<readonly (readonly Seen[])[]> {
  const network = await ports.networks.network();
  const seen = await ports.telephone.texts(since); // the newest first
  const texts = [...seen].reverse().flatMap(text => {
    const line = lineReached(network, text.to);
    return line === null ? [] : [{ ...text, line }];
  });
  const known = await ports.requests.areKnown(texts.map(traceOf));
  const writers = new Map<string, Seen[]>();
  for (const [place, text] of texts.entries()) {
    const writer = `${text.from} ${text.to}`;
    const written = writers.get(writer) ?? [];
    written.push({ ...text, known: known[place] === true });
    writers.set(writer, written);
  }
  return [...writers.values()]
    .filter(ofOne => ofOne.some(text => !text.known))
    .map(ofOne => ofOne.sort((a, b) => a.at - b.at));
}

const traceOf = ({ messageSid }: TextSeen) => ({ requestId: requestIdOf(messageSid), webhookId: messageSid });

/** Of each text: true when it was taken in, null when that could not be done now. Then the later ones wait for it. */
async function takeInTurn(
  ports: Ports,
  texts: readonly Seen[],
  { until }: Span,
): Promise<readonly (boolean | null)[]> {
  const done: (boolean | null)[] = [];
  for (const text of texts) {
    if (text.known || text.at > until) continue;
    // The books know whole seconds: what was written in the same one may be later.
    const later = texts.filter(other => other !== text && other.at >= text.at);
    const take = () => takeIfMeant(ports, text, later);
    const taken = await attempted(ports, 'take-text', { text: text.messageSid }, take);
    done.push(taken);
    if (taken === null) break;
  }
  return done;
}

async function takeIfMeant(ports: Ports, text: Text, later: readonly LaterText[]): Promise<boolean> {
  const { messageSid, line, from, body, hasMedia, at: writtenAt } = text;
  const belongsTo = await requestFor(ports, text);
  if (belongsTo === 'nobody' || !isStillMeant(body, later, belongsTo !== null)) {
    ports.log.info('text-left', { text: messageSid });
    return false;
  }
  await receiveText(ports, { messageSid, line, from, body, hasMedia, webhookId: messageSid, writtenAt });
  return belongsTo !== 'answered' && tellIfTaken(ports, text, belongsTo);
}

/** Once for each text, and only of those that moved something: whatever else is heard of it changes nothing. */
async function tellIfTaken(ports: Ports, text: Text, belongsTo: RequestId | null): Promise<boolean> {
  const { messageSid } = text;
  const [isTaken] = await ports.requests.areKnown([traceOf(text)]);
  if (!isTaken) return false;
  const own = requestIdOf(messageSid);
  const requestId = (await soundRequest(ports, own)) ? own : (belongsTo ?? own);
  ports.log.error('text-missed', { request: requestId });
  await handleEvent(ports, { requestId, event: { kind: 'text-missed' }, webhookId: `${messageSid}:missed` });
  return true;
}

/**
 * Null: it would open a request of its own. A helper's: `nobody` about what is no more or has begun since, `answered` when
 * no request is to have it and she is to be told so.
 */
async function requestFor(ports: Ports, text: Text): Promise<RequestId | 'nobody' | 'answered' | null> {
  const { helper, requests } = await ports.directory.who(text.from, ports.clock.now());
  if (helper !== null) return requestOfHelper(ports, text, helper);
  return (await openRequestOf(ports, text, requests))?.id ?? null;
}

async function requestOfHelper(ports: Ports, { body, at }: Text, helper: HelperId) {
  // What she said of her duty leaves no record, and found late it could undo what she has said since.
  const said = codeIn(body);
  if (said !== null && dutyWishOf(said) !== null) return 'nobody';
  // That she cannot come is heard late rather than never; each of these may be said again without harm.
  if (said !== null && shiftWishOf(said) !== null) return 'answered';
  const { routes, unclear } = await meantBy(ports, helper, body, at);
  if (unclear.length > 0) return 'answered';
  const isUnsafe = said?.code === 'unsafe';
  if (routes.length === 0) return isUnsafe ? 'answered' : 'nobody';
  for (const { requestId, seq } of routes) {
    const request = await soundRequest(ports, requestId);
    if (request === null) continue;
    // That she feels unsafe is heard late rather than never: of a talk that is over it ends nothing.
    const isMeant = wasThereAt(request, seq, at) || (isUnsafe && request.phase.kind === 'closed');
    if (isMeant) return requestId;
  }
  return 'nobody';
}

async function openRequestOf(ports: Ports, { line }: Text, requests: Known['requests']) {
  const latest = requests.find(({ lineId, channel }) => lineId === line.id && channel === 'text');
  const request = latest ? await soundRequest(ports, latest.requestId) : null;
  return request !== null && takesTexts(request) ? request : null;
}
