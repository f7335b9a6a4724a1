// What anybody could read who reads our logs, queues, alerts, table or errors, and whether anything personal stands in
// it: a number, a name, or words that somebody in this test wrote.
// Must never look at what is said to the telephone network: numbers belong there.
import { inspect } from 'node:util';

export type Leak = { readonly where: string; readonly text: string };

/** Names whose hexadecimal digits may happen to be decimal ones, and times. */
const NAMES = /[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
/** Of most numbers of tests, with or without country or trunk code and what people write between. Nobody has them. */
const CANARY_DIGITS = /(?<!\d)[78]?[ (-]?799[ )-]{0,2}\d{3}[ -]?\d\d[ -]?\d\d(?!\d)/;
const ANY_NUMBER = /(?:\+|%2B)\d{9,15}(?!\d)/;
/** Part of the name of everybody in the small network. */
export const CANARY_NAME = 'Имя-';

const leaks: Leak[] = [];
const secrets = new Set<string>();

/** In this test nobody may read this anywhere. Too short to be told from an id or a word of ours: not looked for. */
export function keepSecret(words: string): void {
  const secret = words.trim().slice(0, 40);
  if (/[\p{L}\p{M} ]{6}|\d{7}/u.test(secret)) secrets.add(secret);
}

export function isPersonal(text: string): boolean {
  const bare = text.replace(NAMES, ' ');
  const holdsOne = [CANARY_DIGITS, ANY_NUMBER].some(pattern => pattern.test(bare));
  return holdsOne || [CANARY_NAME, ...secrets].some(secret => bare.includes(secret));
}

/** To be told of everything that leaves by the named way. Only what is personal is kept. */
export function overhear(where: string, text: string): void {
  if (isPersonal(text)) leaks.push({ where, text });
}

/** Whatever a function throws is written down by AWS, its message and where it came from. */
export async function overhearFaults<Result>(where: string, deed: () => Promise<Result>): Promise<Result> {
  try {
    return await deed();
  } catch (error) {
    overhear(`thrown by ${where}`, inspect(error));
    throw error;
  }
}

/** What was overheard in the test that has ended. */
export function takeLeaks(): readonly Leak[] {
  secrets.clear();
  return leaks.splice(0);
}
