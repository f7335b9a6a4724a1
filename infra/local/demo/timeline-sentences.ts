// What a request remembers of its own way, in plain English: the ladder, consent, alerts, who has it, how it ended.
// Must never tell again what the phones show anyway.

import { rungName, whyPassed } from '../../../shared/app/timeline-words/rung-words.ts';
import type { HelperId } from '../../../shared/domain/ids.ts';
import type { Rung } from '../../../shared/domain/ladder.ts';
import type { Note } from '../../../shared/domain/timeline.ts';

export type TimelineTelling = {
  readonly helper: (id: HelperId) => string;
  readonly rungs: readonly Rung[];
};

type NoteOf<Kind extends Note['note']> = Extract<Note, { note: Kind }>;

/** Null: not worth telling, or told by the phones. */
export function timelineSentence(note: Note, telling: TimelineTelling): string | null {
  switch (note.note) {
    case 'search-started':
      return 'the request looks for a person';
    case 'rung-reached':
      return note.rung === 0 ? null : `it climbs to ${rungName(telling.rungs[note.rung])}`;
    case 'rung-passed':
      return rungPassed(note, telling);
    case 'offer-ended':
      return offerEnded(note, telling);
    case 'consent-answered':
      return `${note.given ? 'a yes' : 'a no'} to the ${note.kind} is kept, with its time`;
    case 'confirmed':
      return `${telling.helper(note.to)} has it now: exactly one person`;
    case 'helper-left':
      return `${telling.helper(note.to)} is gone, and the search begins again`;
    case 'closed':
      return `the request is closed (${note.because})`;
    default:
      return null;
  }
}

function rungPassed({ rung, because }: NoteOf<'rung-passed'>, { rungs }: TimelineTelling): string {
  const name = rungName(rungs[rung]);
  if (because === 'nobody-to-ask') return `nobody is left to ask among ${name}`;
  if (because === 'time-over') return `the time of ${name} is over`;
  return `${name} is passed over: ${whyPassed(because)}`;
}

function offerEnded({ to, outcome }: NoteOf<'offer-ended'>, { helper }: TimelineTelling): string | null {
  return outcome === 'withdrawn' ? null : `noted: ${helper(to)}, ${outcome}`;
}
