// What a helper can write to us instead of to her: a number from 70 to 99, or words that nobody would write to a
// survivor. A new code is one more row here. Whole texts only: a code inside a sentence is hers to read.
// Must never hold a word that carriers take for themselves (stop, end, cancel, quit, help, yes, start, info …).
import { word } from './text-words.ts';

export type HelperCode =
  | 'take' // the only offer that is open to her; with several, each by its own number
  | 'decline'
  | 'done'
  | 'pass-on'
  | 'may-know-them'
  | 'call-her'
  | 'escalate'
  | 'unsafe'
  | 'on-duty'
  | 'off-duty'
  | 'break'
  | 'hard-talk'
  | 'abusive'
  | 'minor'
  | 'list'
  // about her shifts: shift-wish.ts says what each is followed by
  | 'my-shifts'
  | 'cannot-come'
  | 'open-shifts' // with a number: takes it
  | 'exchange'
  | 'confirm-number'
  | 'own-page'
  | 'comes-after-all'
  | 'ill'
  | 'shift-codes';

type Row = {
  /** Null: in words only. 83 to 87 and 89 are free, 96 says what she agreed to (text-words.ts); 10 to 69 are the numbers of offers. */
  readonly digits: string | null;
  /** By language. Phrases that cannot be meant for a survivor: an infinitive, or about the writer herself. */
  readonly words: { readonly [language: string]: readonly string[] };
  /** What may follow it: a number of minutes, or up to two numbers. */
  readonly takes?: 'minutes' | 'numbers';
};

export const helperCodes: { readonly [Code in HelperCode]: Row } = {
  take: {
    digits: null,
    words: {
      en: ['take it', 'i take it'],
      ru: ['беру', 'взять'],
      kk: ['аламын', 'қабылдаймын'],
      uz: ['olaman'],
      ky: ['алам', 'кабыл алам'],
      tg: ['мегирам'],
    },
  },
  decline: {
    digits: '0',
    words: {
      en: ['decline', 'i decline'],
      ru: ['отказ', 'отказаться'],
      kk: ['бас тарту', 'бас тартамын'],
      uz: ['rad etaman', 'rad etish'],
      ky: ['баш тартам', 'баш тартуу'],
      tg: ['рад мекунам', 'рад кардан'],
    },
  },
  done: {
    digits: '90',
    words: {
      en: ['finish', 'finish talk'],
      ru: ['закончить', 'завершить'],
      kk: ['аяқтау'],
      uz: ['tugatish'],
      ky: ['бүтүрүү'],
      tg: ['анҷом'],
    },
  },
  'pass-on': {
    digits: '91',
    words: {
      en: ['pass on', 'pass it on'],
      ru: ['передать', 'передать другому'],
      kk: ['басқаға беру'],
      uz: ['boshqaga berish'],
      ky: ['башкага берүү'],
      tg: ['ба дигар кас додан'],
    },
  },
  'may-know-them': {
    digits: '92',
    words: {
      en: ['i may know them', 'i may know her', 'i know them'],
      ru: ['возможно знакомы', 'мы знакомы', 'знакомый человек'],
      kk: ['танитын шығармын', 'таныс адам'],
      uz: ['tanish odam', 'taniyman shekilli'],
      ky: ['тааныш адам', 'тааныйм окшойт'],
      tg: ['каси шинос', 'шояд мешиносам'],
    },
  },
  'call-her': {
    digits: '93',
    words: {
      en: ['call her', 'call them'],
      ru: ['позвонить', 'позвонить ей'],
      kk: ['қоңырау шалу', 'оған қоңырау шалу'],
      uz: ["qo'ng'iroq qilish"],
      ky: ['чалуу'],
      tg: ['занг задан'],
    },
  },
  escalate: {
    digits: '94',
    words: {
      en: ['escalate', 'call a manager'],
      ru: ['эскалация', 'старшему', 'позвать старшего'],
      kk: ['басшыға хабарлау', 'басшыны шақыру'],
      uz: ['rahbarga xabar berish'],
      ky: ['башчыга кабар берүү'],
      tg: ['ба роҳбар хабар додан'],
    },
  },
  unsafe: {
    digits: '95',
    words: {
      en: ['i feel unsafe', 'i am unsafe'],
      ru: ['мне небезопасно', 'мне опасно'],
      kk: ['маған қауіпті', 'маған қауіп төнді'],
      uz: ['menga xavfli'],
      ky: ['мага коркунучтуу'],
      tg: ['ба ман хатар'],
    },
  },
  'on-duty': {
    digits: '97',
    words: {
      en: ['on duty', 'i am on duty'],
      ru: ['на смене', 'я на смене'],
      kk: ['кезектемін'],
      uz: ['navbatdaman'],
      ky: ['нөөмөттөмүн'],
      tg: ['дар навбатам'],
    },
  },
  'off-duty': {
    digits: '98',
    words: {
      en: ['off duty', 'i am off duty'],
      ru: ['не на смене', 'я не на смене', 'конец смены'],
      kk: ['кезекте емеспін'],
      uz: ['navbatda emasman'],
      ky: ['нөөмөттө эмесмин'],
      tg: ['дар навбат нестам'],
    },
  },
  break: {
    digits: '99',
    words: {
      en: ['break', 'take a break'],
      ru: ['перерыв'],
      kk: ['үзіліс'],
      uz: ['tanaffus'],
      ky: ['тыныгуу'],
      tg: ['танаффус'],
    },
    takes: 'minutes',
  },
  'hard-talk': {
    digits: '71',
    words: {
      en: ['it was hard', 'hard talk'],
      ru: ['было тяжело', 'тяжёлый разговор'],
      kk: ['ауыр болды', 'ауыр әңгіме'],
      uz: ["qiyin bo'ldi"],
      ky: ['оор болду'],
      tg: ['вазнин буд'],
    },
  },
  abusive: {
    digits: '72',
    words: {
      en: ['abusive caller'],
      ru: ['меня оскорбляли'],
      kk: ['мені балағаттады'],
      uz: ['meni haqorat qildi'],
      ky: ['мени кордошту'],
      tg: ['маро таҳқир кард'],
    },
  },
  minor: {
    digits: '73',
    words: {
      en: ['under age'],
      ru: ['несовершеннолетний'],
      kk: ['кәмелетке толмаған'],
      uz: ['voyaga yetmagan'],
      ky: ['жашы жетпеген'],
      tg: ['ноболиғ'],
    },
  },
  list: {
    digits: '70',
    words: {
      en: ['codes', 'all codes'],
      ru: ['коды', 'список кодов'],
      kk: ['кодтар', 'кодтар тізімі'],
      uz: ['kodlar'],
      ky: ['коддор'],
      tg: ['кодҳо'],
    },
  },
  'my-shifts': {
    digits: '74',
    words: {
      en: ['my shifts'],
      ru: ['мои смены'],
      kk: ['менің кезектерім'],
      uz: ['mening navbatlarim'],
      ky: ['менин нөөмөттөрүм'],
      tg: ['навбатҳои ман'],
    },
  },
  'cannot-come': {
    digits: '75',
    words: {
      en: ['i cannot come', 'cannot come'],
      ru: ['не смогу прийти', 'не приду на смену'],
      kk: ['келе алмаймын', 'кезекке келе алмаймын'],
      uz: ['kela olmayman', 'navbatga kela olmayman'],
      ky: ['келе албаймын', 'нөөмөткө келе албаймын'],
      tg: ['омада наметавонам', 'ба навбат омада наметавонам'],
    },
    takes: 'numbers',
  },
  'open-shifts': {
    digits: '76',
    words: {
      en: ['open shifts'],
      ru: ['свободные смены'],
      kk: ['бос кезектер'],
      uz: ["bo'sh navbatlar"],
      ky: ['бош нөөмөттөр'],
      tg: ['навбатҳои холӣ'],
    },
    takes: 'numbers',
  },
  exchange: {
    digits: '77',
    words: {
      en: ['exchange shifts'],
      ru: ['обмен сменами'],
      kk: ['кезек алмасу'],
      uz: ['navbat almashish'],
      ky: ['нөөмөт алмашуу'],
      tg: ['ивази навбат'],
    },
    takes: 'numbers',
  },
  'confirm-number': {
    digits: '78',
    words: {
      en: ['confirm number'],
      ru: ['подтвердить номер'],
      kk: ['нөмірді растау'],
      uz: ['raqamni tasdiqlash'],
      ky: ['номерди ырастоо'],
      tg: ['тасдиқи рақам'],
    },
    takes: 'numbers',
  },
  'own-page': {
    digits: '79',
    words: {
      en: ['my page'],
      ru: ['моя страница'],
      kk: ['менің бетім'],
      uz: ['mening sahifam'],
      ky: ['менин барагым'],
      tg: ['саҳифаи ман'],
    },
  },
  'comes-after-all': {
    digits: '80',
    words: {
      en: ['i can come', 'i come after all'],
      ru: ['я приду на смену', 'всё-таки приду'],
      kk: ['кезекке келемін'],
      uz: ['navbatga kelaman'],
      ky: ['нөөмөткө келем'],
      tg: ['ба навбат меоям'],
    },
    takes: 'numbers',
  },
  ill: {
    digits: '81',
    words: {
      en: ['i am ill'],
      ru: ['я болею', 'я заболела', 'я заболел'],
      kk: ['мен ауырып қалдым'],
      uz: ['men kasalman'],
      ky: ['мен ооруп калдым'],
      tg: ['ман беморам'],
    },
    takes: 'numbers',
  },
  'shift-codes': {
    digits: '82',
    words: {
      en: ['shift codes'],
      ru: ['коды смен'],
      kk: ['кезек кодтары'],
      uz: ['navbat kodlari'],
      ky: ['нөөмөт коддору'],
      tg: ['рамзҳои навбат'],
    },
  },
};

/** A whole text that is a code. `numbers`: what stands after it. */
export type SaidCode = { readonly code: HelperCode; readonly numbers: readonly number[] };

type Meaning = { readonly code: HelperCode; readonly takes: Row['takes'] | null };

const meanings: ReadonlyMap<string, Meaning> = new Map(
  (Object.keys(helperCodes) as HelperCode[]).flatMap(code => {
    const { digits, words, takes = null } = helperCodes[code];
    const said = [...(digits === null ? [] : [digits]), ...Object.values(words).flat()];
    return said.map(each => [word(each), { code, takes }] as const);
  }),
);

const followedBy = {
  minutes: /^(.+?)[ ,]+(\d{1,3})(?:\s*\p{L}+)?$/u,
  numbers: /^(.+?)((?:[ ,]+\d{1,6}){1,2})$/u,
} as const;

/** Null: words for whoever she talks with, or the number of an offer. */
export function codeIn(body: string): SaidCode | null {
  const said = word(body);
  const whole = meanings.get(said);
  if (whole) return { code: whole.code, numbers: [] };
  for (const [takes, pattern] of Object.entries(followedBy)) {
    const [, head = '', rest = ''] = pattern.exec(said) ?? [];
    const meant = meanings.get(head);
    if (meant?.takes === takes) return { code: meant.code, numbers: (rest.match(/\d+/g) ?? []).map(Number) };
  }
  return null;
}
