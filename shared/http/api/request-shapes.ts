// A request as managers see it: where it stands, who is asked and why the others are not. Must never hold her number, a
// word of hers, a note about her, or the digit that she presses: those are shown by `revealRequest` alone, on record.
import { z } from '@hono/zod-openapi';
import { sideBySide } from '../../app/side-by-side.ts';
import { whyRefused } from '../../app/timeline-words/refusal-words.ts';
import { type Actor, may, sees } from '../../domain/access.ts';
import { type HelperId, isVolunteer, type VolunteerId } from '../../domain/ids.ts';
import { type Instant, secondsBetween } from '../../domain/instant.ts';
import type { Refusal } from '../../domain/manager-act.ts';
import type { Network } from '../../domain/network.ts';
import { rungKindOf } from '../../domain/report-summary.ts';
import {
  isAway,
  joinedOffers,
  liveOffers,
  type Offer,
  type Request,
  takenOffer,
} from '../../domain/request.ts';
import type { Note } from '../../domain/timeline.ts';
import type { ApiC, ApiContext } from './api.ts';
import { showClockTime, showMoment, shownMoment } from './fields.ts';

const helperSchema = z
  .object({
    id: z.string(),
    name: z
      .string()
      .nullable()
      .openapi({ description: 'For those who may see volunteers, of their regions' }),
    by: z.enum(['call', 'text']),
    since: shownMoment,
    answered: z.boolean().openapi({ description: 'Picked up, which is not yet a yes' }),
  })
  .openapi('HelperAsked');

const rungSchema = z.object({
  number: z.number().int().openapi({ description: 'From 1' }),
  of: z.number().int(),
  asks: z.string().openapi({ example: 'national', description: 'Whom it asks' }),
  since: shownMoment,
});

export const briefSchema = z
  .object({
    id: z.string(),
    phase: z.enum(['intake', 'greeting', 'searching', 'connected', 'calling-back', 'closed']),
    line: z.string(),
    channel: z.enum(['voice', 'text']),
    region: z.string().nullable(),
    need: z.string().nullable(),
    language: z.string(),
    openedAt: shownMoment,
    waitingSeconds: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'Since she waits for a person; null: somebody is with her, or nobody waits' }),
    promisedSeconds: z.number().int(),
    rung: rungSchema.nullable(),
    asked: z.array(helperSchema).openapi({ description: 'Whose phones ring, or who has an offer' }),
    withHer: z.array(helperSchema).openapi({ description: 'Who has it, then whoever joined' }),
    danger: z.boolean(),
    minor: z.boolean(),
    coolingDown: z.boolean().openapi({ description: 'Abuse was reported: managers alone are asked' }),
    callAt: shownMoment
      .nullable()
      .openapi({ description: 'She is gone, and is called then at the earliest' }),
  })
  .openapi('RequestBrief');

export const verdictSchema = z.object({ helper: z.string(), verdict: z.string(), words: z.string() });

export const fullSchema = briefSchema
  .extend({
    version: z.number().int(),
    ladder: z.array(z.string()).openapi({ description: 'Whom each rung asks, the last included' }),
    consent: z.array(z.object({ kind: z.string(), given: z.boolean(), at: shownMoment, how: z.string() })),
    excluded: z.array(z.object({ volunteer: z.string(), byHand: z.boolean() })),
    askedBefore: z.array(z.object({ helper: z.string(), outcome: z.string(), at: shownMoment })),
    elsewhere: z.boolean(),
    cannotSpeak: z.boolean(),
    wishedGender: z.enum(['woman', 'man']).nullable(),
    agreement: z
      .object({
        call: z.boolean(),
        text: z.boolean(),
        from: z.string().nullable(),
        until: z.string().nullable(),
        ends: shownMoment,
        by: z.string(),
      })
      .nullable()
      .openapi({ description: 'How she may be reached when she is not with us' }),
    judged: z
      .array(verdictSchema)
      .openapi({ description: 'The last judgement: why each was asked or was not' }),
    closed: z.object({ at: shownMoment, because: z.string() }).nullable(),
    isKept: z.boolean().openapi({ description: 'Something personal is still kept' }),
  })
  .openapi('Request');

type Names = (id: HelperId) => string | null;

/** Names of all of them, each read once. */
export async function namesFor(c: ApiC, requests: readonly Request[], network: Network): Promise<Names> {
  const { actor, context } = c.var;
  const ids = requests.flatMap(request => [...withHer(request), ...liveOffers(request)].map(({ to }) => to));
  const volunteers = may(actor, 'volunteers:read') ? [...new Set(ids.filter(isVolunteer))] : [];
  const known = await sideBySide(volunteers, id => nameOf(context, actor, id));
  const names = new Map<string, string | null>([
    ...network.contacts.map(({ id, name }) => [id, name] as const),
    ...volunteers.map((id, place) => [id, known[place] ?? null] as const),
  ]);
  return id => names.get(id) ?? null;
}

async function nameOf({ ports }: ApiContext, actor: Actor, id: VolunteerId) {
  const known = await ports.registry.volunteer(id);
  return known && sees(actor, known.volunteer.region) ? known.volunteer.name : null;
}

function withHer(request: Request): readonly Offer[] {
  const taken = takenOffer(request);
  return [...(taken ? [taken] : []), ...joinedOffers(request)];
}

export function brief(request: Request, names: Names, network: Network, now: Instant) {
  const { phase } = request;
  const helper = (offer: Offer, since: Instant) => ({
    id: offer.to,
    name: names(offer.to),
    by: offer.by,
    since: showMoment(since),
    answered: offer.answered,
  });
  const since = phase.kind === 'connected' ? phase.since : null;
  return {
    id: request.id,
    phase: phase.kind,
    line: request.lineId,
    channel: request.channel,
    region: request.region,
    need: request.need,
    language: request.language,
    openedAt: showMoment(request.openedAt),
    waitingSeconds: waitingSeconds(request, now),
    promisedSeconds: network.settings.coverage.reachedSeconds,
    rung: rungOf(request),
    asked: liveOffers(request).map(offer => helper(offer, offer.madeAt)),
    withHer: withHer(request).map(offer => helper(offer, since ?? offer.madeAt)),
    danger: request.danger,
    minor: request.minor,
    coolingDown: request.coolingDown,
    callAt: phase.kind === 'calling-back' ? showMoment(phase.nextTryAt) : null,
  };
}

/** When somebody was with her already: since she was without anybody on this rung. */
function waitingSeconds(request: Request, now: Instant): number | null {
  const { phase, course, openedAt } = request;
  if (isAway(request) || phase.kind === 'closed' || phase.kind === 'connected') return null;
  const again = course.person !== null && phase.kind === 'searching' ? phase.rungSince : null;
  return Math.max(0, Math.round(secondsBetween(again ?? openedAt, now)));
}

function rungOf({ phase, ladder }: Request) {
  if (phase.kind !== 'searching') return null;
  return {
    number: phase.rung + 1,
    of: ladder.rungs.length + 1,
    asks: rungKindOf(ladder, phase.rung),
    since: showMoment(phase.rungSince),
  };
}

export function full(request: Request, judged: Judged, names: Names, network: Network, now: Instant) {
  const { phase, ladder, rules, excludedByHand } = request;
  return {
    ...brief(request, names, network, now),
    version: request.version,
    ladder: [...ladder.rungs.keys(), ladder.rungs.length].map(index => rungKindOf(ladder, index)),
    consent: Object.entries(request.consent).map(([kind, answer]) => ({
      kind,
      given: answer.given,
      at: showMoment(answer.at),
      how: answer.how,
    })),
    excluded: request.excluded.map(volunteer => ({ volunteer, byHand: excludedByHand.includes(volunteer) })),
    askedBefore: Object.entries(request.asked).map(([helper, { outcome, at }]) => ({
      helper,
      outcome,
      at: showMoment(at),
    })),
    elsewhere: request.elsewhere,
    cannotSpeak: request.cannotSpeak,
    wishedGender: request.wishedGender,
    agreement: rules && {
      call: rules.callDigit !== null,
      text: rules.mayText,
      from: rules.hours && showClockTime(rules.hours.from),
      until: rules.hours && showClockTime(rules.hours.until),
      ends: showMoment(rules.until),
      by: rules.agreedBy,
    },
    judged: judged.map(verdictShown),
    closed: phase.kind === 'closed' ? { at: showMoment(phase.at), because: phase.because } : null,
    isKept: request.private.notes !== null,
  };
}

export type Judged = Extract<Note, { readonly note: 'judged' }>['verdicts'];

export function verdictShown({ helper, verdict }: Judged[number]) {
  const words =
    verdict === 'chosen' || verdict === 'eligible' ? 'may be asked' : whyRefused(verdict as Refusal);
  return { helper, verdict, words };
}
