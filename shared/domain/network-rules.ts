// What a network must keep to before it may answer anyone: each rule is here because without it a survivor could
// be stranded. A problem names its field by path, as `lines[0].languages[1]`.
// Must never repeat a phone number in a problem, nor repair anything: a bad network is refused whole.
import { canaryProblems } from './canary-rules.ts';
import { capabilityProblems } from './capability-rules.ts';
import type { RegionId } from './ids.ts';
import type { Ladder, LastRung, Rung, VolunteersRung, Wave } from './ladder.ts';
import { mayReachNumber } from './limits.ts';
import { isZone } from './local-time.ts';
import { managerProblems } from './manager-rules.ts';
import type { Contact, Line, Names, Network, Region } from './network.ts';
import { parsePhoneNumber } from './phone.ts';
import { problemsOfHours } from './rota-rules.ts';
import {
  each,
  fine,
  needed,
  type Problems,
  type Range,
  rangeProblems,
  refuse,
  repeats,
} from './rule-parts.ts';
import { settingProblems } from './setting-rules.ts';
import { holdsName } from './spelling.ts';

export type { NetworkProblem } from './rule-parts.ts';

/** What can be said: asked about, because the words are no part of the domain. */
export type Wordings = {
  readonly prompts: (language: string) => boolean;
  /** The clips that are missing; empty when all are there, or none is needed. */
  readonly audioFor: (language: string) => readonly string[];
  /** Where what is said or written holds one of the names. */
  readonly naming: (names: readonly string[]) => readonly string[];
};

const keysOfAMenu = 6;

const waveRanges: Readonly<Record<keyof Wave, Range>> = {
  waveSize: [1, 50],
  ringSeconds: [5, 60],
  replySeconds: [30, 900],
};
const rungSecondsRange: Range = [5, 900];
const repeatSecondsRange: Range = [60, 600];

/** Empty for a network that may be used. Police with `assumed` consent is a line's recorded choice: allowed. */
export function problemsOfNetwork(network: Network, has: Wordings): Problems {
  return [
    ...repeatedIds(network),
    ...repeatedLineNumbers(network.lines),
    ...needed(network.lines, 'lines', 'there is no line'),
    ...each('regions', network.regions, (region, path) => regionProblems(network, region, path)),
    ...each('skills', network.skills, (skill, path) => nameProblems(network, skill.names, path)),
    ...each('lines', network.lines, (line, path) => lineProblems(network, has, line, path)),
    ...each('ladders', network.ladders, (ladder, path) => ladderProblems(network, ladder, path)),
    ...each('contacts', network.contacts, (contact, path) => contactProblems(network, has, contact, path)),
    ...managerProblems(network),
    ...settingProblems(network, has),
    ...canaryProblems(network),
    ...holidayProblems(network),
  ];
}

/** Ten years of as many as any country has. */
const HOLIDAYS_AT_MOST = 500;

function holidayProblems({ holidays }: Network): Problems {
  return [
    ...repeats(
      holidays.map(({ date }) => date),
      index => `holidays[${index}].date`,
    ),
    ...refuse(holidays.length > HOLIDAYS_AT_MOST, 'holidays', `are more than ${HOLIDAYS_AT_MOST}`),
  ];
}

// Identity

function repeatedIds(network: Network): Problems {
  const kinds = ['regions', 'skills', 'lines', 'ladders', 'contacts'] as const;
  return kinds.flatMap(kind => {
    const ids: readonly string[] = network[kind].map(thing => thing.id);
    return repeats(ids, index => `${kind}[${index}].id`);
  });
}

function repeatedLineNumbers(lines: readonly Line[]): Problems {
  const taken = new Map<string, number>();
  return each('lines', lines, (line, path, index) =>
    (['number', 'whatsappNumber'] as const).flatMap(field => {
      const number = line[field];
      if (number === null) return fine;
      const owner = taken.get(number) ?? index;
      taken.set(number, owner);
      return refuse(owner !== index, `${path}.${field}`, `is the number of lines[${owner}] too`);
    }),
  );
}

// Regions and names

function regionProblems(network: Network, region: Region, path: string): Problems {
  return [
    ...zoneProblems(region.zone, path),
    ...nameProblems(network, region.names, path),
    ...regionListProblems(network, region.near, `${path}.near`),
    ...each(`${path}.near`, region.near, (near, at) =>
      refuse(near === region.id, at, 'is the region itself'),
    ),
    ...each(`${path}.landlinePrefixes`, region.landlinePrefixes, (prefix, at) =>
      refuse(!/^\+\d{2,14}$/.test(prefix), at, 'is not the beginning of an E.164 number'),
    ),
  ];
}

function regionListProblems(network: Network, ids: readonly RegionId[], path: string): Problems {
  return [
    ...each(path, ids, (id, at) => refuse(!isRegion(network, id), at, `there is no region ${id}`)),
    ...repeats(ids, index => `${path}[${index}]`),
  ];
}

function isRegion(network: Network, id: RegionId): boolean {
  return network.regions.some(region => region.id === id);
}

function zoneProblems(zone: string, path: string): Problems {
  return refuse(!isZone(zone), `${path}.zone`, 'is not an IANA time zone');
}

function nameProblems(network: Network, names: Names, path: string): Problems {
  const offered = new Set(network.lines.flatMap(line => line.languages));
  const { organisationNames } = network.settings;
  return [...offered].flatMap(language => [
    ...refuse(
      !names[language]?.trim(),
      `${path}.names.${language}`,
      'a line offers this language: the name is missing',
    ),
    ...refuse(
      organisationNames.some(name => holdsName(names[language] ?? '', name)),
      `${path}.names.${language}`,
      'holds the name of the organisation: somebody else may hear or read it. Call it otherwise',
    ),
  ]);
}

// Lines

function lineProblems(network: Network, has: Wordings, line: Line, path: string): Problems {
  return [
    ...numberProblems(line.number, `${path}.number`),
    ...(line.whatsappNumber === null ? fine : numberProblems(line.whatsappNumber, `${path}.whatsappNumber`)),
    ...staffedNumberProblems(network, line.fallbackNumber, `${path}.fallbackNumber`),
    ...capabilityProblems(network, line, path),
    ...lineLanguageProblems(has, line, path),
    ...needProblems(network, line, path),
    ...refuse(
      line.region !== null && !isRegion(network, line.region),
      `${path}.region`,
      `there is no region ${line.region}`,
    ),
    ...regionListProblems(network, line.regionMenu, `${path}.regionMenu`),
    ...refuse(
      !network.ladders.some(ladder => ladder.id === line.ladder),
      `${path}.ladder`,
      `there is no ladder ${line.ladder}`,
    ),
    ...needed(line.emergencyNumbers, `${path}.emergencyNumbers`, 'she must hear a number to dial herself'),
    ...each(`${path}.emergencyNumbers`, line.emergencyNumbers, (number, at) =>
      refuse(!/^\d{2,15}$/.test(number), at, 'is not digits alone'),
    ),
  ];
}

function lineLanguageProblems(has: Wordings, line: Line, path: string): Problems {
  const at = `${path}.languages`;
  return [
    ...needed(line.languages, at, 'the line offers no language'),
    ...refuse(line.languages.length > keysOfAMenu, at, `more than ${keysOfAMenu} languages`),
    ...repeats(line.languages, index => `${at}[${index}]`),
    ...each(at, line.languages, (language, place) => wordingProblems(has, language, place)),
  ];
}

function wordingProblems(has: Wordings, language: string, path: string): Problems {
  if (!has.prompts(language)) return refuse(true, path, `there are no prompts in ${language}`);
  const missing = has.audioFor(language);
  const some = missing.slice(0, 5).join(', ');
  return refuse(missing.length > 0, path, `${missing.length} clips are missing in ${language}: ${some}`);
}

function needProblems(network: Network, line: Line, path: string): Problems {
  const at = `${path}.needs`;
  return [
    ...refuse(line.needs.length > keysOfAMenu, at, `more than ${keysOfAMenu} needs`),
    ...repeats(line.needs, index => `${at}[${index}]`),
    ...each(at, line.needs, (need, place) =>
      refuse(!isSkill(network, need), place, `there is no skill ${need}`),
    ),
  ];
}

function isSkill(network: Network, id: string): boolean {
  return network.skills.some(skill => skill.id === id);
}

// Ladders

function ladderProblems(network: Network, ladder: Ladder, path: string): Problems {
  return [
    ...needed(ladder.rungs, `${path}.rungs`, 'the ladder has no rung before the last'),
    ...each(`${path}.rungs`, ladder.rungs, (rung, at) => rungProblems(network, rung, at)),
    ...lastRungProblems(ladder.last, `${path}.last`),
  ];
}

function rungProblems(network: Network, rung: Rung, path: string): Problems {
  return [
    ...rangeProblems(rung, { ...waveRanges, rungSeconds: rungSecondsRange }, path),
    ...(rung.kind === 'volunteers' ? languageProblems(rung, path) : servedProblems(network, rung, path)),
  ];
}

/** Interpreters are few: both they and whom they help are looked for in the whole country. */
function languageProblems({ language, scope }: VolunteersRung, path: string): Problems {
  return refuse(
    language === 'interpreted' && scope !== 'national',
    `${path}.scope`,
    'is national for interpreters',
  );
}

function servedProblems(
  network: Network,
  rung: Exclude<Rung, { kind: 'volunteers' }>,
  path: string,
): Problems {
  const wanted = rung.kind === 'manager' ? 'manager' : rung.contactKind;
  const need = rung.kind === 'manager' ? null : rung.forNeed;
  const served = network.contacts.some(contact => contact.kind === wanted && hasNumber(contact));
  return [
    ...refuse(
      !served,
      `${path}.${rung.kind === 'manager' ? 'kind' : 'contactKind'}`,
      `no contact is a ${wanted} that can be reached`,
    ),
    ...refuse(need !== null && !isSkill(network, need), `${path}.forNeed`, `there is no skill ${need}`),
  ];
}

function lastRungProblems(last: LastRung, path: string): Problems {
  return rangeProblems(last, { ...waveRanges, repeatSeconds: repeatSecondsRange }, path);
}

// Contacts

function contactProblems(network: Network, has: Wordings, contact: Contact, path: string): Problems {
  const numbers = ['callNumber', 'textNumber'] as const;
  return [
    ...numbers.flatMap(field => {
      const number = contact[field];
      return number === null ? fine : staffedNumberProblems(network, number, `${path}.${field}`);
    }),
    ...refuse(!hasNumber(contact), `${path}.callNumber`, 'has neither a number to call nor one to text'),
    ...wordingProblems(has, contact.language, `${path}.language`),
    ...regionListProblems(network, contact.regions, `${path}.regions`),
    ...zoneProblems(contact.zone, path),
    ...problemsOfHours(contact.hours, `${path}.hours`).map(({ path: at, problem }) => ({
      path: at,
      problem: problem.replaceAll('-', ' '),
    })),
  ];
}

function hasNumber(contact: Contact): boolean {
  return contact.callNumber !== null || contact.textNumber !== null;
}

// What the rules are made of

/** A number that people answer: one of our own lines there would ring in a circle. */
function staffedNumberProblems({ lines, settings }: Network, number: string, path: string): Problems {
  const ours = lines.some(line => line.number === number || line.whatsappNumber === number);
  return [
    ...numberProblems(number, path),
    ...refuse(ours, path, 'is the number of a line: the call would come back to us'),
    ...refuse(
      !mayReachNumber(number, settings.limits),
      path,
      'is in a country that settings.limits.allowedPrefixes does not allow',
    ),
  ];
}

function numberProblems(number: string, path: string): Problems {
  if (/^\+?\d{1,3}$/.test(number)) {
    return refuse(true, path, 'is a short code, which we cannot dial: give the E.164 number of the desk');
  }
  return refuse(parsePhoneNumber(number) === null, path, 'is not an E.164 number');
}
