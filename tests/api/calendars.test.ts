// Calendars out and in: a feed that whoever has its address reads and nobody else, and a calendar of hers of which a small
// part is taken and the rest is told.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCalendar } from '../../shared/app/calendar-import.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { dutyWindows, type Rota } from '../../shared/domain/rota.ts';
import { withEdit } from '../../shared/domain/rota-edit.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Office, useOffices } from '../support/office.ts';
import { date, everyDay, local, none } from '../support/rota-parts.ts';
import { almaty, almatyRegion, astana, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const full = plainRota('Europe/Berlin', {
  weekly: [
    { weekdays: everyDay, from: 1320, until: 360, note: 'private', startsOn: date('2027-03-01') },
    { weekdays: [1], from: 540, until: 1020, regions: [astana], startsOn: date('2027-03-01') },
  ],
  absences: [{ from: local('2027-03-30T00:00'), until: local('2027-03-30T03:00'), note: 'private' }],
});
const aigul = volunteer('aigul', 3001, { rota: full });
const bota = volunteer('bota', 3002, { rota: plainRota('Asia/Almaty', {}) });
const dana = volunteer('dana', 3003, {
  region: astana,
  rota: plainRota('Asia/Almaty', {
    dated: [
      { date: date('2027-03-25'), from: 540, until: 600, regions: [almaty, almatyRegion] },
      { date: date('2027-03-26'), from: 540, until: 600 },
    ],
  }),
});
const at = '2027-03-24T12:00:00+05:00';

const feedOf = async ({ ask }: Office, path: string, who: Parameters<Office['ask']>[0] = ofAlmaty) => {
  const made = await ask(who, 'POST', path);
  expect(made.status).toBe(201);
  return made.body as { id: string; path: string };
};
const read = async ({ url }: Office, path: string) => {
  const response = await fetch(`${url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
/** Times that a rota made of the feed alone would be on duty at. */
function windowsIn(text: string, now: number) {
  const calendar = readCalendar(text, bota.id, 'UTC');
  if (!calendar) throw new Error('the feed is no calendar');
  expect(calendar.refused).toEqual([]);
  const rota = withEdit(plainRota('UTC', {}), { put: calendar.put, remove: [] });
  return windowsOf(rota, now);
}
const windowsOf = (rota: Rota, now: number) =>
  dutyWindows(rota, none, instant(now), addSeconds(instant(now), 60 * 86_400));

test('a volunteer’s feed says when she is on duty, across a change of the clocks, and nothing else', async () => {
  const office = await offices.open({ volunteers: [aigul, dana], at });
  const feed = await feedOf(office, `/v1/volunteers/${aigul.id}/feeds`);
  expect(feed.path).toMatch(/^\/feeds\/[\w-]{43}\.ics$/);
  const { status, type, text } = await read(office, feed.path);
  expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(text).not.toMatch(/private|aigul|Almaty|Berlin|KZ-|pana|hotline/i);
  const lines = text.split('\r\n');
  expect(Math.max(...lines.map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const events = text.split('BEGIN:VEVENT').slice(1);
  for (const event of events)
    for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY'])
      expect(event.match(new RegExp(`^${name}[:;]`, 'gm'))).toHaveLength(1);
  expect(events.every(event => /DTSTART:\d{8}T\d{6}Z/.test(event))).toBe(true);
  const { now } = office.world.clock;
  expect(windowsIn(text, now())).toEqual(windowsOf(full, now()));
  // An event keeps its name: whoever reads again a minute later moves nothing.
  await office.world.pass(60);
  const names = (calendar: string) => [...calendar.matchAll(/^UID:(.*)$/gm)].map(([, uid]) => uid);
  expect(names((await read(office, feed.path)).text)).toEqual(names(text));
  expect(new Set(names(text)).size).toBe(events.length);
});

test('a region’s feed names who answers there, from wherever she is', async () => {
  const office = await offices.open({ volunteers: [aigul, dana], at });
  const { path } = await feedOf(office, `/v1/regions/${almaty}/feeds`);
  const { text } = await read(office, path);
  const summaries = [...text.matchAll(/^SUMMARY:(.*)$/gm)].map(([, summary]) => summary);
  expect(new Set(summaries)).toEqual(new Set([aigul.name, dana.name]));
  expect(summaries.filter(each => each === dana.name)).toHaveLength(1);
});

test('an address opens one feed until it is revoked; it is kept as a hash, shown once, and another one tells nothing', async () => {
  const office = await offices.open({ volunteers: [aigul, dana], at });
  const path = `/v1/volunteers/${aigul.id}/feeds`;
  const [first, second] = [await feedOf(office, path), await feedOf(office, path)];
  const listed = await office.ask(ofAlmaty, 'GET', path);
  expect(listed.body.feeds.map(({ id }: { id: string }) => id).toSorted()).toEqual(
    [first.id, second.id].toSorted(),
  );
  expect(listed.text).not.toContain('/feeds/');
  const wrong = await read(office, `/feeds/${'x'.repeat(43)}.ics`);
  expect(wrong.status).toBe(404);
  for (const odd of ['/feeds/x.ics', '/feeds/%2e%2e.ics', `${first.path}x`])
    expect(await read(office, odd)).toMatchObject({ status: 404, text: wrong.text });
  expect((await office.ask(ofAlmaty, 'DELETE', `${path}/${first.id}`)).status).toBe(204);
  expect((await office.ask(ofAlmaty, 'DELETE', `${path}/${first.id}`)).status).toBe(404);
  expect(await read(office, first.path)).toEqual({ ...wrong });
  expect((await read(office, second.path)).status).toBe(200);
  expect((await office.ask('viewer', 'POST', path)).status).toBe(403);
  expect((await office.ask(ofAlmaty, 'POST', `/v1/volunteers/${dana.id}/feeds`)).status).toBe(404);
  expect((await office.ask(ofAlmaty, 'POST', `/v1/regions/${astana}/feeds`)).status).toBe(404);
  await office.ask('admin', 'DELETE', `/v1/volunteers/${aigul.id}`, { headers: { 'if-match': '*' } });
  expect((await read(office, second.path)).status).toBe(404);
});

const calendar = (...events: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((event, index) => [
      'BEGIN:VEVENT',
      ...(event.includes('UID:') ? [] : [`UID:${index}@x`]),
      ...event.trim().split(/\s*\n\s*/),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');
const send = ({ ask }: Office, raw: string, query = '?overlaps=allow') =>
  ask(ofAlmaty, 'POST', `/v1/volunteers/${bota.id}/calendar-imports${query}`, {
    raw,
    headers: { 'content-type': 'text/calendar' },
  });

const TZ = 'TZID=Asia/Almaty';
const weekly = `DTSTART;${TZ}:20261201T220000\nDTEND;${TZ}:20261202T060000\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH`;

test('single events, weekly ones and whole days off are taken, and once more they take their own places', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const file = calendar(
    `DTSTART;${TZ}:20261201T090000\nDURATION:PT8H`,
    'DTSTART:20261202T040000Z\nDTEND:20261202T120000Z',
    'DTSTART;TZID=Europe/Berlin:20261203T230000\nDTEND;TZID=Europe/Berlin:20261204T030000',
    `${weekly};INTERVAL=2;UNTIL=20270110T000000Z`,
    `${weekly};COUNT=3`,
    `${weekly};COUNT=4\nEXDATE;${TZ}:20261203T220000`,
    'DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227',
    'DTSTART;VALUE=DATE:20261231',
  );
  const overlaps = await send(office, file, '?dryRun=true');
  expect(overlaps.body.errors[0].problem).toMatch(/^overlaps weekly\[\d\] on 2026-12-\d\d, for the same/);
  const dry = await send(office, file, '?dryRun=true&overlaps=allow');
  expect([dry.status, dry.body.taken, dry.body.refused]).toEqual([200, 8, []]);
  const done = await send(office, file);
  const { rota } = done.body;
  const id = expect.stringMatching(/^sft_ics-[0-9a-f]{16}(-\d{8})?$/);
  expect(rota.weekly).toMatchObject([
    {
      id,
      weekdays: [2, 4],
      from: '22:00',
      until: '06:00',
      startsOn: '2026-12-01',
      endsOn: '2027-01-09',
      everyWeeks: 2,
    },
    { id, startsOn: '2026-12-01', endsOn: '2026-12-08', everyWeeks: 1 },
  ]);
  expect(
    rota.dated.map((each: { date: string; from: string; until: string }) => [
      each.date,
      each.from,
      each.until,
    ]),
  ).toEqual([
    ['2026-12-01', '09:00', '17:00'],
    ['2026-12-02', '09:00', '17:00'],
    ['2026-12-04', '03:00', '07:00'],
    ['2026-12-01', '22:00', '06:00'],
    ['2026-12-08', '22:00', '06:00'],
    ['2026-12-10', '22:00', '06:00'],
  ]);
  expect(rota.absences.map((each: { from: string; until: string }) => [each.from, each.until])).toEqual([
    ['2026-12-24T00:00', '2026-12-27T00:00'],
    ['2026-12-31T00:00', '2027-01-01T00:00'],
  ]);
  expect((await send(office, file)).body.rota).toEqual(rota);
  await office.ask('manager', 'POST', `/v1/volunteers/${bota.id}/shifts`, {
    body: { kind: 'dated', date: '2027-02-01', from: '09:00', until: '10:00' },
  });
  const less = calendar(
    ...file
      .split('BEGIN:VEVENT')
      .slice(1)
      .map(event =>
        event.replace('COUNT=4', 'COUNT=2').replace('\r\nEND:VEVENT', '').replace('END:VCALENDAR', ''),
      ),
  );
  const after = (await send(office, less)).body;
  expect(after.refused).toEqual([]);
  expect(after.rota.dated).toHaveLength(5);
  expect(after.rota.dated.some((each: { date: string }) => each.date === '2027-02-01')).toBe(true);
});

test.each<readonly [string, RegExp]>([
  [`${weekly.replace('WEEKLY', 'SECONDLY')};COUNT=99999999999`, /other than weekly/],
  [weekly.replace('WEEKLY', 'DAILY'), /other than weekly/],
  [`${weekly};COUNT=99999`, /COUNT above 1000/],
  [`${weekly};INTERVAL=9`, /less often than every 8 weeks/],
  [`${weekly};BYHOUR=1,2,3`, /BYHOUR/],
  [`${weekly};BYSETPOS=1`, /BYSETPOS/],
  [`${weekly};INTERVAL=2;WKST=SU`, /WKST/],
  [weekly.replace('TU,TH', '1TU'), /BYDAY/],
  [weekly.replace('TU,TH', 'MO'), /BYDAY leaves out/],
  [`${weekly};COUNT=2;UNTIL=20270101`, /both COUNT and UNTIL/],
  [`${weekly};UNTIL=20261101`, /before it begins/],
  [`${weekly}\nEXDATE;${TZ}:20261203T220000`, /never ends/],
  [`${weekly}\nRDATE;${TZ}:20261203T220000`, /RDATE/],
  [`${weekly}\nRECURRENCE-ID;${TZ}:20261203T220000`, /RECURRENCE-ID/],
  [weekly.replaceAll(TZ, 'TZID=Europe/Berlin'), /another zone than her rota/],
  [weekly.replaceAll(`;${TZ}`, '').replaceAll('0000\n', '0000Z\n'), /in UTC or in another zone/],
  [weekly.replaceAll(TZ, 'TZID=Central Asia Standard Time'), /IANA/],
  [weekly.replaceAll(TZ, 'TZID=__proto__'), /IANA/],
  [`DTSTART;${TZ}:20261201T220000\nDTEND;${TZ}:20261201T220000`, /before it begins/],
  [`DTSTART;${TZ}:20261201T220000\nDTEND;${TZ}:20261201T210000`, /before it begins/],
  [`DTSTART;${TZ}:20261201T220000\nDTEND;${TZ}:20261202T220000`, /a day or more/],
  [`DTSTART;${TZ}:20261201T220000\nDURATION:P400D`, /DURATION/],
  [`DTSTART;${TZ}:20261201T220000`, /no end/],
  [`DTSTART;${TZ}:20261201T220030\nDURATION:PT1H`, /whole minute/],
  [`DTSTART;${TZ}:20269901T220000\nDURATION:PT1H`, /no day of this century/],
  [`DTSTART;${TZ}:99991231T220000\nDURATION:PT1H`, /no day of this century/],
  ['DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20291227', /more than 366 days/],
  ['DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224', /before it begins/],
  ['DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY', /whole days/],
  ['SUMMARY:x', /no DTSTART/],
  [`DTSTART;${TZ}:20261201T220000\nDTSTART;${TZ}:20261201T220000`, /more than once/],
  [`DTSTART;${TZ}:20261201T220000\nDURATION:PT1H\nSTATUS:CANCELLED`, /cancelled/],
])('%j is refused, and why is told', async (event, words) => {
  const read = readCalendar(
    calendar(event, `DTSTART;${TZ}:20261205T090000\nDURATION:PT1H`),
    bota.id,
    'Asia/Almaty',
  );
  expect(read).toMatchObject({ taken: 1, refused: [{ event: 1, problem: expect.stringMatching(words) }] });
});

test('what poisons others does nothing, too much is cut off, and what is no calendar changes nothing', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const poisoned = calendar(
    `UID:__proto__\n__PROTO__;__PROTO__=1:polluted\nCONSTRUCTOR:x\nDTSTART;${TZ}:20261201T090000\nDURATION:PT1H`,
  );
  expect((await send(office, poisoned)).body).toMatchObject({ taken: 1, refused: [] });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  const twice = calendar(...[1, 2].map(() => `UID:same\nDTSTART;${TZ}:20261201T090000\nDURATION:PT1H`));
  expect((await send(office, twice, '?dryRun=true&overlaps=allow')).body.refused).toEqual([
    { event: 2, problem: 'has the UID of event 1' },
  ]);
  const many = calendar(
    ...Array.from(
      { length: 600 },
      (_, index) => `DTSTART;${TZ}:2026120${(index % 9) + 1}T090000\nDURATION:PT1H`,
    ),
  );
  const refused = await send(office, many);
  expect([refused.status, refused.body.errors]).toEqual([400, [{ path: 'dated', problem: 'too many' }]]);
  for (const file of ['', 'hello', 'BEGIN:VCALENDAR', '{}', calendar(`SUMMARY:${'x'.repeat(1_100_000)}`)])
    expect((await send(office, file)).status).toBe(400);
  const wrongType = await office.ask(ofAlmaty, 'POST', `/v1/volunteers/${bota.id}/calendar-imports`, {
    raw: '{}',
  });
  expect(wrongType.status).toBe(415);
  expect((await office.world.context.ports.registry.volunteer(bota.id))?.volunteer.rota.dated).toHaveLength(
    1,
  );
});

test('whatever is sent, it is a calendar or it is not, and reading it ends', () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...weekly.split('\n'),
      'RRULE:FREQ=WEEKLY;COUNT=-1',
      'RRULE:',
      'EXDATE:x',
      'DTSTART:',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'DURATION:P',
      'DTEND;VALUE=DATE:20261202',
      ' folded',
      'RRULE:FREQ=WEEKLY;UNTIL=x;BYDAY=,',
    ),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), lines => {
      const read = readCalendar(calendar(lines.join('\n')), bota.id, 'Asia/Almaty');
      if (read) expect(read.taken + read.refused.length).toBeLessThanOrEqual(lines.length + 1);
    }),
    { numRuns: 500 },
  );
});
