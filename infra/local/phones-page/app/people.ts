// Who is who on the page: names by number, and how a caller is called who has none.
// Must never be shown within a handset but for its own owner: on the real network nobody learns who is behind a number.
import { named } from '../../../../functions/console/app/kit/language.ts';
import type { PageLine, PagePerson } from '../page-data.ts';
import { cast } from './machine.ts';
import { words } from './words.ts';

export function personOf(number: string): PagePerson | null {
  return cast.value?.people.find(each => each.number === number) ?? null;
}

export function nameOf(number: string): string {
  const person = personOf(number);
  return person?.name ?? `${words.value.role.caller} …${number.slice(-4)}`;
}

/** `whatsapp:` or not. */
export function lineOf(address: string): PageLine | null {
  const number = address.replace('whatsapp:', '');
  return cast.value?.lines.find(each => each.number === number || each.whatsappNumber === number) ?? null;
}

export function lineName(line: PageLine): string {
  const languages = line.languages.join(' ');
  return `${line.number} · ${line.region === null ? 'Қазақстан' : named(line.region)} · ${languages}`;
}
