// Who may be called in for a survivor, and how she said so. A timer alone never puts the police on anyone.
import type { SkillId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { ContactRung, Ladder } from './ladder.ts';
import type { ContactKind } from './network.ts';

export type ConsentAnswer = {
  readonly given: boolean;
  readonly at: Instant;
  /** `question`: she answered ours. `danger-key`: key 9, which is a request for help now. */
  readonly how: 'question' | 'danger-key';
};

/** What she answered, for each kind of contact. No entry: not answered, which is never a yes. */
export type Consent = { readonly [kind in ContactKind]?: ConsentAnswer };

/** The consent that a rung acts on, kept in the timeline; or why it may not act. */
export type ConsentVerdict = 'given' | 'assumed' | 'refused' | 'not-answered';

export function consentFor(rung: ContactRung, consent: Consent): ConsentVerdict {
  const answer = consent[rung.contactKind];
  if (answer) return answer.given ? 'given' : 'refused';
  return rung.consent === 'assumed' ? 'assumed' : 'not-answered';
}

export function mayReach(verdict: ConsentVerdict): boolean {
  return verdict === 'given' || verdict === 'assumed';
}

/** Key 9, or its text. Whoever else says that she is in danger has not asked for the police on her behalf. */
export function hasAskedForHelp({
  danger,
  consent,
}: {
  readonly danger: boolean;
  readonly consent: Consent;
}): boolean {
  return danger && consent.police?.how === 'danger-key';
}

export function appliesTo(rung: ContactRung, need: SkillId | null): boolean {
  return rung.forNeed === null || rung.forNeed === need;
}

/**
 * The kind of contact to ask her about next; null when nothing on this ladder needs asking. By text the police are
 * never asked about: a discreet text cannot name them, and a yes to anything vaguer is no consent.
 */
export function kindToAsk({ ladder, consent, need, channel }: Asking): ContactKind | null {
  const rung = ladder.rungs.find(
    each =>
      each.kind === 'contact' &&
      each.consent === 'ask' &&
      appliesTo(each, need) &&
      consent[each.contactKind] === undefined &&
      !(channel === 'text' && each.contactKind === 'police'),
  );
  return rung?.kind === 'contact' ? rung.contactKind : null;
}

type Asking = {
  readonly ladder: Ladder;
  readonly consent: Consent;
  readonly need: SkillId | null;
  readonly channel: 'voice' | 'text';
};
