// How a pause is told: until when, or that there is none.
// Must never tell of one that is over.
import { language } from '../kit/language.ts';
import { words } from '../words.ts';

export function pauseOf(until: string | null): string {
  const { volunteers: said } = words.value;
  if (until === null || Date.parse(until) <= Date.now()) return said.active;
  const format = new Intl.DateTimeFormat(language.value, { dateStyle: 'short', timeStyle: 'short' });
  return said.pausedUntil(format.format(Date.parse(until)));
}
