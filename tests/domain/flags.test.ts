// Whom a request keeps away, and whom it looks for first: exclusions, somebody from elsewhere, minors, who cannot speak.
import { describe, expect, test } from 'vitest';
import { parseSkillId } from '../../shared/domain/ids.ts';
import type { Network } from '../../shared/domain/network.ts';
import {
  answered,
  askedOf,
  given,
  kindsOf,
  nothingYet,
  offerTo,
  onDuty,
  phaseOf,
  pressed,
  rang,
  sure,
  texted,
  verdictsOf,
  waited,
} from '../support/given.ts';
import { almatyRegion, astana, ladder, plainLine, smallNetwork } from '../support/small-network.ts';

const trained = sure(parseSkillId('legal'));
const network: Network = { ...smallNetwork, settings: { ...smallNetwork.settings, minorSkill: trained } };
const aigul = onDuty('aigul');
const bota = onDuty('bota');
const far = onDuty('far', { region: astana });
const near = onDuty('near', { region: almatyRegion });

describe('a volunteer who may know her', () => {
  const rung = given(rang(), { roster: [aigul, bota] })
    .when(1, waited())
    .performed(1);
  const offer = offerTo(aigul.volunteerId, rung);
  const said = rung.when(5, answered(offer.seq)).when(9, pressed(offer.seq, '3'));

  test('presses 3 at the question: she hears no more than any who decline, and is excluded', () => {
    expect(said.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'declined' }] });
    expect(said.request.excluded).toEqual([aigul.volunteerId]);
    expect(said.notes).toContainEqual({ note: 'excluded', volunteer: aigul.volunteerId, by: 'volunteer' });
  });

  test('is not asked again, on the last rung either', () => {
    let story = said;
    const verdicts = new Set<string>();
    for (let seconds = 10; seconds < 900; seconds += 10) {
      story = story.when(seconds, waited());
      expect(askedOf(story)).not.toContain(aigul.volunteerId);
      verdicts.add(verdictsOf(story)[aigul.volunteerId] ?? 'excluded');
    }
    expect(phaseOf(story, 'searching').rung).toBe(ladder.rungs.length);
    expect([...verdicts]).toEqual(['excluded']);
  });

  test('is told of that key the second time only: who answers at once need not hear it out', () => {
    const first = rung.when(5, answered(offer.seq));
    const second = first.when(20, pressed(offer.seq, null));
    expect(JSON.stringify(first.reply)).not.toContain('press-if-known');
    expect(JSON.stringify(second.reply)).toContain('press-if-known');
  });

  test('stays excluded when she calls again within the grace time, and is not preferred over it', () => {
    const again = given(
      rang(plainLine, { ...nothingYet, excluded: [aigul.volunteerId], preferred: aigul.volunteerId }),
      {
        roster: [aigul, bota],
      },
    );
    expect(askedOf(again)).toEqual([bota.volunteerId]);
  });

  test('a desk has no such key: it knows nobody', () => {
    const desk = given(rang()).when(1, waited('9')).performed(1);
    const [asked] = phaseOf(desk, 'searching').offers;
    const seq = sure(asked).seq;
    const pressedThree = desk.when(3, answered(seq)).when(5, pressed(seq, '3'));
    expect(pressedThree.reply).toMatchObject({ kind: 'ask' });
    expect(pressedThree.request.excluded).toEqual([]);
  });
});

describe('somebody from another region', () => {
  const waiting = given(rang(), { roster: [aigul, near, far] })
    .when(1, waited())
    .performed(1);

  test('phones of her own region stop, and the next rung that has anybody else is asked', () => {
    expect(askedOf(waiting)).toEqual([aigul.volunteerId]);
    const elsewhere = waiting.when(3, waited('3', 2));
    expect(kindsOf(elsewhere.actions)).toContain('end-leg');
    const next = elsewhere.when(5, waited(null, 3));
    expect(askedOf(next)).toEqual([near.volunteerId]);
    expect(elsewhere.reply).toMatchObject({ say: [{ say: 'elsewhere-noted' }, {}, {}] });
  });

  test('holds to the last rung: rather a manager than somebody who may know her', () => {
    const own = given(rang(), { roster: [aigul] })
      .when(1, waited('3'))
      .when(3, waited());
    for (const seconds of [60, 400, 800]) {
      const later = own.when(seconds, waited());
      expect(askedOf(later).filter(helper => helper === aigul.volunteerId)).toEqual([]);
    }
  });

  test('is said once; pressed again it changes nothing', () => {
    const once = waiting.when(3, waited('3'));
    expect(once.when(6, waited('3')).notes.filter(({ note }) => note === 'flagged')).toEqual([]);
  });

  test('by text it is 33 while she waits, and to a helper it is a word like any other', () => {
    const searching = given(texted('салем'), { roster: [aigul, far] }).when(2, texted('1'));
    const asked = searching.when(4, texted('33')).when(8, waited());
    expect(asked.request.elsewhere).toBe(true);
    const talking = given(texted('салем'), { roster: [far] });
    expect(talking.when(3, texted('33')).request.elsewhere).toBe(false);
  });
});

describe('a minor', () => {
  const untrained = aigul;
  const expert = onDuty('expert', { region: astana, skills: [trained] });

  test('waits for no untrained phone: the nearest trained volunteer is rung instead, and a manager is told, once', () => {
    const waiting = given(rang(), { roster: [untrained, expert], network })
      .when(1, waited())
      .performed(1);
    const flagged = waiting.when(3, waited('5', 2));
    expect(flagged.actions).toContainEqual({
      kind: 'alert',
      audience: 'manager',
      severity: 'warning',
      reason: 'minor',
      about: null,
    });
    const next = flagged.when(5, waited('5', 3));
    expect(askedOf(next)).toEqual([expert.volunteerId]);
    expect(JSON.stringify(next.actions)).not.toContain('minor');
  });

  test('with nobody trained on duty reaches whoever is: a person, rather than nobody', () => {
    const flagged = given(rang(), { roster: [untrained], network })
      .when(1, waited('5'))
      .when(3, waited());
    expect(askedOf(flagged)).toEqual([untrained.volunteerId]);
    expect(phaseOf(flagged, 'searching').rung).toBe(2);
  });

  test('where nobody is trained at all is asked for like anybody else', () => {
    const flagged = given(rang(), { roster: [untrained] })
      .when(1, waited('5'))
      .when(3, waited());
    expect(phaseOf(flagged, 'searching').rung).toBe(0);
  });

  test('is named to a helper only once she has taken it', () => {
    const ringing = given(rang(), { roster: [expert], network })
      .when(1, waited('5'))
      .when(3, waited())
      .performed(3);
    const { seq } = offerTo(expert.volunteerId, ringing);
    const asked = ringing.when(5, answered(seq));
    expect(JSON.stringify(asked.reply)).not.toContain('is-minor');
    expect(asked.when(9, pressed(seq, '1')).reply).toMatchObject({
      say: [{ say: 'connecting' }, { say: 'is-minor' }],
    });
  });
});

describe('who cannot speak', () => {
  const silent = given(rang(), { roster: [aigul] })
    .when(1, waited('4'))
    .performed(1);

  test('hears that she need not, and how to answer', () => {
    const pressedFour = given(rang(), { roster: [aigul] }).when(1, waited('4'));
    expect(pressedFour.reply).toMatchObject({ say: [{ say: 'cannot-speak-noted' }, {}] });
  });

  test('is announced before anybody takes it', () => {
    const { seq } = offerTo(aigul.volunteerId, silent);
    const said = JSON.stringify(silent.when(5, answered(seq)).reply);
    expect(said.indexOf('cannot-speak')).toBeGreaterThan(0);
    expect(said.indexOf('cannot-speak')).toBeLessThan(said.indexOf('press-to-take'));
  });

  test('is never punished for silence: no answer to anything changes nothing', () => {
    const quiet = silent.when(8, waited()).when(14, waited());
    expect(quiet.request.phase.kind).toBe('searching');
    expect(quiet.request.excluded).toEqual([]);
  });
});
