// Consent: only what she said, or what the line assumes on record; and whom she is asked about next.
import { describe, expect, test } from 'vitest';
import { appliesTo, type Consent, consentFor, kindToAsk, mayReach } from '../../shared/domain/consent.ts';
import { parseSkillId } from '../../shared/domain/ids.ts';
import type { ContactRung, Ladder } from '../../shared/domain/ladder.ts';
import { start, sure } from '../support/given.ts';
import { ladder } from '../support/small-network.ts';

const legal = sure(parseSkillId('legal'));
const rung = (
  consent: ContactRung['consent'],
  contactKind: ContactRung['contactKind'] = 'police',
): ContactRung => ({
  kind: 'contact',
  contactKind,
  consent,
  forNeed: null,
  waveSize: 1,
  ringSeconds: 20,
  replySeconds: 60,
  rungSeconds: 30,
});
const said = (given: boolean): Consent => ({ police: { given, at: start, how: 'question' } });

describe('what a rung may act on', () => {
  test.each([
    ['ask', {}, 'not-answered'],
    ['ask', said(true), 'given'],
    ['ask', said(false), 'refused'],
    ['given', {}, 'not-answered'],
    ['given', said(true), 'given'],
    ['assumed', {}, 'assumed'],
    ['assumed', said(false), 'refused'],
    ['assumed', said(true), 'given'],
  ] as const)('%s with %o is %s', (rule, consent, verdict) => {
    expect(consentFor(rung(rule), consent)).toBe(verdict);
    expect(mayReach(verdict)).toBe(verdict === 'given' || verdict === 'assumed');
  });

  test('a yes to one kind is none to another', () => {
    expect(consentFor(rung('ask', 'legal'), said(true))).toBe('not-answered');
  });

  test('a rung for one need applies to that need only, not to one that is not known', () => {
    const forLegal = { ...rung('ask'), forNeed: legal };
    expect([appliesTo(forLegal, legal), appliesTo(forLegal, null)]).toEqual([true, false]);
    expect([appliesTo(rung('ask'), legal), appliesTo(rung('ask'), null)]).toEqual([true, true]);
  });
});

describe('whom she is asked about', () => {
  const asking = (
    rungs: readonly ContactRung[],
    consent: Consent = {},
    channel: 'voice' | 'text' = 'voice',
  ) => {
    const only: Ladder = { ...ladder, rungs };
    return kindToAsk({ ladder: only, consent, need: null, channel });
  };

  test('the first that needs asking and has no answer yet, a no included', () => {
    expect(asking([rung('ask'), rung('ask', 'legal')])).toBe('police');
    expect(asking([rung('ask'), rung('ask', 'legal')], said(false))).toBe('legal');
    expect(asking([rung('ask')], said(true))).toBeNull();
  });

  test('not about what is assumed, nor what only key 9 gives, nor what is for another need', () => {
    expect(asking([rung('assumed', 'legal'), rung('given')])).toBeNull();
    expect(asking([{ ...rung('ask'), forNeed: legal }])).toBeNull();
  });

  test('never about the police by text: a discreet text cannot name them', () => {
    expect(asking([rung('ask'), rung('ask', 'partner')], {}, 'text')).toBe('partner');
    expect(asking([rung('ask')], {}, 'text')).toBeNull();
  });
});
