// Russian for managers.
import type { ManagerCatalog } from './manager-words.ts';

export const ru: ManagerCatalog = {
  weekdays: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  months: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  wholeCountry: 'Вся страна',
  languages: {
    kk: 'казахский',
    ru: 'русский',
    en: 'английский',
    uz: 'узбекский',
    ky: 'киргизский',
    tg: 'таджикский',
    tr: 'турецкий',
    ug: 'уйгурский',
  },
  hole: ({ place, language, skill, onDuty, atLeast, when }) => {
    const who = onDuty === 0 && atLeast === 1 ? 'нет волонтёра' : `волонтёров ${onDuty} из ${atLeast}`;
    return `${place}: ${who}, язык ${language}${skill === null ? '' : ` (${skill})`}, ${when}`;
  },
  overload: (overload, day) => {
    switch (overload.kind) {
      case 'hours':
        return `За неделю с ${day} дежурств на ${overload.hours} ч`;
      case 'nights':
        return `Ночей подряд: ${overload.nights}, последняя до ${day}`;
      case 'rest':
        return `Отдых не дольше ${overload.hours} ч за сутки от начала дежурства ${day}`;
    }
  },
  score: {
    coverage: ({ percent, missingHours }) =>
      missingHours === 0
        ? 'Есть всё, что вы задали.'
        : `Есть ${percent} % того, что вы задали; не хватает человеко-часов: ${missingHours}.`,
    redundancy: ({ percent }) =>
      `${percent} % времени есть на одного человека больше, чем вы задали, на случай если кто-то не сможет.`,
    balance: ({ busiestTenthPercent }) =>
      `На самую занятую десятую часть волонтёров приходится ${busiestTenthPercent} % всех часов.`,
    rest: ({ overloaded }) =>
      overloaded === 0 ? 'Никто не дежурит слишком много.' : `Дежурят слишком много: ${overloaded}.`,
  },
  moreHoles: count => `И ещё ${count}.`,
};
