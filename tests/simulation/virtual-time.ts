// Time that passes only when the simulator says so. Between two events everything that can go on goes on: every
// `await` of every handler is a place where others may come in between, in an order that the seed decides.

type Due = { readonly at: number; readonly order: number; readonly run: () => void };

/**
 * Runs what promises have made ready, whole, and returns. Node's own loop does the same between two callbacks, but
 * costs three times as much for each; a million requests have a hundred million such moments.
 */
const drain: () => void = (() => {
  const { _tickCallback } = process as unknown as { readonly _tickCallback?: () => void };
  if (!_tickCallback) throw new Error('this version of Node has no process._tickCallback');
  return _tickCallback;
})();

/** Promises are only run whole from outside of them: begins there, and resolves with what `run` returns. */
export function outsidePromises<Result>(run: () => Result): Promise<Result> {
  return new Promise((resolve, reject) =>
    setImmediate(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error);
      }
    }),
  );
}

/** Milliseconds, a queue ordered by time and then by who asked first. */
export class VirtualTime {
  now: number;
  readonly #heap: Due[] = [];
  #asked = 0;

  constructor(start: number) {
    this.now = start;
  }

  get planned(): number {
    return this.#heap.length;
  }

  after(ms: number, run: () => void): void {
    this.#push({ at: this.now + ms, order: this.#asked++, run });
  }

  /** Runs the next thing that is due by `end`; false when there is none. */
  step(end: number): boolean {
    const next = this.#heap[0];
    if (next === undefined || next.at > end) return false;
    this.#pop();
    this.now = next.at;
    next.run();
    drain();
    return true;
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Due;
      if (!isBefore(due, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Due;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const least = right < heap.length && isBefore(heap[right] as Due, heap[left] as Due) ? right : left;
      const child = heap[least] as Due;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = least;
    }
    heap[place] = last;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
