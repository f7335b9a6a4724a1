// Does what was committed: rings, texts, redirects, alerts. Finds the numbers only here, at the last moment.
// Never decides anything, and never throws: what did not work is put off, and stays in the outbox.

import type { Action, ActionResult, FailedBecause, OutboxEntry } from '../domain/action.ts';
import { type ContactVerdict, mayContact } from '../domain/contact-rules.ts';
import { type CallSid, type HelperId, isVolunteer, type LanguageId, type MessageSid } from '../domain/ids.ts';
import { addSeconds, type Instant, instant } from '../domain/instant.ts';
import { waveOf } from '../domain/ladder.ts';
import {
  capReached,
  isAutomaticReply,
  mayReachNumber,
  questionsAMinuteOverCap,
  type Reached,
} from '../domain/limits.ts';
import { contactOf, type Line, lineOf, type Network } from '../domain/network.ts';
import { isWornOut, stillWanted } from '../domain/outbox.ts';
import { type Address, type PhoneNumber, phoneNumberIn } from '../domain/phone.ts';
import { liveOffer, type Request, takenOffer } from '../domain/request.ts';
import { languageWith } from '../domain/spoken-with.ts';
import { goesToSurvivor, isNeutralQuestion } from '../domain/step.ts';
import { readerOfAction } from '../domain/texts-in-order.ts';
import { canCallHer, helperAddress, lineAddress, reaches } from '../domain/ways.ts';
import type { Text } from '../domain/wording.ts';
import { promptLanguageFor } from '../prompts/languages.ts';
import { wordsOf } from '../prompts/loading.ts';
import { textFor } from '../prompts/writing.ts';
import { counted, countedSoFar } from './counting.ts';
import { DamagedRecord } from './damaged-record.ts';
import { faultOf } from './fault.ts';
import { numberedIf, placeNamedTo, textBeside } from './numbered.ts';
import type { Ports, Sent } from './ports.ts';
import { isTold, tellPeople } from './telling.ts';
import { contentFor } from './whatsapp.ts';
import { isWithUs } from './with-us.ts';

/** A text to a person in a conversation: later than this it reaches the wrong reader. */
const TEXT_VALID_SECONDS = 300;

/**
 * Texts to one person go out in their order; everything else at the same time. Nothing is begun after `deadline`:
 * what a killed function had done and not reported would all be done again.
 */
export async function perform(
  ports: Ports,
  network: Network,
  request: Request,
  work: readonly OutboxEntry[],
  deadline: Instant,
): Promise<readonly ActionResult[]> {
  const queues = new Map<string, OutboxEntry[]>();
  for (const entry of work)
    queues.set(recipientOf(entry), [...(queues.get(recipientOf(entry)) ?? []), entry]);
  const results = await Promise.all(
    [...queues.values()].map(async entries => {
      const done: ActionResult[] = [];
      for (const entry of entries) {
        const last = done.at(-1)?.outcome;
        // What comes after a text that was put off waits for it: order is part of what people say.
        const isOver = last === 'later' || last === 'not-begun' || ports.clock.now() > deadline;
        done.push(
          isOver ? { id: entry.id, outcome: 'not-begun' } : await performOne(ports, network, request, entry),
        );
      }
      return done;
    }),
  );
  return results.flat();
}

function recipientOf({ id, action }: OutboxEntry): string {
  return readerOfAction(action) ?? `entry ${id}`;
}

async function performOne(
  ports: Ports,
  network: Network,
  request: Request,
  entry: OutboxEntry,
): Promise<ActionResult> {
  const { id, action } = entry;
  try {
    const standing = await standingOf(ports, network, request, action);
    if (standing === 'moved-past') return { id, outcome: 'dropped' };
    if (standing !== 'allowed') return { id, outcome: 'failed', reason: standing };
    if (isWornOut(entry)) return { id, outcome: 'failed', reason: 'refused' };
    const outcome = await doIt(
      { ports, network, request, line: lineOf(network, request.lineId), entry },
      action,
    );
    if (isWrong(outcome))
      ports.log.warn('not-performed', { request: request.id, action: action.kind, outcome: outcome.outcome });
    return resultOf(id, outcome);
  } catch (error) {
    // A record does not mend itself: somebody else is asked at once.
    if (error instanceof DamagedRecord) return { id, outcome: 'failed', reason: 'refused' };
    ports.log.error('performing-failed', { request: request.id, action: action.kind, fault: faultOf(error) });
    return { id, outcome: 'later' };
  }
}

/**
 * Whatever reaches her, and what people write to each other, is looked at again at the last moment, on every path: she
 * may have said stop, what she agreed to may have been changed or its hours be over, a helper have handed her on.
 */
async function standingOf(
  ports: Ports,
  network: Network,
  request: Request,
  action: Action,
): Promise<ContactVerdict | 'moved-past' | 'with-us'> {
  if (!stillWanted(request, action)) return 'moved-past';
  const ringsHer = action.kind === 'ring-survivor';
  if (action.kind !== 'relay' && !ringsHer && !goesToSurvivor(action)) return 'allowed';
  if (ringsHer && (await isWithUs(ports, request))) return 'with-us';
  // Last of all: a stop may have come while the others were looked at.
  const { request: now } = await ports.requests.load(request.id, null);
  if (now === null || !stillWanted(now, action)) return 'moved-past';
  if (action.kind === 'relay' && action.to !== 'survivor')
    return (await hasMovedOn(ports, now, action.to)) ? 'moved-past' : 'allowed';
  if (isNeutralQuestion(action)) return 'allowed';
  return mayContact(now, ringsHer ? 'call' : 'text', ports.clock.now(), network);
}

/** After the end of a conversation its last words may still reach her helper, but not in the one that took its place. */
async function hasMovedOn(ports: Ports, { id, phase }: Request, helper: HelperId): Promise<boolean> {
  if (phase.kind !== 'closed') return false;
  const conversations = await ports.directory.conversationsOf(helper, ports.clock.now());
  const isTold = conversations.some(({ requestId }) => requestId === id);
  return !isTold && conversations.some(({ overAt }) => overAt === null);
}

/** What came of it, and which limits of the day or the hour were reached by it. */
type Did<Sid> = (
  | Sent<Sid>
  | { readonly outcome: 'failed'; readonly reason: FailedBecause }
  | { readonly outcome: 'held-back'; readonly until: Instant }
) & { readonly reached?: readonly Reached[] };

/** Worth a line in the log: what a limit or an earlier alert kept back is as it should be. */
function isWrong(did: Did<unknown>): boolean {
  if (did.outcome === 'failed') return did.reason !== 'limited' && did.reason !== 'told-before';
  return did.outcome === 'unknown';
}

function resultOf(id: number, did: Did<CallSid | MessageSid | null>): ActionResult {
  const { reached = [] } = did;
  switch (did.outcome) {
    case 'done':
      return { id, outcome: 'done', sid: did.sid, reached };
    case 'failed':
      return { id, outcome: 'failed', reason: did.reason, reached };
    case 'held-back':
      return { id, outcome: 'held-back', until: did.until, reached };
    default:
      return { id, outcome: 'later', reached };
  }
}

type Job = {
  readonly ports: Ports;
  readonly network: Network;
  readonly request: Request;
  readonly line: Line;
  readonly entry: OutboxEntry;
};

const done = { outcome: 'done', sid: null } as const;
const badNumber = { outcome: 'failed', reason: 'bad-number' } as const;
/** Only our own helpers are ever rung, but a number may have been written down wrongly, or with intent. */
const notAllowed = { outcome: 'failed', reason: 'not-allowed' } as const;

async function doIt(job: Job, action: Action): Promise<Did<CallSid | MessageSid | null>> {
  const { ports, request, entry } = job;
  const leg = { requestId: request.id, entryId: entry.id, tries: entry.tries };
  switch (action.kind) {
    case 'ring':
      return ring(job, action);
    case 'ring-survivor':
      return ringSurvivor(job, action);
    case 'text-offer': {
      const { replySeconds } = waveOf(request.ladder, liveOffer(request, action.seq)?.rung ?? 0);
      return textHelper(job, action.to, action.text, replySeconds);
    }
    case 'text-helper':
      return textHelper(job, action.to, action.text, TEXT_VALID_SECONDS);
    case 'text-survivor':
      return textSurvivor(job, await words(request.language, action.text, job.network));
    case 'relay':
      return relay(job, action.to, request.private.texts[action.textKey] ?? '');
    case 'redirect-survivor':
      return ports.telephone.redirect(action.callSid, { ...leg, seq: null });
    case 'redirect-helper':
      return ports.telephone.redirect(action.callSid, { ...leg, seq: action.seq });
    case 'tell-in-room': {
      const { room, seq } = action;
      return ports.telephone.tellInRoom(action.callSid, { requestId: request.id, room, seq });
    }
    case 'end-leg':
      return ports.telephone.hangUp(action.callSid);
    case 'mark-unreachable':
      await ports.roster.markUnreachable(action.volunteerId);
      return done;
    case 'cool-down':
      if (request.private.survivor === null) return badNumber;
      await ports.directory.coolDown(request.private.survivor, action.until);
      return done;
    case 'rest-volunteer':
      await ports.roster.rest(action.volunteerId, action.until);
      return done;
    case 'alert':
      return alertOf(job, action);
  }
}

async function alertOf(
  { ports, request }: Job,
  { audience, severity, reason, about }: Extract<Action, { kind: 'alert' }>,
): Promise<Did<null>> {
  const { id: requestId, lineId, region } = request;
  const alert = { requestId, audience, severity, reason, region };
  const told = await tellPeople(ports, alert, { lineId, about });
  if (told === 'later') return { outcome: 'temporary' };
  return told === 'done' ? done : { outcome: 'failed', reason: 'told-before' };
}

/**
 * Rings, once. After an attempt whose outcome nobody knows, the leg is looked for first; when it cannot be found
 * the phone rings again: twice is better than not at all.
 */
async function ring(job: Job, action: Extract<Action, { kind: 'ring' }>): Promise<Did<CallSid>> {
  const { ports, network, request, line, entry } = job;
  const to = await callNumberOf(ports, network, action.to);
  const offer = liveOffer(request, action.seq);
  if (to === null || offer === null) return badNumber;
  const { limits } = network.settings;
  if (!mayReachNumber(to, limits) || !reaches(line, 'voice', to)) return notAllowed;
  const call = { requestId: request.id, seq: action.seq, from: line.number, to };
  // A desk may be rung for two requests at once, and the list does not say for which: only a volunteer's leg is sure.
  const mayHaveRung = entry.tries > 0 && isVolunteer(action.to);
  const made = mayHaveRung ? await ports.telephone.findRing({ ...call, since: offer.madeAt }) : null;
  if (made !== null && made !== 'unknown') return { outcome: 'done', sid: made };
  // Over the cap people are told, and the ring is made all the same: somebody is waiting for it.
  const [sent, rings] = await Promise.all([
    ports.telephone.ring({ ...call, ringSeconds: action.ringSeconds }),
    counted(ports, { of: 'rings' }),
  ]);
  return { ...sent, reached: await spent(job, 'rings', rings) };
}

/**
 * Rings her, once: what nobody can say for sure is put off and not done again. A phone that rings twice where she lives
 * is worse than one that rings a little later.
 */
async function ringSurvivor(
  job: Job,
  { seq, ringSeconds }: Extract<Action, { kind: 'ring-survivor' }>,
): Promise<Did<CallSid>> {
  const { ports, network, request, line, entry } = job;
  const { survivor } = request.private;
  const taken = takenOffer(request);
  if (survivor === null || taken === null) return badNumber;
  const to = phoneNumberIn(survivor);
  if (!canCallHer(line, survivor, network.settings.limits)) return notAllowed;
  const call = { requestId: request.id, seq, from: line.number, to };
  const made = entry.tries > 0 ? await ports.telephone.findRing({ ...call, since: taken.madeAt }) : null;
  if (made === 'unknown') return { outcome: 'temporary' };
  if (made !== null) return { outcome: 'done', sid: made };
  const [sent, rings] = await Promise.all([
    ports.telephone.ringSurvivor({ ...call, ringSeconds }),
    counted(ports, { of: 'rings' }),
  ]);
  return { ...sent, reached: await spent(job, 'rings', rings) };
}

async function textHelper(
  job: Job,
  to: HelperId,
  text: Text,
  validSeconds: number,
): Promise<Did<MessageSid>> {
  const { ports, network, request } = job;
  const [address, place] = await Promise.all([addressOf(job, to), placeNamedTo(ports, network, request, to)]);
  const language = languageWith(request, to, network);
  const said = await words(language, textBeside(place, text), network);
  return textTo(job, address, language, numberedIf(place, said), validSeconds);
}

async function textSurvivor(job: Job, body: string): Promise<Did<MessageSid>> {
  const { language, private: kept } = job.request;
  return textTo(job, kept.survivor, language, body, TEXT_VALID_SECONDS);
}

async function relay(job: Job, to: 'survivor' | HelperId, body: string): Promise<Did<MessageSid>> {
  if (to === 'survivor') return textSurvivor(job, body);
  const [address, place] = await Promise.all([
    addressOf(job, to),
    placeNamedTo(job.ports, job.network, job.request, to),
  ]);
  const language = languageWith(job.request, to, job.network);
  return textTo(job, address, language, numberedIf(place, body), TEXT_VALID_SECONDS);
}

async function textTo(
  job: Job,
  to: Address | 'no-way' | null,
  language: LanguageId,
  body: string,
  validSeconds: number,
): Promise<Did<MessageSid>> {
  if (to === null) return badNumber;
  const from = to === 'no-way' ? null : lineAddress(job.line, to);
  if (to === 'no-way' || from === null) return { outcome: 'failed', reason: 'refused' };
  const { ports, network, request, entry } = job;
  const { limits } = network.settings;
  if (!mayReachNumber(to, limits)) return notAllowed;
  const content = await contentFor(ports, job.line, to, { body, action: entry.action, language });
  if (content === null) return { outcome: 'failed', reason: 'window-closed' };
  const message = { requestId: request.id, entryId: entry.id, from, to, ...content, validSeconds };
  const held = isAutomaticReply(entry.action) && entry.tries === 0 ? await tooMany(job, to) : null;
  if (held !== null) return held;
  const [sent, texts] = await Promise.all([ports.telephone.text(message), counted(ports, { of: 'texts' })]);
  return { ...sent, reached: await spent(job, 'texts', texts) };
}

/**
 * An automatic reply is the only spending that strangers can steer: it is counted first, and held back over the limit of
 * its number and over the cap of the day. Null: it may be sent.
 */
async function tooMany(job: Job, to: Address): Promise<Did<never> | null> {
  const { ports, network, request } = job;
  const { automaticRepliesAnHour, textsADay } = network.settings.limits;
  const now = ports.clock.now();
  const usedUp = (await countedSoFar(ports, { of: 'texts' })) >= textsADay;
  if (usedUp && (await counted(ports, { of: 'questions-over-cap' })) > questionsAMinuteOverCap(textsADay))
    return heldBack(job, addSeconds(now, between(ports, 60, OVER_CAP_AT_MOST_SECONDS)));
  const replies = await counted(ports, { of: 'automatic-replies', number: to });
  if (replies <= automaticRepliesAnHour) return null;
  const loop = { reason: 'robot-loop', lineId: request.lineId, requestId: null, about: null } as const;
  const reached = (await isTold(ports, loop)) ? [] : [loop];
  return heldBack(job, addSeconds(nextHour(now), between(ports, 0, 60)), reached);
}

/** A question that is over the cap tries its luck again within this time. */
const OVER_CAP_AT_MOST_SECONDS = 900;
const HOUR_MS = 3_600_000;

function nextHour(now: Instant): Instant {
  return instant((Math.floor(now / HOUR_MS) + 1) * HOUR_MS);
}

/** Not all at the same moment. */
function between({ random }: Ports, least: number, most: number): number {
  return least + Math.floor(random() * (most - least));
}

/** The first question is put later; what only says that pictures can not be passed on is left out. */
function heldBack({ entry }: Job, until: Instant, reached: readonly Reached[] = []): Did<never> {
  return isNeutralQuestion(entry.action)
    ? { outcome: 'held-back', until, reached }
    : { outcome: 'failed', reason: 'limited', reached };
}

/** What people have not been told of yet. */
async function spent(
  { ports, network, request }: Job,
  of: 'rings' | 'texts',
  count: number,
): Promise<readonly Reached[]> {
  const { ringsADay, textsADay } = network.settings.limits;
  const reached = capReached(of, count, of === 'rings' ? ringsADay : textsADay);
  if (reached === null) return [];
  const isKnown = await isTold(ports, { ...reached, lineId: request.lineId, requestId: null });
  return isKnown ? [] : [reached];
}

/** Null when she has no number to write to. */
async function addressOf(
  { ports, network, line }: Job,
  helper: HelperId,
): Promise<Address | 'no-way' | null> {
  const known = isVolunteer(helper) ? await ports.directory.waysTo(helper) : contactOf(network, helper);
  const number = known && ('number' in known ? known.number : known.textNumber);
  return known && number && (helperAddress(line, number, known.textBy) ?? 'no-way');
}

async function callNumberOf(ports: Ports, network: Network, helper: HelperId): Promise<PhoneNumber | null> {
  return isVolunteer(helper)
    ? ((await ports.directory.waysTo(helper))?.number ?? null)
    : (contactOf(network, helper)?.callNumber ?? null);
}

/** Words in the language, or in the common one: a text in another language beats none. */
export async function words(language: LanguageId, text: Text, network: Network): Promise<string> {
  const spoken = promptLanguageFor(language);
  return textFor(spoken, text, network, await wordsOf([spoken]));
}
