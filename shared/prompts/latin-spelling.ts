// Cyrillic words as people type them in Latin letters: each spelling of a word comes down to the same bare sound.
// A list of every spelling by hand would always lack one. For testing against only: never sent, logged or shown.
import { forbiddenStems } from './forbidden.ts';

const letters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а a|ә a|б b|в v|г g|ғ g|д d|е e|ж j|з z|и i|і i|й i|ы i|ӣ i|к k|қ k|л l|м m|н n|ң n|о o|ө o|п p|р r|с s|т t|у u|ұ u|' +
    'ү u|ў u|ӯ u|ф f|х h|ҳ h|һ h|ц c|ч 4|ҷ j|ш w|щ w|ъ |ь |э e|ю iu|я ia'
  )
    .split('|')
    .map(pair => pair.split(' ') as [string, string]),
);

/** Several letters for one sound, the longest first. */
const sounds: readonly (readonly [spelling: RegExp, sound: string])[] = [
  [/shch|sch|sh/g, 'w'],
  [/ch/g, '4'],
  [/zh/g, 'j'],
  [/kh|x/g, 'h'],
  [/gh/g, 'g'],
  [/ts|tc/g, 'c'],
  [/ng/g, 'n'],
  [/q/g, 'k'],
  [/w(?=[aeiou])/g, 'w'],
  [/(?:y|j|i)(?=[aou])/g, ''],
  [/y/g, 'i'],
  [/['’ʻ`]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** Shorter ones are the beginning of too many harmless words. */
const SOUNDS_AT_LEAST = 5;

const stems: readonly string[] = forbiddenStems
  .filter(stem => /^[\u0400-\u04ff]+$/.test(stem))
  .map(soundOf)
  .filter(sound => sound.length >= SOUNDS_AT_LEAST);

function soundOf(word: string): string {
  const latin = [...word].map(letter => letters[letter] ?? letter).join('');
  return sounds.reduce((so, [spelling, sound]) => so.replace(spelling, sound), latin);
}

/** A word in Latin letters, in lower case. */
export function isForbiddenInLatin(word: string): boolean {
  const sound = soundOf(word);
  return stems.some(stem => sound.startsWith(stem));
}
