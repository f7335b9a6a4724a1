// The table as one run of a function sees it: each read and write takes a moment and may fail. Methods, not closures: an
// instance lives for a dozen effects, and there are thirty to a request.
import type {
  Commit,
  CommitOutcome,
  Counter,
  Counters,
  Directory,
  Due,
  HelperRoute,
  Known,
  Loaded,
  RequestStore,
  RosterStore,
  Trace,
  WaysTo,
  WebhookId,
} from '../../shared/app/ports.ts';
import type { DutyWish } from '../../shared/domain/duty-wish.ts';
import type { HelperId, RegionId, RequestId, VolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { type Address, smsAddress } from '../../shared/domain/phone.ts';
import type { Conversation } from '../../shared/domain/places.ts';
import type { Candidate, NextInTurn } from '../../shared/domain/roster.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import type { Effect, Fault } from './faults.ts';
import type { Instance } from './instance.ts';
import type { Scene } from './scene.ts';

const INDEX_LAG_MS = 2_000;
const UNREACHABLE_SECONDS = 86_400;
/** Few: so that a world of thirty volunteers has decisions that need more of them. */
const NEXT_IN_TURN = 4;

export class SimulatedStore implements RequestStore, RosterStore, Directory, Counters {
  readonly #run: Instance;
  readonly #scene: Scene;

  constructor(run: Instance, scene: Scene) {
    this.#run = run;
    this.#scene = scene;
  }

  #at<Result>(effect: Effect, apply: (fault: Fault | null) => Result): Promise<Result> {
    return this.#run.effect(effect, 'table', apply, null);
  }

  #lag(fault: Fault | null): number {
    return fault === 'stale' ? this.#scene.chance.between(1, INDEX_LAG_MS) : 0;
  }

  // Requests

  load(id: RequestId, webhookId: WebhookId | null): Promise<Loaded> {
    const { tables } = this.#scene;
    return this.#at('load', () => ({
      request: tables.requests.get(id) ?? null,
      storedReply: (webhookId !== null && tables.webhooks.get(webhookId)) || null,
    }));
  }

  areKnown(traces: readonly Trace[]): Promise<readonly boolean[]> {
    return this.#at('read', () => this.#scene.tables.areKnown(traces));
  }

  noteAnswered(webhookId: WebhookId): Promise<void> {
    return this.#at('write', () => this.#scene.tables.noteAnswered(webhookId));
  }

  commit(commit: Commit): Promise<CommitOutcome> {
    return this.#at('commit', fault => this.#commit(commit, fault));
  }

  #commit(commit: Commit, fault: Fault | null): CommitOutcome {
    const { tables, watch, chance, networkNow } = this.#scene;
    if (fault === 'conflict') return chance.is(0.5) ? 'version-conflict' : 'claim-conflict';
    const outcome = tables.commit(commit, networkNow());
    if (outcome === 'committed') watch.committed(commit);
    return outcome;
  }

  due(shard: number, at: Instant): Promise<readonly Due[]> {
    return this.#at('index', fault => this.#scene.tables.due(shard, at, this.#lag(fault)));
  }

  async timeline(): Promise<readonly never[]> {
    return [];
  }

  // Volunteers

  onDuty(regions: readonly RegionId[], at: Instant): Promise<readonly Candidate[]> {
    return this.#at('index', fault => this.#scene.tables.onDuty(regions, at, this.#lag(fault)));
  }

  nextInTurn(regions: readonly RegionId[], at: Instant): Promise<NextInTurn> {
    return this.#at('index', fault => {
      const all = this.#scene.tables.onDuty(regions, at, this.#lag(fault));
      return { candidates: all.slice(0, NEXT_IN_TURN), isAll: all.length <= NEXT_IN_TURN };
    });
  }

  rollDuty(): Promise<readonly VolunteerId[]> {
    return this.#at('write', () => []);
  }

  rest(id: VolunteerId, until: Instant): Promise<void> {
    return this.#at('write', () => this.#scene.tables.rest(id, until));
  }

  wishDuty(id: VolunteerId, wish: DutyWish, at: Instant): Promise<void> {
    return this.#at('write', () => this.#wishDuty(id, wish, at));
  }

  /** As a manager's edit: the pause is all that differs. */
  #wishDuty(id: VolunteerId, wish: DutyWish, at: Instant): void {
    const { tables, volunteers, figures } = this.#scene;
    const [known, duty] = [volunteers.get(id), tables.dutyOf(id)];
    if (known === undefined || duty === null) return;
    figures.count(`said ${wish.wish}`);
    tables.putVolunteer({ ...duty, pausedUntil: pausedBy(wish, duty.duty, at) }, smsAddress(known.number));
  }

  markUnreachable(id: VolunteerId): Promise<void> {
    return this.#at('write', () =>
      this.#scene.tables.markUnreachable(id, addSeconds(this.#run.now(), UNREACHABLE_SECONDS)),
    );
  }

  // What a number means

  /** Nobody here writes by WhatsApp. */
  wrote(): Promise<void> {
    return this.#at('write', () => undefined);
  }

  lastWroteAt(): Promise<null> {
    return this.#at('read', () => null);
  }

  coolDown(address: Address, until: Instant | null): Promise<void> {
    return this.#at('write', () => this.#scene.tables.coolDown(address, until));
  }

  who(address: Address, at: Instant): Promise<Known> {
    return this.#at('read', () => this.#scene.tables.who(address, at));
  }

  routeOf(helper: HelperId, code: string, at: Instant): Promise<HelperRoute | null> {
    return this.#at('read', () => this.#scene.tables.routeOf(helper, code, at));
  }

  conversationsOf(helper: HelperId, at: Instant): Promise<readonly Conversation[]> {
    return this.#at('read', () => this.#scene.tables.conversationsOf(helper, at));
  }

  volunteer(id: VolunteerId): Promise<Volunteer | null> {
    return this.#at('read', () => this.#scene.volunteers.get(id) ?? null);
  }

  waysTo(id: VolunteerId): Promise<WaysTo | null> {
    return this.#at('read', () => this.#scene.volunteers.get(id) ?? null);
  }

  mayHint(helper: HelperId): Promise<'yes' | 'too-often'> {
    return this.#at('write', () => (this.#scene.tables.count(`hint ${helper}`) <= 2 ? 'yes' : 'too-often'));
  }

  // Counts

  add(counter: Counter, at: Instant): Promise<number> {
    return this.#at('write', () => this.#scene.tables.count(countedAs(counter, at)));
  }

  takeBack(counter: Counter, at: Instant): Promise<void> {
    return this.#at('write', () => void this.#scene.tables.count(countedAs(counter, at), -1));
  }

  count(counter: Counter, at: Instant): Promise<number> {
    return this.#at('read', () => this.#scene.tables.counted(countedAs(counter, at)));
  }
}

const OFF_AT_MOST_SECONDS = 12 * 3_600;

/** Everybody here has one shift: nobody makes herself one of her own. */
function pausedBy(wish: DutyWish, { from, until }: Candidate['duty'], at: Instant): Instant | null {
  if (wish.wish === 'break') return addSeconds(at, wish.minutes * 60);
  if (wish.wish === 'on-duty' || at < from || at >= until) return null;
  return instant(Math.min(until, addSeconds(at, OFF_AT_MOST_SECONDS)));
}

function countedAs(counter: Counter, at: Instant): string {
  const { of, ...whose } = counter;
  const [about = ''] = Object.values(whose);
  const isOfAMinute = 'lineId' in counter || of === 'questions-over-cap';
  const windowMs = isOfAMinute ? 60_000 : 'number' in counter ? 3_600_000 : 86_400_000;
  return `${of} ${about} ${Math.floor(at / windowMs)}`;
}
