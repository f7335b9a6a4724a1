// Every key of every menu, and that what a menu says is what its keys mean.
import { describe, expect, test } from 'vitest';
import { seedNumber } from '../../infra/local/seed/seed-values.ts';
import { parseRegionId, parseSkillId } from '../../shared/domain/ids.ts';
import { type Choice, choiceOf, menuSays, menuSteps } from '../../shared/domain/menus.ts';
import type { Line, Network } from '../../shared/domain/network.ts';
import type { Intake } from '../../shared/domain/request.ts';
import { given, rang, start, sure } from '../support/given.ts';
import { almaty, astana, fullLine, plainLine, smallNetwork } from '../support/small-network.ts';

/** Two full pages of regions and a third with two. */
const manyRegions = Array.from({ length: 16 }, (_, index) =>
  sure(parseRegionId(`KZ-A${index.toString(16).toUpperCase()}`)),
);
const wideLine: Line = { ...fullLine, regionMenu: manyRegions };
const network: Network = { ...smallNetwork, lines: [plainLine, wideLine] };
const { request } = given(rang(wideLine), { network });
const menu = (step: Intake['step'], page = 0): Intake => ({
  kind: 'intake',
  step,
  page,
  silences: 0,
  since: start,
  slowedSeconds: 0,
});
const choose = (step: Intake['step'], digit: string, page = 0): Choice =>
  choiceOf(request, menu(step, page), digit, network);

describe('which menus a line has', () => {
  test('those with something to choose, in their order', () => {
    expect(menuSteps(fullLine)).toEqual(['language', 'need', 'region']);
    expect(menuSteps(plainLine)).toEqual([]);
    expect(menuSteps({ ...fullLine, needs: [sure(parseSkillId('legal'))] })).toEqual(['language', 'region']);
    expect(menuSteps({ ...fullLine, region: almaty })).toEqual(['language', 'need']);
    expect(menuSteps({ ...fullLine, regionMenu: [] })).toEqual(['language', 'need']);
  });
});

describe('keys', () => {
  test('choose in the order of the line', () => {
    expect(choose('language', '1')).toEqual({ kind: 'chose', value: 'kk' });
    expect(choose('need', '2')).toEqual({ kind: 'chose', value: 'legal' });
    expect(choose('region', '7')).toEqual({ kind: 'chose', value: 'KZ-A6' });
  });

  test('0 skips in every menu', () => {
    for (const step of ['language', 'need', 'region'] as const)
      expect(choose(step, '0')).toEqual({ kind: 'skip' });
  });

  test('beyond what is offered, or no digit at all, means nothing', () => {
    for (const digit of ['4', '8', '9', '#', '*', '']) expect(choose('language', digit)).toBeNull();
    for (const digit of ['3', '8', '#']) expect(choose('region', digit, 2)).toBeNull();
  });

  test('8 turns the page while there is one', () => {
    expect(choose('region', '8')).toEqual({ kind: 'more' });
    expect(choose('region', '1', 1)).toEqual({ kind: 'chose', value: 'KZ-A7' });
    expect(choose('region', '8', 1)).toEqual({ kind: 'more' });
    expect(choose('region', '2', 2)).toEqual({ kind: 'chose', value: 'KZ-AF' });
  });
});

describe('what a menu says', () => {
  test.each(['language', 'need', 'region'] as const)(
    'every key that the %s menu names means something',
    step => {
      for (const page of step === 'region' ? [0, 1, 2] : [0]) {
        const presses = menuSays(request, menu(step, page), network).flatMap(each =>
          'press' in each ? [each.press] : [],
        );
        expect(new Set(presses).size).toBe(presses.length);
        for (const digit of presses) expect(choose(step, digit, page)).not.toBeNull();
        expect(presses).not.toContain('9');
      }
    },
  );

  test('each name stands before its key', () => {
    expect(menuSays(request, menu('region', 2), network)).toEqual([
      { region: 'KZ-AE' },
      { press: '1' },
      { region: 'KZ-AF' },
      { press: '2' },
      { say: 'skip' },
    ]);
  });
});

describe('a suggested region', () => {
  const called = given(rang(fullLine)).request;
  const suggested = { ...called, suggestedRegion: astana };

  test('stands alone on the first page; the others follow, without it', () => {
    expect(menuSays(suggested, menu('region'), smallNetwork)).toEqual([
      { say: 'region-suggested' },
      { region: astana },
      { press: '1' },
      { say: 'more-regions' },
      { press: '8' },
      { say: 'skip' },
    ]);
    const others = menuSays(suggested, menu('region', 1), smallNetwork);
    expect(others).not.toContainEqual({ region: astana });
    expect(others).toContainEqual({ region: almaty });
  });

  test('there is no next page when it is the only region', () => {
    const only = { ...smallNetwork, lines: [{ ...fullLine, regionMenu: [astana] }] };
    expect(choiceOf(suggested, menu('region'), '8', only)).toBeNull();
  });

  test('a withheld number, a mobile one or a region outside the menu suggests nothing', () => {
    const from = sure(seedNumber(1));
    expect(from.startsWith('+7799')).toBe(true);
    expect(called.suggestedRegion).toBeNull();
    const withheld = { ...rang(fullLine), from: null } as ReturnType<typeof rang>;
    expect(given(withheld).request.suggestedRegion).toBeNull();
    const landline = { ...rang(fullLine), from: '+77172123456' } as ReturnType<typeof rang>;
    const elsewhere = { ...smallNetwork, lines: [{ ...fullLine, regionMenu: [almaty] }] };
    expect(given(landline).request.suggestedRegion).toBe(astana);
    expect(given(landline, { network: elsewhere }).request.suggestedRegion).toBeNull();
  });
});
