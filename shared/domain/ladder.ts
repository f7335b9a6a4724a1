// The ladder of escalation: ordered rungs, and a last one that never ends. Frozen into a request when it starts.
// A ladder without a last rung cannot be written down; network-rules.ts refuses the rest.
import type { LadderId, SkillId } from './ids.ts';
import type { ContactKind } from './network.ts';

export type Scope = 'region' | 'near' | 'national';
/**
 * How far a rung goes from her own language: not at all, to one that speakers of hers also understand, or to any of the
 * line, with an interpreter who joins the talk.
 */
export type LanguageStep = 'exact' | 'second' | 'interpreted';
export type ConsentRule = 'ask' | 'given' | 'assumed';

/** How many are asked at the same time, and how long each has to respond. */
export type Wave = {
  readonly waveSize: number;
  /** How long a phone rings, by call. */
  readonly ringSeconds: number;
  /** How long an offer stands, by text. */
  readonly replySeconds: number;
};

/** A rung is left after `rungSeconds`, or at once when nobody is left to ask; phones still ringing ring on. */
type Timed = Wave & { readonly rungSeconds: number };

export type VolunteersRung = Timed & {
  readonly kind: 'volunteers';
  readonly scope: Scope;
  readonly skill: 'required' | 'preferred';
  readonly language: LanguageStep;
};
export type ManagerRung = Timed & { readonly kind: 'manager' };
export type ContactRung = Timed & {
  readonly kind: 'contact';
  readonly contactKind: Exclude<ContactKind, 'manager'>;
  readonly consent: ConsentRule;
  /** Only for requests with this need; null: for all. */
  readonly forNeed: SkillId | null;
};
export type Rung = VolunteersRung | ManagerRung | ContactRung;

/**
 * Never ends. On arrival and every `repeatSeconds` it alerts the managers, and everybody who may still be asked
 * is asked again: managers, consented contacts, volunteers of the whole country.
 */
export type LastRung = Wave & { readonly repeatSeconds: number };

/** A ladder for the canary asks the canary alone, alerts nobody, and its last rung ends the request. */
export type Purpose = 'people' | 'canary';

export type Ladder = {
  readonly id: LadderId;
  readonly purpose: Purpose;
  readonly rungs: readonly Rung[];
  readonly last: LastRung;
};

export function isLastRung(ladder: Ladder, index: number): boolean {
  return index >= ladder.rungs.length;
}

export function waveOf(ladder: Ladder, index: number): Wave {
  return ladder.rungs[index] ?? ladder.last;
}

/** Where key 9 jumps to: the first rung of police, null when the ladder has none. */
export function emergencyRung(ladder: Ladder): number | null {
  const index = ladder.rungs.findIndex(rung => rung.kind === 'contact' && rung.contactKind === 'police');
  return index === -1 ? null : index;
}

/** The rung whose volunteers are helped by an interpreter; null: nobody interprets on this ladder. */
export function interpretedRung({ rungs }: Ladder): VolunteersRung | null {
  return (
    rungs.find(
      (rung): rung is VolunteersRung => rung.kind === 'volunteers' && rung.language === 'interpreted',
    ) ?? null
  );
}
