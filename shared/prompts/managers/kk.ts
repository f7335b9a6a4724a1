// Kazakh for managers.
import type { ManagerCatalog } from './manager-words.ts';

export const kk: ManagerCatalog = {
  weekdays: ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс'],
  months: ['қаң', 'ақп', 'нау', 'сәу', 'мам', 'мау', 'шіл', 'там', 'қыр', 'қаз', 'қар', 'жел'],
  wholeCountry: 'Бүкіл ел',
  languages: {
    kk: 'қазақ',
    ru: 'орыс',
    en: 'ағылшын',
    uz: 'өзбек',
    ky: 'қырғыз',
    tg: 'тәжік',
    tr: 'түрік',
    ug: 'ұйғыр',
  },
  hole: ({ place, language, skill, onDuty, atLeast, when }) => {
    const about = skill === null ? '' : ` (${skill})`;
    const speaks = `${language} тілінде сөйлейтін ерікті`;
    const who = onDuty === 0 && atLeast === 1 ? `${speaks} жоқ` : `${speaks}: ${atLeast} орнына ${onDuty}`;
    return `${place}: ${who}${about}, ${when}`;
  },
  overload: (overload, day) => {
    switch (overload.kind) {
      case 'hours':
        return `${day} басталған аптада кезекшілік ${overload.hours} сағат`;
      case 'nights':
        return `Қатарынан ${overload.nights} түн, соңғысы ${day} дейін`;
      case 'rest':
        return `${day} кезекшілігі басталған тәулікте демалыс ең көбі ${overload.hours} сағат`;
    }
  },
  score: {
    coverage: ({ percent, missingHours }) =>
      missingHours === 0
        ? 'Сіз қойған талаптың бәрі бар.'
        : `Сіз қойған талаптың ${percent} %-ы бар; жетпейтін адам-сағат: ${missingHours}.`,
    redundancy: ({ percent }) =>
      `Уақыттың ${percent} %-ында талаптан бір адам артық: біреу келе алмай қалса да жетеді.`,
    balance: ({ busiestTenthPercent }) =>
      `Ең көп кезекшілік ететін оннан бір бөлікке барлық сағаттың ${busiestTenthPercent} %-ы тиеді.`,
    rest: ({ overloaded }) =>
      overloaded === 0 ? 'Ешкім тым көп кезекшілік етпейді.' : `Тым көп кезекшілік ететіндер: ${overloaded}.`,
  },
  moreHoles: count => `Тағы ${count}.`,
};
