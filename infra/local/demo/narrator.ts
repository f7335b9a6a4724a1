// Prints what happens, with its time since the start, in the order in which it happened.
// Must never make anything happen, and never tell what did not.
export type Narrator = {
  /** `at` in epoch milliseconds: what arrives late (a timeline, an alert) still finds its place. */
  readonly tell: (at: number, words: string) => void;
  /** A line without a time, after everything told so far. */
  readonly title: (words: string) => Promise<void>;
  readonly close: () => void;
};

/** How long a line waits for an earlier one that is told later. */
const HOLD_MS = 600;
const LOOK_EVERY_MS = 100;
const WIDTH = 100;

type Line = { readonly at: number; readonly words: string };

export function startNarrator(startedAt: number, print: (line: string) => void = console.log): Narrator {
  let held: Line[] = [];
  const printUntil = (until: number) => {
    const ready = held.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    held = held.filter(({ at }) => at > until);
    for (const { at, words } of ready) print(timed(at - startedAt, words));
  };
  const timer = setInterval(() => printUntil(Date.now() - HOLD_MS), LOOK_EVERY_MS);
  return {
    tell: (at, words) => void held.push({ at, words }),
    title: async words => {
      await new Promise(resolve => setTimeout(resolve, HOLD_MS + LOOK_EVERY_MS));
      printUntil(Number.POSITIVE_INFINITY);
      print(words);
    },
    close: () => {
      clearInterval(timer);
      printUntil(Number.POSITIVE_INFINITY);
    },
  };
}

/** `+12.3 s  …`, further lines under the first. */
export function timed(ms: number, words: string): string {
  const mark = `+${(ms / 1000).toFixed(1)} s`.padStart(8);
  const [first = '', ...rest] = wrapped(words, WIDTH - 10);
  return [`${mark}  ${first}`, ...rest.map(line => `${' '.repeat(12)}${line}`)].join('\n');
}

function wrapped(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
