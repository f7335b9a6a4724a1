// Words to one person arrive in the order in which they were written, also when the network puts one off or another
// function is still at it; long ones arrive whole; and whoever wrote words that did not arrive is told.
import { describe, expect, test } from 'vitest';
import type { ActionResult } from '../../shared/domain/action.ts';
import {
  given,
  helperTexted,
  looked,
  offerTo,
  onDuty,
  performed,
  type Story,
  sure,
  texted,
} from '../support/given.ts';

const aigul = onDuty('aigul');
const searching = given(texted('привет'), { roster: [aigul] })
  .when(5, texted('1'))
  .performed(6);
const talking = searching
  .when(10, helperTexted(aigul.volunteerId, sure(offerTo(aigul.volunteerId, searching).code)))
  .performed(11);

const says = (story: Story, seconds: number, words: string) =>
  story.when(seconds, helperTexted(aigul.volunteerId, words));
const goingOut = ({ work, request }: Story) =>
  work.flatMap(({ action }) => (action.kind === 'relay' ? [request.private.texts[action.textKey]] : []));
const report = (story: Story, place: number, outcome: 'done' | 'later' | 'not-begun'): ActionResult => {
  const { id } = sure(story.work[place]);
  return outcome === 'done' ? { id, outcome, sid: null } : { id, outcome };
};

describe('order', () => {
  const first = says(talking, 20, 'раз');
  const second = says(first, 20, 'два');

  test('a second text waits while the first is being sent, and goes out with the report of it', () => {
    expect(goingOut(first)).toEqual(['раз']);
    expect(goingOut(second)).toEqual([]);
    expect(goingOut(second.when(21, performed(report(first, 0, 'done'))))).toEqual(['два']);
  });

  test('a text that is put off is not overtaken, however often', () => {
    const putOff = second.when(21, performed(report(first, 0, 'later')));
    expect(goingOut(putOff)).toEqual([]);
    const third = says(putOff, 22, 'три');
    expect(goingOut(third)).toEqual([]);
    const again = third.when(23, looked);
    expect(goingOut(again)[0]).toBe('раз');
    const once = again.when(24, performed(report(again, 0, 'later')));
    expect(goingOut(once)).toEqual([]);
    const sent = once.when(40, looked);
    expect(goingOut(sent)).toEqual(['раз', 'два', 'три']);
  });

  test('whoever was at it has died: all of it is taken over in its order', () => {
    expect(goingOut(second.when(33, looked))).toEqual(['раз', 'два']);
  });

  test('texts to the other side do not wait', () => {
    expect(goingOut(second.when(21, texted('вы тут?')))).toEqual(['вы тут?']);
  });
});

describe('a long text', () => {
  test.each([
    ['of words', Array.from({ length: 700 }, (_, n) => `слово${n}`).join(' ')],
    ['without a blank', 'ж'.repeat(4_000)],
    ['of emoji', '🙏'.repeat(2_000)],
  ])('%s goes out in parts, in their order, none too long and nothing lost', (_, body) => {
    const parts = goingOut(talking.when(20, texted(body))).map(part => sure(part));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(1_600);
    expect(parts.join('').replaceAll(' ', '')).toBe(body.replaceAll(' ', ''));
    expect(parts.filter(part => /[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/.test(part))).toEqual([]);
  });

  test('written before anybody was there arrives whole too', () => {
    const body = 'ж'.repeat(4_000);
    const waiting = given(texted(body), { roster: [aigul] })
      .when(5, texted('1'))
      .performed(6);
    const taken = waiting.when(
      10,
      helperTexted(aigul.volunteerId, sure(offerTo(aigul.volunteerId, waiting).code)),
    );
    expect(goingOut(taken).join('')).toBe(body);
  });
});

describe('reported as not delivered later', () => {
  const failed = (entryId: number, more: { badNumber?: boolean; windowClosed?: boolean } = {}) =>
    ({ kind: 'text-failed', entryId, badNumber: false, windowClosed: false, ...more }) as const;
  const told = (story: Story) =>
    story.actions.flatMap(action =>
      action.kind === 'text-survivor' || action.kind === 'text-helper'
        ? [[action.kind, action.text.text]]
        : [],
    );

  test('a helper’s words: the helper is told, once for all parts', () => {
    const wrote = says(talking, 20, 'ж'.repeat(4_000));
    const [one, two] = wrote.work.map(({ id }) => id);
    const lost = wrote.performed(21).when(30, failed(sure(one)));
    expect(told(lost)).toEqual([['text-helper', 'not-delivered']]);
    expect(told(lost.performed(31).when(32, failed(sure(two))))).toEqual([]);
  });

  test('her words: she is told, and may write again', () => {
    const wrote = talking.when(20, texted('вы тут?'));
    const lost = wrote.performed(21).when(30, failed(sure(wrote.work[0]).id));
    expect(told(lost)).toEqual([['text-survivor', 'not-delivered']]);
    expect(lost.request.phase.kind).toBe('connected');
  });

  test.each([
    ['to a number that does not work', { badNumber: true }],
    ['by WhatsApp, which lets nobody write there', { windowClosed: true }],
  ])('her words %s: somebody else is asked besides', (_where, why) => {
    const wrote = talking.when(20, texted('вы тут?'));
    const lost = wrote.performed(21).when(30, failed(sure(wrote.work[0]).id, why));
    expect(told(lost)).toContainEqual(['text-survivor', 'not-delivered']);
    expect(lost.request.phase.kind).toBe('searching');
  });

  test('because WhatsApp’s 24 hours are over: the helper reads that, and not to try again', () => {
    const wrote = says(talking, 20, 'как вы?');
    const lost = wrote.performed(21).when(30, failed(sure(wrote.work[0]).id, { windowClosed: true }));
    expect(told(lost)).toEqual([['text-helper', 'window-closed']]);
  });
});
