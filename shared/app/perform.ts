// Does what was committed: rings, texts, redirects, alerts. Finds the numbers only here, at the last moment.
// Never decides anything, and never throws: what did not work is put off, and stays in the outbox.

import type { Action, ActionResult, OutboxEntry } from '../domain/action.ts';
import { type CallSid, type HelperId, isVolunteer, type LanguageId, type MessageSid } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { waveOf } from '../domain/ladder.ts';
import { contactOf, type Line, lineOf, type Network } from '../domain/network.ts';
import { isWornOut, stillWanted } from '../domain/outbox.ts';
import { type Address, isWhatsapp, type PhoneNumber, smsAddress, whatsappAddress } from '../domain/phone.ts';
import { liveOffer, type Request } from '../domain/request.ts';
import { goesToSurvivor } from '../domain/step.ts';
import type { Text } from '../domain/wording.ts';
import { parsePromptLanguage } from '../prompts/languages.ts';
import { textFor } from '../prompts/writing.ts';
import { faultOf } from './fault.ts';
import type { Ports, Sent } from './ports.ts';

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
      for (const entry of entries)
        done.push(
          ports.clock.now() > deadline
            ? { id: entry.id, outcome: 'not-begun' }
            : await performOne(ports, network, request, entry),
        );
      return done;
    }),
  );
  return results.flat();
}

function recipientOf({ id, action }: OutboxEntry): string {
  if (action.kind === 'relay' || action.kind === 'text-helper') return action.to;
  return action.kind === 'text-survivor' ? 'survivor' : `entry ${id}`;
}

async function performOne(
  ports: Ports,
  network: Network,
  request: Request,
  entry: OutboxEntry,
): Promise<ActionResult> {
  const { id, action } = entry;
  try {
    if (!(await isWantedNow(ports, request, action))) return { id, outcome: 'dropped' };
    if (isWornOut(entry)) return { id, outcome: 'failed', reason: 'refused' };
    const outcome = await doIt(
      { ports, network, request, line: lineOf(network, request.lineId), entry },
      action,
    );
    if (outcome.outcome === 'failed' || outcome.outcome === 'unknown')
      ports.log.warn('not-performed', { request: request.id, action: action.kind, outcome: outcome.outcome });
    return resultOf(id, outcome);
  } catch (error) {
    ports.log.error('performing-failed', { request: request.id, action: action.kind, fault: faultOf(error) });
    return { id, outcome: 'later' };
  }
}

/**
 * A text to her is looked at again at the last moment: the ones before it may have taken seconds, in which she may
 * have said stop.
 */
async function isWantedNow(ports: Ports, request: Request, action: Action): Promise<boolean> {
  if (!stillWanted(request, action)) return false;
  if (!goesToSurvivor(action)) return true;
  const { request: now } = await ports.requests.load(request.id, null);
  return now !== null && stillWanted(now, action);
}

function resultOf(id: number, sent: Sent<CallSid | MessageSid | null>): ActionResult {
  switch (sent.outcome) {
    case 'done':
      return { id, outcome: 'done', sid: sent.sid };
    case 'failed':
      return { id, outcome: 'failed', reason: sent.reason };
    default:
      return { id, outcome: 'later' };
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

async function doIt(job: Job, action: Action): Promise<Sent<CallSid | MessageSid | null>> {
  const { ports, request, entry } = job;
  const leg = { requestId: request.id, entryId: entry.id };
  switch (action.kind) {
    case 'ring':
      return ring(job, action);
    case 'text-offer': {
      const { replySeconds } = waveOf(request.ladder, liveOffer(request, action.seq)?.rung ?? 0);
      return textHelper(job, action.to, action.text, replySeconds);
    }
    case 'text-helper':
      return textHelper(job, action.to, action.text, TEXT_VALID_SECONDS);
    case 'text-survivor':
      return textSurvivor(job, words(request.language, action.text, job.network));
    case 'relay':
      return relay(job, action.to, request.private.texts[action.textKey] ?? '');
    case 'redirect-survivor':
      return ports.telephone.redirect(action.callSid, { ...leg, seq: null });
    case 'redirect-helper':
      return ports.telephone.redirect(action.callSid, { ...leg, seq: action.seq });
    case 'end-leg':
      return ports.telephone.hangUp(action.callSid);
    case 'mark-unreachable':
      await ports.roster.markUnreachable(action.volunteerId);
      return done;
    case 'alert': {
      const { audience, severity, reason } = action;
      const alert = { requestId: request.id, audience, severity, reason, region: request.region };
      return (await ports.alerts.publish(alert)) === 'done' ? done : { outcome: 'temporary' };
    }
  }
}

/**
 * Rings, once. After an attempt whose outcome nobody knows, the leg is looked for first; when it cannot be found
 * the phone rings again: twice is better than not at all.
 */
async function ring(job: Job, action: Extract<Action, { kind: 'ring' }>): Promise<Sent<CallSid>> {
  const { ports, network, request, line, entry } = job;
  const to = await numberOf(ports, network, action.to, 'call');
  const offer = liveOffer(request, action.seq);
  if (to === null || offer === null) return badNumber;
  const call = { requestId: request.id, seq: action.seq, from: line.number, to };
  // A desk may be rung for two requests at once, and the list does not say for which: only a volunteer's leg is sure.
  const mayHaveRung = entry.tries > 0 && isVolunteer(action.to);
  const made = mayHaveRung ? await ports.telephone.findRing({ ...call, since: offer.madeAt }) : null;
  if (made !== null) return { outcome: 'done', sid: made };
  return ports.telephone.ring({ ...call, ringSeconds: action.ringSeconds });
}

async function textHelper(
  job: Job,
  to: HelperId,
  text: Text,
  validSeconds: number,
): Promise<Sent<MessageSid>> {
  const language = isVolunteer(to) ? job.request.language : contactOf(job.network, to).language;
  return textTo(job, await addressOf(job, to), words(language, text, job.network), validSeconds);
}

async function textSurvivor(job: Job, body: string): Promise<Sent<MessageSid>> {
  return textTo(job, job.request.private.survivor, body, TEXT_VALID_SECONDS);
}

async function relay(job: Job, to: 'survivor' | HelperId, body: string): Promise<Sent<MessageSid>> {
  return to === 'survivor'
    ? textSurvivor(job, body)
    : textTo(job, await addressOf(job, to), body, TEXT_VALID_SECONDS);
}

async function textTo(
  job: Job,
  to: Address | null,
  body: string,
  validSeconds: number,
): Promise<Sent<MessageSid>> {
  if (to === null) return badNumber;
  const from = lineAddress(job.line, to);
  if (from === null) return { outcome: 'failed', reason: 'refused' };
  const { request, entry } = job;
  return job.ports.telephone.text({ requestId: request.id, entryId: entry.id, from, to, body, validSeconds });
}

/** The line's own address on the channel of whoever is written to. */
export function lineAddress(line: Line, to: Address): Address | null {
  if (!isWhatsapp(to)) return smsAddress(line.number);
  return line.whatsappNumber === null ? null : whatsappAddress(line.whatsappNumber);
}

async function addressOf({ ports, network, line }: Job, helper: HelperId): Promise<Address | null> {
  const number = await numberOf(ports, network, helper, 'text');
  if (number === null) return null;
  const byWhatsapp = isVolunteer(helper) && (await ports.directory.volunteer(helper))?.textBy === 'whatsapp';
  return byWhatsapp && line.whatsappNumber !== null ? whatsappAddress(number) : smsAddress(number);
}

async function numberOf(
  ports: Ports,
  network: Network,
  helper: HelperId,
  way: 'call' | 'text',
): Promise<PhoneNumber | null> {
  if (isVolunteer(helper)) return (await ports.directory.volunteer(helper))?.number ?? null;
  const contact = contactOf(network, helper);
  return way === 'call' ? contact.callNumber : contact.textNumber;
}

/** Words in the language, or in the first one that has any: a text in another language beats none. */
export function words(language: LanguageId, text: Text, network: Network): string {
  return textFor(parsePromptLanguage(language) ?? 'ru', text, network);
}
