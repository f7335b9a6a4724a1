// What short words and digits in a text mean. Whole texts only: a word inside a sentence means nothing here.
import type { LanguageId, RegionId } from './ids.ts';
import type { Network, Region } from './network.ts';

/** Ours in each language, and those that Twilio itself treats as an opt-out. In capitals. */
const stopWords: ReadonlySet<string> = new Set(
  "STOP СТОП ТОҚТА ТОКТА ТОКТО TO'XTA TOXTA ТЎХТА ТУХТА ИСТ STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT".split(
    ' ',
  ),
);
const yesWords: ReadonlySet<string> = new Set('1 ДА ИӘ ИЯ YES HA ҲА ООБА БАЛЕ'.split(' '));
/** She wants to be called: as she may write it by herself, in each language, with or without "me" and "please". */
const callWords: ReadonlySet<string> = new Set([
  '88',
  ...['ПОЗВОНИТЕ', 'ПЕРЕЗВОНИТЕ', 'МОЖНО ПОЗВОНИТЬ', 'ХОЧУ ПОГОВОРИТЬ'],
  ...['CALL', 'CALL BACK', 'CAN YOU CALL', 'I WANT TO TALK'],
  ...['ҚОҢЫРАУ ШАЛЫҢЫЗ', 'ЧАЛЫҢЫЗ', "QO'NG'IROQ QILING", 'ЗАНГ ЗАНЕД'],
]);
/** What people put around it. */
const politeWords: ReadonlySet<string> = new Set(
  'МНЕ ПОЖАЛУЙСТА МАҒАН ӨТІНЕМІН МАГА СУРАНАМ MENGA ILTIMOS БА МАН ЛУТФАН ME PLEASE'.split(' '),
);
const noWords: ReadonlySet<string> = new Set("2 НЕТ ЖОҚ ЖОК NO YO'Q YOQ ЙЎҚ ЙУК НЕ".split(' '));

/** A helper declines the offer that is open to her. */
export const DECLINE_CODE = '0';
/** No code that anybody writes: the way to the talk that a volunteer had last. */
export const AFTER_TALK = 'after';

/** A helper says what the survivor has agreed to about being reached: followed by a digit, hours, or 0. */
export const CONTACT_CODE = '96';

/** What follows that code; null when a text does not begin with it. */
export function contactCodeWith(body: string): string | null {
  const [code, ...words] = body.trim().split(/\s+/);
  return code === CONTACT_CODE ? words.join(' ') : null;
}

/**
 * In capitals, without what phones and people put around a word: blanks, marks, emoji, quotes, invisible signs. One
 * blank between two words, and one kind of apostrophe.
 */
export function word(body: string): string {
  return body
    .normalize('NFKC')
    .replace(/(?<=\p{L})[‘’ʻʼ`´](?=\p{L})/gu, "'")
    .replace(/^[^\p{L}\p{Nd}]+|[^\p{L}\p{Nd}]+$/gu, '')
    .replace(/\s+/g, ' ')
    .toUpperCase();
}

const unpassable = /[\p{Cs}\p{Noncharacter_Code_Point}]|(?!\n)\p{Cc}/gu;

/** What of a text can be passed on: no control signs, no halves of characters. Empty: there was nothing in it. */
export function passable(body: string): string {
  return body.replace(/\r\n?/g, '\n').replace(unpassable, ' ').trim();
}

/** A text in pieces that one text can hold, cut between words where there is room to. */
export function partsOf(body: string, longest: number): readonly string[] {
  if (body.length <= longest) return [body];
  const blank = body.lastIndexOf(' ', longest);
  const line = body.lastIndexOf('\n', longest);
  const between = Math.max(blank, line);
  const at =
    between > longest / 2 ? between : longest - (/[\uD800-\uDBFF]/.test(body[longest - 1] ?? '') ? 1 : 0);
  return [body.slice(0, at).trim(), ...partsOf(body.slice(at).trim(), longest)].filter(part => part !== '');
}

export function isStop(body: string): boolean {
  return stopWords.has(word(body));
}

/** Nothing but the wish that we call: inside a sentence it is for whoever reads it. */
export function wantsCall(body: string): boolean {
  const words = word(body.replace(/,/g, ' ')).split(' ');
  return callWords.has(words.filter(each => !politeWords.has(each)).join(' '));
}

export function yesOrNo(body: string): boolean | null {
  if (yesWords.has(word(body))) return true;
  return noWords.has(word(body)) ? false : null;
}

/** The digits that a text consists of, null when it is anything else. */
export function digitsOf(body: string): string | null {
  return /^\d{1,3}$/.exec(word(body))?.[0] ?? null;
}

/** What takes or declines an offer and, alone in a text, means nothing else: never words for the other side. */
export function isOfferCode(body: string): boolean {
  const digits = digitsOf(body);
  return digits === DECLINE_CODE || /^[1-8]\d$/.test(digits ?? '');
}

/**
 * What tells a language, the surest first: letters that no other language of the region has, then words as they are
 * typed without them, then letters that several share.
 */
const signs: readonly (readonly [language: string, sign: RegExp])[] = [
  ['tg', /[ӣӯҷ]/iu],
  ['uz', /ў|[og]['‘’ʻʼ`](?!s\b|clock)/iu],
  ['kk', /[әғқұһі]/iu],
  ['uz', /(?<!\p{L})(?:ha|yoq|salom|assalomu|rahmat|kerak|yaxshi)(?!\p{L})/iu],
  ['ky', /(?<!\p{L})(?:ооба|саламатсызбы|кандайсыз)(?!\p{L})|[өү].*(?:өө|үү|оо|уу|аа|ээ)/iu],
  ['tg', /(?<!\p{L})(?:бале|ассалому|салом|раҳмат|рахмат калон)(?!\p{L})|ҳ/iu],
  ['kk', /[ңөү]|^(?:ия|жок)$/iu],
  ['ky', /[ңөү]|^жок$/iu],
  ['ru', /[а-яё]/iu],
  ['en', /[a-z]/i],
];

/** The offered language that a text points to; null when it does not tell. */
export function languageOfText(body: string, offered: readonly LanguageId[]): LanguageId | null {
  const said = word(body);
  const told = (language: string) => offered.find(each => each === language);
  const sign = signs.find(([language, pattern]) => told(language) !== undefined && pattern.test(said));
  return sign === undefined ? null : (told(sign[0]) ?? null);
}

/** The region that a text names, in any language: the whole name, or its beginning from four letters on. */
export function regionNamed(body: string, network: Network): RegionId | null {
  const said = word(body);
  if (said.length < 4) return null;
  const named = (region: Region, matches: (name: string) => boolean) =>
    Object.values(region.names).some(matches);
  const exact = network.regions.find(region => named(region, name => word(name) === said));
  const close = network.regions.find(region => named(region, name => word(name).startsWith(said)));
  return (exact ?? close)?.id ?? null;
}
