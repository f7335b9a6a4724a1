// The one loop: load, decide, commit, perform, report what was performed. Every trigger goes through here.
// Conflicts are normal and decide again; nothing is performed that was not committed first.

import type { Decided, NotOpened } from '../domain/decide.ts';
import { decide } from '../domain/decide.ts';
import type { Event } from '../domain/event.ts';
import type { RequestId } from '../domain/ids.ts';
import { addSeconds } from '../domain/instant.ts';
import type { Network } from '../domain/network.ts';
import { nothing, type Reply } from '../domain/reply.ts';
import { type Request, takesTexts, withChanges } from '../domain/request.ts';
import type { Roster } from '../domain/roster.ts';
import { wakeUpsAfter } from '../domain/standing.ts';
import type { Input } from '../domain/step.ts';
import type { Note } from '../domain/timeline.ts';
import { CONFLICTS_AT_MOST } from '../domain/timing.ts';
import { perform } from './perform.ts';
import type { Ports, WebhookId } from './ports.ts';
import { nothingAhead, type ReadAhead } from './read-ahead.ts';
import { readRoster } from './read-roster.ts';

export type Happening = {
  readonly requestId: RequestId;
  readonly event: Event;
  /** Null for what is harmless to repeat: wake-ups and reports of our own work. */
  readonly webhookId: WebhookId | null;
};

export type Handled = {
  /** Null when the event belongs to no request. */
  readonly request: Request | null;
  readonly reply: Reply;
  /** The event was late or made no sense there, and changed nothing but the timeline. */
  readonly ignored: boolean;
  /** What the event itself led to, as the timeline has it. */
  readonly notes: readonly Note[];
};

/** Another text of the same number has just opened a request. Nothing was committed: look the number up again. */
export class OpenedMeanwhile extends Error {
  override readonly name = 'OpenedMeanwhile';
}

/** Lost races for the version are retried a little longer than lost races for a volunteer. */
const ATTEMPTS = CONFLICTS_AT_MOST + 5;

/**
 * Nothing is begun later than this after the commit. What was begun then may take two REST requests of 3 s, and a
 * function lives for 10 s: it always reports what it did. Somebody is waiting on the line meanwhile.
 */
const PERFORM_SECONDS = 2.5;

/** Work leads to reports, and reports to work (a leg that must be ended again): never more rounds than this. */
const ROUNDS = 6;

/**
 * Applies one event to one request. Throws only when the store cannot be reached or every attempt lost its race:
 * then nothing was committed, and whoever called may call again.
 */
export async function handleEvent(
  ports: Ports,
  happening: Happening,
  ahead: ReadAhead = nothingAhead,
): Promise<Handled> {
  const network = await ports.networks.network();
  const first = await commitEvent(ports, network, happening, nothingToDo, ahead);
  const request = await performAll(ports, network, first);
  return { request, reply: first.reply, ignored: first.ignored, notes: first.notes };
}

type Work = Decided['work'];
const nothingToDo: Work = [];

/** Performs, and reports, until nothing is left to do; returns what the request is then. */
async function performAll(ports: Ports, network: Network, first: Committed): Promise<Request | null> {
  const deadline = addSeconds(ports.clock.now(), PERFORM_SECONDS);
  let { after, work } = first;
  for (let round = 0; after !== null && work.length > 0 && round < ROUNDS; round += 1) {
    const results = await perform(ports, network, after, work, deadline);
    const report: Happening = {
      requestId: after.id,
      event: { kind: 'actions-performed', results },
      webhookId: null,
    };
    // What was committed a moment ago is what stands there, or the commit is refused and it is read.
    const known = Promise.resolve({ request: after, storedReply: null });
    const reported = await commitEvent(ports, network, report, work, {
      ...nothingAhead,
      loaded: () => known,
    });
    ({ after, work } = { after: reported.after ?? after, work: reported.work });
  }
  return after;
}

type Committed = {
  readonly before: Request | null;
  readonly after: Request | null;
  readonly work: Work;
  readonly reply: Reply;
  readonly ignored: boolean;
  readonly notes: readonly Note[];
};

/**
 * `reported`: the work that the event tells about, for which nobody need be woken any more. `ahead` is for the first
 * attempt: what it was wrong about is read by the next.
 */
async function commitEvent(
  ports: Ports,
  network: Network,
  happening: Happening,
  reported: Work,
  ahead: ReadAhead,
): Promise<Committed> {
  let conflicts = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { loaded, roster } = attempt === 0 ? ahead : nothingAhead;
    const { requestId, webhookId } = happening;
    const { request: before, storedReply } = await (loaded() ?? ports.requests.load(requestId, webhookId));
    if (storedReply) {
      // Whoever took effect first may have died before asking to be woken.
      await wakeWhenDue(ports, network, null, before);
      return { before, after: before, work: nothingToDo, reply: storedReply, ignored: false, notes: [] };
    }
    const now = ports.clock.now();
    const input = { now, network, conflicts };
    const decided = await decideWithRoster(ports, before, happening.event, input, roster);
    if (decided.request === null)
      return { before, after: null, work: nothingToDo, reply: nothing, ignored: true, notes: [] };
    const { request, reply, notes, work } = decided;
    const ignored = notes.some(({ note }) => note === 'ignored');
    if (request === before && notes.length === 0 && !leavesItsName(before, happening.event))
      return { before, after: before, work: nothingToDo, reply, ignored, notes };
    const after = withChanges(request, { version: (before?.version ?? 0) + 1 });
    // An event that was ignored had no effect to be repeated; and a text that came too late opens a request of its own.
    const isForgotten = webhookId === null || (ignored && !isKeyOfHers(happening.event));
    const webhook = isForgotten ? null : { id: webhookId, reply };
    // Beside the commit, not after it: whoever dies of it, or of the work, has already asked to be looked for.
    const [outcome] = await Promise.all([
      ports.requests.commit({ before, after, at: now, notes, webhook }, network),
      wakeWhenDue(ports, network, before && without(before, reported), without(after, work)),
    ]);
    if (outcome === 'committed') return { before, after, work, reply, ignored, notes };
    if (outcome === 'opened-meanwhile') throw new OpenedMeanwhile();
    if (outcome === 'claim-conflict') conflicts += 1;
    ports.log.info('conflict', { request: happening.requestId, outcome, attempt });
  }
  throw new Error('every attempt lost its race');
}

/** A key that meant nothing when she pressed it must not, when it comes once more, answer what she was asked since. */
function isKeyOfHers(event: Event): boolean {
  return event.kind === 'caller-waited' && event.digit !== null;
}

/**
 * A text that was taken in leaves its name even when it changed nothing: otherwise the reconciler would find it in the
 * network's books, take it for lost, and say it again when it means something else.
 */
function leavesItsName(before: Request | null, { kind }: Event): boolean {
  if (before === null) return false;
  if (kind === 'survivor-texted') return takesTexts(before);
  return kind === 'helper-texted' && before.phase.kind !== 'closed';
}

/** Reads as much of the roster as the decision asks for: an exact match costs a few of one region, a wider one more. */
async function decideWithRoster(
  ports: Ports,
  before: Request | null,
  event: Event,
  { now, network, conflicts }: Pick<Input, 'now' | 'network' | 'conflicts'>,
  ahead: ReadAhead['roster'],
): Promise<Decided | NotOpened> {
  const luck = ports.random();
  let roster: Roster = {};
  for (;;) {
    const decided = decide(before, event, { now, network, conflicts, luck, roster });
    if (decided.needs === null) return decided;
    const read = await (ahead(decided) ?? readRoster(ports.roster, network, decided, now, roster));
    roster = { ...roster, ...read };
  }
}

/** What there is to do beyond that work. */
function without(request: Request, work: Work): Request {
  return work.length === 0
    ? request
    : withChanges(request, { outbox: request.outbox.filter(({ id }) => !work.some(each => each.id === id)) });
}

/** Asks to be woken for what is due now and was not asked for before. */
async function wakeWhenDue(
  ports: Ports,
  { settings }: Network,
  before: Request | null,
  after: Request | null,
): Promise<void> {
  const instants = after === null ? [] : wakeUpsAfter(before, after, settings);
  if (after !== null && instants.length > 0) await ports.wakeUps.at(after.id, instants, ports.clock.now());
}
