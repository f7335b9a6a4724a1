// The clock every party on this machine shares: the exchange, and the world that hosts the product's queue and
// minute sweep. Real time for `npm start`; virtual time for tests, where an hour passes in milliseconds and always
// in the same order. Must never start work that nobody awaits: `advanceTo` returns only when the world is quiet.

export type Cancel = () => void;
export type Task = () => Promise<void> | void;

export interface ExchangeClock {
  /** Epoch milliseconds. */
  now(): number;
  /** A time already past means "as soon as possible, after what is already due". */
  schedule(atMs: number, task: Task): Cancel;
  /** Work begun outside a task (an HTTP request in flight) that must end before time moves on. */
  track(work: Promise<unknown>): void;
  /** Resolves when everything due by now has run. Inside a task it returns at once: the task is itself due work. */
  settle(): Promise<void>;
  /** Does it now, and resolves when it and (in virtual time) all it brought about by now is done. */
  perform(task: Task): Promise<void>;
}

export interface VirtualClock extends ExchangeClock {
  advanceTo(ms: number): Promise<void>;
  advanceBy(ms: number): Promise<void>;
  /** From outside only: a task that waited for it would wait for itself. */
  runDue(): Promise<void>;
  /** When the next task is due, if any. */
  nextAt(): number | undefined;
  pending(): number;
}

export interface RealClock extends ExchangeClock {
  /** Drops every timer, so that the process can end. */
  stop(): void;
}

interface Entry {
  at: number;
  order: number;
  task: Task;
}

export function virtualClock(startMs: number): VirtualClock {
  let now = startMs;
  let order = 0;
  let queue: Entry[] = [];
  let tail: Promise<void> = Promise.resolve();
  const tracked = new Set<Promise<unknown>>();
  // Not AsyncLocalStorage: once a process has used that, every promise of it takes Node 20 several times as long. So
  // whoever asks from outside while a task runs is taken for that task: `runDue` is for them.
  let isInTask = false;

  const next = () =>
    queue.reduce<Entry | undefined>(
      (best, e) => (!best || e.at < best.at || (e.at === best.at && e.order < best.order) ? e : best),
      undefined,
    );

  async function run(target: number): Promise<void> {
    for (;;) {
      while (tracked.size > 0) await Promise.allSettled([...tracked]);
      const entry = next();
      if (!entry || entry.at > target) break;
      queue = queue.filter(e => e !== entry);
      now = Math.max(now, entry.at);
      isInTask = true;
      try {
        await entry.task();
      } finally {
        isInTask = false;
      }
    }
    now = Math.max(now, target);
  }

  // Callers from outside queue up behind one another; a failed run must not poison the next.
  function turn(target: () => number): Promise<void> {
    const mine = tail.then(() => run(target()));
    tail = mine.catch(() => undefined);
    return mine;
  }

  async function advanceTo(ms: number): Promise<void> {
    if (isInTask) throw new Error('a task cannot move the clock it runs on');
    await turn(() => ms);
  }

  const settle = async () => {
    if (!isInTask) await turn(() => now);
  };

  function schedule(atMs: number, task: Task): Cancel {
    order += 1;
    const entry = { at: Math.max(atMs, now), order, task };
    queue.push(entry);
    return () => {
      queue = queue.filter(e => e !== entry);
    };
  }

  return {
    now: () => now,
    schedule,
    perform(task) {
      schedule(now, task);
      return settle();
    },
    track(work) {
      tracked.add(work);
      const done = () => tracked.delete(work);
      work.then(done, done);
    },
    settle,
    runDue: () => turn(() => now),
    advanceTo,
    advanceBy: ms => advanceTo(now + ms),
    nextAt: () => next()?.at,
    pending: () => queue.length,
  };
}

// setTimeout fires at once for delays beyond 2^31-1 ms, so longer waits go in hops.
const LONGEST_HOP_MS = 2 ** 31 - 1;

export function realClock(onError: (error: unknown) => void = reportError): RealClock {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();

  const track = (work: Promise<unknown>) => {
    running.add(work);
    const done = () => running.delete(work);
    work.then(done, done);
  };

  function schedule(atMs: number, task: Task): Cancel {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const wait = Math.max(0, atMs - Date.now());
      timer = setTimeout(
        () => {
          timers.delete(timer);
          if (Date.now() < atMs) arm();
          else track((async () => task())().catch(onError));
        },
        Math.min(wait, LONGEST_HOP_MS),
      );
      timers.add(timer);
    };
    arm();
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  }

  return {
    now: () => Date.now(),
    schedule,
    track,
    async perform(task) {
      const work = (async () => task())().catch(onError);
      track(work);
      await work;
    },
    async settle() {
      // One turn of the timers lets what is due now begin; then wait for what has begun.
      await new Promise(resolve => setTimeout(resolve, 1));
      while (running.size > 0) await Promise.allSettled([...running]);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function reportError(error: unknown): void {
  console.error('a task on the clock failed:', error);
}
