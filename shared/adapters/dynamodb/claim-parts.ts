// The volunteers a request holds, as changes of their duty entries. Whether one may be held is decided here, by the
// conditions, and nowhere else: a roster that was read is only a hint.
import type { Commit } from '../../app/ports.ts';
import { type Talk, talkEnded } from '../../domain/care.ts';
import type { Settings } from '../../domain/network.ts';
import { type Claim, claimsOf } from '../../domain/standing.ts';
import { updateInput } from './attributes.ts';
import type { CommitPart } from './commit-part.ts';
import { talkText } from './duty-entry.ts';
import { dutyKey } from './keys.ts';

const FREE_OR_MINE = '(attribute_not_exists(#claimUntil) OR #claimUntil <= :now OR #claimRequest = :me)';
const ON_DUTY = '((#dutyFrom <= :now AND #dutyUntil > :now) OR (#nextFrom <= :now AND #nextUntil > :now))';
const WILLING = '(attribute_not_exists(#pausedUntil) OR #pausedUntil <= :now)';
const REACHABLE = '(attribute_not_exists(#unreachableUntil) OR #unreachableUntil <= :now)';

export function claimParts(
  table: string,
  { before, after, at }: Commit,
  settings: Settings,
): readonly CommitPart[] {
  const held = byVolunteer(before ? claimsOf(before, settings) : []);
  const wanted = byVolunteer(claimsOf(after, settings));
  const context = { table, me: after.id, now: at };
  const ended = talkEnded(before, after, at);
  const inConversation = before?.phase.kind === 'connected';
  return [
    ...[...wanted.values()].flatMap(claim => {
      const was = held.get(claim.volunteerId);
      if (was?.seq !== claim.seq) return [acquire(claim, context)];
      return was.leaseUntil === claim.leaseUntil ? [] : [renew(claim, context, inConversation)];
    }),
    ...[...held.values()]
      .filter(claim => !wanted.has(claim.volunteerId))
      .map(claim => release(claim, context, ended?.volunteerId === claim.volunteerId ? ended.talk : null)),
  ];
}

type Context = { readonly table: string; readonly me: string; readonly now: number };

function byVolunteer(claims: readonly Claim[]): ReadonlyMap<string, Claim> {
  return new Map(claims.map(claim => [claim.volunteerId, claim]));
}

/** A new offer. Its time is what fairness goes by. */
function acquire({ volunteerId, seq, leaseUntil }: Claim, { table, me, now }: Context): CommitPart {
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        'SET #claimRequest = :me, #claimSeq = :seq, #claimUntil = :leaseUntil, #lastOfferedAt = :now',
        `attribute_exists(#pk) AND ${FREE_OR_MINE} AND ${ON_DUTY} AND ${WILLING} AND ${REACHABLE}`,
        { me, seq, leaseUntil, now },
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
  const { volunteerId, seq, leaseUntil } = claim;
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        'SET #claimRequest = :me, #claimSeq = :seq, #claimUntil = :leaseUntil',
        `attribute_exists(#pk) AND ${FREE_OR_MINE}`,
        { me, seq, leaseUntil, now },
      ),
    },
    otherwise: inConversation ? 'not-ours' : 'claim-conflict',
  };
}

/** With it goes the talk that she has behind her: whoever looks for somebody reads it where the rest stands. */
function release({ volunteerId, seq }: Claim, { table, me }: Context, talk: Talk | null): CommitPart {
  const carried = talk === null ? '' : 'SET #talks = list_append(if_not_exists(#talks, :none), :talk) ';
  return {
    write: {
      Update: updateInput(
        table,
        dutyKey(volunteerId),
        `${carried}REMOVE #claimRequest, #claimSeq, #claimUntil`,
        '#claimRequest = :me AND #claimSeq = :seq',
        { me, seq, ...(talk === null ? {} : { none: [], talk: [talkText(talk)] }) },
      ),
    },
    otherwise: 'not-ours',
  };
}
