// How a pause is told: until when where she is, or that there is none.
// Must never tell of one that is over.
import type { Schemas } from '../api.ts';
import { momentInWords } from '../kit/days.ts';
import { words } from '../words.ts';

export function pauseOf({ pausedUntil, zone }: Schemas['Volunteer']): string {
  const { volunteers: said } = words.value;
  if (pausedUntil === null || Date.parse(pausedUntil) <= Date.now()) return said.active;
  return said.pausedUntil(momentInWords(pausedUntil, zone));
}
