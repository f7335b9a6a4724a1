// The words of a volunteer's own page. Short ones: it is read on small and old screens.
// Must never hold the name of an organisation: somebody else may look at the screen.
import type { LanguageId } from '../domain/ids.ts';

export type PageWords = {
  readonly title: string;
  readonly now: { readonly on: string; readonly off: string; readonly paused: string };
  readonly be: { readonly on: string; readonly off: string; readonly pause: string };
  readonly next: string;
  readonly none: string;
  readonly open: string;
  readonly cannotCome: string;
  readonly ill: string;
  readonly comeAfterAll: string;
  readonly take: string;
  /** Before a list of own shifts, of which one may be given for it. */
  readonly inReturn: string;
  readonly nothing: string;
  readonly state: {
    readonly asked: string;
    readonly away: string;
    readonly waits: string;
    readonly offered: string;
  };
  readonly agree: string;
  readonly refuse: string;
  readonly confirm: string;
  readonly send: string;
  readonly close: string;
  readonly done: string;
  readonly again: string;
  /** The address opens nothing: the line knows the code for a new one. */
  readonly shut: string;
};

const en: PageWords = {
  title: 'My shifts',
  now: { on: 'You are on duty.', off: 'You are off duty.', paused: 'You are having a break.' },
  be: { on: 'On duty', off: 'Off duty', pause: 'Break, 30 minutes' },
  next: 'Next shifts',
  none: 'None in the next two weeks.',
  open: 'Open shifts',
  cannotCome: 'I cannot come',
  ill: 'I am ill',
  comeAfterAll: 'I come after all',
  take: 'Take it',
  inReturn: 'and give for it',
  nothing: 'nothing',
  state: {
    asked: 'Others are being asked. Until somebody takes it, it is yours.',
    away: 'You are off it. Others are being asked.',
    waits: 'A manager decides.',
    offered: 'Offered in return:',
  },
  agree: 'Agree',
  refuse: 'Do not agree',
  confirm: 'The code that was sent to your number',
  send: 'Send',
  close: 'Close this page for good',
  done: 'Done.',
  again: 'That did not work. Please try again.',
  shut: 'This page is closed. Text 79 to the line for a new one.',
};
const ru: PageWords = {
  title: 'Мои смены',
  now: { on: 'Вы на смене.', off: 'Вы не на смене.', paused: 'У вас перерыв.' },
  be: { on: 'На смене', off: 'Не на смене', pause: 'Перерыв 30 минут' },
  next: 'Ближайшие смены',
  none: 'В ближайшие две недели нет.',
  open: 'Свободные смены',
  cannotCome: 'Не смогу',
  ill: 'Болею',
  comeAfterAll: 'Всё-таки приду',
  take: 'Взять',
  inReturn: 'и отдать взамен',
  nothing: 'ничего',
  state: {
    asked: 'Ищем замену. Пока никто не взял, смена ваша.',
    away: 'Смена с вас снята. Ищем замену.',
    waits: 'Решает старший.',
    offered: 'Предлагают взамен:',
  },
  agree: 'Согласиться',
  refuse: 'Отказаться',
  confirm: 'Код, который пришёл на ваш номер',
  send: 'Отправить',
  close: 'Закрыть эту страницу навсегда',
  done: 'Готово.',
  again: 'Не получилось. Попробуйте ещё раз.',
  shut: 'Страница закрыта. Новая — по коду 79 на номер линии.',
};
const kk: PageWords = {
  title: 'Менің кезектерім',
  now: { on: 'Сіз кезектесіз.', off: 'Сіз кезекте емессіз.', paused: 'Сізде үзіліс.' },
  be: { on: 'Кезектемін', off: 'Кезекте емеспін', pause: 'Үзіліс 30 минут' },
  next: 'Алдағы кезектер',
  none: 'Алдағы екі аптада жоқ.',
  open: 'Бос кезектер',
  cannotCome: 'Келе алмаймын',
  ill: 'Ауырып қалдым',
  comeAfterAll: 'Бәрібір келемін',
  take: 'Алу',
  inReturn: 'орнына беру',
  nothing: 'ештеңе',
  state: {
    asked: 'Орныңызға адам іздейміз. Ешкім алмағанша кезек сіздікі.',
    away: 'Кезектен босатылдыңыз. Орныңызға адам іздейміз.',
    waits: 'Басшы шешеді.',
    offered: 'Орнына ұсынады:',
  },
  agree: 'Келісу',
  refuse: 'Бас тарту',
  confirm: 'Нөміріңізге келген код',
  send: 'Жіберу',
  close: 'Бұл бетті біржола жабу',
  done: 'Дайын.',
  again: 'Болмады. Қайта көріңіз.',
  shut: 'Бет жабылған. Жаңасын алу үшін желіге 79 деп жазыңыз.',
};

const words: Readonly<Record<string, PageWords>> = { ru, kk, en };
/** Understood by nearly everybody in the region. */
const COMMON = 'ru';

/** In the first of her languages that the page knows. */
export function pageWordsFor(languages: readonly LanguageId[]): {
  readonly language: string;
  readonly words: PageWords;
} {
  const language = languages.find(each => Object.hasOwn(words, each)) ?? COMMON;
  return { language, words: words[language] ?? ru };
}

/** To whoever comes with an address that opens nothing. */
export const shutInAll: readonly string[] = [ru.shut, kk.shut, en.shut];
