// One simulated world: the production shell and domain between a table, a telephone network and people, all from one
// story. Runs it to its end and judges how it ended.
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { lineOf } from '../../shared/domain/network.ts';
import type { PhoneNumber } from '../../shared/domain/phone.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { actByHand } from './by-hand.ts';
import { Caller } from './caller.ts';
import { Carrier } from './carrier.ts';
import { Chance } from './chance.ts';
import { Cloud } from './cloud.ts';
import { byChance, byList, type Effect, type Taken } from './faults.ts';
import type { Figures, Violation } from './figures.ts';
import { Helper } from './helper.ts';
import { latestLook } from './pending.ts';
import type { Scene } from './scene.ts';
import {
  contactNumbers,
  deskHabits,
  type Edit,
  postOf,
  type Story,
  simulatedNetwork,
  volunteerHabits,
  volunteersOf,
} from './story.ts';
import { Tables } from './tables.ts';
import { VirtualTime } from './virtual-time.ts';
import { Watch } from './watch.ts';
import { Writer } from './writer.ts';

/** A Monday morning in Almaty. */
const START_MS = Date.parse('2026-11-23T10:00:00+05:00');
const MINUTE_MS = 60_000;
/** L3: nothing overdue is older, once nothing fails any more and the sweep has come round. */
const OVERDUE_AT_MOST_MS = 90_000;
const HEALS_MS = 3 * MINUTE_MS;
const LOOK_EVERY_MS = 20_000;
/** Longer than any report is late. */
const LINGERS_MS = 40_000;
/** The last to be reached: every round of the last rung asks everybody again. */
const ENDS_MS = 60 * MINUTE_MS;
/** What is always planned: the next minute of the sweep, the next two of the reconciler. */
const CLOCKWORK = 2;
const DUTY: { readonly from: Instant; readonly until: Instant } = {
  from: instant(START_MS - 3_600_000),
  until: instant(START_MS + 86_400_000),
};

export type Ended = {
  readonly violations: readonly Violation[];
  readonly faults: readonly Taken[];
  /** How many effects there were. */
  readonly places: number;
  /** Of a story with listed faults: what could have failed at each place. */
  readonly effects: readonly Effect[];
};

/** Must be called outside of promises: see virtual-time.ts. */
export function runStory(story: Story, figures: Figures, tablesOf: TablesOf = plainTables): Ended {
  return new World(story, figures, tablesOf).run();
}

type TablesOf = (now: () => number) => Tables;
const plainTables: TablesOf = now => new Tables(now);

class World {
  readonly #story: Story;
  readonly #scene: Scene;
  #isHealed = false;
  readonly #people: { readonly fate: string; readonly arrive: () => void }[] = [];

  constructor(story: Story, figures: Figures, tablesOf: TablesOf) {
    this.#story = story;
    const time = new VirtualTime(START_MS);
    const { seed, faultRate, lostMessages, listed } = story;
    const tables = tablesOf(() => time.now);
    const network = simulatedNetwork;
    const chance = new Chance(seed, 'production');
    const read = Promise.resolve(network);
    const watch = new Watch(time, tables, network, figures);
    this.#scene = {
      time,
      tables,
      network,
      watch,
      figures,
      triggers: story.triggers,
      chance,
      random: () => chance.next(),
      faults: listed ? byList(listed) : byChance(new Chance(seed, 'faults'), faultRate, lostMessages),
      networkNow: () => network,
      networks: { network: () => read },
      volunteers: new Map(volunteersOf(story.volunteers).map(each => [each.id, each])),
      log: watch.log,
    } as unknown as Scene;
    this.#scene.carrier = new Carrier(this.#scene);
    this.#scene.cloud = new Cloud(this.#scene);
    this.#scene.queue = this.#scene.cloud.queue;
    this.#populate();
  }

  run(): Ended {
    const { faults, watch } = this.#scene;
    const { calmFromMs } = this.#story;
    const calmFrom = START_MS + calmFromMs;
    this.#passUntilOver(calmFrom);
    faults.stop();
    this.#passUntilOver(calmFrom + HEALS_MS);
    this.#isHealed = true;
    this.#passUntilOver(calmFrom + ENDS_MS);
    this.#judge();
    return {
      violations: watch.violations,
      faults: faults.taken,
      places: faults.places(),
      effects: faults.effects,
    };
  }

  /** Over is what stays so while the last late report comes in. */
  #passUntilOver(end: number): void {
    const { time, faults } = this.#scene;
    let overSince: number | null = null;
    while (time.now < end && (overSince === null || time.now - overSince < LINGERS_MS)) {
      this.#passUntil(Math.min(end, time.now + LOOK_EVERY_MS));
      this.#isListedWhenPending();
      if (this.#isHealed || faults.taken.length === 0) this.#nothingIsOverdue();
      overSince = this.#isOver() || this.#isAtRest() ? (overSince ?? time.now) : null;
    }
  }

  #passUntil(end: number): void {
    const { time } = this.#scene;
    while (time.step(end)) {
      // each step is one event and all that follows from it at once
    }
    time.now = end;
  }

  #isOver(): boolean {
    if (this.#people.some(({ fate }) => fate === 'waiting')) return false;
    return !this.#isAnythingOpen() && this.#unknown().length === 0;
  }

  /** Whoever still waits has been lost for good: nobody has anything in mind, and nothing looks into the books. */
  #isAtRest(): boolean {
    const { triggers, time } = this.#scene;
    return !triggers.reconciler && time.planned <= CLOCKWORK && !this.#isAnythingOpen();
  }

  #isAnythingOpen(): boolean {
    const { tables, carrier } = this.#scene;
    if (carrier.liveLegs > 0) return true;
    for (const request of tables.pending.values()) if (isGoingOn(request)) return true;
    return false;
  }

  #populate(): void {
    const { time, carrier, tables, volunteers, network, cloud } = this.#scene;
    const { seed, people, edits, acts, sweepsFromMs } = this.#story;
    for (const known of volunteers.values()) {
      const address = smsAddress(known.number);
      tables.putVolunteer({ ...dutyFacts(known), duty: DUTY, pausedUntil: null }, address);
      carrier.register(
        known.number,
        new Helper(this.#scene, address, volunteerHabits, new Chance(seed, known.id)),
      );
    }
    for (const { id, number } of contactNumbers) {
      tables.putContact(id, smsAddress(number));
      carrier.register(number, new Helper(this.#scene, smsAddress(number), deskHabits, new Chance(seed, id)));
    }
    for (const plan of people) {
      const chance = new Chance(seed, `person ${plan.serial}`);
      const line = lineOf(network, plan.lineId);
      const person =
        plan.kind === 'caller'
          ? new Caller(this.#scene, plan, line, chance)
          : new Writer(this.#scene, plan, line, chance);
      if (person instanceof Writer) carrier.writes(plan.address as string as PhoneNumber, person);
      if (plan.address !== null)
        carrier.answers(plan.address, person instanceof Writer ? person.phone : person);
      this.#people.push(person);
      time.after(plan.arrivesMs, () => person.arrive());
    }
    for (const edit of edits) time.after(edit.atMs, () => this.#edit(edit));
    for (const act of acts) time.after(act.atMs, () => actByHand(this.#scene, act));
    cloud.sweepsFrom = START_MS + sweepsFromMs;
    cloud.start();
  }

  #edit({ volunteer, to }: Edit): void {
    const { volunteers, tables, time } = this.#scene;
    const known = [...volunteers.values()][volunteer];
    if (!known) return;
    const now = instant(time.now);
    const duty = to === 'off-duty' ? { from: addSeconds(now, 900), until: DUTY.until } : DUTY;
    const pausedUntil = to === 'paused' ? addSeconds(now, 600) : null;
    tables.putVolunteer({ ...dutyFacts(known), duty, pausedUntil }, smsAddress(known.number));
  }

  // How it ended

  /** L4, at any instant: of whatever has changed since it was looked at, since nothing else changes its row. */
  #isListedWhenPending(): void {
    const { tables, watch } = this.#scene;
    for (const request of tables.changed.values()) {
      const dueAt = tables.dueOf(request.id);
      const latest = latestLook(request, simulatedNetwork.settings);
      if (dueAt === null && latest !== null)
        watch.broken('L4', `${request.phase.kind} is not in the due index`);
      if (dueAt !== null && latest === null)
        watch.broken('L4', `${request.phase.kind} is still in the due index`);
      if (dueAt !== null && latest !== null && dueAt > latest)
        watch.broken('L4', `${request.phase.kind} is due ${Math.round((dueAt - latest) / 1000)} s too late`);
    }
    tables.changed.clear();
  }

  /** L3, while nothing fails any more. */
  #nothingIsOverdue(): void {
    const { tables, time, watch } = this.#scene;
    for (const request of tables.pending.values()) {
      const latest = latestLook(request, simulatedNetwork.settings);
      if (latest !== null && latest < time.now - OVERDUE_AT_MOST_MS)
        watch.broken('L3', `${request.phase.kind} is overdue by ${Math.round((time.now - latest) / 1000)} s`);
    }
  }

  #judge(): void {
    const { tables, time, watch, carrier } = this.#scene;
    this.#people.forEach(({ fate }, serial) => {
      if (fate === 'waiting') watch.broken('stranded', `person ${serial} was never reached`);
    });
    for (const request of tables.requests.values()) {
      const { phase, outbox } = request;
      if (!isGoingOn(request) || isWritten(request, time.now)) continue;
      if (phase.kind !== 'closed') watch.broken('L1', `a request is still ${phase.kind}`);
      else if (outbox.length > 0) watch.broken('L2', `${outbox[0]?.action.kind} was never performed`);
    }
    for (const leg of carrier.legs) {
      if (leg.state !== 'ended') watch.broken('left-ringing', `a leg is still ${leg.state}`);
    }
    watch.everythingWasSaid();
    for (const kind of this.#unknown())
      watch.broken(kind, 'stands in the books of the network, and nowhere in ours');
  }

  /** The oracle outside: every call and every text in the network's books has a request. */
  #unknown(): readonly ('unknown-call' | 'unknown-text')[] {
    const { tables, carrier } = this.#scene;
    const calls = carrier.legs.filter(
      ({ seq, requestId }) => seq === null && !tables.requests.has(requestId),
    );
    // A word that was lost while she talked, found when the talk was over, is left alone: it has a request all the same.
    const heard = new Set([...tables.requests.values()].map(request => request.private.survivor));
    const texts = carrier.textsIn.filter(
      ({ messageSid, from, body }) =>
        body.startsWith('S:') && !heard.has(from) && !tables.webhooks.has(messageSid),
    );
    return [...calls.map(() => 'unknown-call' as const), ...texts.map(() => 'unknown-text' as const)];
  }
}

/** Whoever is to be called at an hour that comes after the story has ended is none of it. */
function isGoingOn({ phase, outbox }: Request): boolean {
  if (outbox.length > 0) return true;
  if (phase.kind === 'calling-back') return phase.nextTryAt < START_MS + ENDS_MS;
  return phase.kind !== 'closed';
}

/**
 * One helper after the other may fall silent until the story ends: the last of them is still writing with her, or has just
 * been silent for too long and nobody has come to look yet.
 */
function isWritten(request: Request, now: number): boolean {
  const { phase, channel, outbox } = request;
  if (outbox.length > 0 || phase.kind !== 'connected' || channel !== 'text') return false;
  const latest = latestLook(request, simulatedNetwork.settings);
  return latest !== null && latest > now - OVERDUE_AT_MOST_MS;
}

function dutyFacts(volunteer: Volunteer) {
  const { id, region, languages, skills, gender, textBy } = volunteer;
  return { volunteerId: id, region, regions: postOf(volunteer), languages, skills, gender, textBy };
}
