// A rung in plain words, and why one was left. Shared by the demo's telling and by the replay of a timeline.
// Must never name a person: a rung is a kind of people.
import type { Rung } from '../../domain/ladder.ts';
import type { Note } from '../../domain/timeline.ts';

const scopes = {
  region: 'the volunteers of her region',
  near: 'the volunteers of the regions near her',
  national: 'the volunteers of the whole country',
} as const;

const languages = {
  exact: '',
  second: ', also in her second language',
  interpreted: ', also with an interpreter',
} as const;

/** Undefined: behind every other rung. */
export function rungName(rung: Rung | undefined): string {
  switch (rung?.kind) {
    case 'volunteers':
      return `${scopes[rung.scope]}${languages[rung.language]}`;
    case 'contact':
      return `the ${rung.contactKind}`;
    case 'manager':
      return 'the duty manager';
    default:
      return 'the last rung, which never ends';
  }
}

type Because = Extract<Note, { note: 'rung-passed' }>['because'];

const reasons: Readonly<Record<Because, string>> = {
  'nobody-to-ask': 'nobody is left to ask there',
  'time-over': 'its time is over',
  'not-for-this-need': 'it is not for her need',
  'no-second-language': 'the line knows of no second language of hers',
  'no-interpreter': 'nobody interprets in writing',
  'she-is-away': 'she is called back by volunteers and managers alone',
  'not-answered': 'she has not said yes',
  refused: 'she has said no',
  given: 'she has said yes',
  assumed: 'the line assumes her yes',
};

export function whyPassed(because: Because): string {
  return reasons[because] ?? because;
}
