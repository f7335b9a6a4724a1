// S3: whether somebody who was asked might be, judged at that moment and a second time, with none of the functions that
// decide.
import type { Commit } from '../../shared/app/ports.ts';
import type { Rung } from '../../shared/domain/ladder.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import { canSpeak, interprets, type OfferedNote } from './can-speak.ts';
import type { Duty } from './duty.ts';

/** What she is that she should not have been asked, to follow "a volunteer who is"; null: all is well. */
export function whyNotToAsk(
  note: OfferedNote,
  duty: Duty | null,
  { after, at, byHand }: Pick<Commit, 'after' | 'at'> & { readonly byHand: boolean },
  network: Network,
): string | null {
  if (duty === null) return 'unknown';
  const rung = after.ladder.rungs[note.rung];
  // Where she is and what she can do is for a manager to judge who chose her.
  const isForTalk = note.as === 'helper' && !byHand;
  const why = [
    (duty.duty.from > at || duty.duty.until <= at) && 'off duty',
    duty.pausedUntil !== null && duty.pausedUntil > at && 'paused',
    !canSpeak(duty.languages, note, rung, after, network) && 'without her language',
    note.as === 'interpreter' && !interprets(duty.skills, network) && 'no interpreter',
    after.excluded.includes(duty.volunteerId) && 'excluded',
    after.coolingDown && 'not for a number of which abuse was reported',
    after.elsewhere &&
      [duty.region, ...duty.regions].some(each => each === after.region) &&
      'of the region that she wants nobody from',
    isForTalk && isWithoutSkill(rung, duty.skills, after) && 'without the skill that the rung requires',
    isForTalk &&
      !duty.regions.some(region => isInScope(rung, region, after, network)) &&
      'outside the scope of the rung',
  ];
  return why.find(reason => reason !== false) ?? null;
}

function isWithoutSkill(rung: Rung | undefined, skills: readonly string[], { need }: Request): boolean {
  return rung?.kind === 'volunteers' && rung.skill === 'required' && need !== null && !skills.includes(need);
}

/** Beyond the last rung everybody may be asked. */
function isInScope(
  rung: Rung | undefined,
  region: string,
  { region: hers }: Request,
  network: Network,
): boolean {
  if (rung === undefined) return true;
  if (rung.kind !== 'volunteers') return false;
  if (rung.scope === 'national' || region === hers) return true;
  const near: readonly string[] = network.regions.find(({ id }) => id === hers)?.near ?? [];
  return rung.scope === 'near' && near.includes(region);
}
