import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { seedNumberPrefix } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { type Ladder, type Rung, waveOf } from '../../shared/domain/ladder.ts';
import { ladderOf, lineByNumber, regionSuggestedBy } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';

/** The codes in use: mobile, and landline areas 710-729. */
const codesInUse = /^\+7(70[0-25-8]|747|76[0-4]|771|77[5-8]|785|7[12]\d)/;

test('the network of Kazakhstan breaks no rule', () => {
  expect(
    problemsOfNetwork(kazakhstan, { prompts: () => true, audioFor: () => [], naming: () => [] }),
  ).toEqual([]);
});

describe('no number of the seed can ring a real phone', () => {
  const numbers = [
    ...kazakhstan.lines.flatMap(line => [line.number, line.whatsappNumber, line.fallbackNumber]),
    ...kazakhstan.contacts.flatMap(contact => [contact.callNumber, contact.textNumber]),
    ...seedVolunteers.map(volunteer => volunteer.number),
  ].filter(number => number !== null);

  test('each is a full number of the unassigned code', () => {
    for (const number of numbers) {
      expect(number.startsWith(seedNumberPrefix)).toBe(true);
      expect(number).toMatch(/^\+7\d{10}$/);
      expect(number).not.toMatch(codesInUse);
    }
  });

  test('nor does any suggest a region', () => {
    for (const number of numbers) expect(regionSuggestedBy(kazakhstan, number)).toBeNull();
  });
});

describe('regions', () => {
  test('there are twenty, and the menu offers each once', () => {
    const ids = kazakhstan.regions.map(region => region.id);
    expect(ids).toHaveLength(20);
    expect([...(kazakhstan.lines[0]?.regionMenu ?? [])].sort()).toEqual([...ids].sort());
  });

  test.each([
    ['+77272345678', 'KZ-75'],
    ['+77273345678', 'KZ-75'],
    ['+77279345678', 'KZ-75'],
    ['+77277345678', 'KZ-19'],
    ['+77172345678', 'KZ-71'],
    ['+77162345678', 'KZ-11'],
    ['+77252345678', 'KZ-79'],
    ['+77253345678', 'KZ-61'],
    ['+77222345678', 'KZ-10'],
    ['+77102345678', 'KZ-62'],
    ['+77011234567', null],
    ['+74951234567', null],
  ])('a call from %s suggests %s', (number, region) => {
    expect(regionSuggestedBy(kazakhstan, number)).toBe(region);
  });

  test('every beginning of a landline suggests its own region', () => {
    for (const region of kazakhstan.regions) {
      for (const prefix of region.landlinePrefixes) {
        expect(regionSuggestedBy(kazakhstan, prefix.padEnd(12, '0'))).toBe(region.id);
      }
    }
  });

  test('from everywhere the whole country can be reached step by step', () => {
    for (const { id } of kazakhstan.regions) {
      const reached = new Set([id]);
      for (const each of reached) {
        for (const near of kazakhstan.regions.find(region => region.id === each)?.near ?? [])
          reached.add(near);
      }
      expect(reached.size).toBe(20);
    }
  });
});

test('each line is found by its numbers', () => {
  for (const line of kazakhstan.lines) {
    expect(lineByNumber(kazakhstan, line.number)).toBe(line);
    if (line.whatsappNumber) expect(lineByNumber(kazakhstan, line.whatsappNumber)).toBe(line);
  }
});

describe('what a frightened caller lives through', () => {
  const secondsToManager = (ladder: Ladder, isPassedOver: (rung: Rung) => boolean) =>
    ladder.rungs
      .slice(
        0,
        ladder.rungs.findIndex(rung => rung.kind === 'manager'),
      )
      .filter(rung => !isPassedOver(rung))
      .reduce((sum, rung) => sum + rung.rungSeconds, 0);
  const isContact = (rung: Rung) => rung.kind === 'contact';
  const forPeople = kazakhstan.ladders.filter(({ purpose }) => purpose === 'people');

  test.each(forPeople)('the manager is rung within two minutes, three with every consent: $id', ladder => {
    expect(secondsToManager(ladder, isContact)).toBeLessThanOrEqual(120);
    expect(secondsToManager(ladder, () => false)).toBeLessThanOrEqual(180);
  });

  test.each(forPeople)('nobody is called in without her yes but a lawyer for a legal need: $id', ladder => {
    for (const rung of ladder.rungs) {
      if (rung.kind !== 'contact' || rung.consent === 'ask') continue;
      expect(rung).toMatchObject({ contactKind: 'legal', forNeed: 'legal' });
    }
  });

  test('every line for people ends with a manager, then the last rung', () => {
    for (const line of kazakhstan.lines.filter(({ id }) => id !== kazakhstan.canary?.lineId)) {
      const ladder = ladderOf(kazakhstan, line.ladder);
      expect(ladder.rungs.at(-1)?.kind).toBe('manager');
      expect(waveOf(ladder, ladder.rungs.length)).toBe(ladder.last);
    }
  });

  test('no name that may stand on her screen gives her away', () => {
    const telling =
      /violen|crisis|legal|law|shelter|police|help|насил|кризис|юрид|закон|приют|полиц|помощ|зорлық|дағдарыс|заң|полиц|көмек/i;
    for (const { names } of [...kazakhstan.skills, ...kazakhstan.regions]) {
      for (const name of Object.values(names)) expect(name).not.toMatch(telling);
    }
  });
});
