// A small country for tests: four regions, two lines, a ladder with every kind of rung, short enough to be read.

import {
  contactId,
  ladderId,
  languageId,
  lineId,
  regionId,
  seedNumber,
  skillId,
  volunteerId,
} from '../../infra/local/seed/seed-values.ts';
import type { Care } from '../../shared/domain/care.ts';
import { usualCoverage } from '../../shared/domain/coverage-settings.ts';
import type { Ladder } from '../../shared/domain/ladder.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import type { Contact, Line, Network } from '../../shared/domain/network.ts';
import { usualSelfService } from '../../shared/domain/self-service.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { usualCapabilities } from '../../shared/domain/ways.ts';
import { CANARY_NAME } from './overheard.ts';

/** Two of them are neighbours; Astana is far from both, and nobody ever lives in Ulytau. */
const region = (
  id: string,
  name: string,
  near: readonly string[],
  landlinePrefixes: readonly string[] = [],
) => ({
  id: regionId(id),
  names: { ru: `${name} ru`, kk: `${name} kk`, en: name },
  zone: 'Asia/Almaty',
  near: near.map(regionId),
  landlinePrefixes,
});

export const almaty = regionId('KZ-75');
export const almatyRegion = regionId('KZ-19');
export const astana = regionId('KZ-71');
export const ulytau = regionId('KZ-62');

const wave = { waveSize: 2, ringSeconds: 20, replySeconds: 120 } as const;

export const ladder: Ladder = {
  id: ladderId('lad_small'),
  purpose: 'people',
  rungs: [
    { kind: 'volunteers', scope: 'region', skill: 'preferred', language: 'exact', ...wave, rungSeconds: 45 },
    { kind: 'volunteers', scope: 'near', skill: 'preferred', language: 'exact', ...wave, rungSeconds: 30 },
    {
      kind: 'volunteers',
      scope: 'national',
      skill: 'preferred',
      language: 'exact',
      ...wave,
      rungSeconds: 30,
    },
    {
      kind: 'contact',
      contactKind: 'legal',
      consent: 'assumed',
      forNeed: skillId('legal'),
      ...wave,
      rungSeconds: 30,
    },
    { kind: 'contact', contactKind: 'police', consent: 'ask', forNeed: null, ...wave, rungSeconds: 30 },
    { kind: 'manager', ...wave, rungSeconds: 30 },
  ],
  last: { ...wave, repeatSeconds: 120 },
};

const line = (id: string, serial: number, more: Partial<Line>): Line => ({
  id: lineId(id),
  number: seedNumber(serial),
  whatsappNumber: seedNumber(serial + 1),
  capabilities: usualCapabilities,
  whatsappTemplates: {},
  languages: [languageId('ru')],
  alsoUnderstood: {},
  asksGender: false,
  needs: [],
  region: almaty,
  regionMenu: [],
  ladder: ladder.id,
  fallbackNumber: seedNumber(90),
  emergencyNumbers: ['102', '112'],
  ...more,
});

/** No menus: whoever calls it is searched for at once, in Almaty and in Russian. */
export const plainLine = line('line_plain', 1, {});
/** Every menu. */
export const fullLine = line('line_full', 3, {
  languages: [languageId('kk'), languageId('ru'), languageId('en')],
  needs: [skillId('crisis'), skillId('legal')],
  region: null,
  regionMenu: [almaty, almatyRegion, astana, ulytau],
});

const contact = (id: string, kind: Contact['kind'], serial: number): Contact => ({
  id: contactId(id),
  kind,
  name: `${CANARY_NAME}${id}`,
  callNumber: seedNumber(serial),
  textNumber: seedNumber(serial),
  textBy: 'sms',
  language: languageId('ru'),
  regions: [],
  zone: 'Asia/Almaty',
  hours: [],
});

export const police = contact('con_police', 'police', 81);
export const lawyer = contact('con_lawyer', 'legal', 82);
export const manager = contact('con_manager', 'manager', 83);

/** So roomy that no test meets one unless it is about limits. */
export const roomyLimits: Limits = {
  callsPerNumberAnHour: 1_000,
  callsPerLineAMinute: 10_000,
  withheldPerLineAMinute: 10_000,
  textsPerNumberAnHour: 1_000,
  textsPerLineAMinute: 10_000,
  ringsADay: 1_000_000,
  textsADay: 1_000_000,
  automaticRepliesAnHour: 100,
  allowedPrefixes: ['+7'],
};

/** So much that no test meets it unless it is about care. */
export const tirelessCare: Care = {
  talksInARow: 100,
  restSeconds: 900,
  talksADay: 100,
  minutesADay: 1_440,
  hardRestSeconds: 3_600,
  abuseSeconds: 86_400,
};

export const smallNetwork: Network = {
  regions: [
    region('KZ-75', 'Almaty', ['KZ-19'], ['+7727']),
    region('KZ-19', 'Almaty Region', ['KZ-75']),
    region('KZ-71', 'Astana', [], ['+77172']),
    region('KZ-62', 'Ulytau', []),
  ],
  skills: [
    { id: skillId('crisis'), names: { ru: 'Поддержка', kk: 'Қолдау', en: 'Support' } },
    { id: skillId('legal'), names: { ru: 'Мои права', kk: 'Құқықтарым', en: 'My rights' } },
  ],
  lines: [plainLine, fullLine],
  ladders: [ladder],
  contacts: [police, lawyer, manager],
  settings: {
    secondsBetweenOffers: 1,
    graceSeconds: 600,
    idleSeconds: 14_400,
    greetingSeconds: 1_800,
    quietSeconds: 1_800,
    conversationsAtOnce: 1,
    callBackTries: 3,
    callBackEverySeconds: 600,
    minorSkill: null,
    interpreterSkill: null,
    organisationNames: ['Тірек қоры', 'Фонд «Опора»'],
    care: tirelessCare,
    limits: roomyLimits,
    coverage: usualCoverage,
    selfService: usualSelfService,
  },
  canary: null,
  holidays: [],
};

const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7] as const };

/** On duty round the clock in Almaty, speaks Russian, can do everything; `more` says otherwise. */
export function volunteer(name: string, serial: number, more: Partial<Volunteer> = {}): Volunteer {
  return {
    id: volunteerId(`vol_${name}`),
    name: `${CANARY_NAME}${name}`,
    languages: [languageId('ru')],
    skills: [skillId('crisis')],
    gender: null,
    region: almaty,
    number: seedNumber(serial),
    textBy: 'sms',
    rota: plainRota('Asia/Almaty', {
      weekly: [
        { ...everyDay, from: 0, until: 720 },
        { ...everyDay, from: 720, until: 0 },
      ],
    }),
    pausedUntil: null,
    ...more,
  };
}
