// The table of the hotline in memory, for the simulator alone: the same conditions as the real one, checked and
// written in one instant. tests/simulation/tables-agree.test.ts holds it against the real engine.
import type { Commit, CommitOutcome, Due, Known, Trace } from '../../shared/app/ports.ts';
import { DUE_SHARDS } from '../../shared/app/ports.ts';
import { nothingCarried, talksEnded } from '../../shared/domain/care.ts';
import type { HelperId, RegionId, RequestId, VolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import type { Network, Settings } from '../../shared/domain/network.ts';
import { type Address, isWhatsapp } from '../../shared/domain/phone.ts';
import { type Conversation, isResting } from '../../shared/domain/places.ts';
import { nothing, type Reply } from '../../shared/domain/reply.ts';
import { type Summary, summaryOf } from '../../shared/domain/report-summary.ts';
import { isToBeCalled, type Request } from '../../shared/domain/request.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import { type Claim, dueAt, mayBeTakenOver } from '../../shared/domain/standing.ts';
import { AFTER_TALK_SECONDS } from '../../shared/domain/timing.ts';
import { candidateFrom, type Duty, inSeconds, leftWith } from './duty.ts';
import { isPending } from './pending.ts';
import { noRows, type Rows, rowsOf } from './rows-of.ts';
import { isNewAmong, type Led, type Route, type TalkRoute } from './text-routes.ts';

/** A row as the index shows it: `before` until the change has come through. */
type Indexed<Row> = { readonly row: Row; readonly before: Row; readonly changedAt: number };
type ToBeCalled = Known['requests'][number] & { readonly graceUntil: Instant | null };
type NumberRow = ToBeCalled & {
  /** An answer to a text by WhatsApp must not go out by SMS, nor the reverse. */
  readonly isWhatsapp: boolean;
  readonly at: Instant;
};

const SAME_BREATH_SECONDS = 30;

export class Tables {
  readonly requests = new Map<RequestId, Request>();
  readonly webhooks = new Map<string, Reply>();
  readonly summaries = new Map<RequestId, Summary>();
  /** In which something is to be done. */
  readonly pending = new Map<RequestId, Request>();
  /** Committed since whoever looks has emptied it. */
  readonly changed = new Map<RequestId, Request>();
  readonly #rows = new Map<RequestId, Rows>();
  readonly #duty = new Map<VolunteerId, Indexed<Duty>>();
  readonly #due = Array.from({ length: DUE_SHARDS }, () => new Map<RequestId, Indexed<Due | null>>());
  /** By number, however it is reached. */
  readonly #numbers = new Map<string, NumberRow[]>();
  /** By number: all in which she is to be called. */
  readonly #toBeCalled = new Map<string, readonly ToBeCalled[]>();
  readonly #helpers = new Map<string, HelperId>();
  readonly #routes = new Map<string, TalkRoute>();
  readonly #coolDowns = new Map<string, Instant>();
  readonly #counts = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  commit({ before, after, at, webhook }: Commit, network: Network): CommitOutcome {
    const { settings } = network;
    if (webhook !== null && this.webhooks.has(webhook.id)) return 'repeated';
    if ((this.requests.get(after.id)?.version ?? 0) !== (before?.version ?? 0)) return 'version-conflict';
    if (!this.#mayOpen(before, after, at)) return 'opened-meanwhile';
    const { claims: held, routes: led } = this.#rowsOf(before, settings);
    const rows = rowsOf(after, settings);
    const { claims: wanted, routes } = rows;
    const opened = routes.filter(route => isNewAmong(route, led));
    if (!wanted.every(claim => this.#mayHold(claim, held, { before, after, at }, settings)))
      return 'claim-conflict';
    if (!opened.every(route => this.#mayLead(route, after, at))) return 'claim-conflict';
    this.requests.set(after.id, after);
    this.#rows.set(after.id, rows);
    this.changed.set(after.id, after);
    if (isPending(after)) this.pending.set(after.id, after);
    else this.pending.delete(after.id);
    if (webhook !== null) this.webhooks.set(webhook.id, webhook.reply);
    this.#setSummary(before, after, network);
    this.#setDue(after, settings);
    this.#setNumber(before, after, at, settings);
    this.#setClaims(held, wanted, after, at, talksEnded(before, after, at));
    this.#setRoutes(led, routes, opened, after, at);
    return 'committed';
  }

  #setSummary(before: Request | null, after: Request, network: Network): void {
    const summary = before?.phase.kind === 'closed' ? null : summaryOf(after, network);
    if (summary !== null) this.summaries.set(after.id, summary);
  }

  #rowsOf(request: Request | null, settings: Settings): Rows {
    if (request === null) return noRows;
    const kept = this.#rows.get(request.id);
    return kept?.of === request ? kept : rowsOf(request, settings);
  }

  areKnown(traces: readonly Trace[]): readonly boolean[] {
    return traces.map(
      ({ requestId, webhookId }) =>
        this.requests.has(requestId) || (webhookId !== null && this.webhooks.has(webhookId)),
    );
  }

  noteAnswered(webhookId: string): void {
    this.webhooks.set(webhookId, nothing);
  }

  // Requests that are due

  dueOf(id: RequestId): Instant | null {
    return this.#due[shardOf(id)]?.get(id)?.row?.dueAt ?? null;
  }

  due(shard: number, at: Instant, lagMs: number): readonly Due[] {
    const found: Due[] = [];
    for (const indexed of this.#due[shard]?.values() ?? []) {
      const row = this.#seen(indexed, lagMs);
      if (row !== null && row.dueAt <= at) found.push(row);
    }
    return found.sort((a, b) => a.dueAt - b.dueAt);
  }

  #setDue(request: Request, settings: Settings): void {
    const due = dueAt(request, settings);
    const rows = this.#due[shardOf(request.id)] as Map<RequestId, Indexed<Due | null>>;
    const indexed = rows.get(request.id);
    if (indexed?.row?.dueAt === due) return;
    const row = due === null ? null : { requestId: request.id, dueAt: due };
    rows.set(request.id, { row, before: indexed?.row ?? null, changedAt: this.#now() });
  }

  // Duty entries and claims

  putVolunteer(
    duty: Omit<Duty, 'lastOfferedAt' | 'claims' | 'left' | 'unreachableUntil' | 'load'>,
    address: Address,
  ): void {
    const known = this.#duty.get(duty.volunteerId)?.row;
    this.#helpers.set(numberOf(address), duty.volunteerId);
    this.#setDuty({
      ...duty,
      unreachableUntil: null,
      lastOfferedAt: known?.lastOfferedAt ?? null,
      claims: known?.claims ?? [],
      left: known?.left ?? [],
      load: known?.load ?? nothingCarried,
    });
  }

  putContact(id: HelperId, address: Address): void {
    this.#helpers.set(numberOf(address), id);
  }

  markUnreachable(id: VolunteerId, until: Instant): void {
    const known = this.#duty.get(id);
    if (known) this.#setDuty({ ...known.row, unreachableUntil: until });
  }

  rest(id: VolunteerId, restUntil: Instant): void {
    const known = this.#duty.get(id)?.row;
    if (known) this.#setDuty({ ...known, load: { ...known.load, restUntil } });
  }

  dutyOf(id: VolunteerId): Duty | null {
    return this.#duty.get(id)?.row ?? null;
  }

  onDuty(regions: readonly RegionId[], at: Instant, lagMs: number): readonly Candidate[] {
    const found: Candidate[] = [];
    for (const indexed of this.#duty.values()) {
      const row = this.#seen(indexed, lagMs);
      if (row.regions.some(region => regions.includes(region)) && row.duty.from <= at && row.duty.until > at)
        found.push(candidateFrom(row, at));
    }
    return found.sort(
      (a, b) => (a.lastOfferedAt ?? 0) - (b.lastOfferedAt ?? 0) || (a.volunteerId < b.volunteerId ? -1 : 1),
    );
  }

  #seen<Row>({ row, before, changedAt }: Indexed<Row>, lagMs: number): Row {
    return lagMs > 0 && changedAt > this.#now() - lagMs ? before : row;
  }

  #setDuty(row: Duty): void {
    const before = this.#duty.get(row.volunteerId)?.row ?? row;
    this.#duty.set(row.volunteerId, { row, before, changedAt: this.#now() });
  }

  #mayHold(
    claim: Claim,
    held: readonly Claim[],
    { before, after, at }: Pick<Commit, 'before' | 'after' | 'at'>,
    { conversationsAtOnce }: Settings,
  ): boolean {
    const was = held.find(({ volunteerId }) => volunteerId === claim.volunteerId);
    const isSame = was?.seq === claim.seq;
    if (isSame && was.leaseUntil === claim.leaseUntil) return true;
    const duty = this.dutyOf(claim.volunteerId);
    if (duty === null) return false;
    const isFree = duty.claims.every(
      ({ place, requestId, until }) => place !== claim.place || until <= at || requestId === after.id,
    );
    if (isSame && before?.phase.kind === 'connected') return true;
    const hasRoom = duty.claims.every(
      ({ place, requestId, until, isConversation }) =>
        place === claim.place ||
        until <= at ||
        requestId === after.id ||
        (isConversation && claim.for !== 'call'),
    );
    if (isSame) return isFree && hasRoom;
    const stays = was === undefined || was.place === claim.place;
    if (!stays && !duty.claims.some(({ place, requestId }) => place === was.place && requestId === after.id))
      return false;
    const isWilling = duty.pausedUntil === null || duty.pausedUntil <= at;
    const isReachable = duty.unreachableUntil === null || duty.unreachableUntil <= at;
    const speaks = was !== undefined || duty.languages.includes(claim.language);
    const isOnDuty = duty.duty.from <= at && duty.duty.until > at;
    const isNumbered = claim.for !== 'call' && conversationsAtOnce > 1;
    const leftAt = duty.left[claim.place];
    const isRested = !isNumbered || leftAt === undefined || !isResting(leftAt, at);
    const others = duty.claims.filter(
      ({ place, requestId, until }) => place !== claim.place && until > at && requestId !== after.id,
    );
    const isNotTooMany = claim.for === 'call' || others.length < conversationsAtOnce;
    return isFree && hasRoom && isRested && isNotTooMany && isWilling && isReachable && speaks && isOnDuty;
  }

  #setClaims(
    held: readonly Claim[],
    wanted: readonly Claim[],
    { id }: Request,
    at: Instant,
    ended: ReturnType<typeof talksEnded>,
  ): void {
    for (const { volunteerId, place, for: what, seq, leaseUntil } of wanted) {
      const was = held.find(each => each.volunteerId === volunteerId);
      const duty = this.dutyOf(volunteerId);
      if (duty === null || (was?.seq === seq && was.leaseUntil === leaseUntil)) continue;
      const there = duty.claims.find(each => each.place === place);
      if (there && there.until > at && there.requestId !== id) continue;
      const lastOfferedAt = was?.seq === seq ? duty.lastOfferedAt : at;
      const isConversation = what === 'conversation';
      const others = duty.claims.filter(
        each => each.place !== place && each.place !== (was?.seq === seq ? null : was?.place),
      );
      const claim = { place, isConversation, requestId: id, seq, until: leaseUntil };
      const goesOnByPhone = was?.for === 'conversation' && was.seq !== seq;
      const left = goesOnByPhone ? leftWith(duty, was.place, at) : duty.left;
      this.#setDuty({ ...duty, lastOfferedAt, claims: [...others, claim], left });
    }
    for (const { volunteerId, place, for: what, seq } of held) {
      if (wanted.some(claim => claim.volunteerId === volunteerId)) continue;
      const duty = this.dutyOf(volunteerId);
      const there = duty?.claims.find(each => each.place === place);
      if (duty === null || there?.requestId !== id || there.seq !== seq) continue;
      const talks = ended.filter(each => each.volunteerId === volunteerId).map(({ talk }) => inSeconds(talk));
      const load = { ...duty.load, talks: [...duty.load.talks, ...talks] };
      const left = what === 'conversation' ? leftWith(duty, place, at) : duty.left;
      this.#setDuty({ ...duty, claims: duty.claims.filter(each => each !== there), left, load });
    }
  }

  // What a number means

  coolDown(address: Address, until: Instant | null): void {
    this.#coolDowns.set(numberOf(address), until ?? instant(0));
  }

  who(address: Address, at: Instant): Known {
    const isLive = ({ graceUntil }: ToBeCalled) => graceUntil === null || graceUntil > at;
    const toBeCalled = (this.#toBeCalled.get(numberOf(address)) ?? []).filter(isLive);
    const isByThisWay = (row: NumberRow) => row.channel === 'voice' || row.isWhatsapp === isWhatsapp(address);
    const isTwice = ({ requestId }: NumberRow) => toBeCalled.some(each => each.requestId === requestId);
    const others = (this.#numbers.get(numberOf(address)) ?? []).filter(
      row => isLive(row) && isByThisWay(row) && !(row.channel === 'voice' && isTwice(row)),
    );
    const requests = [...toBeCalled, ...others];
    return {
      coolingDown: (this.#coolDowns.get(numberOf(address)) ?? 0) > at,
      helper: this.#helpers.get(numberOf(address)) ?? null,
      requests: requests.map(({ lineId, channel, requestId }) => ({ lineId, channel, requestId })),
    };
  }

  #mayOpen(before: Request | null, after: Request, at: Instant): boolean {
    const address = after.private.survivor;
    if (before !== null || address === null || after.channel === 'voice') return true;
    const row = this.#numberRow(address, after);
    return (
      row === undefined ||
      row.graceUntil !== null ||
      row.requestId === after.id ||
      row.at <= addSeconds(at, -SAME_BREATH_SECONDS)
    );
  }

  #setNumber(before: Request | null, after: Request, at: Instant, { graceSeconds }: Settings): void {
    const address = after.private.survivor ?? before?.private.survivor ?? null;
    if (address === null) return;
    const { id: requestId, lineId, channel, phase } = after;
    const graceUntil = phase.kind === 'closed' ? graceEnd(phase.at, graceSeconds) : null;
    this.#setToBeCalled(address, before, after, graceUntil);
    if (before !== null && before.channel !== channel) this.#forget(address, before, at);
    const isOther = before === null || before.channel !== channel;
    const row = this.#numberRow(address, after);
    const justClosed = graceUntil !== null && before !== null && before.phase.kind !== 'closed';
    const isOurs = justClosed && row?.requestId === requestId;
    if (!isOther && !isOurs) return;
    const others = (this.#numbers.get(numberOf(address)) ?? []).filter(each => each !== row);
    const opens = { lineId, channel, requestId, isWhatsapp: isWhatsapp(address), at, graceUntil };
    this.#numbers.set(numberOf(address), [...others, isOurs ? { ...row, graceUntil } : opens]);
  }

  #setToBeCalled(address: Address, before: Request | null, after: Request, graceUntil: Instant | null): void {
    const isKnown = before !== null && isToBeCalled(before);
    if (isKnown === isToBeCalled(after)) return;
    const others = (this.#toBeCalled.get(numberOf(address)) ?? []).filter(row => row.requestId !== after.id);
    const row = { lineId: after.lineId, channel: 'voice', requestId: after.id, graceUntil } as const;
    this.#toBeCalled.set(numberOf(address), isKnown && graceUntil === null ? others : [...others, row]);
  }

  /** It goes on by voice: her texts lead to another. */
  #forget(address: Address, before: Request, at: Instant): void {
    const row = this.#numberRow(address, before);
    if (row?.requestId !== before.id) return;
    const rows = this.#numbers.get(numberOf(address)) ?? [];
    this.#numbers.set(
      numberOf(address),
      rows.map(each => (each === row ? { ...row, graceUntil: at } : each)),
    );
  }

  #numberRow(address: Address, { lineId, channel }: Request): NumberRow | undefined {
    const rows = this.#numbers.get(numberOf(address)) ?? [];
    const isSameWay = (row: NumberRow) => channel === 'voice' || row.isWhatsapp === isWhatsapp(address);
    return rows.find(row => row.lineId === lineId && row.channel === channel && isSameWay(row));
  }

  // Where a helper's text belongs

  routeOf(helper: HelperId, code: string, at: Instant): Route | null {
    const route = this.#routes.get(`${helper} ${code}`);
    return route && route.until > at ? route : null;
  }

  conversationsOf(helper: HelperId, at: Instant): readonly Conversation[] {
    const isKept = ({ until, overAt }: TalkRoute) =>
      overAt === null ? until > at : (Math.ceil(overAt / 1000) + AFTER_TALK_SECONDS) * 1000 > at;
    return [...this.#routes.values()]
      .filter(route => route.helper === helper && route.isTalk && isKept(route))
      .map(({ place, requestId, seq, overAt }) => ({ place, requestId, seq, overAt }))
      .sort((a, b) => a.place - b.place);
  }

  #mayLead({ key, route }: Led, { id }: Request, at: Instant): boolean {
    const row = this.#routes.get(key);
    const isPast = !row || row.overAt !== null || row.until <= at;
    return mayBeTakenOver(route) || isPast || row.requestId === id;
  }

  #setRoutes(
    led: readonly Led[],
    wanted: readonly Led[],
    opened: readonly Led[],
    { id }: Request,
    at: Instant,
  ): void {
    for (const { key, route } of opened) {
      const { helper, place, seq, until, code } = route;
      const isTalk = code === null;
      this.#routes.set(key, { helper, place, isTalk, requestId: id, seq, until, overAt: null });
    }
    for (const { key } of led) {
      const isWanted = wanted.some(each => each.key === key);
      const row = this.#routes.get(key);
      if (isWanted || row?.requestId !== id) continue;
      if (row.isTalk) this.#routes.set(key, { ...row, overAt: at });
      else this.#routes.delete(key);
    }
  }

  // Counts

  counted(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  count(key: string, step = 1): number {
    const count = (this.#counts.get(key) ?? 0) + step;
    this.#counts.set(key, count);
    return count;
  }
}

/** A row's time is kept in whole seconds, rounded up. */
function graceEnd(closedAt: Instant, graceSeconds: number): Instant {
  return instant((Math.ceil(closedAt / 1000) + Math.ceil(graceSeconds)) * 1000);
}

const numberOf = (address: Address): string => address.replace('whatsapp:', '');

/** Any even spread will do here. */
function shardOf(id: RequestId): number {
  return Number.parseInt(id.slice(-4), 16) % DUE_SHARDS;
}
