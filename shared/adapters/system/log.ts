// One line of JSON an event, for operators.
// Must never print a phone number, a name or a word of a text: whatever is not plainly an id, a kind or a count is
// replaced, even if a caller forgets the rule.
import type { Clock, Log, LogFields } from '../../app/ports.ts';

const WITHHELD = '[withheld]';

const plain = /^[\w.:#-]{0,80}$/;
/** Ids, whose hexadecimal digits may happen to be decimal ones, and times. */
const known = new RegExp(
  [
    /\b(?:req_|AC|CA|CF|MM|SK|SM)[0-9a-f]{32}/,
    /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/,
    /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/,
  ]
    .map(pattern => pattern.source)
    .join('|'),
  'g',
);
const separators = /[.:#_-]/g;
const manyDigits = /\d{9}/;

type Level = 'info' | 'warn' | 'error';

export function createLog(
  clock: Clock,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  const at =
    (level: Level) =>
    (event: string, fields: LogFields = {}): void => {
      const kept = Object.entries(fields).map(([name, value]) => [guarded(name), guarded(value)] as const);
      const time = new Date(clock.now()).toISOString();
      write(`${JSON.stringify({ ...Object.fromEntries(kept), time, level, event: guarded(event) })}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function guarded<Value extends LogFields[string]>(value: Value): Value | string {
  if (typeof value === 'string') return isHarmless(value) ? value : WITHHELD;
  if (typeof value === 'number') return isCountOrInstant(value) ? value : WITHHELD;
  return value;
}

// Separators first: a number written with points or hyphens is still a number.
function isHarmless(text: string): boolean {
  return plain.test(text) && !manyDigits.test(text.replace(known, ' ').replace(separators, ''));
}

// Epoch milliseconds between 2017 and 2033 are 13 digits that no numbering plan uses.
function isCountOrInstant(value: number): boolean {
  return Math.abs(value) < 1e9 || (value >= 1.5e12 && value < 2e12);
}
