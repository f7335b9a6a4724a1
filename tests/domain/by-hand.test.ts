// What a manager does by hand: what comes of it, and when it is not done. Who did it stands in the timeline, done or not.
import { describe, expect, test } from 'vitest';
import type { ManagerEvent } from '../../shared/domain/manager-act.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import {
  answered,
  askedOf,
  at,
  byManager,
  given,
  kindsOf,
  legEnded,
  offerTo,
  onDuty,
  phaseOf,
  pressed,
  rang,
  type Story,
  sure,
  texted,
  waited,
} from '../support/given.ts';
import { almatyRegion, astana, lawyer, manager, plainLine, police } from '../support/small-network.ts';

type Act = ManagerEvent extends infer Each
  ? Each extends ManagerEvent
    ? Omit<Each, 'by' | 'seen'> & { readonly seen?: number | null }
    : never
  : never;

const hand = (act: Act): ManagerEvent => ({ ...byManager, ...act }) as ManagerEvent;
const camesOf = ({ notes }: Story) => notes.flatMap(each => (each.note === 'by-hand' ? [each.came] : []));
const asks = (name: string): Act => ({ kind: 'manager-assigned', volunteerId: onDuty(name).volunteerId });

const aigul = onDuty('aigul');
const dana = onDuty('dana', { region: astana, skills: [] });
const waiting = (roster: readonly Candidate[]) => given(rang(plainLine), { roster }).performed(0.4);
const talking = () => {
  const rings = waiting([aigul]);
  const { seq } = offerTo(aigul.volunteerId, rings);
  return rings.when(3, answered(seq)).when(6, pressed(seq, '1')).performed(6.5).when(7, waited());
};

describe('assigning', () => {
  test('asks whom the manager names, of another region and without the skill, beside the phone that rings; she has to say yes', () => {
    const rings = waiting([aigul, dana]);
    expect(askedOf(rings)).toEqual([aigul.volunteerId]);
    const named = rings.when(2, hand(asks('dana')));
    expect(named.notes[0]).toEqual({
      note: 'by-hand',
      act: 'manager-assigned',
      by: 'sub-of-a-manager',
      about: dana.volunteerId,
      came: 'done',
    });
    expect(askedOf(named)).toEqual([aigul.volunteerId, dana.volunteerId]);
    expect(named.request.phase.kind).toBe('searching');
    const { seq } = offerTo(dana.volunteerId, named);
    const taken = named.performed(2.4).when(5, answered(seq)).when(8, pressed(seq, '1'));
    expect(phaseOf(taken, 'connected').offer.to).toBe(dana.volunteerId);
  });

  test('asks again who did not answer, or declined: perhaps they have just spoken', () => {
    const rings = waiting([aigul]);
    const { seq } = offerTo(aigul.volunteerId, rings);
    const declined = rings.when(3, answered(seq)).when(6, pressed(seq, '2'));
    expect(askedOf(declined.when(20, hand(asks('aigul'))))).toContain(aigul.volunteerId);
  });

  const refusals: readonly (readonly [why: string, her: Partial<Candidate> | null])[] = [
    ['off-duty', null],
    ['off-duty', { duty: { from: at(600), until: at(900) } }],
    ['language', { languages: [] }],
    ['paused', { pausedUntil: at(600) }],
    ['busy', { busyUntil: at(600) }],
    ['unreachable', { reachable: false }],
  ];
  test.each(refusals)('asks nobody who is %s: %j', (why, her) => {
    const rings = waiting(her === null ? [] : [onDuty('dana', her)]);
    const refused = rings.when(2, hand(asks('dana')));
    expect(camesOf(refused)).toEqual([why]);
    expect(askedOf(refused)).not.toContain(dana.volunteerId);
  });

  test('asks nobody who is kept away, by a manager or by her own word', () => {
    const away = waiting([aigul, dana]).when(
      1,
      hand({ kind: 'manager-excluded', volunteerId: dana.volunteerId }),
    );
    expect(camesOf(away.when(2, hand(asks('dana'))))).toEqual(['excluded']);
    const { seq } = offerTo(aigul.volunteerId, away);
    const knows = away.when(3, answered(seq)).when(5, pressed(seq, '3'));
    expect(camesOf(knows.when(6, hand(asks('aigul'))))).toEqual(['excluded']);
  });

  test('does nothing while somebody has it, and when the race for her is lost', () => {
    expect(camesOf(talking().when(9, hand(asks('dana'))))).toEqual(['somebody-has-it']);
    const lost = waiting([aigul, dana]).when(2, hand(asks('dana')), { conflicts: 5 });
    expect(camesOf(lost)).toEqual(['busy']);
  });
});

test('what a manager excluded she may readmit; what a volunteer says of herself stands, also when both have said it', () => {
  const back: Act = { kind: 'manager-readmitted', volunteerId: aigul.volunteerId };
  const out: Act = { kind: 'manager-excluded', volunteerId: aigul.volunteerId };
  const rings = waiting([aigul]);
  const readmitted = rings.when(1, hand(out)).when(2, hand(back));
  expect(readmitted.request.excluded).toEqual([]);
  expect(camesOf(readmitted.when(3, hand(back)))).toEqual(['already']);
  const { seq } = offerTo(aigul.volunteerId, rings);
  const knows = rings.when(3, answered(seq)).when(5, pressed(seq, '3'));
  expect(camesOf(knows.when(6, hand(back)))).toEqual(['not-by-hand']);
  expect(knows.when(6, hand(back)).request.excluded).toEqual([aigul.volunteerId]);
});

test('released: whoever has it is let out, the survivor comes to the wait, and she is asked no more', () => {
  const out = talking().when(60, hand({ kind: 'manager-released', helper: null }));
  expect(kindsOf(out.actions)).toEqual(['redirect-survivor', 'redirect-helper']);
  expect(out.notes).toContainEqual({ note: 'helper-left', to: aigul.volunteerId, how: 'released' });
  expect(askedOf(out.when(90, waited()))).not.toContain(aigul.volunteerId);
  expect(camesOf(out.when(61, hand({ kind: 'manager-released', helper: null })))).toEqual(['nobody-has-it']);
});

describe('escalating', () => {
  const to = (rung: number | null): ManagerEvent => hand({ kind: 'manager-escalated', rung });

  test('goes to the next rung at once, phones ring on; never back, and never beyond the last', () => {
    const near = onDuty('near', { region: almatyRegion });
    const next = waiting([aigul, near]).when(2, to(null));
    expect(next.notes).toContainEqual({ note: 'rung-reached', rung: 1 });
    expect(askedOf(next.when(3, waited(null, 2)))).toEqual([aigul.volunteerId, near.volunteerId]);
    expect(camesOf(next.when(3, to(0)))).toEqual(['behind']);
    expect(camesOf(next.when(3, to(7)))).toEqual(['no-such-rung']);
    const last = next.when(3, to(6));
    expect(phaseOf(last, 'searching').rung).toBe(6);
    expect(camesOf(last.when(4, to(null)))).toEqual(['last-rung']);
  });

  test('never reaches the police without her yes; a yes that she gives later still leads there', () => {
    const rings = waiting([dana]);
    const named = rings.when(2, to(4));
    expect(camesOf(named)).toEqual(['no-consent']);
    const leapt = rings.when(2, to(6)).performed(2.4);
    expect(askedOf(leapt)).not.toContain(police.id);
    const asked = leapt.when(4, waited(null, 1));
    expect(phaseOf(asked, 'searching').consentAsked).toBe('police');
    const yes = asked.when(8, waited('1', 2)).when(12, waited(null, 3));
    expect(askedOf(yes)).toContain(police.id);
  });
});

test('danger that a manager declares is heard by those who are asked, and is no consent: key 9 is hers to press', () => {
  const declared = waiting([]).when(2, hand({ kind: 'manager-decided-danger', danger: true }));
  expect(declared.request).toMatchObject({ danger: true, consent: {} });
  expect(declared.notes).toContainEqual({ note: 'alerted', reason: 'danger', severity: 'critical' });
  expect(camesOf(declared.when(3, hand({ kind: 'manager-decided-danger', danger: true })))).toEqual([
    'already',
  ]);
  const pressed9 = declared.when(4, waited('9'));
  expect(pressed9.request.consent.police).toMatchObject({ given: true, how: 'danger-key' });
  const backAgain = declared.when(5, hand({ kind: 'manager-decided-danger', danger: false }));
  expect(backAgain.request.danger).toBe(false);
});

describe('joining', () => {
  const joins = hand({ kind: 'manager-joined', contactId: manager.id });

  test('rings her own phone into the talk, once; when she does not answer the two talk on and nobody is alerted', () => {
    const rung = talking().when(30, joins);
    expect(askedOf(rung)).toEqual([manager.id]);
    const { seq } = offerTo(manager.id, rung);
    const over = rung.performed(30.4).when(50, legEnded(seq));
    expect(phaseOf(over, 'connected').joining).toEqual([]);
    expect(over.notes).toContainEqual({ note: 'joining-given-up', role: 'manager' });
    expect(kindsOf(over.actions)).toEqual([]);
    const again = over.when(52, joins);
    expect(askedOf(again)).toEqual([manager.id]);
  });

  test('nobody but a manager, nobody twice, and nobody where there is no talk', () => {
    expect(camesOf(talking().when(30, hand({ kind: 'manager-joined', contactId: lawyer.id })))).toEqual([
      'no-manager',
    ]);
    expect(camesOf(talking().when(30, joins).when(31, joins))).toEqual(['already']);
    expect(camesOf(waiting([aigul]).when(2, joins))).toEqual(['nobody-has-it']);
  });
});

describe('closing', () => {
  const closes = (forced: boolean): ManagerEvent => hand({ kind: 'manager-closed', forced });

  test('never ends a call that waits, not even by force', () => {
    for (const forced of [false, true]) {
      const kept = waiting([aigul]).when(2, closes(forced));
      expect(camesOf(kept)).toEqual(['she-waits']);
      expect(askedOf(kept)).toEqual([aigul.volunteerId]);
    }
  });

  test('ends a talk only by force: both legs are ended, and nobody is sought', () => {
    expect(camesOf(talking().when(60, closes(false)))).toEqual(['talking']);
    const ended = talking().when(60, closes(true));
    expect(phaseOf(ended, 'closed')).toMatchObject({ because: 'by-manager', lastHelper: aigul.volunteerId });
    expect(kindsOf(ended.actions)).toEqual(['end-leg', 'redirect-helper']);
    expect(camesOf(ended.when(61, closes(true)))).toEqual(['over']);
  });

  test('ends what is in writing and that nobody has yet: she reads nothing of it', () => {
    const asked = given(texted('Сәлем')).performed(0.4);
    const ended = asked.when(60, closes(false));
    expect(phaseOf(ended, 'closed').because).toBe('by-manager');
    expect(kindsOf(ended.actions)).toEqual([]);
  });
});

test('a note for the record stands in the sealed part alone, after the end too, as long as anything personal is kept', () => {
  const noted = hand({ kind: 'manager-noted', body: 'agreed with the shelter' });
  const story = waiting([]).when(2, noted);
  expect(story.request.private.notes).toEqual([
    { by: 'sub-of-a-manager', at: at(2), body: 'agreed with the shelter' },
  ]);
  expect(JSON.stringify(story.notes)).not.toContain('shelter');
  const over = story.when(5, waited('0')).when(9, noted);
  expect(over.request.private.notes).toHaveLength(2);
  const full = Array.from({ length: 50 }, (_, index) => index).reduce(
    (so, index) => so.when(10 + index, noted),
    story,
  );
  expect([camesOf(full), sure(full.request.private.notes).length]).toEqual([['too-many-notes'], 50]);
});

test('an act for a request that is not as it was when she decided is not done, and says so', () => {
  const rings = waiting([aigul, dana]);
  const { version } = rings.request;
  const late = rings.when(2, hand({ ...asks('dana'), seen: version + 1 } as Act));
  expect([camesOf(late), askedOf(late)]).toEqual([['changed'], [aigul.volunteerId]]);
  expect(camesOf(rings.when(2, hand({ ...asks('dana'), seen: version } as Act)))).toEqual(['done']);
});
