// A request in writing for which phones ring: what is said, what is kept, and who is asked next.
import { describe, expect, test } from 'vitest';
import {
  answered,
  askedOf,
  given,
  helperTexted,
  kindsOf,
  legEnded,
  looked,
  offerTo,
  onDuty,
  phaseOf,
  pressed,
  type Story,
  texted,
  verdictsOf,
} from '../support/given.ts';

const talksOnly = onDuty('aigul', { textBy: 'none', lastOfferedAt: null });
const alsoTalksOnly = onDuty('bota', { textBy: 'none' });
const writes = onDuty('dana', { textBy: 'whatsapp' });
const to = talksOnly.volunteerId;

const searching = (roster: Parameters<typeof given>[1]) =>
  given(texted('мне страшно')).when(5, texted('1'), roster).performed(6);
const sent = ({ actions }: Story) =>
  actions.flatMap(action => (action.kind === 'text-survivor' ? [action.text.text] : []));

describe('somebody who can only talk', () => {
  const rung = searching({ roster: [talksOnly, alsoTalksOnly, writes] })
    .when(8, looked)
    .performed(8);
  const screened = rung.when(9, answered(offerTo(to, rung).seq));
  const yes = screened.when(12, pressed(offerTo(to, rung).seq, '1'));

  test('is called, and hears that it is in writing: no word of it, no name and no number', () => {
    expect(offerTo(to, rung)).toMatchObject({ by: 'call', code: null });
    expect(JSON.stringify(screened.reply)).toContain('offer-written');
    expect(JSON.stringify(screened.reply)).not.toMatch(/страшно|\d{5}/);
  });

  test('has her asked for a call, once, and no other phone rings in vain; her words wait for whoever writes', () => {
    expect(yes.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'we-ask-first' }] });
    expect(sent(yes)).toEqual(['ask-call']);
    expect(askedOf(yes)).not.toContain(alsoTalksOnly.volunteerId);
    const later = yes.when(20, looked).performed(20);
    expect(verdictsOf(later.when(22, looked))).not.toHaveProperty(to, 'chosen');
    const offer = offerTo(writes.volunteerId, later);
    const taken = later.when(30, helperTexted(writes.volunteerId, offer.code ?? ''));
    expect(kindsOf(taken.actions)).toContain('relay');
    expect(Object.values(taken.request.private.texts)).toEqual(['мне страшно']);
  });

  test.each([
    ['0', 'no-call-agreed', null],
    ['5 18-21', 'call-agreed', '5'],
  ])('her answer %s: she reads %s, and it is kept as agreed', (body, read, callDigit) => {
    const said = yes.when(20, texted(body));
    expect(sent(said)).toEqual([read]);
    expect(said.request.rules?.callDigit ?? null).toBe(callDigit);
    expect(phaseOf(said, 'searching').asking).toBeNull();
  });

  test.each(['5', '18-21', 'да'])('%s is no yes to a call, and is kept for whoever comes', body => {
    const said = yes.when(20, texted(body));
    expect(said.request.rules).toBeNull();
    expect(Object.values(said.request.private.texts)).toContain(body);
  });
});

describe('who writes that she wants to be called', () => {
  const wanted = searching({ roster: [writes] }).when(20, texted('Позвоните мне, пожалуйста'));

  test('is asked when, once, and her words wait for whoever comes', () => {
    expect(sent(wanted)).toEqual(['ask-call']);
    expect(sent(wanted.when(30, texted('88')))).toEqual([]);
    expect(Object.values(wanted.request.private.texts)).toContain('Позвоните мне, пожалуйста');
  });

  test('and it is agreed by a digit and hours, by nothing less', () => {
    expect(wanted.when(30, texted('да')).request.rules).toBeNull();
    const said = wanted.when(30, texted('5 18-21'));
    expect(sent(said)).toEqual(['call-agreed']);
    expect(said.request.rules).toMatchObject({ callDigit: '5', agreedBy: 'text' });
  });

  test('before she has said that it is a good time she is asked that, and nothing else', () => {
    expect(sent(given(texted('позвоните'), { roster: [writes] }))).toEqual(['safe-question']);
  });
});

describe('an offer that WhatsApp did not let through', () => {
  const offered = searching({ roster: [writes] });
  const offer = offerTo(writes.volunteerId, offered);
  const failure = {
    kind: 'text-failed',
    entryId: offer.entryId,
    badNumber: false,
    windowClosed: true,
  } as const;
  const rung = offered.when(8, failure);
  const taken = rung.performed(8).when(10, answered(offer.seq)).when(14, pressed(offer.seq, '1'));

  test('becomes a ring to the same volunteer, and people hear that a template would have reached her', () => {
    expect(kindsOf(rung.actions)).toEqual(['alert', 'ring']);
    expect(rung.notes).toContainEqual({ note: 'called-instead', seq: offer.seq, to: writes.volunteerId });
    expect(askedOf(rung)).toEqual([writes.volunteerId]);
  });

  test('taken by key: nothing is written to anybody until she writes, and the end of her call ends nothing', () => {
    expect(taken.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'write-to-us' }] });
    const hungUp = taken.when(15, legEnded(offer.seq, 'completed')).when(20, texted('вы здесь?'));
    expect(phaseOf(hungUp, 'connected')).toMatchObject({ helperWrites: false });
    expect([taken, hungUp].flatMap(({ actions }) => actions)).toEqual([]);
    const begun = hungUp.when(30, helperTexted(writes.volunteerId, '1'));
    expect(kindsOf(begun.actions)).toEqual(['text-helper', 'text-survivor', 'relay', 'relay']);
    expect(sent(begun)).toEqual(['here-now']);
  });

  test('taken by key and no word within three minutes: somebody else is asked, and a manager hears of it', () => {
    const silent = taken.when(14 + 180, looked);
    expect(silent.notes).toContainEqual({ note: 'helper-left', to: writes.volunteerId, how: 'silent' });
    expect(kindsOf(silent.actions)).toContain('alert');
  });
});
