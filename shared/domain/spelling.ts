// Words by their sound, so that Cyrillic and Latin spellings of one name are the same: "Үміт", "Умит" and "Umit". A list of
// every spelling by hand would always lack one. Only ever compared: never sent, logged or shown.

const letters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а a|ә a|б b|в v|г g|ғ g|д d|е e|ё e|ж j|з z|и i|і i|й i|ы i|ӣ i|к k|қ k|л l|м m|н n|ң n|о o|ө o|п p|р r|с s|т t|у u|' +
    'ұ u|ү u|ў u|ӯ u|ф f|х h|ҳ h|һ h|ц c|ч 4|ҷ j|ш w|щ w|ъ |ь |э e|ю iu|я ia|w v'
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
  [/(?:y|j|i)(?=[aou])/g, ''],
  [/y/g, 'i'],
  [/['’ʻ`]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** Of a word in lower case. */
export function soundOf(word: string): string {
  const latin = [...word].map(letter => letters[letter] ?? letter).join('');
  return sounds.reduce((so, [spelling, sound]) => so.replace(spelling, sound), latin);
}

/** A name shorter than this begins too many harmless words: it counts only as a whole word. */
const STEM_AT_LEAST = 5;

/** True when a text holds the name, in either script; a longer one also with another ending. */
export function holdsName(text: string, name: string): boolean {
  const sought = soundsIn(name);
  if (sought === '') return false;
  const stem = sought.length < STEM_AT_LEAST ? `${sought} ` : sought.replace(/[aeiou]$/, '');
  return ` ${soundsIn(text)} `.includes(` ${stem}`);
}

/** At least two letters that sound. */
export function isNameToLookFor(name: string): boolean {
  return soundsIn(name).length >= 2;
}

function soundsIn(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}'’ʻ`]+/gu) ?? [];
  return words.map(soundOf).join(' ').trim();
}
