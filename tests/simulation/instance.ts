// One run of one function: the production ports, each effect of which takes a moment of virtual time and may fail.
// When the function dies, nothing of it goes on; what it had sent on its way arrives all the same.
import type { Commit, CommitOutcome, Counter, Ports, Sent } from '../../shared/app/ports.ts';
import type { DutyWish } from '../../shared/domain/duty-wish.ts';
import type { CallSid, VolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import type { Effect, Fault } from './faults.ts';
import { noShifts } from './no-shifts.ts';
import type { Scene } from './scene.ts';

/** As AWS and the telephone network answer on an ordinary day, in milliseconds. */
const LATENCY_MS: Readonly<Record<'table' | 'rest' | 'bus', readonly [least: number, most: number]>> = {
  table: [2, 15],
  rest: [60, 250],
  bus: [5, 25],
};
const SLOW_MS = [1_000, 15_000] as const;
const LIVES_MS = 10_000;
const INDEX_LAG_MS = 2_000;
const SKEW_MS = 300_000;
const UNREACHABLE_SECONDS = 86_400;

/** What a port throws when an effect fails: nothing else may come out of a handler. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** One for all: making the trace of a stack at each fault takes longer than the fault. */
const refused = new Refused();
const unknown = { outcome: 'unknown' } as const;
const temporary = { outcome: 'temporary' } as const;

export class Instance {
  readonly ports: Ports;
  readonly startedAt: number;
  readonly #scene: Scene;
  readonly #skewMs: number;
  #dead = false;
  #onDeath: () => void = () => undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.startedAt = scene.time.now;
    this.#skewMs = scene.faults.next('clock') === null ? 0 : scene.chance.between(-SKEW_MS, SKEW_MS);
    this.ports = this.#portsOf();
  }

  /** Runs a handler to its end, its error or its death; exactly one of the two is told, and once. */
  run<Result>(
    handler: (ports: Ports) => Promise<Result>,
    done: (result: Result) => void,
    failed: (how: 'crashed' | 'threw') => void,
  ): void {
    this.#onDeath = () => failed('crashed');
    handler(this.ports).then(
      result => this.#dead || done(result),
      error => {
        if (this.#dead) return;
        this.#scene.watch.threw(error);
        failed('threw');
      },
    );
  }

  #die(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#onDeath();
  }

  /** One effect. `otherwise` is what the port answers instead of throwing, when it never throws. */
  #effect<Result>(
    effect: Effect,
    kind: keyof typeof LATENCY_MS,
    apply: (fault: Fault | null) => Result,
    otherwise?: { readonly error: () => Result; readonly noAnswer: Result },
  ): Promise<Result> {
    const { faults, chance, time } = this.#scene;
    const fault = faults.next(effect);
    const [least, most] = LATENCY_MS[kind];
    return new Promise((resolve, reject) => {
      const answer = (result: Result) => this.#dead || resolve(result);
      time.after(chance.between(least, most), () => {
        switch (fault) {
          case 'crash-before':
            return this.#die();
          case 'crash-after':
            apply(fault);
            return this.#die();
          case 'error':
            if (otherwise) answer(otherwise.error());
            else if (!this.#dead) reject(refused);
            return;
          case 'no-answer': {
            apply(fault);
            if (otherwise) answer(otherwise.noAnswer);
            else if (!this.#dead) reject(refused);
            return;
          }
          case 'slow': {
            const result = apply(fault);
            return this.#afterLong(chance.between(...SLOW_MS), () => answer(result));
          }
          default:
            answer(apply(fault));
        }
      });
    });
  }

  #afterLong(ms: number, answer: () => void): void {
    const { time } = this.#scene;
    const left = this.startedAt + LIVES_MS - time.now;
    time.after(Math.min(ms, left), () => (ms <= left ? answer() : this.#die()));
  }

  #now(): Instant {
    return instant(this.#scene.time.now + this.#skewMs);
  }

  #portsOf(): Ports {
    const { chance, networkRead, log } = this.#scene;
    const store = this.#storePorts();
    const outside = this.#outsidePorts();
    return {
      clock: { now: () => this.#now() },
      random: () => chance.next(),
      log,
      networks: { network: () => networkRead },
      requests: store.requests,
      roster: store.roster,
      directory: store.directory,
      counters: store.counters,
      shifts: noShifts,
      pageUrl: token => token,
      telephone: outside.telephone,
      alerts: outside.alerts,
      wakeUps: outside.wakeUps,
    };
  }

  #storePorts(): Pick<Ports, 'requests' | 'roster' | 'directory' | 'counters'> {
    const { tables, chance, volunteers } = this.#scene;
    const read = <Result>(apply: () => Result) => this.#effect('read', 'table', apply);
    const write = <Result>(apply: () => Result) => this.#effect('write', 'table', apply);
    const fromIndex = <Result>(apply: (lagMs: number) => Result) =>
      this.#effect('index', 'table', fault => apply(fault === 'stale' ? chance.between(1, INDEX_LAG_MS) : 0));
    return {
      requests: {
        load: (id, webhookId) =>
          this.#effect('load', 'table', () => ({
            request: tables.requests.get(id) ?? null,
            storedReply: (webhookId !== null && tables.webhooks.get(webhookId)) || null,
          })),
        noteAnswered: webhookId => write(() => tables.noteAnswered(webhookId)),
        areKnown: traces => read(() => tables.areKnown(traces)),
        commit: commit => this.#effect('commit', 'table', fault => this.#commit(commit, fault)),
        due: (shard, at) => fromIndex(lagMs => tables.due(shard, at, lagMs)),
        timeline: async () => [],
      },
      roster: {
        onDuty: (regions, at) => fromIndex(lagMs => tables.onDuty(regions, at, lagMs)),
        rollDuty: () => write(() => []),
        rest: (id, until) => write(() => tables.rest(id, until)),
        wishDuty: (id, wish, at) => write(() => this.#wishDuty(id, wish, at)),
        markUnreachable: id =>
          write(() => tables.markUnreachable(id, addSeconds(this.#now(), UNREACHABLE_SECONDS))),
      },
      directory: {
        wrote: () => write(() => undefined), // nobody here writes by WhatsApp
        lastWroteAt: () => read(() => null),
        coolDown: (address, until) => write(() => tables.coolDown(address, until)),
        who: (address, at) => read(() => tables.who(address, at)),
        routeOf: (helper, code, at) => read(() => tables.routeOf(helper, code, at)),
        conversationsOf: (helper, at) => read(() => tables.conversationsOf(helper, at)),
        volunteer: id => read(() => volunteers.get(id) ?? null),
        mayHint: helper => write(() => (tables.count(`hint ${helper}`) <= 2 ? 'yes' : 'too-often')),
      },
      counters: {
        add: (counter, at) => write(() => tables.count(countedAs(counter, at))),
        count: (counter, at) => read(() => tables.counted(countedAs(counter, at))),
      },
    };
  }

  /** As a manager's edit: the pause is all that differs. */
  #wishDuty(id: VolunteerId, wish: DutyWish, at: Instant): void {
    const { tables, volunteers, figures } = this.#scene;
    const [known, duty] = [volunteers.get(id), tables.dutyOf(id)];
    if (known === undefined || duty === null) return;
    figures.count(`said ${wish.wish}`);
    tables.putVolunteer({ ...duty, pausedUntil: pausedBy(wish, duty.duty, at) }, smsAddress(known.number));
  }

  #commit(commit: Commit, fault: Fault | null): CommitOutcome {
    const { tables, watch, chance, networkNow } = this.#scene;
    if (fault === 'conflict') return chance.is(0.5) ? 'version-conflict' : 'claim-conflict';
    const outcome = tables.commit(commit, networkNow());
    if (outcome === 'committed') watch.committed(commit);
    return outcome;
  }

  #outsidePorts(): Pick<Ports, 'telephone' | 'alerts' | 'wakeUps'> {
    const { carrier, watch, queue, chance, time } = this.#scene;
    const since = this.startedAt;
    const rest = <Sid>(apply: () => Sent<Sid>): Promise<Sent<Sid>> =>
      this.#effect('rest', 'rest', apply, {
        error: () => (chance.is(0.5) ? temporary : unknown),
        noAnswer: unknown,
      });
    const books = <Result>(apply: () => Result) => this.#effect('read', 'rest', apply);
    return {
      telephone: {
        ring: call => rest(() => carrier.ring(call)),
        ringSurvivor: call => rest(() => carrier.ringHer(call)),
        findRing: async call => books(() => carrier.findRing(call)).catch(() => 'unknown'),
        redirect: (sid, to) => rest(() => carrier.redirect(sid, to)),
        tellInRoom: sid => rest((): Sent<CallSid> => carrier.tellInRoom(sid)),
        hangUp: sid => rest((): Sent<CallSid> => carrier.end(sid)),
        text: text => rest(() => carrier.textOut(text, since)),
        callOurselves: async () => unknown, // no canary sings here
        calls: from => books(() => carrier.callsSince(from)),
        texts: from => books(() => carrier.textsSince(from)),
        outcomeOf: async sid => books(() => carrier.outcomeOf(sid)).catch(() => null),
      },
      alerts: {
        publish: alert =>
          this.#effect('alert', 'bus', () => watch.alerted(alert), {
            error: () => 'later',
            noAnswer: 'later',
          }),
      },
      wakeUps: {
        at: async (requestId, at, now) => {
          const send = (each: Instant) => {
            const dueMs = time.now + Math.max(0, each - now);
            return this.#effect('message', 'bus', fault => queue.send(requestId, dueMs, fault), {
              error: () => undefined,
              noAnswer: undefined,
            });
          };
          await Promise.all(at.map(send));
        },
      },
    };
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
