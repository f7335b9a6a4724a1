// The network and the volunteers as JSON: what a store or a manager hands in is read here, or refused by path.
// Reads the shape only; `problemsOfNetwork` says whether a network may be used. What comes out is frozen.
// Must never let a field pass that it does not know, nor repeat a value in a problem: it may be a number.
import * as z from 'zod/mini';
import { usualCare } from '../domain/care.ts';
import { usualCoverage } from '../domain/coverage-settings.ts';
import {
  parseContactId,
  parseContentSid,
  parseLadderId,
  parseLanguageId,
  parseLineId,
  parseRegionId,
  parseShiftId,
  parseSkillId,
  parseVolunteerId,
} from '../domain/ids.ts';
import { type Instant, instant } from '../domain/instant.ts';
import { usualLimits } from '../domain/limits.ts';
import { parseLocalDate, parseLocalDateTime } from '../domain/local-time.ts';
import type { Network } from '../domain/network.ts';
import type { NetworkProblem } from '../domain/network-rules.ts';
import { parsePhoneNumber } from '../domain/phone.ts';
import type { Rota } from '../domain/rota.ts';
import type { RotaEdit } from '../domain/rota-edit.ts';
import { problemsOfRota } from '../domain/rota-rules.ts';
import { usualSelfService } from '../domain/self-service.ts';
import { withShiftIds } from '../domain/shift-ids.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { type Capability, usualCapabilities } from '../domain/ways.ts';

export type DocumentProblem = NetworkProblem;
export type Refused = { readonly problems: readonly DocumentProblem[] };

/** Does not compile when schema and type drift apart, in either direction. */
function exactly<Type>() {
  return <Schema extends z.ZodMiniType<Type>>(
    schema: [Type] extends [z.output<Schema>] ? Schema : never,
  ): z.ZodMiniType<Type> => schema;
}

const record = <Shape extends z.core.$ZodShape>(shape: Shape) => z.readonly(z.strictObject(shape));
const list = <Item extends z.core.SomeType>(item: Item) => z.readonly(z.array(item));

function parsed<Value>(parse: (text: string) => Value | null, what: string) {
  return z.custom<Value>(value => typeof value === 'string' && parse(value) !== null, `is not ${what}`);
}

const text = z.string().check(z.minLength(1), z.maxLength(200));
const whole = z.number().check(z.int());
const regionId = parsed(parseRegionId, 'the id of a region, as KZ-75');
const skillId = parsed(parseSkillId, 'the id of a skill');
const languageId = parsed(parseLanguageId, 'the id of a language, as kk');
const ladderId = parsed(parseLadderId, 'the id of a ladder');
const phoneNumber = parsed(parsePhoneNumber, 'an E.164 number (a short code can not be dialled)');
const localDate = parsed(parseLocalDate, 'a date, as 2026-11-22');
const localDateTime = parsed(parseLocalDateTime, 'a local time, as 2026-11-22T18:30');
const instantSchema = z.custom<Instant>(isInstant, 'is not an instant in milliseconds');

function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && instant(value) >= 0;
}

const names = z.readonly(z.record(z.string(), text));

const region = record({
  id: regionId,
  names,
  zone: text,
  near: list(regionId),
  landlinePrefixes: list(text),
});

const textBy = z.enum(['sms', 'whatsapp', 'none']);
const capability = (usual: Capability) =>
  z.prefault(record({ receives: z.boolean(), reaches: list(text) }), {
    receives: usual.receives,
    reaches: [...usual.reaches],
  });
/** A line that was written before it had to say keeps doing what it did. */
const capabilities = record({
  carrier: z._default(z.enum(['twilio', 'other']), usualCapabilities.carrier),
  voice: capability(usualCapabilities.voice),
  sms: capability(usualCapabilities.sms),
  whatsapp: capability(usualCapabilities.whatsapp),
});

const contentSid = z._default(
  z.nullable(parsed(parseContentSid, 'the SID of a template, as HX and 32 digits')),
  null,
);
const templates = record({ question: contentSid, offer: contentSid });

const line = record({
  id: parsed(parseLineId, 'the id of a line'),
  number: phoneNumber,
  whatsappNumber: z.nullable(phoneNumber),
  whatsappTemplates: z.prefault(z.readonly(z.record(z.string(), templates)), {}),
  capabilities: z.prefault(capabilities, {}),
  languages: list(languageId),
  alsoUnderstood: z.prefault(z.readonly(z.record(z.string(), list(languageId))), {}),
  asksGender: z._default(z.boolean(), false),
  needs: list(skillId),
  region: z.nullable(regionId),
  regionMenu: list(regionId),
  ladder: ladderId,
  fallbackNumber: phoneNumber,
  emergencyNumbers: list(text),
});

const wave = { waveSize: whole, ringSeconds: whole, replySeconds: whole };
const timed = { ...wave, rungSeconds: whole };

const rung = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('volunteers'),
    scope: z.enum(['region', 'near', 'national']),
    skill: z.enum(['required', 'preferred']),
    language: z._default(z.enum(['exact', 'second', 'interpreted']), 'exact'),
    ...timed,
  }),
  record({ kind: z.literal('manager'), ...timed }),
  record({
    kind: z.literal('contact'),
    contactKind: z.enum(['police', 'legal', 'partner', 'canary']),
    consent: z.enum(['ask', 'given', 'assumed']),
    forNeed: z.nullable(skillId),
    ...timed,
  }),
]);

const ladder = record({
  id: ladderId,
  purpose: z._default(z.enum(['people', 'canary']), 'people'),
  rungs: list(rung),
  last: record({ ...wave, repeatSeconds: whole }),
});

const weeklyPattern = { weekdays: list(z.literal([1, 2, 3, 4, 5, 6, 7])), from: whole, until: whole };

const contact = record({
  id: parsed(parseContactId, 'the id of a contact'),
  kind: z.enum(['manager', 'police', 'legal', 'partner', 'canary']),
  name: text,
  callNumber: z.nullable(phoneNumber),
  textNumber: z.nullable(phoneNumber),
  textBy: z._default(textBy, 'sms'),
  language: languageId,
  regions: list(regionId),
  zone: text,
  hours: list(record(weeklyPattern)),
});

const canary = record({
  lineId: parsed(parseLineId, 'the id of a line'),
  survivorNumber: phoneNumber,
  contactId: parsed(parseContactId, 'the id of a contact'),
});

/** Each has a usual value, for documents that were written before it was there. */
const usual = (value: number) => z._default(whole, value);
const limits = record({
  callsPerNumberAnHour: usual(usualLimits.callsPerNumberAnHour),
  callsPerLineAMinute: usual(usualLimits.callsPerLineAMinute),
  withheldPerLineAMinute: usual(usualLimits.withheldPerLineAMinute),
  textsPerNumberAnHour: usual(usualLimits.textsPerNumberAnHour),
  textsPerLineAMinute: usual(usualLimits.textsPerLineAMinute),
  ringsADay: usual(usualLimits.ringsADay),
  textsADay: usual(usualLimits.textsADay),
  automaticRepliesAnHour: usual(usualLimits.automaticRepliesAnHour),
  allowedPrefixes: z.prefault(list(text), [...usualLimits.allowedPrefixes]),
});

/** For a network that was written before there was such a setting. */
const USUAL_QUIET_SECONDS = 1_800;
const care = record({
  talksInARow: usual(usualCare.talksInARow),
  restSeconds: usual(usualCare.restSeconds),
  talksADay: usual(usualCare.talksADay),
  minutesADay: usual(usualCare.minutesADay),
  hardRestSeconds: usual(usualCare.hardRestSeconds),
  abuseSeconds: usual(usualCare.abuseSeconds),
});

const floor = record({
  region: z.nullable(regionId),
  skill: z.nullable(skillId),
  language: languageId,
  atLeast: whole,
  hours: z.prefault(list(record(weeklyPattern)), []),
});
const coverage = record({
  floors: z._default(z.nullable(list(floor)), usualCoverage.floors),
  tellDaysAhead: usual(usualCoverage.tellDaysAhead),
  tellHoursAhead: usual(usualCoverage.tellHoursAhead),
  hoursAWeek: usual(usualCoverage.hoursAWeek),
  nightsInARow: usual(usualCoverage.nightsInARow),
  restHours: usual(usualCoverage.restHours),
  answerPercent: usual(usualCoverage.answerPercent),
  reachedPercent: usual(usualCoverage.reachedPercent),
  reachedSeconds: usual(usualCoverage.reachedSeconds),
});

const selfService = record({
  approveEverySwap: z._default(z.boolean(), usualSelfService.approveEverySwap),
  shortNoticeSeconds: usual(usualSelfService.shortNoticeSeconds),
  remindSeconds: z.prefault(list(whole), [...usualSelfService.remindSeconds]),
  followUpSeconds: usual(usualSelfService.followUpSeconds),
  quietFrom: usual(usualSelfService.quietFrom),
  quietUntil: usual(usualSelfService.quietUntil),
  verifyNumbers: z._default(z.boolean(), usualSelfService.verifyNumbers),
  unansweredOffers: usual(usualSelfService.unansweredOffers),
  linkSeconds: usual(usualSelfService.linkSeconds),
  textPrice: z._default(z.nullable(record({ amount: z.number(), currency: text })), null),
});

/** For the document of the managers’ API, which shows the shapes of its parts. */
export const networkSchema = exactly<Network>()(
  record({
    regions: list(region),
    skills: list(record({ id: skillId, names })),
    lines: list(line),
    ladders: list(ladder),
    contacts: list(contact),
    settings: record({
      secondsBetweenOffers: whole,
      graceSeconds: whole,
      idleSeconds: whole,
      greetingSeconds: whole,
      quietSeconds: z._default(whole, USUAL_QUIET_SECONDS),
      conversationsAtOnce: z._default(whole, 1),
      callBackTries: usual(3),
      callBackEverySeconds: usual(900),
      minorSkill: z._default(z.nullable(skillId), null),
      interpreterSkill: z._default(z.nullable(skillId), null),
      organisationNames: z.prefault(list(text), []),
      care: z.prefault(care, {}),
      limits: z.prefault(limits, {}),
      coverage: z.prefault(coverage, {}),
      selfService: z.prefault(selfService, {}),
    }),
    canary: z._default(z.nullable(canary), null),
    holidays: z.prefault(list(record({ date: localDate, name: text })), []),
  }),
);

const shiftId = z.optional(parsed(parseShiftId, 'the id of a shift, as sft_1'));
const note = z._default(z.nullable(text), null);
const shiftFacts = {
  id: shiftId,
  regions: z._default(z.nullable(list(regionId)), null),
  skills: z._default(z.nullable(list(skillId)), null),
  note,
};
const weeklyShift = {
  ...weeklyPattern,
  ...shiftFacts,
  startsOn: z._default(z.nullable(localDate), null),
  endsOn: z._default(z.nullable(localDate), null),
  everyWeeks: z._default(whole, 1),
  onHolidays: z._default(z.boolean(), true),
};

const shifts = {
  weekly: list(record(weeklyShift)),
  dated: list(record({ ...shiftFacts, date: localDate, from: whole, until: whole })),
  absences: list(record({ id: shiftId, from: localDateTime, until: localDateTime, note })),
};

/** What comes without an id is given one. */
const rotaSchema = exactly<Rota>()(z.pipe(record({ zone: text, ...shifts }), z.transform(withShiftIds)));

const rotaEditSchema = exactly<RotaEdit>()(
  record({
    put: z.pipe(
      record(shifts),
      z.transform(put => {
        const { weekly, dated, absences } = withShiftIds({ zone: 'UTC', ...put });
        return { weekly, dated, absences };
      }),
    ),
    remove: list(parsed(parseShiftId, 'the id of a shift')),
  }),
);

const volunteerSchema = exactly<Volunteer>()(
  record({
    id: parsed(parseVolunteerId, 'the id of a volunteer'),
    name: text,
    languages: list(languageId),
    skills: list(skillId),
    gender: z._default(z.nullable(z.enum(['woman', 'man'])), null),
    region: regionId,
    number: phoneNumber,
    textBy,
    rota: rotaSchema,
    pausedUntil: z.nullable(instantSchema),
  }),
);

export function parseNetwork(json: unknown): Network | Refused {
  return read(networkSchema, json);
}

/** Shape and rota. That the network knows her region, skills and languages is for the caller to see to. */
export function parseVolunteer(json: unknown): Volunteer | Refused {
  const volunteer = read(volunteerSchema, json);
  if (isRefused(volunteer)) return volunteer;
  const problems = problemsOfRota(volunteer.rota).map(({ path, problem }) => ({
    path: `rota.${path}`,
    problem: problem.replaceAll('-', ' '),
  }));
  return problems.length > 0 ? { problems } : volunteer;
}

/** Its shape alone. */
export function parseRota(json: unknown): Rota | Refused {
  return read(rotaSchema, json);
}

const waysToSchema = exactly<Pick<Volunteer, 'number' | 'textBy'>>()(record({ number: phoneNumber, textBy }));

/** How she is reached. */
export function parseWaysTo(json: unknown): Pick<Volunteer, 'number' | 'textBy'> | Refused {
  return read(waysToSchema, json);
}

/** A change to a rota as it stands in a row of a job. */
export function parseRotaEdit(json: unknown): RotaEdit | Refused {
  return read(rotaEditSchema, json);
}

export function isRefused<Thing extends object>(outcome: Thing | Refused): outcome is Refused {
  return 'problems' in outcome;
}

function read<Thing>(schema: z.ZodMiniType<Thing>, json: unknown): Thing | Refused {
  const outcome = z.safeParse(schema, json);
  return outcome.success ? outcome.data : { problems: outcome.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: z.core.$ZodIssue): readonly DocumentProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: pathOf([...issue.path, key]), problem: 'is not known here' }));
  }
  return [{ path: pathOf(issue.path), problem: wordsFor(issue) }];
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'invalid_type':
      return `is not of type ${issue.expected}`;
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return 'is too small or too short';
    case 'too_big':
      return 'is too big or too long';
    case 'invalid_union':
      return 'is of no known kind';
    default:
      return 'is not valid';
  }
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
