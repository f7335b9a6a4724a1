// A rung of contacts ends only by a person's key or code, by time, or because nobody is there. Nothing that a machine
// can do (taking the call, picking it up, ending it, being alerted) counts as a yes.
import { describe, expect, test } from 'vitest';
import {
  answered,
  askedOf,
  given,
  legEnded,
  looked,
  nothingYet,
  offerTo,
  phaseOf,
  pressed,
  rang,
  type Story,
} from '../support/given.ts';
import { ladder, manager, plainLine, police, smallNetwork } from '../support/small-network.ts';

const policeRung = 4;
const consent = { police: { given: true, at: 0 as never, how: 'question' } } as const;
/** The police alone are left to ask: she has agreed, and no volunteer is on duty. */
const atPolice = (): Story =>
  given(rang(plainLine, { ...nothingYet, consent, rung: policeRung })).performed(0.5);
const rungOf = (story: Story) => phaseOf(story, 'searching').rung;
const passedIn = ({ notes }: Story) =>
  notes.flatMap(each => (each.note === 'rung-passed' ? [`${each.rung} ${each.because}`] : []));
const seqOf = (story: Story) => offerTo(police.id, story).seq;

describe('a rung of police', () => {
  test('is not left because the network has taken the ring, nor because an alert went out', () => {
    const rung = atPolice();
    expect(askedOf(rung)).toEqual([police.id]);
    expect(rungOf(rung.when(5, looked))).toBe(policeRung);
    expect(rung.request.phase.kind).toBe('searching');
  });

  test('is not left because somebody, or a voicemail, has picked up; only its time ends it, not confirmed', () => {
    const rung = atPolice();
    const up = rung.when(3, answered(seqOf(rung)));
    expect(up.request.phase.kind).toBe('searching');
    expect(rungOf(up.when(29, looked))).toBe(policeRung);
    const over = up.when(30, looked);
    expect(passedIn(over)).toContain(`${policeRung} time-over`);
    expect(over.notes.map(({ note }) => note)).not.toContain('confirmed');
  });

  test('picked up and hung up again without a key is nobody there: the ladder goes on at once', () => {
    const rung = atPolice();
    const seq = seqOf(rung);
    const gone = rung.when(3, answered(seq)).when(6, legEnded(seq, 'completed')).when(7, looked);
    expect(passedIn(gone)).toEqual([`${policeRung} nobody-to-ask`]);
    expect(askedOf(gone)).toEqual([manager.id]);
  });

  test('any other key is no yes', () => {
    const rung = atPolice();
    const seq = seqOf(rung);
    const other = rung.when(3, answered(seq)).when(5, pressed(seq, '5'));
    expect(other.request.phase.kind).toBe('searching');
  });

  test('key 1 confirms, by name and offer in the timeline', () => {
    const rung = atPolice();
    const seq = seqOf(rung);
    const taken = rung.when(3, answered(seq)).when(5, pressed(seq, '1'));
    expect(taken.notes).toContainEqual({ note: 'confirmed', seq, to: police.id });
    expect(taken.request.phase.kind).toBe('connected');
  });

  test('who presses 1 after the rung was left confirms all the same', () => {
    const rung = atPolice();
    const seq = seqOf(rung);
    const late = rung.when(20, answered(seq)).when(31, looked);
    expect(rungOf(late)).toBeGreaterThan(policeRung);
    expect(late.when(33, pressed(seq, '1')).notes).toContainEqual({ note: 'confirmed', seq, to: police.id });
  });
});

test('the ladder of these tests has its police where they say', () => {
  expect(ladder.rungs[policeRung]).toMatchObject({ contactKind: 'police' });
  expect(smallNetwork.contacts).toContain(police);
});
