// The demo's own small hotline: one region a story, a handful of invented people, waits short enough to watch.
// Its three regions have nobody else who speaks English, and its numbers are nobody else's: it also fits into the
// network of `npm start` (`withStories`). Must never be taken for a setting to use: a real phone rings for 20 s and more.
import { usualCare } from '../../../shared/domain/care.ts';
import { usualCoverage } from '../../../shared/domain/coverage-settings.ts';
import type { Rung } from '../../../shared/domain/ladder.ts';
import { usualLimits } from '../../../shared/domain/limits.ts';
import type { Contact, Line, Network } from '../../../shared/domain/network.ts';
import type { PhoneNumber } from '../../../shared/domain/phone.ts';
import { usualSelfService } from '../../../shared/domain/self-service.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import { usualCapabilities } from '../../../shared/domain/ways.ts';
import { kazakhstanRegions } from '../seed/kazakhstan-regions.ts';
import {
  contactId,
  ladderId,
  languageId,
  lineId,
  regionId,
  seedNumber,
  skillId,
  volunteerId,
} from '../seed/seed-values.ts';

export const DEMO_RING_SECONDS = 6;

const english = languageId('en');
const zone = 'Asia/Almaty';
const [zhetisu, ulytau, abai] = [regionId('KZ-33'), regionId('KZ-62'), regionId('KZ-10')];
/** Where the demo's numbers begin among those that no phone has. */
const SERIAL = 400_000;
const wave = { waveSize: 1, ringSeconds: DEMO_RING_SECONDS, replySeconds: 60 } as const;

const volunteersHere: Rung = {
  kind: 'volunteers',
  scope: 'region',
  skill: 'preferred',
  language: 'exact',
  rungSeconds: 60,
  ...wave,
};
const police: Rung = {
  kind: 'contact',
  contactKind: 'police',
  consent: 'ask',
  forNeed: null,
  rungSeconds: 20,
  ...wave,
};
const manager: Rung = { kind: 'manager', rungSeconds: 30, ...wave };

const ladder = {
  id: ladderId('lad_demo'),
  purpose: 'people' as const,
  rungs: [volunteersHere, police, manager],
  last: { ...wave, repeatSeconds: 60 },
};

function line(region: string, serial: number, more: Pick<Line, 'region' | 'needs'>): Line {
  return {
    id: lineId(`line_story-${region}`),
    number: seedNumber(SERIAL + serial),
    whatsappNumber: seedNumber(SERIAL + serial + 1),
    capabilities: usualCapabilities,
    whatsappTemplates: {},
    languages: [english],
    alsoUnderstood: {},
    asksGender: false,
    regionMenu: [],
    ladder: ladder.id,
    fallbackNumber: seedNumber(90),
    emergencyNumbers: ['102', '112'],
    ...more,
  };
}

export const demoLines = {
  zhetisu: line('zhetisu', 1, { region: zhetisu, needs: [skillId('crisis'), skillId('legal')] }),
  ulytau: line('ulytau', 3, { region: ulytau, needs: [] }),
  abai: line('abai', 5, { region: abai, needs: [] }),
};

function contact(kind: Contact['kind'], name: string, number: PhoneNumber): Contact {
  return {
    id: contactId(`con_story-${kind}`),
    kind,
    name,
    callNumber: number,
    textNumber: number,
    textBy: 'sms',
    language: english,
    regions: [],
    zone,
    hours: [],
  };
}

export const policeDesk = contact('police', 'The police desk', seedNumber(SERIAL + 100));
export const dutyManager = contact('manager', 'The duty manager', seedNumber(SERIAL + 130));

export const demoNetwork: Network = {
  regions: [zhetisu, ulytau, abai].flatMap(id =>
    kazakhstanRegions.filter(region => region.id === id).map(region => ({ ...region, near: [] })),
  ),
  skills: [
    { id: skillId('crisis'), names: { en: 'Someone to talk to' } },
    { id: skillId('legal'), names: { en: 'My rights' } },
  ],
  lines: Object.values(demoLines),
  ladders: [ladder],
  contacts: [policeDesk, dutyManager],
  settings: {
    secondsBetweenOffers: 1,
    graceSeconds: 600,
    idleSeconds: 1800,
    greetingSeconds: 1800,
    quietSeconds: 1800,
    conversationsAtOnce: 1,
    callBackTries: 3,
    callBackEverySeconds: 900,
    minorSkill: null,
    interpreterSkill: null,
    organisationNames: [],
    care: usualCare,
    limits: { ...usualLimits, allowedPrefixes: ['+7'] },
    coverage: usualCoverage,
    selfService: usualSelfService,
  },
  canary: null,
  holidays: [],
};

const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7] as const };

/** On duty round the clock, so that the demo can be played at any hour. */
function volunteer(name: string, serial: number, region: Volunteer['region']): Volunteer {
  return {
    id: volunteerId(`vol_story-${name.toLowerCase()}`),
    name,
    languages: [english],
    skills: [skillId('crisis')],
    region,
    number: seedNumber(SERIAL + serial),
    textBy: 'whatsapp',
    rota: plainRota(zone, {
      weekly: [
        { ...everyDay, from: 0, until: 12 * 60 },
        { ...everyDay, from: 12 * 60, until: 0 },
      ],
    }),
    gender: null,
    pausedUntil: null,
  };
}

/** Asked in the order of their names, as long as nobody has been asked yet. */
export const demoVolunteers = {
  aigul: volunteer('Aigul', 11, zhetisu),
  dana: volunteer('Dana', 12, zhetisu),
  madina: volunteer('Madina', 21, ulytau),
  erlan: volunteer('Erlan', 31, abai),
  saule: volunteer('Saule', 32, abai),
  timur: volunteer('Timur', 33, abai),
};

export const demoCallers = {
  caller: seedNumber(500_001),
  writer: seedNumber(500_002),
  secondCaller: seedNumber(500_003),
};
