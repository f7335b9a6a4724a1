// Coverage: how many are on duty for a need, where there are too few, who is on duty too much, and who could help out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageId, regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import { isRefused, parseNetwork } from '../../shared/app/network-document.ts';
import { canDo, holes, hourly, levels, sorted, wallHours } from '../../shared/domain/coverage.ts';
import { type Person, personOf } from '../../shared/domain/coverage-people.ts';
import { floorsOf, type Need, usualCoverage } from '../../shared/domain/coverage-settings.ts';
import { holeIdOf, parseHoleId } from '../../shared/domain/hole-id.ts';
import { holesToTell, toldOf } from '../../shared/domain/holes-told.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import type { DutyWindow } from '../../shared/domain/rota.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import {
  crisis,
  day,
  floor,
  HOUR_SECONDS,
  hour,
  kk,
  legal,
  person,
  ru,
  told,
} from '../support/coverage-parts.ts';
import { at, clock, everyDay, none, window } from '../support/rota-parts.ts';
import { almaty, astana, smallNetwork, volunteer } from '../support/small-network.ts';

describe('how many are on duty', () => {
  test('shifts that overlap add up, one that touches the next leaves no gap, one person counts once', () => {
    const people = [
      person('a', { on: [hour('00:00', '08:00'), hour('06:00', '10:00')] }),
      person('b', { on: [hour('08:00', '12:00')] }),
    ];
    const found = levels(floor(), people, smallNetwork, hour('00:00', '13:00'));
    expect(found.map(({ onDuty }) => onDuty)).toEqual([1, 2, 1, 0]);
    expect(told(found)).toEqual(
      told([hour('00:00', '08:00'), hour('08:00', '10:00'), hour('10:00', '12:00'), hour('12:00', '13:00')]),
    );
  });

  test('language and region are hard; a skill when it is asked for; who interprets alone talks with nobody', () => {
    const interpreting = skillId('interpreting');
    const network = {
      ...smallNetwork,
      settings: { ...smallNetwork.settings, interpreterSkill: interpreting },
    };
    const all: Need = { region: null, skill: null, language: ru };
    const those = (skills: Person['skills'], need: Need) => canDo(need, person('a', { skills }), network);
    expect(canDo({ ...all, language: kk }, person('a'), network)).toBe(false);
    expect(those([interpreting], all)).toBe(false);
    expect(those([interpreting], { ...all, skill: interpreting })).toBe(true);
    expect(those([interpreting, crisis], all)).toBe(true);
    expect(those([crisis], { ...all, skill: legal })).toBe(false);
    const there = [person('a', { home: astana, on: [day] })];
    expect(levels(floor(), there, network, day)[0]?.onDuty).toBe(0);
    expect(levels(floor({ region: null }), there, network, day)[0]?.onDuty).toBe(1);
  });

  test('hour by hour the least counts, on the wall of the region: a day of 25 hours has 25 of them', () => {
    const berlin = {
      ...smallNetwork,
      regions: smallNetwork.regions.map(each => ({ ...each, zone: 'Europe/Berlin' })),
    };
    const long = window('2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00');
    const people = [person('a', { on: [window('2026-10-25T00:30+02:00', '2026-10-25T03:00+01:00')] })];
    const hours = hourly(floor(), people, berlin, wallHours('Europe/Berlin', long));
    expect(hours).toHaveLength(25);
    expect(hours.slice(0, 5).map(({ onDuty }) => onDuty)).toEqual([0, 1, 1, 1, 0]);
    expect(wallHours('Asia/Kolkata', day)[0]?.from).toBe(at('2026-11-29T01:00+05:30'));
  });
});

describe('holes', () => {
  test('stretches with too few are one hole, with the least in it; a floor of hours counts in them alone', () => {
    const people = [
      person('a', { on: [hour('00:00', '10:00')] }),
      person('b', { on: [hour('00:00', '06:00'), hour('08:00', '09:00')] }),
    ];
    const found = holes([floor({ atLeast: 2 })], people, smallNetwork, hour('00:00', '12:00'));
    expect(found.map(({ onDuty, atLeast }) => [onDuty, atLeast])).toEqual([
      [1, 2],
      [0, 2],
    ]);
    expect(told(found)).toEqual(told([hour('06:00', '08:00'), hour('09:00', '12:00')]));
    const nights = floor({ hours: [{ weekdays: everyDay, from: clock('22:00'), until: clock('02:00') }] });
    const open = holes([nights], [], smallNetwork, day);
    expect(told(open)).toEqual(
      told([hour('00:00', '02:00'), window('2026-11-29T22:00+05:00', '2026-11-30T00:00+05:00')]),
    );
  });

  test('without floors of its own a network asks for one person for each language of its lines, at all hours', () => {
    expect(
      floorsOf(smallNetwork).map(({ language, region, atLeast }) => [language, region, atLeast]),
    ).toEqual([
      ['ru', null, 1],
      ['kk', null, 1],
      ['en', null, 1],
    ]);
  });

  test('are what a reading minute by minute finds, whatever the rota', () => {
    const MINUTE_MS = 60_000;
    const windowIn = fc
      .tuple(fc.integer({ min: -120, max: 600 }), fc.integer({ min: 1, max: 300 }))
      .map(([from, length]) => ({
        from: instant(day.from + from * MINUTE_MS),
        until: instant(day.from + (from + length) * MINUTE_MS),
      }));
    const someone = fc.record({
      on: fc.array(windowIn, { maxLength: 4 }),
      languages: fc.subarray([ru, kk]),
      skills: fc.subarray([crisis, legal]),
      home: fc.constantFrom(almaty, astana),
    });
    const asked = fc.record({
      region: fc.constantFrom(almaty, astana, null),
      skill: fc.constantFrom(crisis, legal, null),
      language: fc.constantFrom(ru, kk),
      atLeast: fc.integer({ min: 1, max: 3 }),
      hours: fc.constant([]),
    });
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 6 }), asked, (rows, one) => {
        const people = rows.map((row, index) => person(`p${index}`, row));
        const until = instant(day.from + 600 * MINUTE_MS);
        const found = holes([one], people, smallNetwork, { from: day.from, until });
        const minutes = Array.from({ length: 600 }, (_, minute) => instant(day.from + minute * MINUTE_MS));
        const isIn = (windows: readonly DutyWindow[], now: Instant) =>
          windows.some(each => each.from <= now && now < each.until);
        const tooFew = minutes.filter(now => {
          const there = people.filter(
            each =>
              each.languages.includes(one.language) &&
              (one.region === null || each.home === one.region) &&
              (one.skill === null || each.skills.includes(one.skill)) &&
              isIn(each.duties, now),
          );
          return there.length < one.atLeast;
        });
        expect(minutes.filter(now => isIn(found, now))).toEqual(tooFew);
        found.slice(1).forEach((hole, index) => {
          expect(hole.from).toBeGreaterThan(found[index]?.until ?? 0);
        });
      }),
      { numRuns: 150, seed: 529 },
    );
  });

  test('a hole has a name that leads back to it; other names lead nowhere', () => {
    const [hole] = holes([floor({ skill: legal, language: kk })], [], smallNetwork, day);
    if (!hole) throw new Error('there is a hole');
    const { region, skill, language, from, until } = hole;
    expect(parseHoleId(holeIdOf(hole))).toEqual({ region, skill, language, from, until });
    expect(parseHoleId(holeIdOf({ ...hole, region: null, skill: null }))).toMatchObject({
      region: null,
      skill: null,
    });
    for (const bad of [
      'hol_',
      'hol_KZ-75.legal.kk.5.5',
      'hol_KZ-75.legal.kk.9.5',
      'hol_KZ-75.legal.kk.0.99999999',
      'x',
    ])
      expect(parseHoleId(bad), bad).toBeNull();
  });
});

describe('telling managers of holes', () => {
  const now = day.from;
  const inHours = (hours: number): Instant => addSeconds(now, hours * HOUR_SECONDS);
  const holeFrom = (from: number, until: number) => ({
    ...floor(),
    onDuty: 0,
    from: inHours(from),
    until: inHours(until),
  });
  const tell = (
    holesNow: ReturnType<typeof holeFrom>[],
    before: readonly ReturnType<typeof toldOf>[],
    at = now,
  ) => {
    const { toTell, stillTold } = holesToTell(holesNow, before, at, usualCoverage);
    return { stages: toTell.map(({ stage }) => stage), kept: [...stillTold, ...toTell.map(toldOf)] };
  };

  test('days ahead, then hours ahead, and never twice; not earlier', () => {
    const hole = holeFrom(40, 44);
    expect(tell([holeFrom(100, 104)], []).stages).toEqual([]);
    const first = tell([hole], []);
    expect(first.stages).toEqual(['days']);
    expect(tell([hole], first.kept).stages).toEqual([]);
    const second = tell([hole], first.kept, inHours(34));
    expect(second.stages).toEqual(['hours']);
    expect(tell([hole], second.kept, inHours(41)).stages).toEqual([]);
  });

  test('one that appears at the last moment is told of once; one that grows is the same one', () => {
    const first = tell([holeFrom(2, 4)], []);
    expect(first.stages).toEqual(['hours']);
    expect(tell([holeFrom(1, 6)], first.kept).stages).toEqual([]);
  });

  test('one that was filled and is there again is a new one; one that never ends is told again when what was told is past', () => {
    const first = tell([holeFrom(40, 44)], []);
    const filled = tell([], first.kept);
    expect(filled.kept).toEqual([]);
    expect(tell([holeFrom(40, 44)], filled.kept).stages).toEqual(['days']);
    const endless = tell([holeFrom(0, 240)], []);
    const later = holesToTell([holeFrom(239, 479)], endless.kept, inHours(239), usualCoverage);
    expect(later.toTell).toEqual([]);
    const past = holesToTell([holeFrom(241, 481)], later.stillTold, inHours(241), usualCoverage);
    expect(past.toTell.map(({ stage }) => stage)).toEqual(['hours']);
  });
});

describe('what an organisation sets', () => {
  const everythingCanBeSaid = { prompts: () => true, audioFor: () => [], naming: () => [] };
  const problemsWith = (coverage: object): readonly string[] => {
    const network = {
      ...smallNetwork,
      settings: { ...smallNetwork.settings, coverage: { ...usualCoverage, ...coverage } },
    };
    return problemsOfNetwork(network, everythingCanBeSaid).map(({ path }) => path);
  };

  test('a network from before there was coverage gets the usual settings, and one with some of them the others', () => {
    const { coverage: _, ...settings } = smallNetwork.settings;
    const read = (given: object) => {
      const network = parseNetwork(JSON.parse(JSON.stringify({ ...smallNetwork, settings: given })));
      return isRefused(network) ? network.problems : network.settings.coverage;
    };
    expect(read(settings)).toEqual(usualCoverage);
    const one = { region: null, skill: null, language: 'ru', atLeast: 2 };
    const some = read({ ...settings, coverage: { floors: [one], restHours: 8 } });
    expect(some).toEqual({ ...usualCoverage, floors: [{ ...one, hours: [] }], restHours: 8 });
    expect(problemsWith({})).toEqual([]);
  });

  test.each([
    ['a region that is not there', { region: regionId('KZ-99') }, 'region'],
    ['a skill that is not there', { skill: skillId('surgery') }, 'skill'],
    ['nobody', { atLeast: 0 }, 'atLeast'],
    ['half a person', { atLeast: 1.5 }, 'atLeast'],
    ['hours of no day', { hours: [{ weekdays: [], from: 0, until: 60 }] }, 'hours[0].weekdays'],
    ['hours that last no time', { hours: [{ weekdays: everyDay, from: 60, until: 60 }] }, 'hours[0].until'],
  ])('a floor of %s is refused by path', (_, wrong, path) => {
    expect(problemsWith({ floors: [floor(wrong)] })).toEqual([`settings.coverage.floors[0].${path}`]);
  });

  test.each([
    'tellDaysAhead',
    'tellHoursAhead',
    'hoursAWeek',
    'nightsInARow',
    'restHours',
    'answerPercent',
    'reachedPercent',
    'reachedSeconds',
  ])('%s: none, a part of one, and no end to it are refused', field => {
    for (const value of [0, 2.5, 100_000])
      expect(problemsWith({ [field]: value })).toEqual([`settings.coverage.${field}`]);
  });
});

test('a rota is read with its absences and the rest that was asked for', () => {
  const someone = volunteer('aigul', 11, { pausedUntil: at('2026-11-29T06:00+05:00') });
  const away = { from: '2026-11-29T12:00', until: '2026-11-29T13:00' } as never;
  const read = personOf(
    { ...someone, rota: { ...someone.rota, absences: [away] } },
    none,
    day.from,
    day.until,
  );
  expect(levels(floor(), [read], smallNetwork, day).map(({ onDuty }) => onDuty)).toEqual([0, 1, 0, 1]);
  expect(read).not.toHaveProperty('name');
  expect(JSON.stringify(read)).not.toContain(someone.number);
});

test('3,000 volunteers over four weeks, every region by skill by language: within seconds', () => {
  const zone = 'Asia/Almaty';
  const regions = Array.from({ length: 20 }, (_, index) => regionId(`KZ-${10 + index}`));
  const skills = Array.from({ length: 8 }, (_, index) => skillId(`skill-${'abcdefgh'[index]}`));
  const languages = ['kk', 'ru', 'uz', 'ky', 'tg', 'en'].map(languageId);
  const network = {
    ...smallNetwork,
    regions: regions.map(id => ({ id, names: { en: id }, zone, near: [], landlinePrefixes: [] })),
    skills: skills.map(id => ({ id, names: { en: id } })),
  };
  const volunteers = Array.from({ length: 3_000 }, (_, index) => {
    const pattern = {
      weekdays: [((index % 7) + 1) as 1, (((index + 3) % 7) + 1) as 1],
    };
    const one = volunteer(`v${index}`, 11, {
      region: regions[index % 20] as never,
      languages: [languages[index % 6], languages[(index + 1) % 6]] as never,
      skills: [skills[index % 8], skills[(index + 3) % 8]] as never,
    });
    const from = (index * 37) % 1440;
    const rota = plainRota(zone, { weekly: [{ ...pattern, from, until: (from + 480) % 1440 }] });
    return { ...one, rota };
  });
  const weeks = { from: day.from, until: addSeconds(day.from, 28 * 24 * HOUR_SECONDS) };
  const started = performance.now();
  const people = volunteers.map(each => personOf(each, none, weeks.from, weeks.until));
  const read = performance.now();
  const floors = regions.flatMap(region =>
    skills.flatMap(skill => languages.map(language => floor({ region, skill, language }))),
  );
  const found = holes(floors, people, network, weeks);
  const holed = performance.now();
  const [those, hours] = [sorted(people), wallHours(zone, weeks)];
  const cells = floors.reduce((sum, each) => sum + hourly(each, those(each), network, hours).length, 0);
  const counted = performance.now();
  console.log(
    `3,000 rotas of four weeks read in ${Math.round(read - started)} ms, ${found.length} holes of ${floors.length} floors found in ${Math.round(holed - read)} ms, ${cells} hours counted in ${Math.round(counted - holed)} ms`,
  );
  expect(cells).toBe(20 * 8 * 6 * 28 * 24);
  expect(found.length).toBeGreaterThan(0);
}, 30_000);
