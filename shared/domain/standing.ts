// What follows from the state of a request and is kept beside it: when it must be looked at again, which
// volunteers it holds, which codes and conversations lead to it. The store writes the difference between before
// and after in the same transaction, so none of these can disagree with the request itself.
import { canaryEndsAt, isCanary } from './canary.ts';
import type { HelperId, LanguageId, VolunteerId } from './ids.ts';
import { isVolunteer, parseVolunteerId } from './ids.ts';
import { addSeconds, earliest, type Instant } from './instant.ts';
import { joiningDueAt } from './joining.ts';
import type { Settings } from './network.ts';
import { type Connected, joinedOffers, liveOffers, type Offer, type Request, takenOffer } from './request.ts';
import { AFTER_TALK, CONTACT_CODE, DECLINE_CODE, isOfferCode } from './text-words.ts';
import {
  AFTER_TALK_SECONDS,
  CALL_AT_MOST_SECONDS,
  CLAIM_MARGIN_SECONDS,
  FIRST_WORD_SECONDS,
  INTAKE_AT_MOST_SECONDS,
  SECOND_LOOK_SECONDS,
  UNANSWERED_AT_MOST_SECONDS,
} from './timing.ts';

/**
 * A volunteer held by this request at one of her places. It lapses by itself, so that a lost release can not hold anyone
 * for ever. `for` says what may be beside it: nothing beside a call, conversations beside an offer by text, and beside a
 * conversation others and one such offer.
 */
export type Claim = {
  readonly volunteerId: VolunteerId;
  readonly place: number;
  readonly for: 'call' | 'text-offer' | 'conversation';
  readonly seq: number;
  readonly leaseUntil: Instant;
  /** What she is asked to speak. */
  readonly language: LanguageId;
};

/**
 * A text from `helper` that leads to this request: an offer's code, the word that declines it, or (code null) the
 * conversation itself. Who has several offers, which only a contact can, declines the latest.
 */
export type TextRoute = {
  readonly helper: HelperId;
  readonly code: string | null;
  /** Of a conversation: at which of her places she has it. */
  readonly place: number;
  readonly seq: number;
  readonly until: Instant;
};

/** When the request must be looked at again; null when nothing is pending (it is closed and its outbox empty). */
export function dueAt(request: Request, settings: Settings): Instant | null {
  return earliest([deadlineOf(request, settings), leaseEndOf(request)]);
}

/**
 * When to be woken, besides what was asked for when the request was as `before`. While somebody waits, twice for a
 * deadline: a message that is lost, or whose function dies, would keep her for as long as it takes the queue to deliver
 * it again, or the sweep to come round: a minute. The work of somebody who may have died is looked for by itself, since
 * a deadline that lies behind it would otherwise be asked for by nobody.
 */
export function wakeUpsAfter(before: Request | null, after: Request, settings: Settings): readonly Instant[] {
  const deadline = deadlineOf(after, settings);
  const leaseEnd = leaseEndOf(after);
  return [
    ...(deadline === null || deadline === (before && deadlineOf(before, settings))
      ? []
      : looksAt(deadline, after)),
    ...(leaseEnd === null || leaseEnd === (before && leaseEndOf(before)) ? [] : [leaseEnd]),
  ];
}

function looksAt(deadline: Instant, { phase }: Request): readonly Instant[] {
  return phase.kind === 'searching' ? [deadline, addSeconds(deadline, SECOND_LOOK_SECONDS)] : [deadline];
}

function deadlineOf(request: Request, settings: Settings): Instant | null {
  return earliest([
    phaseDueAt(request, settings),
    request.called?.endsAt ?? null,
    isCanary(request) && request.phase.kind !== 'closed' ? canaryEndsAt(request) : null,
  ]);
}

function leaseEndOf({ outbox }: Request): Instant | null {
  return earliest(outbox.map(entry => entry.leasedUntil));
}

function phaseDueAt(request: Request, settings: Settings): Instant | null {
  const { phase, channel, ladder } = request;
  switch (phase.kind) {
    case 'intake':
      return addSeconds(phase.since, INTAKE_AT_MOST_SECONDS);
    case 'greeting':
      return phase.until;
    case 'searching': {
      const rung = ladder.rungs[phase.rung];
      const rungEndsAt = rung ? addSeconds(phase.rungSince, rung.rungSeconds) : phase.repeatAt;
      const live = phase.offers.filter(offer => offer.rung === phase.rung).length;
      const waveIsFull = live >= (rung ?? ladder.last).waveSize;
      return earliest([
        rungEndsAt,
        waveIsFull ? null : phase.nextOfferAt,
        earliest(phase.offers.map(offer => offer.endsAt)),
      ]);
    }
    case 'connected':
      if (phase.roomEndsAt) return phase.roomEndsAt;
      return channel === 'text'
        ? silenceEndsAt(phase, settings)
        : earliest([addSeconds(phase.since, CALL_AT_MOST_SECONDS), ...joiningDueAt(request)]);
    case 'calling-back':
      return phase.nextTryAt;
    case 'closed':
      return null;
  }
}

/** The volunteers that the request holds: each with a live offer, the one who took it, and whoever has joined. */
export function claimsOf(request: Request, settings: Settings): readonly Claim[] {
  const claims = [
    ...talkingOffers(request).map(offer =>
      claimOn(request, offer, 'conversation', conversationUntil(request, settings)),
    ),
    ...liveOffers(request).map(offer =>
      claimOn(request, offer, 'text-offer', addSeconds(offer.endsAt, CLAIM_MARGIN_SECONDS)),
    ),
  ];
  return claims.filter(claim => claim !== null);
}

function talkingOffers(request: Request): readonly Offer[] {
  const taken = takenOffer(request);
  return taken === null ? [] : [taken, ...joinedOffers(request)];
}

function claimOn(
  { language, inLanguage }: Request,
  { to, by, place, seq }: Offer,
  byText: 'text-offer' | 'conversation',
  leaseUntil: Instant,
): Claim | null {
  if (!isVolunteer(to)) return null;
  return {
    volunteerId: to,
    place,
    for: by === 'call' ? 'call' : byText,
    seq,
    leaseUntil,
    language: inLanguage[to] ?? language,
  };
}

/** The ways by which a helper's text finds this request. */
export function textRoutesOf(request: Request, settings: Settings): readonly TextRoute[] {
  const taken = takenOffer(request);
  return [
    ...liveOffers(request)
      .filter(offer => offer.by === 'text')
      .flatMap(offer => [offerRoute(offer), { ...offerRoute(offer), code: DECLINE_CODE }]),
    ...(taken ? takenRoutes(taken, conversationUntil(request, settings)) : []),
    ...talksBehind(request).map(({ helper, at }) => ({
      helper,
      code: AFTER_TALK,
      place: 0,
      seq: 0,
      until: addSeconds(at, AFTER_TALK_SECONDS),
    })),
  ];
}

function offerRoute({ to: helper, code, place, seq, endsAt: until }: Offer): TextRoute {
  return { helper, code, place, seq, until };
}

/**
 * Who talks on the phone writes nothing that is passed on. The code that was sent to take it still finds it for a while:
 * a second press of the same key is about this one, and about no other conversation of hers.
 */
function takenRoutes(taken: Offer, until: Instant): readonly TextRoute[] {
  const route = { ...offerRoute(taken), until };
  if (taken.by === 'text')
    return [{ ...route, code: null }, ...(isOfferCode(taken.code ?? '') ? [offerRoute(taken)] : [])];
  // A duty desk may have several calls: a text could be about any of them, and one must not keep it from the next.
  return isVolunteer(taken.to) ? [{ ...route, code: CONTACT_CODE }] : [];
}

/** Each helper's latest alone: what leads to a talk leads to the last one. */
export function mayBeTakenOver({ code }: Pick<TextRoute, 'code'>): boolean {
  return code === DECLINE_CODE || code === AFTER_TALK;
}

/** Volunteers who talked with her and do no longer. */
export function talksBehind({
  asked,
  phase,
}: Request): readonly { readonly helper: VolunteerId; readonly at: Instant }[] {
  const left = Object.entries(asked).flatMap(([id, { outcome, at }]) => {
    const helper = parseVolunteerId(id);
    const talked = outcome === 'left' || outcome === 'passed-on' || outcome === 'joined';
    return helper !== null && talked && helper !== takenBy(phase) ? [{ helper, at }] : [];
  });
  const last = phase.kind === 'closed' ? phase.lastHelper : null;
  if (phase.kind !== 'closed' || last === null || !isVolunteer(last)) return left;
  return [...left.filter(({ helper }) => helper !== last), { helper: last, at: phase.at }];
}

function takenBy(phase: Request['phase']): HelperId | null {
  return phase.kind === 'connected' ? phase.offer.to : phase.kind === 'closed' ? phase.lastHelper : null;
}

/** By text: until when the one whose turn it is may keep silent. */
export function silenceEndsAt(
  { lastWordAt, lastWordBy, helperWrites, since }: Connected,
  settings: Settings,
): Instant {
  if (!helperWrites) return addSeconds(since, FIRST_WORD_SECONDS);
  return addSeconds(
    lastWordAt,
    lastWordBy === 'survivor' ? UNANSWERED_AT_MOST_SECONDS : settings.idleSeconds,
  );
}

function conversationUntil({ phase, channel }: Request, settings: Settings): Instant {
  if (phase.kind !== 'connected') throw new Error('only a connected request has a conversation');
  return channel === 'text'
    ? addSeconds(phase.lastWordAt, settings.idleSeconds + CLAIM_MARGIN_SECONDS)
    : addSeconds(phase.since, CALL_AT_MOST_SECONDS + CLAIM_MARGIN_SECONDS);
}
