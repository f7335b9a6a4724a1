import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { isRefused, parseNetwork, parseVolunteer } from '../../shared/app/network-document.ts';

type Json = Record<string, unknown> & { [index: number]: Json };
type Edit = (document: Record<string, Json[] & Json>) => void;

const copy = (value: unknown) => JSON.parse(JSON.stringify(value));

function pathsAfter(edit: Edit): readonly string[] {
  const document = copy(kazakhstan);
  edit(document);
  const outcome = parseNetwork(document);
  return isRefused(outcome) ? outcome.problems.map(({ path }) => path) : [];
}

function volunteerPathsAfter(edit: (document: ReturnType<typeof copy>) => void): readonly string[] {
  const document = copy(seedVolunteers[0]);
  edit(document);
  const outcome = parseVolunteer(document);
  return isRefused(outcome) ? outcome.problems.map(({ path }) => path) : [];
}

describe('a network as JSON', () => {
  test('comes back as it was written', () => {
    expect(parseNetwork(copy(kazakhstan))).toEqual(kazakhstan);
  });

  test('is frozen through and through', () => {
    const network = parseNetwork(copy(kazakhstan));
    if (isRefused(network)) throw new Error('refused');
    expect(
      [network, network.regions, network.regions[0]?.near, network.settings].every(Object.isFrozen),
    ).toBe(true);
  });

  const cases: readonly (readonly [
    what: string,
    path: string,
    edit: (document: ReturnType<typeof copy>) => void,
  ])[] = [
    [
      'an unknown field of a line',
      'lines[1].recording',
      d => {
        d.lines[1].recording = true;
      },
    ],
    [
      'an unknown field of a rung',
      'ladders[0].rungs[0].forNeed',
      d => {
        d.ladders[0].rungs[0].forNeed = null;
      },
    ],
    [
      'an unknown field of the whole',
      'owner',
      d => {
        d.owner = 'x';
      },
    ],
    [
      'a missing field',
      'settings.idleSeconds',
      d => {
        delete d.settings.idleSeconds;
      },
    ],
    [
      'a missing id',
      'lines[0].ladder',
      d => {
        delete d.lines[0].ladder;
      },
    ],
    [
      'a language that is a word',
      'lines[0].languages[1]',
      d => {
        d.lines[0].languages[1] = 'russian';
      },
    ],
    [
      'a short code for a contact',
      'contacts[0].callNumber',
      d => {
        d.contacts[0].callNumber = '102';
      },
    ],
    [
      'a rung of an unknown kind',
      'ladders[0].rungs[2].kind',
      d => {
        d.ladders[0].rungs[2].kind = 'robot';
      },
    ],
    [
      'a manager as a contact rung',
      'ladders[0].rungs[7].contactKind',
      d => {
        d.ladders[0].rungs[7].contactKind = 'manager';
      },
    ],
    [
      'a day that is none',
      'contacts[4].hours[0].weekdays[0]',
      d => {
        d.contacts[4].hours[0].weekdays[0] = 8;
      },
    ],
    [
      'seconds as text',
      'settings.graceSeconds',
      d => {
        d.settings.graceSeconds = '600';
      },
    ],
  ];
  test.each(cases)('%s is refused by path', (_what, path, edit) => {
    expect(pathsAfter(edit)).toEqual([path]);
  });

  test.each([null, [], 'network', 1])('%j is no network', json => {
    expect(parseNetwork(json)).toHaveProperty('problems');
  });

  test('a problem does not repeat the value', () => {
    const document = copy(kazakhstan);
    document.lines[0].number = '0077991234567';
    document.contacts[0].name = 77991234567;
    expect(JSON.stringify(parseNetwork(document))).not.toContain('7799');
  });
});

describe('a volunteer as JSON', () => {
  test('all of the seed come back as they were written', () => {
    for (const volunteer of seedVolunteers) expect(parseVolunteer(copy(volunteer))).toEqual(volunteer);
  });

  test('a rota that breaks its rules is refused by path', () => {
    expect(
      volunteerPathsAfter(d => {
        d.rota.weekly[0].until = d.rota.weekly[0].from;
      }),
    ).toEqual(['rota.weekly[0].until']);
    expect(
      volunteerPathsAfter(d => {
        d.rota.zone = 'Almaty';
      }),
    ).toEqual(['rota.zone']);
    expect(
      volunteerPathsAfter(d => {
        d.rota.absences = [{ from: '2026-02-29T00:00', until: '2026-03-01T00:00' }];
      }),
    ).toEqual(['rota.absences[0].from']);
  });

  test('unknown fields, bad numbers and bad instants are refused by path', () => {
    expect(
      volunteerPathsAfter(d => {
        d.address = 'x';
      }),
    ).toEqual(['address']);
    expect(
      volunteerPathsAfter(d => {
        d.number = '112';
      }),
    ).toEqual(['number']);
    expect(
      volunteerPathsAfter(d => {
        d.pausedUntil = 1.5;
      }),
    ).toEqual(['pausedUntil']);
    expect(
      volunteerPathsAfter(d => {
        d.pausedUntil = '2026-01-01';
      }),
    ).toEqual(['pausedUntil']);
  });
});
