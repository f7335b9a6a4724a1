// Looks at every commit, every meeting of two people and everything that is sent, and holds it against the
// invariants S1 to S8 of docs/architecture.md. Judges for itself: it uses none of the functions that decide.
import type { Alert, Commit, Log, LogFields, Telephone } from '../../shared/app/ports.ts';
import { isVolunteer, type RequestId, type VolunteerId } from '../../shared/domain/ids.ts';
import type { Contact, Network } from '../../shared/domain/network.ts';
import type { Address, PhoneNumber } from '../../shared/domain/phone.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import type { Offer, Request } from '../../shared/domain/request.ts';
import { wrongByHand } from './by-hand.ts';
import type { OfferedNote } from './can-speak.ts';
import type { Figures, Violation } from './figures.ts';
import { whyNotToAsk } from './may-be-asked.ts';
import type { Leg } from './phones.ts';
import { Silence } from './silence.ts';
import type { Tables } from './tables.ts';
import type { VirtualTime } from './virtual-time.ts';
import { isQuestion } from './writer.ts';

/** A bug, not a fault of the world. */
const PROGRAMMING: ReadonlySet<string> = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
]);
/** What handlers throw on purpose, to be called again. */
const EXPECTED: ReadonlySet<string> = new Set([
  'every attempt lost its race',
  'two requests of one number',
  'a helper rung for a request that nobody knows',
]);

/** No window in which people are told once is longer. */
const DAY_MS = 86_400_000;
/** Longer than any function lives: what it had begun before is over by then. */
const IN_FLIGHT_MS = 15_000;
/** Between two functions whose clocks are five minutes wrong, one ahead and one behind. */
const SKEWED_AT_MOST_MS = 600_000;

type Hold = { readonly isConversation: boolean; readonly isCall: boolean; readonly place: number };

export class Watch {
  readonly violations: Violation[] = [];
  readonly silence: Silence;
  readonly #time: VirtualTime;
  readonly #tables: Tables;
  readonly #network: Network;
  readonly #figures: Figures;
  readonly #startedAt: number;
  readonly #holders = new Map<VolunteerId, Map<RequestId, Hold>>();
  readonly #replies = new Map<string, { readonly reply: Reply; readonly at: number }>();
  /** Rings that have stood in an outbox that was committed. */
  readonly #causes = new Set<string>();
  /** When each offer ended and each request closed, in true time; null while they have not. */
  readonly #offers = new Map<string, number | null>();
  /** Request and volunteer: whom a manager chose for a talk in writing is also rung for it when it becomes a call. */
  readonly #assigned = new Set<string>();
  readonly #closedAt = new Map<RequestId, number>();
  /** When it was agreed last how she may be reached: what she says after a stop counts. */
  readonly #agreedAt = new Map<RequestId, number>();
  /** Requests that a manager has ended by force: whoever was in one has not been lost by us. */
  readonly endedByHand = new Set<RequestId>();
  readonly #alertsWanted = new Set<string>();
  readonly #alertsLeftOut = new Set<string>();
  readonly #lastToldAt = new Map<string, number>();
  #alertsPublished = 0;
  /** When each request came to its present rung, in true time. */
  readonly #rungSince = new Map<RequestId, number>();

  /** Null when its first phone has been rung. */
  readonly #searchedSince = new Map<RequestId, number | null>();

  constructor(time: VirtualTime, tables: Tables, network: Network, figures: Figures) {
    this.#time = time;
    this.#tables = tables;
    this.#network = network;
    this.#figures = figures;
    this.#startedAt = time.now;
    this.silence = new Silence(time, network.settings.quietSeconds, SKEWED_AT_MOST_MS);
  }

  broken(invariant: string, what: string): void {
    this.violations.push({ invariant, afterMs: this.#time.now - this.#startedAt, what });
    this.#figures.violation(invariant);
  }

  committed(commit: Commit): void {
    const { before, after, webhook } = commit;
    this.#figures.mix(this.#time.now);
    this.#figures.mix(after.version);
    this.#onceEach(webhook);
    this.#heldOnce(before, after);
    this.#endsOnce(before, after);
    if (before === null && webhook !== null) this.silence.opened(after.private.survivor, webhook.id);
    const wrong = wrongByHand(commit);
    if (wrong !== null) this.broken('by-hand', wrong);
    for (const { id, action } of after.outbox) {
      if (action.kind === 'ring') this.#causes.add(offerKey(after.id, action.seq));
      if (action.kind === 'alert' && !this.#alertsLeftOut.has(offerKey(after.id, id)))
        this.#alertsWanted.add(offerKey(after.id, id));
    }
    for (const note of commit.notes) {
      if (note.note === 'offered') this.#mayBeAsked(note, commit);
      if (note.note === 'not-performed' && note.because === 'told-before')
        this.#wasTold(note.entryId, before);
      if (note.note === 'rung-passed' && note.because === 'time-over') this.#rungEnded(note.rung, before);
      if (note.note === 'contact-rules-set') this.#agreedAt.set(after.id, this.#time.now);
      if (note.note === 'rung-reached') this.#rungSince.set(after.id, this.#time.now);
      if (note.note === 'search-started' || note.note === 'rung' || note.note === 'texted')
        this.#firstRing(after.id, note.note === 'search-started');
      if (note.note === 'by-hand') this.#figures.count(`${note.act} ${note.came}`);
      if (note.note === 'limits-bent') this.#figures.count('limits bent');
      if (note.note === 'call-asked') this.#figures.count('asked for a call');
      if (note.note === 'called-instead') this.#figures.count('called instead of texted');
      if (note.note === 'opened') this.#figures.count(`opened by ${note.channel}`);
      if (note.note === 'closed') this.#closed(after, note.because);
    }
  }

  // S4: a webhook has its effect once, and the repeat gets the same reply

  #onceEach(webhook: Commit['webhook']): void {
    if (webhook === null) return;
    if (this.#replies.has(webhook.id)) this.broken('S4', 'a webhook had its effect twice');
    this.#replies.set(webhook.id, { reply: webhook.reply, at: this.#time.now });
  }

  /** Of two deliveries at once the one that changes nothing is no repeat: only what begins after the effect is. */
  answered(webhookId: string, reply: Reply, instanceSince: number): void {
    const first = this.#replies.get(webhookId);
    if (first === undefined || first.reply === reply || instanceSince <= first.at) return;
    if (JSON.stringify(first.reply) !== JSON.stringify(reply))
      this.broken('S4', 'a repeated webhook was answered otherwise');
  }

  // S1, S2: one survivor, one helper

  #heldOnce(before: Request | null, after: Request): void {
    const was = before === null ? [] : volunteersOf(before);
    const is = volunteersOf(after);
    for (const id of was) if (!is.includes(id)) this.#holders.get(id)?.delete(after.id);
    if (new Set(is).size !== is.length) this.broken('S2', 'a volunteer has two offers of one request');
    for (const { to, by, place } of offersOf(after)) {
      if (!isVolunteer(to)) continue;
      const holders = this.#holders.get(to) ?? new Map<RequestId, Hold>();
      const isConversation = after.phase.kind === 'connected' && by === 'text';
      this.#holders.set(to, holders.set(after.id, { isConversation, isCall: by === 'call', place }));
      this.#mayHoldBeside([...holders.values()]);
    }
  }

  /** One offer or call alone; or conversations by text, each at a place of its own, and at most one offer beside them. */
  #mayHoldBeside(holds: readonly Hold[]): void {
    const atMost = this.#network.settings.conversationsAtOnce;
    const others = holds.filter(({ isConversation }) => !isConversation);
    if (holds.length > atMost) this.broken('S2', 'more requests hold a volunteer than she may have at once');
    if (others.length > 1) this.broken('S2', 'two requests hold one volunteer');
    if (others.some(({ isCall }) => isCall) && holds.length > 1)
      this.broken('S2', 'a volunteer has a call and something beside it');
    if (new Set(holds.map(({ place }) => place)).size !== holds.length)
      this.broken('S2', 'two conversations of a volunteer have one number');
  }

  met(survivor: Leg, helper: Leg): void {
    const current = this.#tables.requests.get(survivor.requestId);
    const isHers = current?.phase.kind === 'connected' && current.phase.offer.seq === helper.seq;
    // Whoever hangs up this instant may leave the other alone in the room for a moment; nobody else may come in.
    if (!isHers && current?.phase.kind === 'connected')
      this.broken('S1', 'a survivor meets a helper while the request has another');
    if (helper.requestId !== survivor.requestId)
      this.broken('S1', 'a helper meets a survivor of another request');
  }

  /** Knowingly added: by an offer of this very talk. */
  joined(survivor: Leg, other: Leg): void {
    const current = this.#tables.requests.get(survivor.requestId);
    const isAdded =
      current?.phase.kind === 'connected' &&
      current.phase.joining.some(({ joined }) => joined?.offer.seq === other.seq);
    if (current?.phase.kind === 'connected' && !isAdded) this.broken('S1', 'in a talk, and never added');
    this.#figures.count('joined by an interpreter');
  }

  legEnded({ seq }: Leg): void {
    this.#figures.mix(seq ?? 0);
  }

  // S3: only whoever may be asked, judged at that moment

  #mayBeAsked(note: OfferedNote, { after, at }: Commit): void {
    this.#offers.set(offerKey(after.id, note.seq), null);
    const duty = isVolunteer(note.to) ? this.#tables.dutyOf(note.to) : null;
    if (!isVolunteer(note.to)) this.#mayBeCalledIn(note, after);
    else {
      const pair = `${after.id} ${note.to}`;
      if (note.as === 'assigned') this.#assigned.add(pair);
      const byHand = this.#assigned.has(pair);
      this.#mustNotBe(whyNotToAsk(note, duty, { after, at, byHand }, this.#network));
    }
  }

  #mustNotBe(why: string | null): void {
    if (why !== null) this.broken('S3', `offered to a volunteer who is ${why}`);
  }

  // S6: no police without her word

  #mayBeCalledIn({ to, rung: index }: OfferedNote, { consent, ladder, danger }: Request): void {
    const { kind } = this.#network.contacts.find(({ id }) => id === to) as Contact;
    if (kind === 'manager') return;
    const given =
      kind === 'police' ? consent.police?.given === true : consent[kind as 'legal']?.given === true;
    const rung = ladder.rungs.find(each => each.kind === 'contact' && each.contactKind === kind);
    const assumed = rung?.kind === 'contact' && rung.consent === 'assumed';
    if (!given && !assumed)
      this.broken('S6', `a ${kind} was called in without consent (rung ${index}, ${danger})`);
  }

  // S5: nothing without a committed cause, nothing for what is long over

  rings(requestId: RequestId, seq: number, from: PhoneNumber): void {
    const endedAt = this.#offers.get(offerKey(requestId, seq));
    if (!this.#causes.has(offerKey(requestId, seq)))
      this.broken('S5', 'a phone rings without a committed cause');
    else if (endedAt != null && this.#time.now - endedAt > IN_FLIGHT_MS)
      this.broken('S5', 'a phone rings for an offer that is long over');
    this.#isOurs(from);
  }

  // S7: she is called only as she agreed. Judged by her own words and a clock of this page: all of this country is at +5

  ringsHer({ requestId, seq, from, to }: Parameters<Telephone['ring']>[0]): void {
    const request = this.#tables.requests.get(requestId);
    const rules = request?.rules ?? null;
    const stoppedAt = this.silence.stoppedAt(to as string as Address);
    const hasStopped = stoppedAt !== undefined && stoppedAt > (this.#agreedAt.get(requestId) ?? 0);
    const why = [
      hasStopped && this.#time.now - stoppedAt > IN_FLIGHT_MS && 'who has said stop',
      rules !== null && rules.until + SKEWED_AT_MOST_MS < this.#time.now && 'when what she agreed to is over',
      rules?.hours && !isAbout(this.#time.now, rules.hours) && 'outside the hours that she agreed to',
      rules !== null && rules.callDigit === null && 'who has not agreed to a call',
    ].find(Boolean);
    if (why) this.broken('S7', `a survivor is called ${why}`);
    if (!this.#causes.has(offerKey(requestId, seq)))
      this.broken('S5', 'her phone rings without a committed cause');
    this.#isOurs(from);
    this.#figures.count('calls to survivors');
  }

  /** Somebody else has her phone, and is put through all the same. */
  mistaken(): void {
    this.broken('S7', 'somebody else was put through in her place');
  }

  // S7: silence after the end and after a stop. S8: no number where it must not be

  texts(text: Parameters<Telephone['text']>[0], instanceSince: number): void {
    const { requestId, from, to } = text;
    const body = text.body ?? '';
    if (/\+\d{9}/.test(body)) this.broken('S8', 'a number stands in a text');
    this.#isOurs(from);
    const stoppedAt = this.silence.stoppedAt(to);
    if (stoppedAt !== undefined && instanceSince > stoppedAt)
      this.broken('S7', 'a survivor is texted although she has said stop');
    const request = requestId === null ? undefined : this.#tables.requests.get(requestId);
    if (request === undefined || request.private.survivor !== to) return;
    const closedAt = this.#closedAt.get(request.id);
    if (closedAt !== undefined && instanceSince > closedAt)
      this.broken('S7', 'a survivor is texted after her request was closed');
    this.#isGoodFor(to, body);
    this.#figures.count('texts to survivors');
  }

  /** After a silence nothing but the question. */
  #isGoodFor(to: Address, body: string): void {
    if (!isQuestion(body) && this.#time.now > this.silence.goodUntil(to) + SKEWED_AT_MOST_MS + IN_FLIGHT_MS)
      this.broken('S7', 'a survivor reads more than the question after a silence');
  }

  #isOurs(from: string): void {
    const isLine = this.#network.lines.some(
      ({ number, whatsappNumber }) =>
        from.endsWith(number) || (whatsappNumber !== null && from.endsWith(whatsappNumber)),
    );
    if (!isLine) this.broken('S8', 'a number that is not a line shows on a phone');
  }

  // Errors that nobody planned

  threw(error: unknown): void {
    const isExpected = error instanceof Error && (error.name === 'Refused' || EXPECTED.has(error.message));
    if (!isExpected) this.broken('threw', error instanceof Error ? error.name : 'no error');
  }

  readonly log: Log = {
    info: (event, fields) => this.#logged(event, fields),
    warn: (event, fields) => this.#logged(event, fields),
    error: (event, fields) => this.#logged(event, fields),
  };

  #logged(event: string, fields: LogFields = {}): void {
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'string' && /\+7|S: |H: /.test(value))
        this.broken('S8', `a number or a word in the log of ${event}`);
    }
    if (PROGRAMMING.has(String(fields['fault'] ?? '')))
      this.broken('threw', `${fields['fault']} in ${event}`);
    if (event === 'record-damaged' || event === 'queue-nonsense') this.broken('log', event);
  }

  alerted(alert: Alert): 'done' {
    this.#lastToldAt.set(alert.reason, this.#time.now);
    if (JSON.stringify(alert).includes('+7')) this.broken('S8', 'a number in an alert');
    this.#figures.count(`alert ${alert.reason}`);
    this.#alertsPublished += 1;
    return 'done';
  }

  /** An alert may be left out only when people have heard of the same not long ago. */
  #wasTold(entryId: number, before: Request | null): void {
    const entry = before?.outbox.find(({ id }) => id === entryId);
    if (before === null || entry?.action.kind !== 'alert') return;
    const toldAt = this.#lastToldAt.get(entry.action.reason);
    if (toldAt === undefined || this.#time.now - toldAt > DAY_MS) return;
    this.#alertsWanted.delete(offerKey(before.id, entryId));
    this.#alertsLeftOut.add(offerKey(before.id, entryId));
  }

  /** Every alert that was committed has been published, once at least. */
  everythingWasSaid(): void {
    if (this.#alertsPublished < this.#alertsWanted.size)
      this.broken('L2', `${this.#alertsWanted.size - this.#alertsPublished} alerts were never published`);
  }

  // Ends

  #endsOnce(before: Request | null, after: Request): void {
    const still = offersOf(after);
    for (const { seq } of before === null ? [] : offersOf(before))
      if (!still.some(offer => offer.seq === seq)) this.#offers.set(offerKey(after.id, seq), this.#time.now);
    if (before?.phase.kind === 'closed' && after.phase.kind !== 'closed')
      this.broken('closed', 'a closed request was opened again');
  }

  #closed({ id, phase, channel }: Request, because: string): void {
    this.#closedAt.set(id, this.#time.now);
    if (because === 'by-manager') this.endedByHand.add(id);
    this.#figures.count(`closed ${because}`);
    if (phase.kind === 'closed' && channel === 'voice') this.#figures.rungsClimbed.add(phase.rung);
  }

  /** Once for each request: the time of the first ring behind its first search. */
  #firstRing(id: RequestId, isSearch: boolean): void {
    const since = this.#searchedSince.get(id);
    if (isSearch && since === undefined) this.#searchedSince.set(id, this.#time.now);
    if (isSearch || since === undefined || since === null) return;
    this.#searchedSince.set(id, null);
    this.#figures.timeToFirstRing.add((this.#time.now - since) / 1000);
  }

  /** How late the next rung comes. A deadline set by a clock that is wrong can not have passed before it was set. */
  #rungEnded(index: number, before: Request | null): void {
    if (before?.phase.kind !== 'searching' || before.phase.rung !== index) return;
    const rung = before.ladder.rungs[index];
    if (rung === undefined) return;
    const setAt = this.#rungSince.get(before.id) ?? before.phase.rungSince;
    const deadline = Math.max(setAt, before.phase.rungSince + rung.rungSeconds * 1000);
    this.#figures.timeToNextRung.add(Math.max(0, (this.#time.now - deadline) / 1000));
  }
}

const MINUTE_MS = 60_000;
const ZONE_MS = 5 * 60 * MINUTE_MS;

function isAbout(now: number, { from, until }: { readonly from: number; readonly until: number }): boolean {
  const minute = Math.floor((now + ZONE_MS) / MINUTE_MS) % 1440;
  const slack = SKEWED_AT_MOST_MS / MINUTE_MS;
  return minute >= from - slack && minute <= until + slack;
}

function offersOf({ phase }: Request): readonly Offer[] {
  if (phase.kind === 'searching') return phase.offers;
  if (phase.kind !== 'connected') return [];
  return [
    phase.offer,
    ...phase.joining.flatMap(({ offers, joined }) => [...offers, joined?.offer ?? []].flat()),
  ];
}

function volunteersOf(request: Request): readonly VolunteerId[] {
  return offersOf(request)
    .map(({ to }) => to)
    .filter(isVolunteer);
}

const offerKey = (requestId: RequestId, seq: number): string => `${requestId} ${seq}`;
