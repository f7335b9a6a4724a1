// Arbitrary lives of a request: any event that could arrive, in any order, repeated and late, at growing instants,
// with another roster each time. What an event refers to (an offer, a helper, an outbox entry) is picked from what
// the request has known so far, so that most of them hit something.
import fc from 'fast-check';
import type { ActionResult, FailedBecause } from '../../shared/domain/action.ts';
import type { Event } from '../../shared/domain/event.ts';
import { type HelperId, parseLanguageId, parseSkillId } from '../../shared/domain/ids.ts';
import { addSeconds } from '../../shared/domain/instant.ts';
import type { ContactRung, Ladder, Rung } from '../../shared/domain/ladder.ts';
import type { Limited, Reached } from '../../shared/domain/limits.ts';
import type { ManagerEvent } from '../../shared/domain/manager-act.ts';
import type { Contact, Line, Network } from '../../shared/domain/network.ts';
import { liveOffers, offersOf, type Request } from '../../shared/domain/request.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import { isNeutralQuestion } from '../../shared/domain/step.ts';
import type { TextBy } from '../../shared/domain/ways.ts';
import {
  at,
  callSid,
  doneOf,
  herSid,
  legSid,
  messageSid,
  nothingYet,
  onDuty,
  rang,
  sure,
  survivor,
} from './given.ts';
import { byHandOf } from './plausible-manager.ts';
import {
  almaty,
  almatyRegion,
  astana,
  fullLine,
  lawyer,
  manager,
  plainLine,
  police,
  smallNetwork,
  ulytau,
} from './small-network.ts';

/** Stands in every text that anybody writes; may stand nowhere but in the sealed part. */
export const SECRET = 'көршім';

export type Move = {
  readonly kind: Event['kind'];
  /** Picks among what the event may refer to: the newest first, so that small numbers hit what is live. */
  readonly which: number;
  readonly gapSeconds: number;
  readonly turn: number;
  readonly digit: string | null;
  readonly body: string;
  readonly outcome: 'done' | 'failed' | 'dropped' | 'later' | 'held-back';
  readonly reason: FailedBecause;
  readonly reached: readonly Reached[];
  readonly limited: Limited | null;
  readonly luck: number;
  readonly conflicts: number;
  /** Who is on duty from now on; null: as before. */
  readonly roster: readonly Candidate[] | null;
};

export type Life = {
  readonly network: Network;
  readonly opening: Event;
  readonly roster: readonly Candidate[];
  readonly moves: readonly Move[];
};

/** Plain objects, as everything that is read from a store. */
const record = <Facts>(facts: { [Key in keyof Facts]: fc.Arbitrary<Facts[Key]> }) =>
  fc.record(facts, { noNullPrototype: true }) as fc.Arbitrary<Facts>;

const regions = [almaty, almatyRegion, astana, ulytau];
const languages = ['ru', 'kk', 'en'].map(text => sure(parseLanguageId(text)));
const skills = ['crisis', 'legal'].map(text => sure(parseSkillId(text)));
const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Mostly free, sometimes not: else nobody is ever found. */
const mostly = <Value>(usual: Value, ...rare: readonly Value[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const candidate = (name: string): fc.Arbitrary<Candidate> =>
  record({
    region: fc.constantFrom(...regions),
    languages: fc.oneof(fc.constant(languages), fc.subarray(languages)),
    skills: fc.subarray(skills),
    gender: fc.constantFrom(null, 'woman', 'man'),
    textBy: mostly<TextBy>('sms', 'whatsapp', 'none'),
    duty: mostly({ from: at(-3600), until: at(9e6) }, { from: at(60), until: at(600) }),
    lastOfferedAt: fc.constantFrom(null, at(-60), at(30)),
    busyUntil: mostly(null, at(100)),
    writesAt: mostly<readonly number[]>([], [0], [1], [0, 1], [2]),
    restsAt: mostly<readonly number[]>([], [0], [1, 2]),
    pausedUntil: mostly(null, at(200)),
    reachable: mostly(true, false),
  }).map(facts => onDuty(name, facts));

const roster = fc.tuple(...names.map(candidate)).chain(all => fc.subarray(all));

const wave = {
  waveSize: fc.integer({ min: 1, max: 3 }),
  ringSeconds: fc.integer({ min: 10, max: 30 }),
  replySeconds: fc.integer({ min: 60, max: 180 }),
};
const timed = { ...wave, rungSeconds: fc.integer({ min: 15, max: 90 }) };
const forNeed = fc.constantFrom(null, ...skills);

const volunteers: fc.Arbitrary<Rung> = record({
  kind: fc.constant('volunteers'),
  scope: fc.constantFrom('region', 'near', 'national'),
  skill: fc.constantFrom('required', 'preferred'),
  language: fc.constantFrom('exact', 'second', 'interpreted'),
  ...timed,
});
const managers: fc.Arbitrary<Rung> = record({ kind: fc.constant('manager'), ...timed });
const contacts = (
  contactKind: ContactRung['contactKind'],
  ...rules: readonly ContactRung['consent'][]
): fc.Arbitrary<Rung> =>
  record({
    kind: fc.constant('contact'),
    contactKind: fc.constant(contactKind),
    consent: fc.constantFrom(...rules),
    forNeed,
    ...timed,
  });

const anyLadder: fc.Arbitrary<Ladder> = record({
  id: fc.constant(sure(smallNetwork.ladders[0]).id),
  purpose: fc.constant('people'),
  rungs: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: volunteers },
      { weight: 2, arbitrary: contacts('police', 'ask', 'given') },
      { weight: 1, arbitrary: contacts('legal', 'ask', 'given', 'assumed') },
      { weight: 1, arbitrary: managers },
    ),
    { maxLength: 6 },
  ),
  last: record({ ...wave, repeatSeconds: fc.integer({ min: 60, max: 300 }) }),
});

const contact = (usual: Contact): fc.Arbitrary<Contact> =>
  record({
    callNumber: fc.constantFrom(usual.callNumber, usual.callNumber, null),
    textNumber: fc.constantFrom(usual.textNumber, usual.textNumber, null),
    regions: fc.constantFrom([], [], [almaty]),
  }).map(facts => ({ ...usual, ...facts }));

const network: fc.Arbitrary<Network> = fc
  .tuple(
    fc.oneof(fc.constant(sure(smallNetwork.ladders[0])), anyLadder),
    contact(police),
    contact(lawyer),
    fc.integer({ min: 1, max: 3 }),
    mostly(sure(parseSkillId('crisis')), null),
  )
  .map(([ladder, desk, legal, conversationsAtOnce, interpreterSkill]) => ({
    ...smallNetwork,
    settings: {
      ...smallNetwork.settings,
      conversationsAtOnce,
      minorSkill: sure(parseSkillId('legal')),
      interpreterSkill,
    },
    ladders: [ladder],
    contacts: [desk, legal, manager],
  }));

const line = fc.constantFrom(plainLine, fullLine);
const body = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', 'Да', SECRET) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Алматы',
      'Astana',
      '90',
      '91',
      '0',
      '',
      '33',
      '55',
      '71',
      '72',
      '73',
      '92',
      '94',
      '95',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('2', '9', 'СТОП', 'stop.') },
);
const digit = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(null, '1') },
  { weight: 2, arbitrary: fc.constantFrom('2', '3', '4', '5', '8', '#') },
  { weight: 1, arbitrary: fc.constantFrom('9', '0') },
);

const carried = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: record({
      excluded: fc.subarray(names.map(name => onDuty(name).volunteerId)),
      elsewhere: fc.boolean(),
      minor: fc.boolean(),
      preferred: fc.constantFrom(null, onDuty('a').volunteerId, police.id),
      region: fc.constantFrom(null, ...regions),
      rung: fc.nat({ max: 9 }),
      language: fc.constantFrom(...languages),
    }).map(facts => ({ ...nothingYet, ...facts })),
  },
);

const limited = mostly<Limited | null>(
  null,
  { limit: 'calls-of-number', isNew: true },
  { limit: 'other-call', isNew: false },
  { limit: 'texts-of-line', isNew: false },
);

const opening: fc.Arbitrary<Event> = fc.oneof(
  fc.tuple(line, carried, limited).map(([on, before, met]) => rang(on, before, met)),
  fc.tuple(line, body, limited).map(([on, words, met]) => textedAs(0, words, on, met)),
);

const kinds: readonly (readonly [Event['kind'], number])[] = [
  ['caller-rang', 1],
  ['caller-missed', 1],
  ['caller-chose', 8],
  ['caller-waited', 12],
  ['caller-left-room', 3],
  ['caller-hung-up', 3],
  ['caller-called-again', 1],
  ['survivor-stopped', 1],
  ['survivor-answered', 4],
  ['survivor-pressed', 4],
  ['survivor-leg-ended', 2],
  ['helper-answered', 10],
  ['helper-pressed', 10],
  ['helper-left-room', 2],
  ['leg-ended', 6],
  ['survivor-texted', 10],
  ['helper-texted', 10],
  ['text-failed', 2],
  ['manager-set-contact-rules', 2],
  ['manager-assigned', 3],
  ['manager-excluded', 1],
  ['manager-readmitted', 1],
  ['manager-released', 1],
  ['manager-escalated', 1],
  ['manager-joined', 2],
  ['manager-closed', 1],
  ['manager-noted', 1],
  ['manager-decided-danger', 1],
  ['manager-flagged-minor', 1],
  ['manager-reviewed-abuse', 1],
  ['looked', 10],
  ['actions-performed', 20],
];

const move: fc.Arbitrary<Move> = record({
  kind: fc.oneof(...kinds.map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind) }))),
  which: fc.oneof(fc.constant(0), fc.nat({ max: 5 })),
  gapSeconds: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 8 }) },
    { weight: 3, arbitrary: fc.nat({ max: 90 }) },
    { weight: 1, arbitrary: fc.nat({ max: 20_000 }) },
  ),
  turn: fc.integer({ min: 1, max: 9 }),
  digit,
  body,
  outcome: fc.constantFrom('done', 'done', 'done', 'failed', 'dropped', 'later', 'held-back'),
  reason: fc.constantFrom('bad-number', 'refused', 'gone', 'limited', 'not-allowed', 'told-before'),
  reached: mostly<readonly Reached[]>(
    [],
    [{ reason: 'robot-loop', about: null }],
    [{ reason: 'spend-near-cap', about: 'texts' }],
    [{ reason: 'spend-cap', about: 'rings' }],
  ),
  limited,
  luck: fc.double({ min: 0, max: 0.999, noNaN: true }),
  conflicts: mostly(0, 1, 5),
  roster: fc.option(roster, { freq: 6 }),
});

export const life = (steps: number): fc.Arbitrary<Life> =>
  record({ network, opening, roster, moves: fc.array(move, { minLength: 1, maxLength: steps }) });

/** What a request has known: every offer it ever made and every entry its outbox ever held. */
export type Past = {
  readonly offers: readonly { readonly seq: number; readonly to: HelperId }[];
  readonly entryIds: readonly number[];
};

export function pastOf({ offers, entryIds }: Past, request: Request): Past {
  const known = new Set(offers.map(({ seq }) => seq));
  const live = offersOf(request);
  return {
    offers: [...live.filter(({ seq }) => !known.has(seq)), ...offers],
    entryIds: [...new Set([...request.outbox.map(({ id }) => id), ...entryIds])],
  };
}

const everybody = names.map(name => onDuty(name).volunteerId);
const isManagers = (kind: Event['kind']): kind is ManagerEvent['kind'] => kind.startsWith('manager-');

export function eventOf(move: Move, request: Request, past: Past, serial: number): Event {
  const { which, turn, digit, body: said } = move;
  const strange = turn === 9 && mayBe(move.kind, request);
  const kind = strange ? move.kind : onChannel(move.kind, request);
  const offer = past.offers[which % Math.max(1, past.offers.length)];
  const seq = offer?.seq ?? 99;
  if (isManagers(kind)) return byHandOf(kind, move, request, everybody);
  const hers = request.called?.seq ?? seq;
  switch (kind) {
    case 'caller-rang':
      return rang(lineOfRequest(request));
    case 'caller-chose':
    case 'caller-waited':
      return { kind, turn, digit };
    case 'caller-missed':
      return { kind, callSid, lineId: request.lineId, from: survivor };
    case 'caller-hung-up':
      return { kind, callSid: turn > 7 ? legSid(999) : (request.callSid ?? callSid) };
    case 'survivor-answered':
      return { kind, seq: hers, callSid: herSid(hers) };
    case 'survivor-pressed':
      return {
        kind,
        seq: hers,
        callSid: herSid(hers),
        turn,
        digit: turn > 4 ? (request.rules?.callDigit ?? digit) : digit,
      };
    case 'survivor-leg-ended':
      return { kind, seq: hers, callSid: herSid(hers) };
    case 'caller-called-again':
    case 'survivor-stopped':
    case 'text-missed':
    case 'looked':
      return { kind };
    case 'helper-pressed':
      return { kind, seq, callSid: legSid(seq), turn, digit };
    case 'helper-answered':
      return { kind, seq, callSid: legSid(seq) };
    case 'caller-left-room':
    case 'helper-left-room':
      return { kind, seq };
    case 'leg-ended': {
      const outcomes = ['no-answer', 'busy', 'failed', 'completed', 'canceled'] as const;
      return { kind, seq, callSid: legSid(seq), outcome: outcomes[turn % outcomes.length] ?? 'failed' };
    }
    case 'survivor-texted':
      return textedAs(serial, said, lineOfRequest(request), move.limited);
    case 'helper-texted': {
      const from = offer?.to ?? onDuty('a').volunteerId;
      const code = liveOffers(request).find(each => each.seq === seq)?.code;
      const words = code && turn > 4 ? code : said;
      const lineId = turn > 8 ? fullLine.id : request.lineId;
      return { kind, messageSid: messageSid(serial), lineId, from, body: words, hasMedia: words === '' };
    }
    case 'text-failed':
      return { kind, entryId: past.entryIds[which] ?? 99, badNumber: turn > 5, windowClosed: turn === 3 };
    case 'actions-performed':
      return { kind, results: resultsOf(move, request, past) };
  }
}

/** Mostly, whoever calls presses keys and whoever writes writes: what comes on the other road only seldom comes. */
function onChannel(kind: Event['kind'], request: Request): Event['kind'] {
  const { channel, phase } = request;
  const [calls, texts] = [channel === 'voice', channel === 'text'];
  // A phone may ring for her words: then its keys and its end belong to her request.
  if (texts && isOfAHelper(kind) && liveOffers(request).some(({ by }) => by === 'call')) return kind;
  if (calls && kind === 'survivor-texted') return phase.kind === 'intake' ? 'caller-chose' : 'caller-waited';
  if (calls && kind === 'helper-texted' && phase.kind !== 'connected') return 'helper-pressed';
  if (texts && (kind === 'caller-chose' || kind === 'caller-waited')) return 'survivor-texted';
  if (texts && (kind === 'helper-answered' || kind === 'helper-pressed')) return 'helper-texted';
  if (texts && isOfALeg(kind)) return 'looked';
  if (texts && isOfOurCall(kind)) return 'looked';
  return kind;
}

/** Her texts lead to requests by text only, and no leg belongs to one of those. */
const mayBe = (kind: Event['kind'], { channel }: Request): boolean =>
  channel === 'text' ? !isOfALeg(kind) && !isOfOurCall(kind) : kind !== 'survivor-texted';

/** A call to her is made for requests by voice only. */
function isOfOurCall(kind: Event['kind']): boolean {
  return kind.startsWith('survivor-') && kind !== 'survivor-texted';
}

function isOfAHelper(kind: Event['kind']): boolean {
  return kind === 'helper-answered' || kind === 'helper-pressed' || kind === 'leg-ended';
}

function isOfALeg(kind: Event['kind']): boolean {
  return kind === 'caller-hung-up' || kind === 'leg-ended' || kind.endsWith('-left-room');
}

/** One entry's outcome, perhaps long after it left the outbox; or all of them done. */
function resultsOf(
  { which, outcome, reason, reached, turn }: Move,
  { outbox, openedAt }: Request,
  past: Past,
): ActionResult[] {
  const ids = which === 0 ? outbox.map(({ id }) => id) : past.entryIds.slice(which - 1, which + 1);
  return ids.map((id): ActionResult => {
    if (outcome === 'failed') return { id, outcome, reason, reached };
    const question = outbox.some(entry => entry.id === id && isNeutralQuestion(entry.action));
    if (outcome === 'held-back')
      return question ? { id, outcome, until: addSeconds(openedAt, turn * 100) } : { id, outcome: 'later' };
    if (outcome !== 'done') return { id, outcome };
    const entry = outbox.find(each => each.id === id);
    // A ring's entry comes right after its offer's number.
    return entry ? doneOf(entry) : { id, outcome, sid: legSid(id - 1) };
  });
}

function lineOfRequest({ lineId }: Request): Line {
  return lineId === plainLine.id ? plainLine : fullLine;
}

function textedAs(serial: number, words: string, on: Line, met: Limited | null): Event {
  return {
    kind: 'survivor-texted',
    messageSid: messageSid(1000 + serial),
    lineId: on.id,
    from: survivor,
    body: words,
    hasMedia: words === '',
    limited: met,
    coolingDown: false,
  };
}
