// The first network: Kazakhstan, two lines, two ladders, invented contacts. Another country is another such file.
// Must never hold a number that can ring: see `seedNumber`.
import { usualCare } from '../../../shared/domain/care.ts';
import { usualCoverage } from '../../../shared/domain/coverage-settings.ts';
import type { Ladder, LanguageStep, LastRung, Rung, Scope } from '../../../shared/domain/ladder.ts';
import { usualLimits } from '../../../shared/domain/limits.ts';
import type { Contact, Line, Network, Skill } from '../../../shared/domain/network.ts';
import { usualSelfService } from '../../../shared/domain/self-service.ts';
import type { Capabilities } from '../../../shared/domain/ways.ts';
import { kazakhstanRegions } from './kazakhstan-regions.ts';
import { contactId, ladderId, languageId, lineId, regionId, seedNumber, skillId } from './seed-values.ts';

const [kk, ru, uz] = [languageId('kk'), languageId('ru'), languageId('uz')];
const [ky, tg, en] = [languageId('ky'), languageId('tg'), languageId('en')];
const zone = 'Asia/Almaty';
const interpreting = skillId('interpreter');

/** As she would say it. A name may appear on a screen that someone else reads, so none of them gives her away. */
const skills: readonly Skill[] = [
  {
    id: skillId('crisis'),
    names: {
      kk: 'Біреумен сөйлесу',
      ru: 'Поговорить с человеком',
      en: 'Someone to talk to',
      uz: 'Kimdir bilan gaplashish',
      ky: 'Бирөө менен сүйлөшүү',
      tg: 'Бо касе сӯҳбат кардан',
    },
  },
  {
    id: skillId('legal'),
    names: {
      kk: 'Құқықтарым',
      ru: 'Мои права',
      en: 'My rights',
      uz: 'Huquqlarim',
      ky: 'Укуктарым',
      tg: 'Ҳуқуқҳои ман',
    },
  },
  {
    id: skillId('shelter'),
    names: {
      kk: 'Тұратын жер',
      ru: 'Где остановиться',
      en: 'Somewhere to stay',
      uz: 'Turar joy',
      ky: 'Турак жай',
      tg: 'Ҷои зист',
    },
  },
  {
    id: skillId('medical'),
    names: {
      kk: 'Денсаулық',
      ru: 'Здоровье',
      en: 'Health',
      uz: 'Salomatlik',
      ky: 'Ден соолук',
      tg: 'Саломатӣ',
    },
  },
  {
    id: skillId('child'),
    names: { kk: 'Балалар', ru: 'Дети', en: 'Children', uz: 'Bolalar', ky: 'Балдар', tg: 'Кӯдакон' },
  },
  {
    id: skillId('immigration'),
    names: {
      kk: 'Құжаттар және тіркеу',
      ru: 'Документы и регистрация',
      en: 'Papers and residence',
      uz: "Hujjatlar va ro'yxatdan o'tish",
      ky: 'Документтер жана каттоо',
      tg: 'Ҳуҷҷатҳо ва бақайдгирӣ',
    },
  },
  {
    id: interpreting,
    names: {
      kk: 'Ауызша аударма',
      ru: 'Устный перевод',
      en: 'Interpreting',
      uz: 'Tarjima',
      ky: 'Оозеки котормо',
      tg: 'Тарҷума',
    },
  },
];

const wave = { waveSize: 3, ringSeconds: 20, replySeconds: 120 } as const;

function volunteers(
  scope: Scope,
  skill: 'required' | 'preferred',
  rungSeconds: number,
  language: LanguageStep = 'exact',
): Rung {
  return { kind: 'volunteers', scope, skill, language, rungSeconds, ...wave };
}

const police: Rung = {
  kind: 'contact',
  contactKind: 'police',
  consent: 'ask',
  forNeed: null,
  rungSeconds: 20,
  ...wave,
};

/** A crisis centre is other people than she called, so she is asked, as with the police. */
const partner: Rung = {
  kind: 'contact',
  contactKind: 'partner',
  consent: 'ask',
  forNeed: null,
  rungSeconds: 20,
  ...wave,
};

const legal: Rung = {
  kind: 'contact',
  contactKind: 'legal',
  consent: 'assumed',
  forNeed: skillId('legal'),
  rungSeconds: 20,
  ...wave,
};

const manager: Rung = { kind: 'manager', rungSeconds: 60, ...wave };
const last: LastRung = { repeatSeconds: 120, waveSize: 5, ringSeconds: 25, replySeconds: 120 };

/**
 * A rung is shorter than a ring: the next phones start while the first still ring, about twenty in two minutes,
 * which is what it takes when one volunteer in six answers. A rung with nobody to ask takes no time. Without a
 * yes to police or partner the manager's phone rings after 120 s at the latest, 140 s for a legal need; with
 * every yes after 180 s. The last 20 s before are those in which a second language will do, then any of the line with
 * an interpreter.
 */
const national: Ladder = {
  id: ladderId('lad_national'),
  purpose: 'people',
  rungs: [
    volunteers('region', 'required', 30),
    volunteers('region', 'preferred', 10),
    volunteers('near', 'required', 15),
    volunteers('near', 'preferred', 10),
    volunteers('national', 'required', 20),
    volunteers('national', 'preferred', 15),
    volunteers('national', 'preferred', 10, 'second'),
    volunteers('national', 'preferred', 10, 'interpreted'),
    legal,
    police,
    partner,
    manager,
  ],
  last,
};

/** A line of one city: its own people first and longer, then whoever is nearest, then anyone. */
const regional: Ladder = {
  id: ladderId('lad_regional'),
  purpose: 'people',
  rungs: [
    volunteers('region', 'required', 30),
    volunteers('region', 'preferred', 20),
    volunteers('near', 'preferred', 20),
    volunteers('national', 'preferred', 20),
    volunteers('national', 'preferred', 15, 'second'),
    volunteers('national', 'preferred', 15, 'interpreted'),
    legal,
    police,
    partner,
    manager,
  ],
  last,
};

/** The canary's: one number of our own, and then the end. */
const canaryLadder: Ladder = {
  id: ladderId('lad_canary'),
  purpose: 'canary',
  rungs: [
    {
      kind: 'contact',
      contactKind: 'canary',
      consent: 'assumed',
      forNeed: null,
      rungSeconds: 40,
      waveSize: 1,
      ringSeconds: 20,
      replySeconds: 30,
    },
  ],
  last: { repeatSeconds: 60, waveSize: 1, ringSeconds: 20, replySeconds: 30 },
};

/** The most people first: whoever has to listen to a menu listens the shortest. */
const regionMenu = '75 61 19 71 31 79 35 15 43 39 47 11 55 63 23 33 27 10 59 62'
  .split(' ')
  .map(code => regionId(`KZ-${code}`));

/** Nearly everybody in the country understands some Russian; many who speak Uzbek or Kyrgyz follow Kazakh. */
const alsoUnderstood = { kk: [ru], uz: [ru, kk], ky: [ru, kk], tg: [ru] };

/**
 * A number of Kazakhstan at Twilio: calls both ways, and no SMS at all. Texts come and go by WhatsApp alone, on a number
 * that is registered there. Whoever has a carrier in the country says `carrier: 'other'`, and what that one can do.
 */
const callsAlone: Capabilities = {
  carrier: 'twilio',
  voice: { receives: true, reaches: ['+7'] },
  sms: { receives: false, reaches: [] },
  whatsapp: { receives: false, reaches: [] },
};
const callsAndWhatsapp: Capabilities = { ...callsAlone, whatsapp: { receives: true, reaches: ['+7'] } };

const lines: readonly Line[] = [
  {
    id: lineId('line_national'),
    number: seedNumber(1),
    whatsappNumber: seedNumber(2),
    capabilities: callsAndWhatsapp,
    whatsappTemplates: {},
    languages: [kk, ru, uz, ky, tg, en],
    alsoUnderstood,
    asksGender: true,
    needs: skills.map(skill => skill.id).filter(id => id !== interpreting),
    region: null,
    regionMenu,
    ladder: national.id,
    fallbackNumber: seedNumber(90),
    emergencyNumbers: ['102', '112'],
  },
  {
    id: lineId('line_almaty'),
    number: seedNumber(3),
    whatsappNumber: null,
    capabilities: callsAlone,
    whatsappTemplates: {},
    languages: [ru, kk],
    alsoUnderstood,
    asksGender: false,
    needs: [skillId('crisis'), skillId('legal'), skillId('shelter')],
    region: regionId('KZ-75'),
    regionMenu: [],
    ladder: regional.id,
    fallbackNumber: seedNumber(90),
    emergencyNumbers: ['102', '112'],
  },
];

const canaryContact: Contact = {
  id: contactId('con_canary'),
  kind: 'canary',
  name: 'Canary',
  callNumber: seedNumber(95),
  textNumber: null,
  textBy: 'none',
  language: ru,
  regions: [],
  zone,
  hours: [],
};

/** No menus, and nobody to fall back on: a fault must ring the canary and no desk. */
const canaryLine: Line = {
  id: lineId('line_canary'),
  number: seedNumber(9),
  whatsappNumber: null,
  capabilities: callsAlone,
  whatsappTemplates: {},
  languages: [ru],
  alsoUnderstood: {},
  asksGender: false,
  needs: [],
  region: regionId('KZ-75'),
  regionMenu: [],
  ladder: canaryLadder.id,
  fallbackNumber: seedNumber(95),
  emergencyNumbers: ['102', '112'],
};

function policeDesk(id: string, name: string, serial: number, regions: readonly string[]): Contact {
  return {
    id: contactId(`con_police-${id}`),
    kind: 'police',
    name,
    callNumber: seedNumber(serial),
    // A duty desk answers calls; none is on WhatsApp, and SMS there is none.
    textNumber: null,
    textBy: 'none',
    language: ru,
    regions: regions.map(regionId),
    zone,
    hours: [],
  };
}

function dutyManager(id: string, name: string, serial: number): Contact {
  return {
    id: contactId(`con_manager-${id}`),
    kind: 'manager',
    name,
    callNumber: seedNumber(serial),
    textNumber: seedNumber(serial),
    textBy: 'whatsapp',
    language: ru,
    regions: [],
    zone,
    hours: [],
  };
}

const contacts: readonly Contact[] = [
  policeDesk('almaty', 'Police duty desk, Almaty', 100, ['KZ-75', 'KZ-19']),
  policeDesk('astana', 'Police duty desk, Astana', 101, ['KZ-71', 'KZ-11']),
  policeDesk('shymkent', 'Police duty desk, Shymkent', 102, ['KZ-79', 'KZ-61']),
  policeDesk('national', 'Police duty desk, whole country', 103, []),
  {
    id: contactId('con_legal-aid'),
    kind: 'legal',
    name: 'Legal aid desk',
    callNumber: seedNumber(110),
    textNumber: seedNumber(110),
    textBy: 'whatsapp',
    language: ru,
    regions: [],
    zone,
    hours: [{ weekdays: [1, 2, 3, 4, 5], from: 9 * 60, until: 18 * 60 }],
  },
  {
    id: contactId('con_crisis-centre'),
    kind: 'partner',
    name: 'Crisis centre',
    callNumber: seedNumber(120),
    textNumber: seedNumber(120),
    textBy: 'whatsapp',
    language: ru,
    regions: [],
    zone,
    hours: [],
  },
  dutyManager('first', 'Duty manager A.', 130),
  dutyManager('second', 'Duty manager B.', 131),
  canaryContact,
];

export const kazakhstan: Network = {
  regions: kazakhstanRegions,
  skills,
  lines: [...lines, canaryLine],
  ladders: [national, regional, canaryLadder],
  contacts,
  settings: {
    secondsBetweenOffers: 1,
    graceSeconds: 600,
    idleSeconds: 1800,
    greetingSeconds: 1800,
    quietSeconds: 1800,
    conversationsAtOnce: 1,
    callBackTries: 3,
    callBackEverySeconds: 900,
    minorSkill: skillId('child'),
    interpreterSkill: interpreting,
    // Invented, as everything here: write yours in each script and language in which people know it.
    organisationNames: ['Тірек', 'Опора'],
    care: usualCare,
    limits: { ...usualLimits, allowedPrefixes: ['+7'] },
    coverage: usualCoverage,
    selfService: usualSelfService,
  },
  canary: { lineId: canaryLine.id, survivorNumber: seedNumber(96), contactId: canaryContact.id },
  holidays: [],
};
