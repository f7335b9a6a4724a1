// How many should be on duty for so many requests an hour: Erlang C, for people who do not always answer their phone.
// Must never be taken for a floor: it is what past weeks suggest, and a floor is what an organisation has decided.

export type Demand = {
  /** Requests that come in within an hour, on average. */
  readonly arrivalsAnHour: number;
  /** How long somebody talks with one, on average. */
  readonly talkSeconds: number;
};

export type Answering = {
  /** How likely a ring is answered, above 0 to 1. */
  readonly answerShare: number;
  /** How long a phone rings before the next one is tried. */
  readonly ringSeconds: number;
  /** How many are rung at the same time. */
  readonly waveSize: number;
  /** What is promised: this share of requests reaches a person within so long. */
  readonly reachedShare: number;
  readonly reachedSeconds: number;
};

export type Staffing = {
  readonly onDuty: number;
  /** Of the requests, this share then reaches a person in time. */
  readonly reachedShare: number;
};

/** More than these are not suggested: the answer is then another promise, or another way of answering. */
const ON_DUTY_AT_MOST = 500;

/** The chance that a request has to wait because all `agents` talk; 1 when they cannot keep up. `load` in Erlang. */
export function erlangC(agents: number, load: number): number {
  if (load <= 0) return 0;
  if (agents <= load) return 1;
  const blocked = erlangB(agents, load);
  return blocked / (1 - (load / agents) * (1 - blocked));
}

/** By the recurrence, which neither overflows nor loses digits. */
function erlangB(agents: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= agents; n += 1) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/**
 * The share of requests that reach a person in time with so many on duty.
 *
 * Each free volunteer who is rung answers with the chance p, so that of m who are rung within the time somebody answers
 * with 1 - (1 - p)^m. How many are free follows from Erlang C: while j of n talk, n - j can be rung. Whoever finds all
 * talking waits until one is free (exponentially, as in Erlang C) and then needs her to answer. For p = 1 this is Erlang
 * C itself; without any load it is the chance that one of n answers.
 */
export function reachedShare(onDuty: number, demand: Demand, answering: Answering): number {
  const { answerShare, reachedSeconds } = answering;
  const held = holdSeconds(demand, answering);
  const load = (demand.arrivalsAnHour * held) / 3600;
  if (onDuty <= load) return 0;
  const waits = erlangC(onDuty, load);
  const busy = busyShares(onDuty, load, 1 - waits);
  const answered = (free: number) => 1 - (1 - answerShare) ** Math.min(free, ringsInTime(answering));
  const atOnce = busy.reduce((sum, share, talking) => sum + share * answered(onDuty - talking), 0);
  const freedInTime = 1 - Math.exp((-(onDuty - load) * reachedSeconds) / held);
  return atOnce + waits * freedInTime * answered(1);
}

/** The fewest that keep the promise; null when not even many do. */
export function staffingFor(demand: Demand, answering: Answering): Staffing | null {
  for (let onDuty = 1; onDuty <= ON_DUTY_AT_MOST; onDuty += 1) {
    const share = reachedShare(onDuty, demand, answering);
    if (share >= answering.reachedShare) return { onDuty, reachedShare: share };
  }
  return null;
}

/** A request holds its volunteer while they talk, and on average 1/p volunteers for one ring each. */
function holdSeconds({ talkSeconds }: Demand, { answerShare, ringSeconds }: Answering): number {
  return talkSeconds + ringSeconds / answerShare;
}

/** How many can be rung one wave after the other before the time is over: one wave at least. */
function ringsInTime({ reachedSeconds, ringSeconds, waveSize }: Answering): number {
  return waveSize * Math.max(1, Math.floor(reachedSeconds / ringSeconds));
}

/** The chance that exactly 0, 1, … n - 1 talk; together `all`. */
function busyShares(agents: number, load: number, all: number): readonly number[] {
  // Divided by the largest as they grow, so that no power of the load overflows.
  const logs = [0];
  for (let n = 1; n < agents; n += 1) logs.push((logs[n - 1] as number) + Math.log(load / n));
  if (load <= 0) return [all, ...Array.from({ length: agents - 1 }, () => 0)];
  const most = Math.max(...logs);
  const shares = logs.map(log => Math.exp(log - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map(share => (share / sum) * all);
}
