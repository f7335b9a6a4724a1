// given / when / then for `decide`: a story is a request made by events at instants, with a roster. No mocks: the
// roster is read here as the store reads it. Everything that goes in is frozen, so that deciding can change none of it.
import { volunteerId } from '../../infra/local/seed/seed-values.ts';
import type { Action, ActionResult, OutboxEntry } from '../../shared/domain/action.ts';
import { nothingCarried } from '../../shared/domain/care.ts';
import { type Decided, decide } from '../../shared/domain/decide.ts';
import type { Carried, Event, LegOutcome } from '../../shared/domain/event.ts';
import { isHeld } from '../../shared/domain/good-time.ts';
import {
  type CallSid,
  type HelperId,
  type MessageSid,
  parseCallSid,
  parseLanguageId,
  parseMessageSid,
  parseSkillId,
} from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import type { Limited } from '../../shared/domain/limits.ts';
import type { Line, Network } from '../../shared/domain/network.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import { liveOffers, type Offer, type Phase, type Request } from '../../shared/domain/request.ts';
import { type Candidate, type Roster, regionsIn } from '../../shared/domain/roster.ts';
import { dueAt } from '../../shared/domain/standing.ts';
import type { Input } from '../../shared/domain/step.ts';
import type { Note } from '../../shared/domain/timeline.ts';
import { almaty, plainLine, smallNetwork } from './small-network.ts';

/** A Monday morning in Almaty: second 0 of every story. */
export const start: Instant = instant(Date.parse('2026-11-23T10:00:00+05:00'));
export const at = (seconds: number): Instant => addSeconds(start, seconds);
export const survivor = sure(parseAddress('+77995550001'));
export const callSid = sidOf(parseCallSid, 'CA', 1);
export const legSid = (serial: number): CallSid => sidOf(parseCallSid, 'CA', 0xa000 + serial);
export const messageSid = (serial: number): MessageSid => sidOf(parseMessageSid, 'SM', serial);

type Known = Partial<Pick<Input, 'luck' | 'conflicts' | 'network'>> & {
  readonly roster?: readonly Candidate[];
};

/** The first event opens the request. What is known (`roster`, `network`) holds until a later event says otherwise. */
export function given(opening: Event, known: Known = {}): Story {
  return happen(null, opening, 0, { roster: [], network: smallNetwork, ...known });
}

/** What one event led to, and the way on. Each `when` returns the next story; the one before can go on otherwise. */
export type Story = {
  readonly request: Request;
  readonly reply: Reply;
  readonly notes: readonly Note[];
  /** What this decision newly asked for. */
  readonly actions: readonly Action[];
  readonly work: readonly OutboxEntry[];
  /** Seconds until it must be looked at again. */
  readonly dueIn: number | null;
  readonly when: (seconds: number, event: Event, known?: Known) => Story;
  /** Everything in the outbox that does not wait for her word is done, each ring by a leg named after its offer. */
  readonly performed: (seconds: number) => Story;
};

function happen(
  before: Request | null,
  event: Event,
  seconds: number,
  known: Known & { readonly network: Network },
): Story {
  const { roster = [], network, luck = 0, conflicts = 0 } = known;
  const now = at(seconds);
  const decided = decideWith(before, event, { now, network, luck, conflicts }, roster);
  const { request, reply, notes, work } = decided;
  const due = dueAt(request, network.settings);
  const ids = new Set(before?.outbox.map(({ id }) => id));
  const { conflicts: _conflicts, luck: _luck, ...lasting } = known;
  const when: Story['when'] = (later, next, more = {}) =>
    happen(request, next, later, { ...lasting, ...more, network: more.network ?? network });
  return {
    request,
    reply,
    notes,
    work,
    actions: request.outbox.filter(({ id }) => !ids.has(id)).map(({ action }) => action),
    dueIn: due === null ? null : (due - now) / 1000,
    when,
    performed: later => when(later, performed(...request.outbox.filter(each => !isHeld(each)).map(doneOf))),
  };
}

/** Decides as the shell does, reading as much of the roster as is asked for, at first `nextInTurn` of those near her. */
export function decideWith(
  before: Request | null,
  event: Event,
  known: Omit<Input, 'roster'>,
  everybody: readonly Candidate[],
  nextInTurn = Number.POSITIVE_INFINITY,
): Decided {
  let roster: Roster = {};
  const turn = ({ lastOfferedAt }: Candidate) => lastOfferedAt ?? 0;
  for (;;) {
    const decided = decide(frozen(before), frozen(event), frozen({ ...known, roster }));
    if (decided.needs === null && decided.request === null) throw new Error('this event opens no request');
    if (decided.needs === null) return decided;
    const { inPart = [] } = roster;
    const isAgain = roster[decided.needs] !== undefined;
    if (isAgain && !inPart.includes(decided.needs))
      throw new Error(`asked twice for the roster of ${decided.needs}`);
    const regions = regionsIn(known.network, decided.needs, decided.region);
    const there = everybody.filter(candidate => candidate.regions.some(each => regions.includes(each)));
    const inTurn = there.toSorted((a, b) => turn(a) - turn(b) || (a.volunteerId < b.volunteerId ? -1 : 1));
    const read = isAgain || decided.needs === 'national' ? inTurn : inTurn.slice(0, nextInTurn);
    const others = inPart.filter(scope => scope !== decided.needs);
    const isPart = read.length < inTurn.length;
    roster = { ...roster, [decided.needs]: read, inPart: isPart ? [...others, decided.needs] : others };
  }
}

/** On duty all day in Almaty, speaks Russian, for crises, free and never asked; `more` says otherwise. */
export function onDuty(name: string, more: Partial<Candidate> = {}): Candidate {
  const { region = almaty } = more;
  return {
    volunteerId: volunteerId(`vol_${name}`),
    region,
    regions: [region],
    languages: [sure(parseLanguageId('ru'))],
    skills: [sure(parseSkillId('crisis'))],
    gender: null,
    textBy: 'sms',
    duty: { from: at(-3600), until: at(8 * 3600) },
    lastOfferedAt: null,
    busyUntil: null,
    writesAt: [],
    restsAt: [],
    pausedUntil: null,
    reachable: true,
    load: nothingCarried,
    ...more,
  };
}

export const rang = (
  line: Line = plainLine,
  carried: Carried | null = null,
  limited: Limited | null = null,
): Event => ({
  kind: 'caller-rang',
  callSid,
  lineId: line.id,
  from: survivor,
  carried,
  agreed: null,
  limited,
  coolingDown: false,
});
export const nothingYet: Carried = {
  language: sure(parseLanguageId('ru')),
  need: null,
  region: almaty,
  consent: {},
  danger: false,
  wishedGender: null,
  excluded: [],
  excludedByHand: [],
  elsewhere: false,
  minor: false,
  cannotSpeak: false,
  asked: {},
  preferred: null,
  rung: 0,
};
export const chose = (digit: string | null, turn = 1): Event => ({ kind: 'caller-chose', turn, digit });
export const waited = (digit: string | null = null, turn = 1): Event => ({
  kind: 'caller-waited',
  turn,
  digit,
});
export const hungUp: Event = { kind: 'caller-hung-up', callSid };
/** The leg by which we call her for the helper of an offer. */
export const herSid = (seq: number): CallSid => legSid(0x1000 + seq);
export const pickedUp = (seq: number): Event => ({ kind: 'survivor-answered', seq, callSid: herSid(seq) });
export const shePressed = (seq: number, digit: string | null, turn = 1): Event => ({
  kind: 'survivor-pressed',
  seq,
  callSid: herSid(seq),
  turn,
  digit,
});
export const herLegEnded = (seq: number): Event => ({
  kind: 'survivor-leg-ended',
  seq,
  callSid: herSid(seq),
});
/** Who acts by hand, on whatever she sees. */
export const byManager = { by: 'sub-of-a-manager', seen: null } as const;
export const looked: Event = { kind: 'looked' };
export const answered = (seq: number): Event => ({ kind: 'helper-answered', seq, callSid: legSid(seq) });
export const pressed = (seq: number, digit: string | null, turn = 1): Event => ({
  kind: 'helper-pressed',
  seq,
  callSid: legSid(seq),
  turn,
  digit,
});
export const legEnded = (seq: number, outcome: LegOutcome = 'no-answer'): Event => ({
  kind: 'leg-ended',
  seq,
  callSid: legSid(seq),
  outcome,
});
export const texted = (
  body: string,
  line: Line = plainLine,
  hasMedia = false,
  limited: Limited | null = null,
): Event => ({
  kind: 'survivor-texted',
  messageSid: messageSid(1),
  lineId: line.id,
  from: survivor,
  body,
  hasMedia,
  limited,
  coolingDown: false,
});
export const helperTexted = (from: HelperId, body: string, line: Line | null = plainLine): Event => ({
  kind: 'helper-texted',
  messageSid: messageSid(2),
  lineId: line?.id ?? null,
  from,
  body,
  hasMedia: false,
});
export const performed = (...results: readonly ActionResult[]): Event => ({
  kind: 'actions-performed',
  results,
});

export function doneOf({ id, action }: OutboxEntry): ActionResult {
  const sid =
    action.kind === 'ring' ? legSid(action.seq) : action.kind === 'ring-survivor' ? herSid(action.seq) : null;
  return { id, outcome: 'done', sid };
}

/** The live offer to somebody; fails when there is none. */
export function offerTo(to: HelperId, { request }: Story): Offer {
  return sure(liveOffers(request).find(offer => offer.to === to) ?? null);
}

export const askedOf = ({ request }: Story): readonly HelperId[] => liveOffers(request).map(({ to }) => to);

export function phaseOf<Kind extends Phase['kind']>(
  story: Story,
  kind: Kind,
): Extract<Phase, { kind: Kind }> {
  const { phase } = story.request;
  if (phase.kind !== kind) throw new Error(`the request is in ${phase.kind}, not in ${kind}`);
  return phase as Extract<Phase, { kind: Kind }>;
}

export const kindsOf = (actions: readonly Action[]): readonly string[] => actions.map(({ kind }) => kind);

/** The last verdict on everybody who was judged in this decision. */
export function verdictsOf({ notes }: Pick<Story, 'notes'>): Readonly<Record<string, string>> {
  const verdicts = notes.flatMap(each => (each.note === 'judged' ? each.verdicts : []));
  return Object.fromEntries(verdicts.map(({ helper, verdict }) => [helper, verdict]));
}

export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}

function sidOf<Sid>(parse: (text: string) => Sid | null, prefix: string, serial: number): Sid {
  return sure(parse(`${prefix}${serial.toString(16).padStart(32, '0')}`));
}

export function sure<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('the test wrote something that does not parse');
  return value;
}
