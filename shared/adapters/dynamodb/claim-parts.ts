// The volunteers a request holds, as changes of their duty entries. Whether one may be held is decided here, by the
// conditions, and nowhere else: a roster that was read is only a hint. An entry has a few places; each is held as if it
// were the only one, and what stands at the others must allow it. One conditional write, one winner.
import type { Commit } from '../../app/ports.ts';
import { type Talk, talksEnded } from '../../domain/care.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import type { Settings } from '../../domain/network.ts';
import { PLACES_AT_MOST, places } from '../../domain/places.ts';
import { liveOffers } from '../../domain/request.ts';
import { type Claim, claimsOf } from '../../domain/standing.ts';
import { NUMBERED_AFTER_SECONDS } from '../../domain/timing.ts';
import { updateInput } from './attributes.ts';
import type { CommitPart } from './commit-part.ts';
import { claimField, talkText } from './duty-entry.ts';
import { dutyKey } from './keys.ts';

const ON_DUTY = '((#dutyFrom <= :now AND #dutyUntil > :now) OR (#nextFrom <= :now AND #nextUntil > :now))';
const WILLING = '(attribute_not_exists(#pausedUntil) OR #pausedUntil <= :now)';
/** The roster comes from an index, which may be behind her entry: of what she offers this alone is never widened. */
const SPEAKS = 'contains(#languages, :language)';
const REACHABLE = '(attribute_not_exists(#unreachableUntil) OR #unreachableUntil <= :now)';

/** The names of a place in expressions. */
const at = (place: number) => ({
  request: `#${claimField('claimRequest', place)}`,
  seq: `#${claimField('claimSeq', place)}`,
  until: `#${claimField('claimUntil', place)}`,
  isConversation: `#${claimField('claimWrites', place)}`,
});

function freeOrMine(place: number): string {
  const { until, request } = at(place);
  return `attribute_not_exists(${until}) OR ${until} <= :now OR ${request} = :me`;
}

/** What stands at the other places leaves room for this. */
function roomBeside({ place, for: what }: Claim): string {
  return places
    .filter(other => other !== place)
    .map(other => {
      const orTexts = what === 'call' ? '' : ` OR attribute_exists(${at(other).isConversation})`;
      return `(${freeOrMine(other)}${orTexts})`;
    })
    .join(' AND ');
}

/** No more conversations than there may be, with this one: enough of the other places are free. */
function notTooMany({ place }: Claim, { conversationsAtOnce }: Settings): string {
  const others = places.filter(other => other !== place);
  const enough = choices(others, PLACES_AT_MOST - conversationsAtOnce).map(free =>
    free.map(other => `(${freeOrMine(other)})`).join(' AND '),
  );
  return conversationsAtOnce === PLACES_AT_MOST ? '' : ` AND (${enough.join(' OR ')})`;
}

function choices(among: readonly number[], count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return among.flatMap((first, at) =>
    choices(among.slice(at + 1), count - 1).map(others => [first, ...others]),
  );
}

const leftAt = (place: number): string => `#${claimField('claimLeftAt', place)}`;

/** Its number is not meant for a conversation that has ended there any more. Where there are no numbers, none is. */
function rested({ place }: Claim, { conversationsAtOnce }: Settings): string {
  return conversationsAtOnce === 1
    ? ''
    : ` AND (attribute_not_exists(${leftAt(place)}) OR ${leftAt(place)} <= :restedSince)`;
}

const hold = (place: number, isConversation: boolean): string => {
  const { request, seq, until, isConversation: mark } = at(place);
  return `${request} = :me, ${seq} = :seq, ${until} = :leaseUntil${isConversation ? `, ${mark} = :yes` : ''}`;
};

const fieldsOf = (place: number): string => Object.values(at(place)).join(', ');

export function claimParts(
  table: string,
  { before, after, at: now }: Commit,
  settings: Settings,
): readonly CommitPart[] {
  const held = byVolunteer(before ? claimsOf(before, settings) : []);
  const wanted = byVolunteer(claimsOf(after, settings));
  const context = { table, me: after.id, now, settings };
  const ended = talksEnded(before, after, now);
  const talkOf = (id: string) => ended.find(({ volunteerId }) => volunteerId === id)?.talk ?? null;
  const inConversation = before?.phase.kind === 'connected';
  return [
    ...[...wanted.values()].flatMap(claim => {
      const was = held.get(claim.volunteerId) ?? null;
      if (was?.seq !== claim.seq) return [acquire(claim, was, context)];
      return was.leaseUntil === claim.leaseUntil ? [] : [renew(claim, context, inConversation)];
    }),
    ...[...held.values()]
      .filter(claim => !wanted.has(claim.volunteerId))
      .map(claim => release(claim, context, talkOf(claim.volunteerId), signOf(before, after, claim))),
  ];
}

/** She picked up, wrote or talked; or let it pass. Null: it was taken back before she could. */
type Sign = 'life' | 'none' | null;

function signOf(before: Commit['before'], after: Commit['after'], { volunteerId, seq }: Claim): Sign {
  if (before === null) return null;
  const offer = liveOffers(before).find(each => each.seq === seq);
  if (offer === undefined || offer.answered) return 'life';
  const outcome = after.asked[volunteerId]?.outcome;
  if (outcome === 'declined' || outcome === 'busy') return 'life';
  return outcome === 'no-answer' || outcome === 'unreachable' ? 'none' : null;
}

type Context = {
  readonly table: string;
  readonly me: string;
  readonly now: Instant;
  readonly settings: Settings;
};

function byVolunteer(claims: readonly Claim[]): ReadonlyMap<string, Claim> {
  return new Map(claims.map(claim => [claim.volunteerId, claim]));
}

/** A new offer. Its time is what fairness goes by. One that takes the turn of an earlier one may have another place. */
function acquire(claim: Claim, was: Claim | null, { table, me, now, settings }: Context): CommitPart {
  const { volunteerId, place, seq, leaseUntil } = claim;
  const isConversation = claim.for === 'conversation';
  const moves = was !== null && was.place !== place;
  const gone = [
    ...(moves ? [fieldsOf(was.place)] : []),
    ...(isConversation ? [] : [at(place).isConversation]),
  ];
  const remove = gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : '';
  const isMine = moves ? ` AND ${at(was.place).request} = :me` : '';
  // They wrote, and go on by phone.
  const left = was?.for === 'conversation' ? `, ${leftAt(was.place)} = :now` : '';
  // Who is held already goes on as she began, whatever was said of her meanwhile.
  const speaks = was === null ? ` AND ${SPEAKS}` : '';
  const byText = claim.for === 'call' ? '' : `${notTooMany(claim, settings)}${rested(claim, settings)}`;
  const restedSince = addSeconds(now, -NUMBERED_AFTER_SECONDS);
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        `SET ${hold(place, isConversation)}, #lastOfferedAt = :now${left}${remove}`,
        `attribute_exists(#pk) AND (${freeOrMine(place)}) AND ${roomBeside(claim)}${byText} AND ${ON_DUTY} AND ${WILLING} AND ${REACHABLE}${speaks}${isMine}`,
        {
          me,
          seq,
          leaseUntil,
          now,
          ...(was === null ? { language: claim.language } : {}),
          ...(byText.includes(':restedSince') ? { restedSince } : {}),
          ...(isConversation ? { yes: true } : {}),
        },
      ),
    },
    otherwise: 'claim-conflict',
  };
}

/**
 * The same offer, held longer, whatever her rota says by now. Two people who talk are not parted because their
 * lease lapsed and was lost; but an offer whose volunteer was lost can not be taken.
 */
function renew(claim: Claim, { table, me, now }: Context, inConversation: boolean): CommitPart {
  const { volunteerId, place, seq, leaseUntil } = claim;
  const isConversation = claim.for === 'conversation';
  const beside = inConversation ? '' : ` AND ${roomBeside(claim)}`;
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        `SET ${hold(place, isConversation)}`,
        `attribute_exists(#pk) AND (${freeOrMine(place)})${beside}`,
        { me, seq, leaseUntil, now, ...(isConversation ? { yes: true } : {}) },
      ),
    },
    otherwise: inConversation ? 'not-ours' : 'claim-conflict',
  };
}

/** With it goes the talk that she has behind her: whoever looks for somebody reads it where the rest stands. */
function release(claim: Claim, { table, me, now }: Context, talk: Talk | null, sign: Sign): CommitPart {
  const { volunteerId, place, seq } = claim;
  const wrote = claim.for === 'conversation';
  const sets = [
    ...(talk === null ? [] : ['#talks = list_append(if_not_exists(#talks, :none), :talk)']),
    ...(wrote ? [`${leftAt(place)} = :now`] : []),
    ...(sign === 'none' ? ['#unanswered = if_not_exists(#unanswered, :zero) + :one'] : []),
  ];
  const set = sets.length === 0 ? '' : `SET ${sets.join(', ')} `;
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        `${set}REMOVE ${fieldsOf(place)}${sign === 'life' ? ', #unanswered' : ''}`,
        `${at(place).request} = :me AND ${at(place).seq} = :seq`,
        {
          me,
          seq,
          ...(wrote ? { now } : {}),
          ...(sign === 'none' ? { zero: 0, one: 1 } : {}),
          ...(talk === null ? {} : { none: [], talk: [talkText(talk)] }),
        },
      ),
    },
    otherwise: 'not-ours',
  };
}
