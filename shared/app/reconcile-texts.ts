// Texts: takes in what was written to a line and never reached us, as if it had just come.
// Must never take a text in twice, nor let an old one undo what was written since.

import { dutyWishOf } from '../domain/duty-wish.ts';
import { type HelperId, type RequestId, requestIdOf } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import { DECLINE_CODE, digitsOf, isStop } from '../domain/text-words.ts';
import { codeIn } from '../domain/volunteer-codes.ts';
import { handleEvent } from './handle-event.ts';
import { isStillMeant, type LaterText, wasThereAt } from './late-texts.ts';
import type { Known, Ports, TextSeen } from './ports.ts';
import { receiveText } from './receive-text.ts';
import { attempted, isOnRecord, lineReached, type Span, soundRequest } from './reconciling.ts';
import { sideBySide } from './side-by-side.ts';

export type TextsReconciled = { readonly missed: number; readonly failed: number };

type Text = TextSeen & { readonly line: Line };

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

/** The texts of each writer to each of our lines, in the order in which they were written. */
async function writtenToUs(ports: Ports, { since }: Span): Promise<readonly (readonly Text[])[]> {
  const network = await ports.networks.network();
  const seen = await ports.telephone.texts(since); // the newest first
  const writers = new Map<string, Text[]>();
  for (const text of [...seen].reverse().sort((a, b) => a.at - b.at)) {
    const line = lineReached(network, text.to);
    const writer = `${text.from} ${text.to}`;
    if (line !== null) writers.set(writer, [...(writers.get(writer) ?? []), { ...text, line }]);
  }
  return [...writers.values()];
}

/** Of each text: true when it was taken in, null when that could not be done now. Then the later ones wait for it. */
async function takeInTurn(
  ports: Ports,
  ofOne: readonly Text[],
  { until }: Span,
): Promise<readonly (boolean | null)[]> {
  const lookUp = () => sideBySide(ofOne, text => isKnown(ports, text));
  const known = await attempted(ports, 'look-up-texts', {}, lookUp);
  if (known === null) return [null];
  const texts = ofOne.map((text, place) => ({ ...text, known: known[place] === true }));
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

function isKnown(ports: Ports, { messageSid }: TextSeen): Promise<boolean> {
  return isOnRecord(ports, requestIdOf(messageSid), messageSid);
}

async function takeIfMeant(ports: Ports, text: Text, later: readonly LaterText[]): Promise<boolean> {
  const { messageSid, line, from, body, hasMedia } = text;
  const belongsTo = await requestFor(ports, text);
  if (belongsTo === 'nobody' || !isStillMeant(body, later, belongsTo !== null)) {
    ports.log.info('text-left', { text: messageSid });
    return false;
  }
  await receiveText(ports, { messageSid, line, from, body, hasMedia, webhookId: messageSid });
  return tellIfTaken(ports, text, belongsTo);
}

/** Once for each text, and only of those that moved something: whatever else is heard of it changes nothing. */
async function tellIfTaken(ports: Ports, text: Text, belongsTo: RequestId | null): Promise<boolean> {
  const { messageSid } = text;
  if (!(await isKnown(ports, text))) return false;
  const own = requestIdOf(messageSid);
  const requestId = (await soundRequest(ports, own)) ? own : (belongsTo ?? own);
  ports.log.error('text-missed', { request: requestId });
  await handleEvent(ports, { requestId, event: { kind: 'text-missed' }, webhookId: `${messageSid}:missed` });
  return true;
}

/** Null: it would open a request of its own. `nobody`: a helper's, about what is no more or has begun since. */
async function requestFor(ports: Ports, text: Text): Promise<RequestId | 'nobody' | null> {
  const { helper, requests } = await ports.directory.who(text.from, ports.clock.now());
  if (helper !== null) return requestOfHelper(ports, text, helper);
  return (await openRequestOf(ports, text, requests))?.id ?? null;
}

async function requestOfHelper(ports: Ports, { body, at }: Text, helper: HelperId) {
  // What she said of her duty leaves no record, and found late it could undo what she has said since.
  const said = codeIn(body);
  if (said !== null && dutyWishOf(said) !== null) return 'nobody';
  const code = isStop(body) ? DECLINE_CODE : digitsOf(body);
  const route = await ports.directory.routeOf(helper, code, ports.clock.now());
  if (route === null) return 'nobody';
  const request = await soundRequest(ports, route.requestId);
  return request !== null && wasThereAt(request, route.seq, at) ? request.id : 'nobody';
}

async function openRequestOf(ports: Ports, { line }: Text, requests: Known['requests']) {
  const latest = requests.find(({ lineId, channel }) => lineId === line.id && channel === 'text');
  const request = latest ? await soundRequest(ports, latest.requestId) : null;
  return request?.phase.kind === 'closed' ? null : request;
}
