// A story: who calls and writes, when, with what patience; what is edited meanwhile; what fails. Made from a seed,
// or read from a file: nothing else decides what happens in a world.
import {
  contactId,
  languageId,
  seedNumber,
  skillId,
  volunteerId,
} from '../../infra/local/seed/seed-values.ts';
import type { Care } from '../../shared/domain/care.ts';
import { type LineId, parseLineId, type RegionId } from '../../shared/domain/ids.ts';
import type { Rung } from '../../shared/domain/ladder.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Address } from '../../shared/domain/phone.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import {
  almaty,
  almatyRegion,
  astana,
  fullLine,
  plainLine,
  smallNetwork,
  volunteer,
} from '../support/small-network.ts';
import { type HandAct, handActsOf } from './by-hand.ts';
import { Chance } from './chance.ts';
import type { Taken } from './faults.ts';
import type { Habits } from './helper.ts';
import type { Plan } from './plans.ts';
import type { Triggers } from './scene.ts';

/** A manager takes somebody off duty, pauses her, or puts her back, in the middle of everything. */
export type Edit = {
  readonly atMs: number;
  readonly volunteer: number;
  readonly to: 'off-duty' | 'paused' | 'on-duty';
};

export type Story = {
  readonly seed: number;
  readonly triggers: Triggers;
  /** Share of all effects that fail; `listed` says instead which ones do, and how. */
  readonly faultRate: number;
  /** Share of the queue's messages that are lost besides. */
  readonly lostMessages: number;
  readonly listed: readonly Pick<Taken, 'place' | 'fault'>[] | null;
  /** While it lasts nothing sweeps. */
  readonly sweepsFromMs: number;
  readonly volunteers: number;
  readonly people: readonly Plan[];
  readonly edits: readonly Edit[];
  readonly acts: readonly HandAct[];
  /** Nothing fails any more from here on. */
  readonly calmFromMs: number;
};

export const allTriggers: Triggers = { callersLoop: true, queue: true, sweep: true, reconciler: true };

/** As people in surveys of such lines: about every second ring is answered in the end. */
export const volunteerHabits: Habits = {
  answers: 0.5,
  voicemail: 0.12,
  rejects: 0.08,
  accepts: 0.86,
  declines: 0.08,
  pauses: 0.03,
};
export const deskHabits: Habits = {
  answers: 0.8,
  voicemail: 0,
  rejects: 0.02,
  accepts: 0.95,
  declines: 0.02,
  pauses: 0,
};

const NEVER_LIMITED = 1_000_000;

const secondLanguage: Rung = {
  kind: 'volunteers',
  scope: 'national',
  skill: 'preferred',
  language: 'second',
  waveSize: 2,
  ringSeconds: 20,
  replySeconds: 120,
  rungSeconds: 30,
};

const interpreting = skillId('interpreter');
const withInterpreter: Rung = { ...secondLanguage, language: 'interpreted' };

/** So little that it is met within a story: a volunteer rests after two talks in a row. */
const care: Care = { ...smallNetwork.settings.care, talksInARow: 2, restSeconds: 300 };

/** The small country of the tests, in which a talk that has died ends sooner and nothing is limited. */
export const simulatedNetwork: Network = {
  ...smallNetwork,
  ladders: smallNetwork.ladders.map(ladder => ({
    ...ladder,
    rungs: ladder.rungs.flatMap((rung, index) => {
      if (index === 0 && rung.kind === 'volunteers') return [{ ...rung, skill: 'required' as const }];
      return rung.kind === 'volunteers' && rung.scope === 'national'
        ? [rung, secondLanguage, withInterpreter]
        : [rung];
    }),
  })),
  lines: smallNetwork.lines.map(line => ({ ...line, alsoUnderstood: { kk: [languageId('ru')] } })),
  skills: [
    ...smallNetwork.skills,
    { id: interpreting, names: { ru: 'Перевод', kk: 'Аударма', en: 'Interpreting' } },
  ],
  settings: {
    ...smallNetwork.settings,
    interpreterSkill: interpreting,
    idleSeconds: 600,
    conversationsAtOnce: 2,
    greetingSeconds: 300,
    quietSeconds: 120,
    callBackEverySeconds: 120,
    care,
    limits: {
      ...smallNetwork.settings.limits,
      callsPerNumberAnHour: NEVER_LIMITED,
      callsPerLineAMinute: NEVER_LIMITED,
      textsPerNumberAnHour: NEVER_LIMITED,
      textsPerLineAMinute: NEVER_LIMITED,
      ringsADay: NEVER_LIMITED,
      textsADay: NEVER_LIMITED,
    },
  },
};

const REGIONS: readonly RegionId[] = [almaty, almaty, almatyRegion, almaty, astana, almatyRegion];

/** Every seventh answers from a second region as well, every ninth from another one instead of her own. */
function postedTo(index: number): readonly RegionId[] | null {
  const home = REGIONS[index % REGIONS.length] as RegionId;
  const other = REGIONS[(index + 2) % REGIONS.length] as RegionId;
  if (index % 7 === 5) return home === other ? [home] : [home, other];
  return index % 9 === 8 ? [other] : null;
}

/** Where she is while she is on duty: in a story that is the same all the time. */
export const postOf = ({ rota, region }: Volunteer): readonly RegionId[] =>
  rota.weekly[0]?.regions ?? [region];

export function volunteersOf(count: number): readonly Volunteer[] {
  return Array.from({ length: count }, (_, index) =>
    posted(postedTo(index), `v${index}`, 200 + index, {
      id: volunteerId(`vol_v${index}`),
      region: REGIONS[index % REGIONS.length] as RegionId,
      languages: ['ru', ...(index % 2 === 0 ? ['kk'] : []), ...(index % 4 === 1 ? ['en'] : [])].map(
        languageId,
      ),
      // Every fifth only rings: for her the phone rings about a survivor who writes, too.
      textBy: index % 5 === 4 ? 'none' : 'sms',
      skills: index % 3 === 0 ? [skillId('crisis'), skillId('legal')] : [skillId('crisis')],
      ...(index % 8 === 3 ? { languages: ['ru', 'en'].map(languageId), skills: [interpreting] } : {}),
    }),
  );
}

function posted(regions: readonly RegionId[] | null, ...facts: Parameters<typeof volunteer>): Volunteer {
  const her = volunteer(...facts);
  return { ...her, rota: { ...her.rota, weekly: her.rota.weekly.map(shift => ({ ...shift, regions })) } };
}

export const contactNumbers = simulatedNetwork.contacts.map(({ id, callNumber }) => ({
  id: contactId(id),
  number: callNumber ?? seedNumber(99),
}));

export type Measure = {
  readonly people: number;
  readonly volunteers: number;
  readonly faultRate: number;
  readonly lostMessages: number;
  readonly triggers: Triggers;
};

const ARRIVALS_MS = 480_000;
const AFTERWARDS_MS = 120_000;

export function storyOf(seed: number, measure: Measure): Story {
  const chance = new Chance(seed, 'population');
  const { people, volunteers, faultRate, lostMessages, triggers } = measure;
  return {
    seed,
    triggers,
    faultRate,
    lostMessages,
    listed: null,
    sweepsFromMs: faultRate > 0 && chance.is(0.1) ? chance.between(60_000, 360_000) : 0,
    volunteers,
    people: Array.from({ length: people }, (_, serial) => planOf(serial, chance)),
    edits: Array.from({ length: Math.floor(people / 5) }, () => ({
      atMs: chance.between(0, ARRIVALS_MS),
      volunteer: chance.between(0, volunteers - 1),
      to: chance.pick(['off-duty', 'paused', 'on-duty'] as const),
    })),
    acts: handActsOf(seed, Math.floor(people / 3), ARRIVALS_MS + AFTERWARDS_MS),
    calmFromMs: ARRIVALS_MS + AFTERWARDS_MS,
  };
}

function planOf(serial: number, chance: Chance): Plan {
  const arrivesMs = chance.between(0, ARRIVALS_MS);
  const address = `+7799${String(serial).padStart(7, '0')}` as Address;
  const lineId: LineId = chance.is(0.7) ? plainLine.id : fullLine.id;
  if (chance.is(0.25)) {
    const answers = chance.is(0.85) ? 'yes' : chance.is(0.5) ? 'no' : 'never';
    return { kind: 'writer', serial, lineId, address, arrivesMs, answers, saysStop: chance.is(0.05) };
  }
  return {
    kind: 'caller',
    serial,
    lineId,
    address: chance.is(0.1) ? null : address,
    arrivesMs,
    patienceMs: chance.is(0.6) ? null : chance.between(1_000, 300_000),
    callsAgain: chance.is(0.2),
  };
}

export const isLineId = (text: string): boolean => parseLineId(text) !== null;
