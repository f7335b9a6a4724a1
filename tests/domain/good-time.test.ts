// A silence: her phone may have changed hands. What is written to her waits until she has said again that it is a good
// time; who writes it is told; words of hers are passed on all the while.
import { describe, expect, test } from 'vitest';
import { given, helperTexted, looked, offerTo, onDuty, type Story, sure, texted } from '../support/given.ts';

const aigul = onDuty('aigul');
const bota = onDuty('bota');
const roster = [aigul];
const HALF_AN_HOUR = 1_800;

const searching = given(texted('мне страшно')).when(5, texted('1'), { roster: [] }).performed(6);
/** Nobody for 50 minutes, then a volunteer comes on duty and takes it. */
const offered = searching.when(3_000, looked, { roster }).performed(3_001);
const takenLate = takes(3_010, offered);
const talking = (() => {
  const soon = given(texted('мне страшно'))
    .when(5, texted('1'), { roster: [aigul, bota] })
    .performed(6);
  return takes(10, soon).performed(11);
})();

function takes(seconds: number, story: Story): Story {
  const { to, code } = offerTo(aigul.volunteerId, story);
  return story.when(seconds, helperTexted(to, sure(code)));
}
const sent = ({ work }: Story) =>
  work.flatMap(({ action }) => {
    if (action.kind === 'text-survivor') return [`her: ${action.text.text}`];
    if (action.kind === 'text-helper') return [`helper: ${action.text.text}`];
    return action.kind === 'relay' ? [`relay to ${action.to === 'survivor' ? 'her' : 'helper'}`] : [];
  });
const says = (story: Story, seconds: number, words: string) =>
  story.when(seconds, helperTexted(aigul.volunteerId, words));

describe('somebody accepts hours later', () => {
  test('she reads the question and nothing else; the volunteer reads her words, and that his wait', () => {
    expect(sent(takenLate)).toEqual([
      'helper: accepted',
      'relay to helper',
      'her: safe-question',
      'helper: held',
    ]);
    expect(sent(says(takenLate.performed(3_011), 3_020, 'я здесь'))).toEqual([]);
  });

  test('her yes sends what waited, in its order; the volunteer hears of it', () => {
    const two = says(says(takenLate.performed(3_011), 3_020, 'раз'), 3_030, 'два');
    const yes = two.when(3_100, texted('да'));
    expect(sent(yes)).toEqual(['her: here-now', 'relay to her', 'relay to her', 'helper: good-time-again']);
    const words = yes.work.flatMap(({ action }) =>
      action.kind === 'relay' ? [yes.request.private.texts[action.textKey]] : [],
    );
    expect(words).toEqual(['раз', 'два']);
    expect(sent(says(yes.performed(3_101), 3_110, 'три'))).toEqual(['relay to her']);
  });

  test('her no is silence for good; the volunteer reads that it is over', () => {
    const no = says(takenLate.performed(3_011), 3_020, 'раз').when(3_100, texted('2'));
    expect(no.request.phase).toMatchObject({ kind: 'closed', because: 'not-now' });
    expect(sent(no)).toEqual(['helper: not-now']);
    expect(no.request.private.texts).toEqual({});
  });

  test('words instead of a yes are passed on, and open nothing', () => {
    const words = takenLate.performed(3_011).when(3_100, texted('кто это?'));
    expect(sent(words)).toEqual(['relay to helper']);
    expect(sent(says(words.performed(3_101), 3_110, 'это я'))).toEqual([]);
  });

  test('she is asked twice at most, half an hour apart', () => {
    const first = says(takenLate.performed(3_011), 3_020, 'раз').performed(3_021);
    const second = says(first, 3_010 + HALF_AN_HOUR, 'два');
    expect(sent(second)).toEqual(['her: safe-question', 'helper: held']);
    expect(sent(says(second.performed(4_900), 9_000, 'три'))).toEqual([]);
  });

  test('as long as she writes to somebody she is asked again, half an hour apart: her yes may be lost more than twice', () => {
    const first = says(takenLate.performed(3_011), 3_020, 'раз').performed(3_021);
    const second = says(first, 3_010 + HALF_AN_HOUR, 'два').performed(4_900);
    const soon = second.when(5_000, texted('вы здесь?'));
    expect(sent(soon)).toEqual(['relay to helper']);
    const waits = says(soon.performed(5_001), 5_010, 'три').performed(5_011);
    const later = waits.when(3_020 + 2 * HALF_AN_HOUR, texted('вы здесь?'));
    expect(sent(later)).toEqual(['her: safe-question', 'relay to helper']);
  });
});

describe('the question is reported as not delivered', () => {
  const waits = takenLate.performed(3_011);
  const question = sure(waits.request.goodTime.entryId);
  const failed = { kind: 'text-failed', entryId: question, badNumber: false, windowClosed: false } as const;

  test('she was not asked, and is when something is written to her again', () => {
    const again = says(waits.when(3_015, failed), 3_020, 'я здесь');
    expect(sent(again)).toEqual(['her: safe-question', 'helper: held']);
    expect(sent(again.performed(3_021).when(3_100, texted('да')))).toContain('her: here-now');
  });

  test('nor is her number asked for ever when it does not work', () => {
    const dead = waits.when(3_015, { ...failed, badNumber: true });
    expect(sent(says(dead, 3_020, 'я здесь'))).toEqual([]);
  });

  test('another text that was not delivered asks nothing', () => {
    const other = waits.when(3_015, { ...failed, entryId: question + 100 });
    expect(sent(says(other, 3_020, 'я здесь'))).toEqual([]);
  });
});

describe('in a conversation', () => {
  test('each word of hers keeps it a good time for half an hour more', () => {
    const wrote = says(talking, 400, 'я здесь').when(1_000, texted('вы тут?'));
    const answered = says(wrote, 1_500, 'да').performed(1_501);
    expect(sent(says(answered, 1_000 + HALF_AN_HOUR - 1, 'да'))).toEqual(['relay to her']);
    expect(sent(says(answered, 1_000 + HALF_AN_HOUR, 'да'))).toEqual(['her: safe-question', 'helper: held']);
  });

  test('she writes after a silence: her words are passed on, and she is asked at once', () => {
    const wrote = says(talking, 400, 'я здесь').performed(401).when(4_000, texted('это снова я'));
    expect(sent(wrote)).toEqual(['her: safe-question', 'relay to helper']);
    expect(sent(wrote.performed(4_001).when(4_010, texted('1')))).toEqual([]);
  });

  test('what a volunteer wrote and she was never sent is not sent in the next one’s name', () => {
    const held = says(talking.when(500, texted('да')).performed(501), 2_400, 'я тут').performed(2_401);
    const passed = held.when(2_410, helperTexted(aigul.volunteerId, '91'), { roster: [bota] });
    expect(Object.values(passed.request.private.texts)).toEqual([]);
    const yes = passed.performed(2_411).when(2_420, texted('1'));
    expect(sent(yes).filter(each => each.startsWith('relay'))).toEqual([]);
  });

  test('a no of hers while it is a good time is a word like any other', () => {
    expect(sent(talking.when(100, texted('2')))).toEqual(['relay to helper']);
  });
});

describe('words and never a yes', () => {
  const twice = given(texted('он идёт'), { roster }).when(20, texted('он уже тут')).performed(21);

  test('the third brings a person who reads them; to her nothing goes out', () => {
    const third = twice.when(40, texted('улица Абая 1'));
    expect(third.request.phase.kind).toBe('searching');
    expect(sent(third)).toEqual([]);
    const taken = takes(60, third.performed(41));
    expect(sent(taken).filter(each => each.startsWith('her'))).toEqual(['her: safe-question']);
    expect(sent(taken).filter(each => each === 'relay to helper')).toHaveLength(3);
  });

  test('a machine that says the same again wakes nobody', () => {
    const robot = given(texted('Я на встрече'), { roster })
      .when(2, texted('Я на встрече'))
      .performed(3)
      .when(4, texted('Я на встрече'))
      .when(6, texted('Я на встрече'));
    expect(robot.request.phase.kind).toBe('greeting');
  });

  test('her yes is still a yes, her no still a no', () => {
    const third = twice.when(40, texted('улица Абая 1')).performed(41);
    expect(sent(third.when(50, texted('1')))).toEqual(['her: searching']);
    expect(third.when(50, texted('нет')).request.phase).toMatchObject({ because: 'not-now' });
  });
});
