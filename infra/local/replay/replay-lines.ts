// A timeline as lines for a terminal: when, how long after the opening, what; then each rung and who confirmed.
// Pure: reads no clock and no table.

import { type NoteTelling, noteLines, rungLabel } from '../../../shared/app/timeline-words/note-words.ts';
import type { HelperId } from '../../../shared/domain/ids.ts';
import { type Instant, secondsBetween } from '../../../shared/domain/instant.ts';
import type { Note } from '../../../shared/domain/timeline.ts';

export type TimelineEntry = { readonly at: Instant; readonly notes: readonly Note[] };

export type ReplayOptions = NoteTelling & {
  /** IANA zone of the wall times. */
  readonly zone: string;
};

type Told = { readonly at: Instant; readonly note: Note };

/** Entries in their order, at least one. */
export function replayLines(entries: readonly TimelineEntry[], options: ReplayOptions): readonly string[] {
  const told = entries.flatMap(({ at, notes }) => notes.map(note => ({ at, note })));
  const openedAt = told[0]?.at;
  if (openedAt === undefined) return [];
  const clock = wallClock(options.zone);
  const row = (at: Instant, line: string, index: number): string =>
    index === 0 ? `${clock(at)} ${since(openedAt, at)}  ${line}` : `${' '.repeat(AFTER_TIMES)}${line}`;
  return [
    ...withChoices(told, options).flatMap(({ at, note, telling }) =>
      noteLines(note, telling).map((line, index) => harmless(row(at, line, index))),
    ),
    '',
    ...summaryLines(told, openedAt, options).map(harmless),
  ];
}

/** What her language and need were when each note was written: that is what candidates were judged by. */
function withChoices(told: readonly Told[], options: ReplayOptions) {
  let telling: NoteTelling = options;
  return told.map(({ at, note }) => {
    if (note.note === 'language-chosen') telling = { ...telling, language: note.language };
    if (note.note === 'need-chosen') telling = { ...telling, need: note.need };
    return { at, note, telling };
  });
}

/** For each rung that somebody was asked on, or that was left: how far it came, and whether a person confirmed. */
function summaryLines(told: readonly Told[], openedAt: Instant, options: ReplayOptions): readonly string[] {
  const rungOf = new Map(
    told.flatMap(({ note }) => (note.note === 'offered' ? [[note.seq, note.rung] as const] : [])),
  );
  const reached = told.flatMap(({ note }) => (note.note === 'rung-reached' ? [note.rung] : []));
  const rungs = [...new Set([...reached, ...rungOf.values()])].sort((a, b) => a - b);
  const confirmations = told.flatMap(({ at, note }) => (note.note === 'confirmed' ? [{ ...note, at }] : []));
  const count = (rung: number, ...kinds: readonly Note['note'][]) =>
    told.filter(({ note }) => kinds.includes(note.note) && 'seq' in note && rungOf.get(note.seq) === rung)
      .length;
  const rows = rungs.map(rung => {
    const by = confirmations.filter(({ seq }) => rungOf.get(seq) === rung).map(({ to }) => to);
    const counts = `asked ${count(rung, 'offered')}, rung or texted ${count(rung, 'rung', 'texted')}, answered ${count(rung, 'answered')}`;
    return `${rungLabel(rung, options)}: ${counts}, ${by.length === 0 ? 'not confirmed' : `confirmed by ${by.join(' ')}`}`;
  });
  const isOver = told.some(({ note }) => note.note === 'closed');
  return [...rows, outcomeLine(confirmations, openedAt, isOver)];
}

function outcomeLine(
  confirmations: readonly { readonly to: HelperId; readonly at: Instant }[],
  openedAt: Instant,
  isOver: boolean,
): string {
  const [first] = confirmations;
  return first === undefined
    ? `Not confirmed by anybody${isOver ? '' : ' yet'}.`
    : `Confirmed by ${first.to}, ${secondsBetween(openedAt, first.at).toFixed(1)} s after it was opened.`;
}

const SINCE_WIDTH = 11;
/** Date and time, a space, the seconds, two spaces. */
const AFTER_TIMES = 19 + 1 + SINCE_WIDTH + 2;

function since(openedAt: Instant, at: Instant): string {
  return `+${secondsBetween(openedAt, at).toFixed(1)} s`.padStart(SINCE_WIDTH);
}

/** As `2026-11-23 10:00:01`: the Swedish way of writing it is the international one. */
function wallClock(zone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return at => format.format(at);
}

/** A damaged note may hold anything; a terminal must not obey it. */
function harmless(line: string): string {
  return line.replace(/\p{Cc}/gu, '�');
}
