// Who is asked next, and why everybody else is not. Language is hard, and a rung says which will do; her wish and skill
// are ranked, then who writes with fewest people, region, whoever was offered something longest ago, and a stable
// tie-break. Never decides to ask: that is climb.ts.
import { isCanary } from './canary.ts';
import { type Tired, tiredBecause } from './care.ts';
import { type HelperId, isVolunteer, type LanguageId, type SkillId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { emergencyRung, type Scope } from './ladder.ts';
import { type Contact, type ContactKind, type Line, lineOf, type Network, nearOf } from './network.ts';
import { isOpen } from './opening-hours.ts';
import { places } from './places.ts';
import type { Asked, Request } from './request.ts';
import { isAway, liveOffers, offersOf } from './request.ts';
import type { Candidate } from './roster.ts';
import { UNANSWERED_AT_MOST_SECONDS } from './timing.ts';
import { type Way, wayTo } from './ways.ts';

export type Verdict = {
  readonly helper: HelperId;
  readonly verdict:
    | 'chosen'
    | 'eligible'
    | 'off-duty'
    | 'language'
    | 'skill'
    | 'region'
    | 'busy'
    | 'paused'
    | 'tired'
    | 'cooling-down'
    | 'excluded'
    | 'unreachable'
    | 'no-way' // she can neither write on this line nor be called from it
    | 'asked-before'
    | 'closed-now';
};

export type Picked = {
  readonly chosen: HelperId | null;
  /** How the chosen one is asked; null: nobody is. */
  readonly way: Way | null;
  /** Which of her places is free for it. */
  readonly place: number;
  /** The language to be spoken with whoever was chosen; null: her own, or a contact's. */
  readonly inLanguage: LanguageId | null;
  readonly verdicts: readonly Verdict[];
  /** Why the chosen one should have been left to rest; null when she is rested. */
  readonly bent: Tired | null;
  /** Nobody who is later in turn could be chosen in her place. */
  readonly isFirstChoice: boolean;
};

/** After a lost race the choice is random among this many of the best, so that two searches do not race again. */
const RANDOM_AMONG = 25;

/** How a rung looks for volunteers. */
export type Looking = {
  readonly scope: Scope;
  readonly skill: 'required' | 'preferred';
  /** The languages that will do, the best first. */
  readonly languages: readonly LanguageId[];
  /** No later rung asks volunteers: here whoever there is must do. */
  readonly isWidest: boolean;
  /** Rather somebody who should rest than nobody. */
  readonly mayBend: boolean;
  /** To interpret into this language for somebody else; null: to talk with her. */
  readonly interpretingInto: LanguageId | null;
};

export type Chance = {
  /** How often this decision lost a race for a volunteer. */
  readonly conflicts: number;
  /** In [0, 1). */
  readonly luck: number;
};

type Context = { readonly now: Instant; readonly network: Network } & Chance;

/** The next volunteer for a rung that looks at `scope`, from everybody on duty there. */
export function pickVolunteer(
  request: Request,
  candidates: readonly Candidate[],
  rung: Looking,
  context: Context,
): Picked {
  const required = skillsRequired(request, rung, context.network);
  const judged = candidates.map(candidate => ({
    candidate,
    verdict: judge(request, candidate, rung, required, context),
  }));
  const those = (wanted: Verdict['verdict']) =>
    judged.filter(({ verdict }) => verdict === wanted).map(({ candidate }) => candidate);
  const rested = those('eligible');
  const asked = rested.length > 0 || !rung.mayBend ? rested : those('tired');
  const ranked = choose(inOrderFor(request, rung, context.network)(asked), context);
  const best = ranked?.candidate;
  const chosen = best?.volunteerId ?? null;
  const spoken = best && rung.languages.find(language => best.languages.includes(language));
  return {
    chosen,
    way: best === undefined ? null : wayOf(request, best, context.network),
    place: best === undefined ? 0 : (freePlace(request, best, context) ?? 0),
    inLanguage: spoken === undefined || spoken === request.language ? null : spoken,
    bent: best === undefined ? null : tired(request, best, context),
    isFirstChoice: asked === rested && context.conflicts === 0 && ranked?.fitsInAll === true,
    verdicts: judged.map(({ candidate: { volunteerId }, verdict }) => ({
      helper: volunteerId,
      verdict: volunteerId === chosen ? 'chosen' : verdict,
    })),
  };
}

function judge(
  request: Request,
  candidate: Candidate,
  rung: Looking,
  required: readonly SkillId[],
  context: Pick<Context, 'now' | 'network'>,
): Verdict['verdict'] {
  const { now } = context;
  const { volunteerId, duty, languages, skills, reachable, pausedUntil } = candidate;
  if (isKeptApart(request, candidate)) return 'excluded';
  if (request.coolingDown) return 'cooling-down';
  if (duty.from > now || duty.until <= now) return 'off-duty';
  if (!rung.languages.some(language => languages.includes(language))) return 'language';
  if (rung.interpretingInto !== null && !languages.includes(rung.interpretingInto)) return 'language';
  if (rung.interpretingInto === null && interpretsOnly(candidate, context.network)) return 'skill';
  if (!required.every(skill => skills.includes(skill))) return 'skill';
  if (!reachable) return 'unreachable';
  if (wayOf(request, candidate, context.network) === null) return 'no-way';
  if (pausedUntil !== null && pausedUntil > now) return 'paused';
  if (freePlace(request, candidate, context) === null) return 'busy';
  // The roster may be a moment old; the request itself knows whom it is ringing.
  if (offersOf(request).some(offer => offer.to === volunteerId)) return 'busy';
  if (!mayAskAgain(request, volunteerId, now)) return 'asked-before';
  return tired(request, candidate, context) === null ? 'eligible' : 'tired';
}

/**
 * Where she could be held for it; null: she has no place. A call wants all of her; a text may come beside conversations
 * by text, as long as there are not too many of them.
 */
function freePlace(
  request: Request,
  candidate: Candidate,
  { now, network }: Pick<Context, 'now' | 'network'>,
): number | null {
  const { busyUntil, writesAt, restsAt } = candidate;
  if (busyUntil !== null && busyUntil > now) return null;
  const byText = wayOf(request, candidate, network) === 'text';
  const atMost = byText ? network.settings.conversationsAtOnce : 1;
  if (writesAt.length >= atMost) return null;
  // Where there is one at most nothing has a number, and a call has none either.
  const taken = atMost === 1 ? writesAt : [...writesAt, ...restsAt];
  return places.find(place => !taken.includes(place)) ?? null;
}

/** Whoever has just talked with her goes on with the same talk: only a hard one keeps them apart. */
function tired(
  { preferred }: Request,
  { volunteerId, load }: Candidate,
  { now, network }: Pick<Context, 'now' | 'network'>,
): Tired | null {
  const because = tiredBecause(load, network.settings.care, now);
  return volunteerId === preferred && because !== 'hard-talk' ? null : because;
}

function wayOf(request: Request, { textBy }: Candidate, network: Network): Way | null {
  return wayTo(request, lineOf(network, request.lineId), { textBy, takesCalls: true });
}

/** Somebody who interprets between her language and that one, from everybody on duty in the country. */
export function pickInterpreter(
  request: Request,
  candidates: readonly Candidate[],
  into: LanguageId,
  context: Context,
): Picked {
  const looking = { scope: 'national', skill: 'preferred', isWidest: true, mayBend: true } as const;
  const asks: Looking = { ...looking, languages: [request.language], interpretingInto: into };
  return pickVolunteer(request, candidates, asks, context);
}

/**
 * Holds on every path: whoever looks for a volunteer, for whatever reason, asks here. Who wants nobody from her region
 * fears whom she might meet: so nobody who lives there, wherever she answers from today, and nobody who answers there.
 */
function isKeptApart(
  { excluded, elsewhere, region: hers }: Request,
  { volunteerId, region, regions }: Candidate,
): boolean {
  const isFromThere = region === hers || regions.some(each => each === hers);
  return excluded.includes(volunteerId) || (elsewhere && isFromThere);
}

/** A minor is for the trained, as far as there are any in the country. */
function skillsRequired(
  { need, minor }: Request,
  { skill, isWidest, interpretingInto }: Looking,
  { settings: { minorSkill, interpreterSkill } }: Network,
): readonly SkillId[] {
  return [
    ...(skill === 'required' && need !== null ? [need] : []),
    ...(minor && minorSkill !== null && !isWidest ? [minorSkill] : []),
    ...(interpretingInto !== null && interpreterSkill !== null ? [interpreterSkill] : []),
  ];
}

/** Not trained for a talk alone: whoever offers nothing else is asked for nothing else. */
function interpretsOnly({ skills }: Candidate, { settings: { interpreterSkill } }: Network): boolean {
  return interpreterSkill !== null && skills.length === 1 && skills.includes(interpreterSkill);
}

const forGoodOutcomes: ReadonlySet<Asked['outcome']> = new Set(['declined', 'passed-on', 'unreachable']);

/** A phone that is busy is often free a moment later, and one more try disturbs nobody. */
const BUSY_AGAIN_SECONDS = 20;

/** By text she is in another conversation, which is not over in a moment: asking again would only disturb it. */
function busyFor({ channel, ladder }: Request): number {
  return channel === 'voice'
    ? BUSY_AGAIN_SECONDS
    : Math.max(UNANSWERED_AT_MOST_SECONDS, ladder.last.repeatSeconds);
}

/**
 * A volunteer who declined is not asked again; whoever did not answer is, once as much time has passed as the last rung
 * waits between its rounds.
 */
function mayAskAgain(request: Request, helper: HelperId, now: Instant): boolean {
  const asked: Asked | undefined = request.asked[helper];
  if (!asked || asked.outcome === 'withdrawn') return true;
  // Who ended a talk with her is the first to call her back, as they agreed.
  if (asked.outcome === 'left' && isAway(request)) return true;
  // A desk is staffed by turns, and the last hope: it is never struck off.
  const forGood = isVolunteer(helper) && forGoodOutcomes.has(asked.outcome);
  const isSoon = asked.outcome === 'busy' || asked.outcome === 'joined'; // may have been cut off
  const wait = isSoon ? busyFor(request) : request.ladder.last.repeatSeconds;
  return !forGood && addSeconds(asked.at, wait) <= now;
}

function choose<Thing>(ranked: readonly Thing[], { conflicts, luck }: Chance): Thing | undefined {
  const among = conflicts === 0 ? 1 : Math.min(ranked.length, RANDOM_AMONG);
  return ranked[Math.floor(luck * among)];
}

function inOrderFor(
  request: Request,
  { languages }: Looking,
  network: Network,
): (candidates: readonly Candidate[]) => readonly Ranked[] {
  const near = request.region === null ? [] : [request.region, ...nearOf(network, request.region)];
  const { minorSkill } = network.settings;
  const rank = (candidate: Candidate): readonly number[] => {
    const places = candidate.regions.map(each => near.indexOf(each)).filter(place => place !== -1);
    return [
      languages.findIndex(language => candidate.languages.includes(language)),
      request.preferred === null || candidate.volunteerId === request.preferred ? 0 : 1,
      !request.minor || minorSkill === null || candidate.skills.includes(minorSkill) ? 0 : 1,
      request.wishedGender === null || candidate.gender === request.wishedGender ? 0 : 1,
      request.need === null || candidate.skills.includes(request.need) ? 0 : 1,
      candidate.writesAt.length,
      Math.min(near.length, ...places), // she is in the nearest of her regions
      candidate.lastOfferedAt ?? 0,
    ];
  };
  // Ranked once each: a country has thousands on duty.
  return candidates =>
    candidates
      .map(candidate => ({ candidate, ranks: rank(candidate) }))
      .sort(
        (a, b) =>
          compareLists(a.ranks, b.ranks) || (a.candidate.volunteerId < b.candidate.volunteerId ? -1 : 1),
      )
      .map(({ candidate, ranks }) => ({
        candidate,
        fitsInAll: ranks.slice(0, -1).every(each => each === 0),
      }));
}

/** `fitsInAll`: in everything that comes before whose turn it is. */
type Ranked = { readonly candidate: Candidate; readonly fitsInAll: boolean };

function compareLists(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** The next contact of the given kinds: nearest responsibility first, then in the order of the configuration. */
export function pickContact(
  request: Request,
  kinds: readonly ContactKind[],
  network: Network,
  now: Instant,
): Picked {
  const line = lineOf(network, request.lineId);
  const judged = network.contacts
    // Whatever a ladder says: the canary reaches no person, and a person is never put through to it.
    .filter(({ kind }) => kinds.includes(kind) && (kind === 'canary') === isCanary(request))
    .map(contact => ({ contact, verdict: judgeContact(request, contact, line, now) }));
  const eligible = judged.filter(({ verdict }) => verdict === 'eligible').map(({ contact }) => contact);
  const ranked = eligible.sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      Number(a.regions.length === 0) - Number(b.regions.length === 0),
  );
  const [best] = ranked;
  const chosen = best?.id ?? null;
  return {
    chosen,
    way: best === undefined ? null : wayToContact(request, best, line),
    bent: null,
    isFirstChoice: true,
    place: 0,
    inLanguage: null,
    verdicts: judged.map(({ contact: { id }, verdict }) => ({
      helper: id,
      verdict: id === chosen ? 'chosen' : verdict,
    })),
  };
}

/** Whether key 9 brings anybody: a desk that is being rung, or one that can be. Only then may she be told so. */
export function policeCanBeCalled(
  request: Request,
  { network, now }: { readonly network: Network; readonly now: Instant },
): boolean {
  if (emergencyRung(request.ladder) === null) return false;
  const desks = network.contacts.filter(({ kind }) => kind === 'police');
  const isRung = liveOffers(request).some(({ to }) => desks.some(({ id }) => id === to));
  return isRung || pickContact(request, ['police'], network, now).chosen !== null;
}

function judgeContact(request: Request, contact: Contact, line: Line, now: Instant): Verdict['verdict'] {
  if (!isResponsible(contact, request)) return 'region';
  if (wayToContact(request, contact, line) === null) return 'unreachable';
  if (offersOf(request).some(offer => offer.to === contact.id)) return 'busy';
  if (!isOpen(contact.hours, contact.zone, now)) return 'closed-now';
  return mayAskAgain(request, contact.id, now) ? 'eligible' : 'asked-before';
}

function isResponsible(contact: Contact, { region }: Request): boolean {
  return contact.regions.length === 0 || (region !== null && contact.regions.includes(region));
}

/** For somebody who writes, other people's desks are not called: only our own know what to do with a call about texts. */
function wayToContact(
  request: Request,
  { kind, callNumber, textNumber, textBy }: Contact,
  line: Line,
): Way | null {
  return wayTo(request, line, {
    textBy: textNumber === null ? 'none' : textBy,
    takesCalls: callNumber !== null && (request.channel === 'voice' || kind === 'manager'),
  });
}
