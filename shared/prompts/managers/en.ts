// English for managers.
import type { ManagerCatalog } from './manager-words.ts';

export const en: ManagerCatalog = {
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  wholeCountry: 'Whole country',
  languages: {
    kk: 'Kazakh',
    ru: 'Russian',
    en: 'English',
    uz: 'Uzbek',
    ky: 'Kyrgyz',
    tg: 'Tajik',
    tr: 'Turkish',
    ug: 'Uyghur',
  },
  hole: ({ place, language, skill, onDuty, atLeast, when }) => {
    const volunteer = `${language}-speaking volunteer`;
    const who = onDuty === 0 && atLeast === 1 ? `no ${volunteer}` : `${onDuty} of ${atLeast} ${volunteer}s`;
    return `${place}: ${who}${skill === null ? '' : ` (${skill})`}, ${when}`;
  },
  overload: (overload, day) => {
    switch (overload.kind) {
      case 'hours':
        return `On duty for ${overload.hours} hours in the week of ${day}`;
      case 'nights':
        return `${overload.nights} nights in a row, the last one to ${day}`;
      case 'rest':
        return `${overload.hours} hours of rest at the most in the day from the duty of ${day}`;
    }
  },
  score: {
    coverage: ({ percent, missingHours }) =>
      missingHours === 0
        ? 'Nothing is missing of what you ask for.'
        : `${percent} % of what you ask for is there; ${missingHours} hours of people are missing.`,
    redundancy: ({ percent }) =>
      `In ${percent} % of the time there is one more than you ask for, should somebody not be able to come.`,
    balance: ({ busiestTenthPercent }) => `The busiest tenth carries ${busiestTenthPercent} % of all hours.`,
    rest: ({ overloaded }) =>
      overloaded === 0 ? 'Nobody is on duty too much.' : `On duty too much: ${overloaded}.`,
  },
  moreHoles: count => `And ${count} more.`,
};
