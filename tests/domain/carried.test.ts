// A call again within the grace time: what it takes over, and that nothing else ever is.
import { describe, expect, test } from 'vitest';
import { carriedFrom } from '../../shared/domain/carried.ts';
import {
  askedOf,
  at,
  given,
  hungUp,
  looked,
  nothingYet,
  onDuty,
  pressed,
  rang,
  type Story,
  sure,
  texted,
  waited,
} from '../support/given.ts';
import { plainLine, smallNetwork } from '../support/small-network.ts';

const { settings } = smallNetwork;
const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const carried = (story: Story, seconds: number) => carriedFrom(story.request, at(seconds), settings);

const waiting = given(rang(), { roster: [aigul] });
const left = waiting.when(10, hungUp);
const talked = waiting.when(5, pressed(1, '1')).when(100, hungUp);

describe('what is carried', () => {
  test('from whoever hung up while waiting: the rung, and who was asked', () => {
    const far = given(rang(plainLine, { ...nothingYet, rung: 5 })).when(10, hungUp);
    expect(carried(far, 60)).toMatchObject({ rung: 5, language: 'ru', preferred: null });
    const declined = waiting.when(5, pressed(1, '2')).when(9, hungUp);
    expect(carried(declined, 60)?.asked[aigul.volunteerId]).toMatchObject({ outcome: 'declined' });
  });

  test('from whoever talked: the same helper first', () => {
    expect(carried(talked, 160)?.preferred).toBe(aigul.volunteerId);
  });

  test('whom she spoke with before that stays known through a call that nobody answered', () => {
    const again = given(rang(plainLine, sure(carried(talked, 160))), { roster: [] }).when(10, hungUp);
    expect(carried(again, 60)?.preferred).toBe(aigul.volunteerId);
  });

  test('consent as she answered it, and whoever she excluded', () => {
    const told = { ...nothingYet, excluded: [bota.volunteerId] };
    const danger = given(rang(plainLine, told)).when(1, waited('9', 1)).when(10, hungUp);
    expect(carried(danger, 60)).toMatchObject({
      excluded: [bota.volunteerId],
      consent: { police: { given: true, how: 'danger-key' } },
    });
  });
});

describe('nothing is carried', () => {
  test('after the grace time, to the second', () => {
    expect(carried(left, 10 + 600)).not.toBeNull();
    expect(carried(left, 10 + 601)).toBeNull();
  });

  test('while the earlier call goes on', () => {
    expect(carried(waiting, 5)).toBeNull();
  });

  test('when she ended it by key 0, or in a menu', () => {
    expect(carried(waiting.when(5, waited('0', 1)), 6)).toBeNull();
  });

  test('from a text', () => {
    expect(carried(given(texted('стоп')), 5)).toBeNull();
    expect(carried(given(texted('x')).when(3, texted('нет')), 5)).toBeNull();
  });
});

describe('the call that takes over', () => {
  test('has no menus, begins on that rung and rings whoever she spoke with first', () => {
    const again = given(rang(plainLine, sure(carried(talked, 160))), { roster: [bota, aigul] });
    expect(askedOf(again)).toEqual([aigul.volunteerId]);
    expect(again.reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
  });

  test('never begins beyond the last rung, though the ladder has become shorter', () => {
    const again = given(rang(plainLine, { ...nothingYet, rung: 99 })).when(1, looked);
    expect(again.request.phase).toMatchObject({ kind: 'searching', rung: 6 });
  });

  test('hears nothing of the earlier one', () => {
    const fresh = given(rang(), { roster: [aigul] });
    const again = given(rang(plainLine, sure(carried(talked, 160))), { roster: [aigul] });
    expect(again.reply).toEqual(fresh.reply);
  });
});
