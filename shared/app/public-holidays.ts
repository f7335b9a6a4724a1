// The public holidays of a country as a published list has them: a proposal that a manager takes over or corrects.
// Moon and church calendars, and what a government moves, are for people to check. Must never be read on a survivor's way.
import { parseLocalDate } from '../domain/local-time.ts';
import type { Holiday } from '../domain/network.ts';

/** In order, each day once; null: the list does not have that country. `country` as ISO 3166-1 has it: `KZ`. */
export async function proposedHolidays(
  country: string,
  year: number,
  language: string | null,
): Promise<readonly Holiday[] | null> {
  // Megabytes of rules, loaded by whoever asks and by nobody else.
  const { default: Holidays } = await import('date-holidays');
  const countries = new Holidays().getCountries();
  if (!Object.hasOwn(countries, country)) return null;
  const found = new Holidays(country, { types: ['public'] }).getHolidays(year, language ?? undefined);
  const names = new Map<string, string>();
  for (const { date, name } of found) {
    const day = date.slice(0, 10);
    const known = names.get(day);
    names.set(day, known === undefined || known === name ? name : `${known}, ${name}`);
  }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, name]) => {
      const date = parseLocalDate(day);
      return date === null ? [] : [{ date, name: name.slice(0, 200) }];
    });
}
