// Whether a text that is found late still means what it meant.
import { describe, expect, test } from 'vitest';
import { isStillMeant, type LaterText, wasThereAt } from '../../shared/app/late-texts.ts';
import { at, given, helperTexted, onDuty, sure, texted } from '../support/given.ts';

const known = (body: string): LaterText => ({ body, known: true });
const lost = (body: string): LaterText => ({ body, known: false });
const OPEN = true;
const OVER = false;

describe('a text found late', () => {
  test.each(['Здравствуйте', '1', '2', 'СТОП', '9'])(
    '%s is meant while nothing was written after it',
    body => {
      expect(isStillMeant(body, [], OPEN)).toBe(true);
      expect(isStillMeant(body, [], OVER)).toBe(true);
    },
  );

  test.each([known('STOP'), lost('тоқта')])('is not meant when a stop came after it, lost or not', stop => {
    for (const body of ['Здравствуйте', '1', 'STOP'])
      expect(isStillMeant(body, [stop, lost('ещё')], OPEN)).toBe(false);
  });

  test('keeps its turn before later ones that are lost too', () => {
    expect(isStillMeant('1', [lost('Здравствуйте')], OVER)).toBe(true);
  });

  test.each(['1', 'нет', '90', '0', 'STOP'])('%s answers no question that was put since', body => {
    expect(isStillMeant(body, [known('Здравствуйте')], OPEN)).toBe(false);
  });

  test('in words is passed on after later ones, and begins nothing anew', () => {
    expect(isStillMeant('Первое', [known('Второе')], OPEN)).toBe(true);
    expect(isStillMeant('Первое', [known('Второе')], OVER)).toBe(false);
  });
});

describe("a helper's text", () => {
  const aigul = onDuty('aigul');
  const searching = given(texted('Здравствуйте'), { roster: [aigul] })
    .when(1, texted('1'))
    .performed(100);
  const [offer] = searching.request.phase.kind === 'searching' ? searching.request.phase.offers : [];
  const { seq, code, madeAt } = sure(offer);
  const talking = searching.when(130, helperTexted(aigul.volunteerId, sure(code)));

  test('is about an offer that was there when it was written', () => {
    expect(wasThereAt(searching.request, seq, madeAt)).toBe(true);
    expect(wasThereAt(searching.request, seq, at(-1))).toBe(false);
    expect(wasThereAt(searching.request, seq + 1, at(120))).toBe(false);
  });

  test('is about a conversation that had begun, not about the one that began since', () => {
    expect(wasThereAt(talking.request, seq, at(130))).toBe(true);
    expect(wasThereAt(talking.request, seq, at(129))).toBe(false);
    expect(wasThereAt(talking.request, seq + 1, at(140))).toBe(false);
  });
});
