// What the settings of a network must keep to: lengths of time within reason, limits that drop nobody, skills that there
// are, and an organisation whose name nothing says.
// Must never repeat a phone number in a problem.
import type { Care } from './care.ts';
import { coverageProblems } from './coverage-settings.ts';
import { interpretedRung } from './ladder.ts';
import type { Limits } from './limits.ts';
import type { Network, Settings } from './network.ts';
import type { Wordings } from './network-rules.ts';
import { PLACES_AT_MOST } from './places.ts';
import { each, needed, type Problems, type Range, rangeProblems, refuse } from './rule-parts.ts';
import { selfServiceProblems } from './self-service.ts';
import { isNameToLookFor } from './spelling.ts';

type NotASpan =
  | 'limits'
  | 'care'
  | 'coverage'
  | 'selfService'
  | 'minorSkill'
  | 'interpreterSkill'
  | 'organisationNames';
const settingRanges: Readonly<Record<Exclude<keyof Settings, NotASpan>, Range>> = {
  secondsBetweenOffers: [0, 10],
  graceSeconds: [0, 3600],
  idleSeconds: [600, 86_400],
  greetingSeconds: [300, 86_400],
  quietSeconds: [300, 86_400],
  conversationsAtOnce: [1, PLACES_AT_MOST],
  callBackTries: [1, 10],
  callBackEverySeconds: [60, 14_400],
};
/** Less than one talk would make everybody tired at once: then the care would mean nothing. */
const careRanges: Readonly<Record<keyof Care, Range>> = {
  talksInARow: [1, 100],
  restSeconds: [60, 14_400],
  talksADay: [1, 100],
  minutesADay: [10, 1_440],
  hardRestSeconds: [300, 86_400],
  abuseSeconds: [600, 2_592_000],
};
/** Low limits slow people down in a bad night; whoever calls again after a lost connection must not meet one. */
const limitRanges: Readonly<Record<Exclude<keyof Limits, 'allowedPrefixes'>, Range>> = {
  callsPerNumberAnHour: [5, 1_000],
  callsPerLineAMinute: [5, 10_000],
  withheldPerLineAMinute: [5, 10_000],
  textsPerNumberAnHour: [10, 1_000],
  textsPerLineAMinute: [10, 10_000],
  ringsADay: [10, 10_000_000],
  textsADay: [10, 10_000_000],
  automaticRepliesAnHour: [2, 100],
};

export function settingProblems(network: Network, has: Wordings): Problems {
  const { settings } = network;
  return [
    ...rangeProblems(settings, settingRanges, 'settings'),
    ...rangeProblems(settings.care, careRanges, 'settings.care'),
    ...skillSettingProblems(network),
    ...organisationProblems(network, has),
    ...limitProblems(settings.limits, 'settings.limits'),
    ...coverageProblems(network),
    ...selfServiceProblems(settings.selfService),
  ];
}

function limitProblems(limits: Limits, path: string): Problems {
  const at = `${path}.allowedPrefixes`;
  return [
    ...rangeProblems(limits, limitRanges, path),
    ...needed(limits.allowedPrefixes, at, 'nobody could be rung or written to'),
    ...each(at, limits.allowedPrefixes, (prefix, place) =>
      refuse(!/^\+\d{0,14}$/.test(prefix), place, 'is not the beginning of an E.164 number'),
    ),
  ];
}

function skillSettingProblems({ skills, ladders, settings }: Network): Problems {
  const { interpreterSkill } = settings;
  const named = (['minorSkill', 'interpreterSkill'] as const).flatMap(field => {
    const isKnown = settings[field] === null || skills.some(({ id }) => id === settings[field]);
    return refuse(!isKnown, `settings.${field}`, `there is no skill ${settings[field]}`);
  });
  const isInterpreted = ladders.some(ladder => interpretedRung(ladder) !== null);
  return [
    ...named,
    ...refuse(
      isInterpreted && interpreterSkill === null,
      'settings.interpreterSkill',
      'a rung asks for interpreters: say by which skill they are known',
    ),
  ];
}

/** Each is looked for in all that is said: one that sounds like nothing would be found nowhere. */
function organisationProblems({ settings: { organisationNames } }: Network, has: Wordings): Problems {
  const at = 'settings.organisationNames';
  return each(at, organisationNames, (name, place) => {
    const said = has.naming([name]);
    return [
      ...refuse(!isNameToLookFor(name), place, 'holds no word of two letters that could be looked for'),
      ...refuse(
        said.length > 0,
        place,
        `is said or written in ${said.slice(0, 5).join(', ')}: change these words`,
      ),
    ];
  });
}
