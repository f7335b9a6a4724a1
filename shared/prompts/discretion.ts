// The rule for every text that Pana writes to a survivor: someone else may be reading the phone. No word that gives
// her away, in any language or spelling of the region, and short enough for one glance. Tests apply it to all catalogs.
// Must never be loosened for one text's sake: reword the text.
import type { Text } from '../domain/wording.ts';
import { forbiddenStems, forbiddenWords } from './forbidden.ts';
import { isForbiddenInLatin } from './latin-spelling.ts';
import { ucs2Segments } from './segments.ts';

/** Who reads each kind. 'not-delivered' and 'noted' go to either, so they are written as if to a survivor. */
export const readerOf: Readonly<Record<Text['text'], 'survivor' | 'helper'>> = {
  'safe-question': 'survivor',
  'ask-need': 'survivor',
  'ask-region': 'survivor',
  'ask-wish': 'survivor',
  'ask-consent': 'survivor',
  searching: 'survivor',
  'here-now': 'survivor',
  'one-moment': 'survivor',
  'numbers-to-dial': 'survivor',
  'ask-call': 'survivor',
  'call-agreed': 'survivor',
  'no-call-agreed': 'survivor',
  'not-delivered': 'survivor',
  'no-media': 'survivor',
  noted: 'survivor',
  offer: 'helper',
  accepted: 'helper',
  taken: 'helper',
  declined: 'helper',
  closed: 'helper',
  'passed-on': 'helper',
  'is-minor': 'helper',
  'rest-noted': 'helper',
  debrief: 'helper',
  'unknown-word': 'helper',
  codes: 'helper',
  'accepted-beside': 'helper',
  'which-one': 'helper',
  held: 'helper',
  'good-time-again': 'helper',
  'not-now': 'helper',
  'window-closed': 'helper',
  'call-refused': 'helper',
  'call-not-now': 'helper',
  'call-no-way': 'helper',
  'call-busy': 'helper',
  calling: 'helper',
  escalated: 'helper',
  'unsafe-noted': 'helper',
  'on-duty': 'helper',
  'off-duty': 'helper',
  'on-break': 'helper',
  'contact-noted': 'helper',
  'contact-how': 'helper',
  'shift-codes': 'helper',
  'no-shifts': 'helper',
  'no-open-shifts': 'helper',
  'which-shift': 'helper',
  'number-verified': 'helper',
  'number-code-wrong': 'helper',
  shifts: 'helper',
  shift: 'helper',
  'return-asked': 'helper',
  'not-to-be-had': 'helper',
  'number-code': 'helper',
  'own-page': 'helper',
};

export type Problem =
  | { readonly rule: 'forbidden-word'; readonly found: string }
  | { readonly rule: 'link'; readonly found: string }
  /** Latin and Cyrillic letters in one word: look-alikes hide it from every list. */
  | { readonly rule: 'mixed-script'; readonly found: string }
  | { readonly rule: 'too-long'; readonly segments: number; readonly allowed: number }
  | { readonly rule: 'not-only-numbers' }
  | { readonly rule: 'number' }
  | { readonly rule: 'carrier-word'; readonly found: string };

/** The kinds that may take more than one segment, and how many. */
export const segmentBudget: { readonly [Kind in Text['text']]?: number } = { 'ask-need': 2 };

/** What is wrong with a text of this kind; empty when it may be sent to a survivor. */
export function discretionProblems(kind: Text['text'], text: string): readonly Problem[] {
  return [
    ...wordProblems(text),
    ...lengthProblems(segmentBudget[kind] ?? 1, text),
    ...numberProblems(kind, text),
  ];
}

/** The same of a text that nobody knows the kind of, as it arrived on a phone. */
export function discretionOfAny(text: string): readonly Problem[] {
  const numbers = numberProblems('numbers-to-dial', text).length > 0 ? numberProblems('searching', text) : [];
  return [
    ...wordProblems(text),
    ...lengthProblems(Math.max(1, ...Object.values(segmentBudget)), text),
    ...numbers,
  ];
}

function wordProblems(text: string): readonly Problem[] {
  return [
    ...forbiddenIn(text).map(found => ({ rule: 'forbidden-word', found }) as const),
    ...[...text.matchAll(mixedScript)].map(([found]) => ({ rule: 'mixed-script', found }) as const),
    ...[...text.matchAll(link)].map(([found]) => ({ rule: 'link', found }) as const),
    ...carrierWordsIn(text).map(found => ({ rule: 'carrier-word', found }) as const),
  ];
}

/** The words in a text that would give a survivor away. */
export function forbiddenIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
  const inLatin = (plain.match(/[a-z'’ʻ`]+/g) ?? []).filter(word => isForbiddenInLatin(word));
  return [...new Set([...[...plain.matchAll(forbidden)].map(([found]) => found), ...inLatin])];
}

/**
 * Words that carriers and Twilio intercept instead of delivering. Nobody may be asked to send one. `yes` is one of
 * them too, and is harmless only as the meaning of a digit.
 */
export function carrierWordsIn(text: string): readonly string[] {
  return [...text.matchAll(carrierWords)].map(([found]) => found);
}

const mixedScript =
  /\p{L}*(?:\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin})\p{L}*/gu;

const link =
  /:\/\/|www\.|@|\b(?:t|wa)\.me\b|[\p{L}\d]\.(?:kz|com|org|net|info|ru|io|me|app|online|рф|қаз)(?![\p{L}\d])/giu;

const carrierWords =
  /(?<![\p{L}\d])(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|unstop|help|info|стоп|тоқта|токта)(?![\p{L}\d])|(?<![\p{L}\d]|1 )yes(?![\p{L}\d])/giu;

const forbidden = new RegExp(
  `(?<![\\p{L}])(?:(?:${forbiddenStems.join('|')})\\p{L}*|(?:${forbiddenWords.join('|')})(?!\\p{L}))`,
  'giu',
);

function lengthProblems(allowed: number, text: string): readonly Problem[] {
  const segments = ucs2Segments(text);
  return segments > allowed ? [{ rule: 'too-long', segments, allowed }] : [];
}

/** Numbers to dial stand alone; no other text holds anything that looks like one. */
function numberProblems(kind: Text['text'], text: string): readonly Problem[] {
  if (kind === 'numbers-to-dial') {
    return /^\+?\d+(?: \/ \+?\d+)*$/.test(text) ? [] : [{ rule: 'not-only-numbers' }];
  }
  return /\d{3}/.test(text) ? [{ rule: 'number' }] : [];
}
