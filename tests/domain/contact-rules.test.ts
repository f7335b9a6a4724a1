// May we reach her now? Nothing without an agreement, hours on her own clock, judged at the instant of dialling.
import { describe, expect, test } from 'vitest';
import { volunteerId } from '../../infra/local/seed/seed-values.ts';
import {
  type Agreement,
  agreementOf,
  agreementSaid,
  mayContact,
  nextContactAt,
} from '../../shared/domain/contact-rules.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import {
  byManager,
  given,
  helperTexted,
  looked,
  onDuty,
  pressed,
  rang,
  start,
  texted,
  waited,
} from '../support/given.ts';
import { almaty, plainLine, smallNetwork } from '../support/small-network.ts';

const wall = (text: string): Instant => instant(Date.parse(text));
const evening = { from: 18 * 60, until: 21 * 60 };
const overnight = { from: 22 * 60, until: 2 * 60 };

const called = (agreement: Agreement | null, more: Partial<Request> = {}): Request => ({
  ...given(rang()).request,
  rules: agreement && { ...agreement, agreedBy: 'key', within: null },
  ...more,
});

const until = wall('2026-12-31T00:00:00Z');
const calls = (hours: Agreement['hours']): Agreement => ({
  callDigit: '5',
  mayText: false,
  hours,
  otherHears: 'wrong-number',
  until,
});

const zoned = (zone: string): Network => ({
  ...smallNetwork,
  regions: smallNetwork.regions.map(region => (region.id === almaty ? { ...region, zone } : region)),
});

describe('a call', () => {
  test('is refused when nothing was agreed, and when only writing was', () => {
    expect(mayContact(called(null), 'call', start, smallNetwork)).toBe('not-agreed');
    const writing = agreementOf(null, evening, start);
    expect(mayContact(called(writing), 'call', wall('2026-11-23T19:00:00+05:00'), smallNetwork)).toBe(
      'not-agreed',
    );
  });

  test.each([
    ['2026-11-23T17:59:59+05:00', 'outside-hours'],
    ['2026-11-23T18:00:00+05:00', 'allowed'],
    ['2026-11-23T20:59:59+05:00', 'allowed'],
    ['2026-11-23T21:00:00+05:00', 'outside-hours'],
  ])('at %s with the hours 18 to 21: %s', (time, verdict) => {
    expect(mayContact(called(calls(evening)), 'call', wall(time), smallNetwork)).toBe(verdict);
  });

  test.each([
    ['2026-11-23T21:59:00+05:00', 'outside-hours'],
    ['2026-11-23T23:30:00+05:00', 'allowed'],
    ['2026-11-24T01:59:00+05:00', 'allowed'],
    ['2026-11-24T02:00:00+05:00', 'outside-hours'],
  ])('at %s with hours across midnight: %s', (time, verdict) => {
    expect(mayContact(called(calls(overnight)), 'call', wall(time), smallNetwork)).toBe(verdict);
  });

  test('is refused from the end of the agreement on, also within its hours', () => {
    const rules = { ...calls(evening), until: wall('2026-11-23T19:00:00+05:00') };
    expect(mayContact(called(rules), 'call', wall('2026-11-23T18:59:59+05:00'), smallNetwork)).toBe(
      'allowed',
    );
    expect(mayContact(called(rules), 'call', wall('2026-11-23T19:00:00+05:00'), smallNetwork)).toBe(
      'expired',
    );
  });

  test('keeps to her clock when it is changed: 18:00 in Berlin is 16:00 UTC before and 17:00 after', () => {
    const berlin = zoned('Europe/Berlin');
    const request = called(calls(evening));
    expect(mayContact(request, 'call', wall('2026-10-24T16:00:00Z'), berlin)).toBe('allowed');
    expect(mayContact(request, 'call', wall('2026-10-25T16:30:00Z'), berlin)).toBe('outside-hours');
    expect(mayContact(request, 'call', wall('2026-10-25T17:00:00Z'), berlin)).toBe('allowed');
  });

  test('keeps to every clock of the network while nobody knows where she is', () => {
    const two = zoned('Europe/Berlin'); // 18 to 21 there is 22 to 01 in Almaty
    const request = called(calls(evening), { region: null });
    const noon = called(calls({ from: 12 * 60, until: 20 * 60 }), { region: null });
    expect(mayContact(request, 'call', wall('2026-11-23T18:30:00+05:00'), two)).toBe('outside-hours');
    expect(mayContact(request, 'call', wall('2026-11-23T18:30:00+01:00'), two)).toBe('outside-hours');
    expect(nextContactAt(request, start, two)).toBeNull();
    expect(nextContactAt(noon, start, two)).toBe(wall('2026-11-23T12:00:00+01:00'));
  });
});

describe('the next time to call', () => {
  test.each([
    ['before the hours', '2026-11-23T10:00:00+05:00', '2026-11-23T18:00:00+05:00'],
    ['within them, it is now', '2026-11-23T19:10:00+05:00', '2026-11-23T19:10:00+05:00'],
    ['after them, it is tomorrow', '2026-11-23T21:00:00+05:00', '2026-11-24T18:00:00+05:00'],
  ])('%s', (_when, now, next) => {
    expect(nextContactAt(called(calls(evening)), wall(now), smallNetwork)).toBe(wall(next));
  });

  test('never comes when the agreement ends before its hours begin again', () => {
    const rules = { ...calls(evening), until: wall('2026-11-23T12:00:00+05:00') };
    expect(nextContactAt(called(rules), start, smallNetwork)).toBeNull();
  });
});

describe('a text', () => {
  const wrote = given(texted('hello')).when(1, texted('1')).request;
  const silent = instant(start + 1_801_000);

  test('answers what she writes; after half an hour of silence it does not', () => {
    expect(mayContact(wrote, 'text', instant(start + 1_800_000), smallNetwork)).toBe('allowed');
    expect(mayContact(wrote, 'text', silent, smallNetwork)).toBe('quiet');
  });

  test('after that silence: only as she agreed', () => {
    const rules = {
      ...agreementOf(null, { from: 600, until: 660 }, start),
      agreedBy: 'text' as const,
      within: null,
    };
    const agreed: Request = { ...wrote, rules };
    expect(mayContact(agreed, 'text', silent, smallNetwork)).toBe('allowed');
    expect(mayContact(agreed, 'text', instant(start + 3_601_000), smallNetwork)).toBe('outside-hours');
  });

  test('is never sent to somebody who called, unless she agreed', () => {
    expect(mayContact(called(null), 'text', start, smallNetwork)).toBe('not-agreed');
  });
});

test.each([
  ['5', { kind: 'agreed', digit: '5', hours: null }],
  ['5 18-21', { kind: 'agreed', digit: '5', hours: evening }],
  [' 5  18:00 – 21:00 ', { kind: 'agreed', digit: '5', hours: evening }],
  ['18-21', { kind: 'agreed', digit: null, hours: evening }],
  ['22-2', { kind: 'agreed', digit: null, hours: overnight }],
  ['9-12', { kind: 'agreed', digit: null, hours: { from: 540, until: 720 } }],
  ['8.30-24', { kind: 'agreed', digit: null, hours: { from: 510, until: 0 } }],
  ['0', { kind: 'nothing-agreed' }],
  ['9', null],
  ['', null],
  ['5 18-25', null],
  ['5 18-18', null],
  ['tonight', null],
])('%j is understood as %j', (words, expected) => {
  expect(agreementSaid(words)).toEqual(expected);
});

describe('a volunteer writes what was agreed', () => {
  const aigul = onDuty('aigul');
  const talking = () =>
    given(rang(), { roster: [aigul] })
      .when(5, pressed(1, '1'))
      .when(6, waited());

  test('with the code, a digit and hours: it is kept, noted without the digit, and she reads that it is', () => {
    const told = talking().when(60, helperTexted(aigul.volunteerId, '96 5 18-21'));
    expect(told.request.rules).toMatchObject({ callDigit: '5', hours: evening, agreedBy: 'volunteer' });
    expect(told.notes).toMatchObject([{ note: 'contact-rules-set', by: 'volunteer', call: true }]);
    expect(JSON.stringify(told.notes)).not.toContain('"5"');
    expect(told.actions).toEqual([
      { kind: 'text-helper', to: aigul.volunteerId, text: { text: 'contact-noted' } },
    ]);
  });

  test('a 0 takes it back; what makes no sense changes nothing and says how', () => {
    const agreed = talking().when(60, helperTexted(aigul.volunteerId, '96 5'));
    const nonsense = agreed.when(70, helperTexted(aigul.volunteerId, '96 tonight'));
    expect(nonsense.request.rules).toMatchObject({ callDigit: '5' });
    expect(nonsense.actions).toMatchObject([{ text: { text: 'contact-how' } }]);
    expect(nonsense.when(80, helperTexted(aigul.volunteerId, '96 0')).request.rules).toBeNull();
  });

  test('only who is with her: anybody else changes nothing', () => {
    const told = talking().when(60, helperTexted(volunteerId('vol_bota'), '96 5'));
    expect(told.request.rules).toBeNull();
  });

  test('no other word of hers is passed on while they talk on the phone', () => {
    expect(talking().when(60, helperTexted(aigul.volunteerId, 'hello')).actions).toEqual([]);
  });
});

describe('a manager', () => {
  const agreement = calls(evening);

  test('writes down an agreement and takes it back, with both in the timeline', () => {
    const set = given(rang()).when(5, { ...byManager, kind: 'manager-set-contact-rules', agreement });
    expect(set.request.rules).toEqual({ ...agreement, agreedBy: 'manager', within: null });
    const back = set.when(9, { ...byManager, kind: 'manager-set-contact-rules', agreement: null });
    expect(back.request.rules).toBeNull();
    expect(back.notes.slice(1)).toMatchObject([{ note: 'contact-rules-set', by: 'manager', call: false }]);
  });

  test('changes nothing in a request that is over', () => {
    const over = given(rang(plainLine)).when(5, waited('0'));
    const late = over.when(9, { ...byManager, kind: 'manager-set-contact-rules', agreement });
    expect(late.notes).toMatchObject([{ note: 'by-hand', came: 'over' }]);
    expect(late.when(10, looked).request.rules).toBeNull();
  });
});
