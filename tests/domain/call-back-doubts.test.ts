// What could go wrong around a call that was agreed on: somebody else has her phone, helpers who leave, a number that can
// not be dialled, words that nobody has read.
import { describe, expect, test } from 'vitest';
import { agreementCarried, carriedFrom } from '../../shared/domain/carried.ts';
import { agreementOf, mayContact } from '../../shared/domain/contact-rules.ts';
import type { Event } from '../../shared/domain/event.ts';
import { stillWanted } from '../../shared/domain/outbox.ts';
import {
  at,
  byManager,
  given,
  helperTexted,
  hungUp,
  kindsOf,
  legEnded,
  looked,
  offerTo,
  onDuty,
  performed,
  phaseOf,
  pickedUp,
  pressed,
  rang,
  type Story,
  shePressed,
  texted,
  waited,
} from '../support/given.ts';
import { smallNetwork } from '../support/small-network.ts';

const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const HOUR = 3600;
const HERS = '5';
const NOT_HERS = '6';

/** Key 8, at ten in the morning. 1: soon, 2: from nine to twelve, 4: from five to nine. */
function asks(story: Story, seconds: number, part: string, digit: string): Story {
  return story
    .when(seconds, waited('8', seconds))
    .when(seconds + 1, waited(part, seconds + 1))
    .when(seconds + 2, waited(digit, seconds + 2));
}

function leavesWith(part: string): Story {
  return asks(given(rang(), { roster: [aigul] }), 1, part, HERS)
    .when(5, hungUp)
    .performed(6);
}

/** Somebody has said yes and waits; her phone rings. */
function ringing(roster = [aigul]): { story: Story; seq: number } {
  const sought = leavesWith('1').when(65, looked, { roster }).performed(66);
  const { seq } = offerTo(aigul.volunteerId, sought);
  return { story: sought.when(70, pressed(seq, '1')).performed(71), seq };
}

describe('whoever calls from her phone before she is called back', () => {
  const before = leavesWith('4').when(600, { kind: 'caller-called-again' });
  const standing = agreementCarried(before.request, at(600));
  const again = given({ ...(rang() as Extract<Event, { kind: 'caller-rang' }>), agreed: standing });
  const mayCall = (story: Story, hours: number) =>
    mayContact(story.request, 'call', at(hours * HOUR), smallNetwork) === 'allowed';

  test('asks with another number for another time: nobody calls at it, and he hears what anybody hears', () => {
    for (const part of ['1', '2', '3']) {
      const other = asks(again, 601, part, NOT_HERS);
      for (let hours = 1; hours < 30; hours += 1) expect(mayCall(other, hours)).toBe(false);
      const fresh = asks(given(rang()), 601, part, NOT_HERS);
      expect(other.reply).toEqual(fresh.reply);
      expect(other.notes).toContainEqual(expect.objectContaining({ note: 'contact-rules-set', call: true }));
    }
  });

  test('at her hours his number may be pressed, and never beyond the end of what she agreed to', () => {
    const other = asks(again, 601, '4', NOT_HERS);
    expect([mayCall(other, 8), mayCall(other, 23.9), mayCall(other, 24.5), mayCall(other, 32)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(other.request.rules?.until).toBe(standing?.rules.until);
  });

  test('a second wish with his own number, and a no before it, open nothing either', () => {
    const twice = asks(asks(again, 601, '4', NOT_HERS), 611, '1', NOT_HERS);
    expect(mayCall(twice, 1)).toBe(false);
    const no = again.when(601, waited('8', 1)).when(602, waited('0', 2));
    expect(no.request.callBack).toBeNull();
    expect(mayCall(asks(no, 611, '1', NOT_HERS), 1)).toBe(false);
  });

  test('nor does a third call: what she agreed to is remembered through the second', () => {
    const left = asks(again, 601, '4', NOT_HERS).when(620, hungUp);
    const third = left.when(700, { kind: 'caller-called-again' });
    const agreed = agreementCarried(third.request, at(700));
    const his = given({ ...(rang() as Extract<Event, { kind: 'caller-rang' }>), agreed });
    expect(mayCall(asks(his, 701, '1', NOT_HERS), 1)).toBe(false);
    expect(mayCall(asks(his, 701, '1', HERS), 0.3)).toBe(true);
  });

  test('with her number she may choose anew: it is she', () => {
    expect(mayCall(asks(again, 601, '1', HERS), 1)).toBe(true);
  });

  test('what is left of it has no hour: managers hear that she is not called', () => {
    const over = asks(again, 601, '1', NOT_HERS);
    expect(over.notes).toContainEqual({ note: 'alerted', reason: 'call-back-failed', severity: 'warning' });
    expect(phaseOf(over.when(620, hungUp), 'closed').because).toBe('left-waiting');
  });

  test('without an agreement from before, her second wish in one call counts whole, whatever its number', () => {
    const changed = asks(asks(given(rang()), 1, '4', HERS), 11, '1', NOT_HERS);
    expect(mayCall(changed, 1)).toBe(true);
  });

  test('after wrong keys on her phone, a call from it hours later tells nothing of an earlier one', () => {
    const { story, seq } = ringing();
    const void_ = story
      .when(75, pickedUp(seq))
      .when(77, shePressed(seq, NOT_HERS))
      .when(79, shePressed(seq, '1', 2))
      .performed(80);
    const later = void_.when(2 * HOUR - 10, { kind: 'caller-called-again' });
    expect(carriedFrom(later.request, at(2 * HOUR - 10), smallNetwork.settings)).toBeNull();
    expect(agreementCarried(later.request, at(2 * HOUR - 10))).toBeNull();
  });
});

describe('her phone does not ring without end', () => {
  test('helpers who hang up while it rings: each is a try, and after the last managers are told', () => {
    const settings = { ...smallNetwork.settings, callBackTries: 1 };
    const { story, seq } = ringing([aigul, bota]);
    const left = story.when(72, legEnded(seq, 'completed'), { network: { ...smallNetwork, settings } });
    expect(phaseOf(left, 'closed').because).toBe('not-reached');
    expect(left.notes).toContainEqual({ note: 'alerted', reason: 'call-back-failed', severity: 'warning' });
    expect(kindsOf(left.actions)).toContain('end-leg');
    const { story: other } = ringing([aigul, bota]);
    expect(other.when(72, legEnded(seq, 'completed')).request.callBack?.tries).toBe(1);
  });

  test('a helper who is gone before we know whether it rings: no second ring before the next try is due', () => {
    const sought = leavesWith('1')
      .when(65, looked, { roster: [aigul, bota] })
      .performed(66);
    const { seq } = offerTo(aigul.volunteerId, sought);
    const gone = sought.when(70, pressed(seq, '1')).when(72, legEnded(seq, 'completed'));
    const { callBackEverySeconds } = smallNetwork.settings;
    expect(phaseOf(gone, 'calling-back').nextTryAt).toBe(at(72 + callBackEverySeconds));
    expect(gone.request.callBack?.tries).toBe(1);
  });

  test('a network that does not dial her number: each is a try, so that volunteers do not wait for it all day', () => {
    const sought = leavesWith('1').when(65, looked).performed(66);
    const { seq } = offerTo(aigul.volunteerId, sought);
    const waiting = sought.when(70, pressed(seq, '1'));
    const ring = waiting.request.outbox.find(({ action }) => action.kind === 'ring-survivor');
    const refused = waiting.when(
      71,
      performed({ id: ring?.id ?? 0, outcome: 'failed', reason: 'bad-number' }),
    );
    expect(refused.request.callBack?.tries).toBe(1);
  });
});

describe('what she wrote before a call', () => {
  const writing = given(texted('Здравствуйте'), { roster: [aigul] })
    .when(5, texted('1'))
    .performed(6);
  const talking = writing
    .when(20, helperTexted(aigul.volunteerId, offerTo(aigul.volunteerId, writing).code ?? ''))
    .performed(21)
    .when(60, helperTexted(aigul.volunteerId, '96 5'))
    .performed(61);

  test('was on its way to the volunteer when it went on by phone: it still reaches her', () => {
    const said = talking.when(62, texted('Он ушёл')).when(63, helperTexted(aigul.volunteerId, '93'));
    const words = said.request.outbox.flatMap(({ action }) => (action.kind === 'relay' ? [action] : []));
    expect(words).toHaveLength(1);
    for (const action of words) expect(stillWanted(said.request, action)).toBe(true);
  });

  test('was read by nobody when the call has failed: managers are told so', () => {
    const asked = writing.when(25, texted('Мне страшно')).when(26, {
      ...byManager,
      kind: 'manager-set-contact-rules',
      agreement: agreementOf('5', null, at(26)),
    });
    const away = asked.performed(27).when(28, looked, { roster: [] });
    const over = away.performed(29).when(3 * HOUR, looked);
    expect(phaseOf(over, 'closed').because).toBe('not-reached');
    expect(over.notes).toContainEqual({ note: 'alerted', reason: 'words-lost', severity: 'warning' });
    const nothing = leavesWith('1')
      .when(65, looked, { roster: [] })
      .performed(66)
      .when(3 * HOUR, looked);
    expect(nothing.notes).not.toContainEqual(expect.objectContaining({ reason: 'words-lost' }));
  });

  test('can not be passed on to the volunteer who called her: managers are told so', () => {
    const asked = writing.when(25, texted('Мне страшно')).when(26, {
      ...byManager,
      kind: 'manager-set-contact-rules',
      agreement: agreementOf('5', null, at(26)),
    });
    const sought = asked.performed(27).when(28, looked).when(29, looked).performed(30);
    const { seq } = offerTo(aigul.volunteerId, sought);
    const reached = sought
      .when(35, pressed(seq, '1'))
      .performed(36)
      .when(40, pickedUp(seq))
      .when(43, shePressed(seq, '5'));
    const relay = reached.request.outbox.find(({ action }) => action.kind === 'relay');
    const lost = reached.when(44, performed({ id: relay?.id ?? 0, outcome: 'failed', reason: 'refused' }));
    expect(lost.notes).toContainEqual({ note: 'alerted', reason: 'words-lost', severity: 'warning' });
  });
});
