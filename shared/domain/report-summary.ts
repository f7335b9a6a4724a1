// What is kept of a request for reports when it is over: how it went, in which hour, and nothing personal. It follows from
// the state of the request, and is written with its end. Must never hold a number, a word, an exact time of hers, or who
// helped: of somebody who may be looked for, no report may tell when she called.
import { isCanary } from './canary.ts';
import { type Helping, kindOf } from './course.ts';
import {
  isVolunteer,
  type LanguageId,
  type LineId,
  type RegionId,
  type RequestId,
  type SkillId,
} from './ids.ts';
import { type Instant, instant, secondsBetween } from './instant.ts';
import type { Ladder } from './ladder.ts';
import { type LocalDate, localTimeAt } from './local-time.ts';
import type { ContactKind, Network } from './network.ts';
import { type ClosedBecause, liveOffers, type Request } from './request.ts';
import { abandonedAfter } from './step.ts';

/** Whom a rung asks. */
export type RungKind = 'region' | 'near' | 'national' | 'manager' | 'last' | Exclude<ContactKind, 'canary'>;

export type Summary = {
  /** Of the request: nothing else leads to what was in it, and after its time nothing does. */
  readonly requestId: RequestId;
  readonly lineId: LineId;
  readonly channel: 'voice' | 'text';
  readonly region: RegionId | null;
  readonly skill: SkillId | null;
  readonly language: LanguageId;
  /** On the wall of her region (or of the first one), 0 to 23. */
  readonly openedOn: LocalDate;
  readonly openedHour: number;
  /** To the minute. */
  readonly closedAt: Instant;
  readonly because: ClosedBecause;
  /** By voice from the first ring, in writing from the start of the search; null: nobody was, or it was agreed when. */
  readonly secondsToPerson: number | null;
  readonly talkSeconds: number;
  readonly person: Helping | null;
  /** How many rungs were climbed, and whom the last of them asks. */
  readonly rungs: number;
  readonly rung: RungKind;
  /** Kinds of contacts that were asked. */
  readonly askedContacts: readonly ContactKind[];
  readonly abandoned: 'at-once' | 'later' | null;
  readonly calledBack: boolean;
};

const MINUTE_MS = 60_000;

/** Null while it goes on, and for a canary: it is nobody's need. */
export function summaryOf(request: Request, network: Network): Summary | null {
  const { phase, course, ladder, openedAt } = request;
  if (phase.kind !== 'closed' || isCanary(request)) return null;
  const zone = (network.regions.find(({ id }) => id === request.region) ?? network.regions[0])?.zone ?? 'UTC';
  const opened = localTimeAt(openedAt, zone);
  return {
    requestId: request.id,
    lineId: request.lineId,
    channel: request.channel,
    region: request.region,
    skill: request.need,
    language: request.language,
    openedOn: opened.date,
    openedHour: Math.floor(opened.minuteOfDay / 60),
    closedAt: instant(phase.at - (phase.at % MINUTE_MS)),
    because: phase.because,
    secondsToPerson: secondsToPerson(request),
    talkSeconds: course.talkSeconds,
    person: course.person?.kind ?? null,
    rungs: Math.max(course.rung, phase.rung),
    rung: rungKindOf(ladder, Math.max(course.rung, phase.rung)),
    askedContacts: contactsAsked(request, network),
    abandoned: abandonedAfter(openedAt, phase.because, phase.at),
    calledBack: course.calledBack,
  };
}

function secondsToPerson({ channel, openedAt, course }: Request): number | null {
  if (course.person === null || course.calledBack) return null;
  const from = channel === 'voice' ? openedAt : (course.soughtAt ?? openedAt);
  return Math.max(0, Math.round(secondsBetween(from, course.person.at)));
}

export function rungKindOf({ rungs }: Ladder, index: number): RungKind {
  const rung = rungs[index];
  if (rung === undefined) return 'last';
  if (rung.kind === 'volunteers') return rung.scope;
  return rung.kind === 'manager' || rung.contactKind === 'canary' ? 'manager' : rung.contactKind;
}

function contactsAsked(request: Request, network: Network): readonly ContactKind[] {
  const { asked, phase } = request;
  const last = phase.kind === 'closed' ? phase.lastHelper : null;
  const helpers = [
    ...Object.keys(asked),
    ...liveOffers(request).map(({ to }) => to),
    ...(last ? [last] : []),
  ];
  const kinds = helpers.filter(id => !isVolunteer(id as never)).map(id => kindOf(id, network));
  return [...new Set(kinds)].sort();
}
