// The changes of the clocks as the system's own `zdump -v` tells them: an oracle that shares nothing with Node.
import { spawnSync } from 'node:child_process';

/** One change: the last second before it and the first second after, each with what the wall shows. */
export type ZoneChange = { readonly before: Reading; readonly after: Reading };
/** `wall` as `2024-02-29T23:59:59`. */
export type Reading = {
  readonly epochSeconds: number;
  readonly wall: string;
  readonly offsetSeconds: number;
};

const line = /^\S+\s+(?<utc>.+?) UTC? = (?<wall>.+?) \S+ isdst=\d gmtoff=(?<offset>-?\d+)$/;

/** Whether this machine has a zdump whose output can be read, and its zones. */
export function hasZdump(): boolean {
  return changesOf('Europe/Berlin', 2020, 2021).length === 2;
}

/** The changes of a zone from the start of one year to the start of another. */
export function changesOf(zone: string, fromYear: number, untilYear: number): readonly ZoneChange[] {
  const run = spawnSync('zdump', ['-v', '-c', `${fromYear},${untilYear}`, zone], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (run.error || run.status !== 0) return [];
  const readings = run.stdout.split('\n').flatMap(readingOf);
  const changes: ZoneChange[] = [];
  for (let i = 0; i + 1 < readings.length; i += 2) {
    const [before, after] = readings.slice(i, i + 2);
    if (before && after) changes.push({ before, after });
  }
  return changes;
}

function readingOf(text: string): readonly Reading[] {
  const groups = line.exec(text)?.groups;
  if (!groups) return [];
  return [
    {
      epochSeconds: Date.parse(`${groups['utc']} UTC`) / 1000,
      wall: new Date(Date.parse(`${groups['wall']} UTC`)).toISOString().slice(0, 19),
      offsetSeconds: Number(groups['offset']),
    },
  ];
}
