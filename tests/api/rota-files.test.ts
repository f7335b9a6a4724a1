// Rotas as files: what goes out comes in again as it was, a dry run tells every row's problem and changes nothing, and a
// file that has a problem changes nothing either.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skillId } from '../../infra/local/seed/seed-values.ts';
import { parseVolunteerId } from '../../shared/domain/ids.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Office, useOffices, type Who } from '../support/office.ts';
import { date, local } from '../support/rota-parts.ts';
import { almaty, almatyRegion, astana, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const full = plainRota('Asia/Almaty', {
  weekly: [
    {
      weekdays: [1, 3],
      from: 1320,
      until: 360,
      startsOn: date('2026-11-23'),
      endsOn: date('2027-05-01'),
      everyWeeks: 2,
      onHolidays: false,
      regions: [almaty, almatyRegion],
      note: '=cmd|calc; "с кавычками",\nи строкой',
    },
  ],
  dated: [
    { date: date('2026-12-01'), from: 540, until: 0, skills: [] },
    { date: date('2026-12-03'), from: 540, until: 600, skills: [skillId('crisis')], note: "-1+'2" },
  ],
  absences: [{ from: local('2026-12-24T00:00'), until: local('2026-12-27T00:00'), note: '@home' }],
});
const aigul = volunteer('aigul', 3001, { rota: full });
const bota = volunteer('bota', 3002, { rota: plainRota('Asia/Almaty', {}) });
const dana = volunteer('dana', 3003, { region: astana, rota: plainRota('Asia/Almaty', {}) });
const head = 'volunteer_id,kind,shift_id,weekdays,date,from,until,regions,skills,note,remove';

const send = ({ ask }: Office, raw: string, query = '', who: Who = ofAlmaty) =>
  ask(who, 'POST', `/v1/rota-imports${query}`, { raw, headers: { 'content-type': 'text/csv' } });
async function rotaOf({ world }: Office, id: string) {
  const known = await world.context.ports.registry.volunteer(parseVolunteerId(id) as never);
  return known?.volunteer.rota;
}
const rows = (...lines: readonly string[]) => [head, ...lines].join('\r\n');

test('what goes out comes in again as it was, and nothing in it is a formula', async () => {
  const office = await offices.open({ volunteers: [aigul, bota, dana] });
  const out = await office.ask(ofAlmaty, 'GET', '/v1/rotas.csv');
  expect([out.status, out.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(out.text).not.toMatch(/(^|,|")[=+\-@]/m);
  expect(out.text).not.toContain('dana');
  const again = await send(office, out.text);
  expect(again.body).toEqual({
    rows: 4,
    volunteers: 1,
    added: 0,
    changed: 0,
    unchanged: 4,
    removed: 0,
    problems: [],
    warnings: expect.anything(),
    job: null,
  });
  const elsewhere = out.text.replaceAll('vol_aigul', 'vol_bota');
  expect((await send(office, elsewhere)).status).toBe(400); // a region that is not hers to plan for
  const done = await send(office, elsewhere, '', 'manager');
  expect([done.status, done.body]).toMatchObject([
    202,
    { added: 4, job: { state: 'done', total: 1, failed: 0 } },
  ]);
  expect(await rotaOf(office, 'vol_bota')).toEqual(full);
  expect((await office.ask('viewer', 'GET', '/v1/rotas.csv')).text).not.toContain('home');
});

test('a file may be sent again, its rows in any order, by commas or semicolons: the same shifts', async () => {
  const lines = [
    'vol_bota,weekly,,1 2,,22:00,06:00,,,first,',
    'vol_bota,dated,,,2026-12-01,09:00,17:00,,,,',
    'vol_bota,absence,,,,2026-12-24T00:00,2026-12-26T00:00,,,,',
    'vol_aigul,dated,sft_mine,,2026-12-02,09:00,17:00,,,,',
  ];
  const office = await offices.open({ volunteers: [aigul, bota] });
  await office.world.stores.roster.markUnreachable(bota.id);
  expect((await send(office, rows(...lines))).body).toMatchObject({ rows: 4, added: 4, volunteers: 2 });
  const first = await rotaOf(office, 'vol_bota');
  const turned = rows(...lines.toReversed())
    .replaceAll(',', ';')
    .replaceAll('1 2', '2 1')
    .replace('first', 'second');
  expect((await send(office, turned)).body).toMatchObject({ added: 0, changed: 1, unchanged: 3, removed: 0 });
  const [weekly] = first?.weekly ?? [];
  expect(await rotaOf(office, 'vol_bota')).toMatchObject({
    weekly: [{ id: weekly?.id, note: 'second' }],
    dated: first?.dated,
    absences: first?.absences,
  });
  const gone = await send(
    office,
    rows('vol_bota,weekly,,1 2,,22:00,06:00,,,,yes', `vol_aigul,dated,sft_mine,,,,,,,,yes`),
  );
  expect(gone.body).toMatchObject({ removed: 2, job: { state: 'done' } });
  expect((await rotaOf(office, 'vol_bota'))?.weekly).toEqual([]);
  // A rota says nothing of her number.
  const { body } = await office.ask(ofAlmaty, 'GET', `/v1/volunteers-reach?region=${almaty}`);
  expect(body.volunteers).toContainEqual(
    expect.objectContaining({ volunteerId: bota.id, unreached: 'bad-number' }),
  );
});

const bad: readonly (readonly [line: string, column: string, problem: RegExp])[] = [
  ['bota,dated,,,2026-12-11,09:00,17:00,,,,', 'volunteer_id', /id of a volunteer/],
  ['vol_nobody,dated,,,2026-12-12,09:00,17:00,,,,', 'volunteer_id', /no volunteer vol_nobody of yours/],
  ['vol_dana,dated,,,2026-12-13,09:00,17:00,,,,', 'volunteer_id', /no volunteer vol_dana of yours/],
  ['vol_bota,monthly,,,2026-12-14,09:00,17:00,,,,', 'kind', /./],
  ['vol_bota,dated,shift 1,,2026-12-15,09:00,17:00,,,,', 'shift_id', /id of a shift/],
  ['vol_bota,dated,,,2026-02-30,09:00,17:00,,,,', 'date', /date/],
  ['vol_bota,dated,,,2026-12-16,09:00,09:00,,,,', 'until', /from equals until/],
  ['vol_bota,dated,,,2026-12-17,9,17:00,,,,', 'from', /time of the day/],
  ['vol_bota,dated,,,2026-12-18,09:00,17:00,KZ-71,,,', 'regions', /no region that you may plan for/],
  ['vol_bota,dated,,,2026-12-19,09:00,17:00,,legal,,', 'skills', /none of her skills/],
  ['vol_bota,weekly,,1 9,,09:00,17:00,,,,', 'weekdays', /./],
  ['vol_bota,weekly,,,,09:00,17:00,,,,', 'weekdays', /./],
  ['vol_bota,absence,,,,2026-12-24T00:00,2026-12-23T00:00,,,,', 'until', /ends before/],
  ['vol_bota,absence,,,,2026-12-24,2026-12-25T00:00,,,,', 'from', /local time/],
  ['vol_bota,dated,,,2026-12-20,09:00,17:00,,,,perhaps', 'remove', /yes nor no/],
  [`vol_bota,dated,,,2026-12-21,09:00,17:00,,,${'x'.repeat(300)},`, 'note', /more than 200/],
];

test('a dry run tells every row’s problem with its column, and nothing is changed; nor is it without', async () => {
  const office = await offices.open({ volunteers: [aigul, bota, dana] });
  const file = rows(...bad.map(([line]) => line), 'vol_bota,dated,,,2026-12-05,09:00,17:00,,,,');
  const dry = await send(office, file, '?dryRun=true');
  expect(dry.status).toBe(200);
  // Rows of one volunteer are judged together once each can be read: those that cannot are told first.
  const told = dry.body.problems as { row: number; column: string; problem: string }[];
  for (const [index, [line, column, words]] of bad.entries()) {
    const alone = await send(office, rows(line), '?dryRun=true');
    expect(alone.body.problems, line).toMatchObject([
      { row: 2, column, problem: expect.stringMatching(words) },
    ]);
    expect(
      told.filter(({ row }) => row === index + 2),
      line,
    ).toMatchObject([{ column }]);
  }
  const real = await send(office, file);
  expect([real.status, real.body.errors.length]).toEqual([400, bad.length]);
  expect(real.body.errors[0]).toEqual({
    path: 'row[2].volunteer_id',
    problem: 'is not the id of a volunteer, as vol_aigul',
  });
  expect(await rotaOf(office, 'vol_bota')).toEqual(bota.rota);
});

test('the same shift in two rows is told, whichever comes first; so is an overlap, unless it is meant', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const twice = [
    'vol_bota,dated,sft_1,,2026-12-01,09:00,17:00,,,,',
    'vol_bota,dated,sft_1,,2026-12-02,09:00,17:00,,,,',
  ];
  for (const lines of [twice, twice.toReversed()])
    expect((await send(office, rows(...lines), '?dryRun=true')).body.problems).toEqual([
      { row: 3, column: 'shift_id', problem: 'is the shift of row 2: say it once' },
    ]);
  const over = rows(
    'vol_bota,dated,,,2026-12-01,09:00,17:00,,,,',
    'vol_bota,dated,,,2026-12-01,16:00,18:00,,,,',
  );
  const refused = await send(office, over, '?dryRun=true');
  expect(refused.body.problems).toEqual([
    {
      row: 3,
      column: 'from',
      problem: expect.stringMatching(/^overlaps dated\[0\] on 2026-12-01, for the same/),
    },
  ]);
  expect((await send(office, over, '?overlaps=allow')).body).toMatchObject({
    added: 2,
    problems: [],
    warnings: [{ row: 3, problem: 'overlaps dated[0] on 2026-12-01' }],
  });
});

test.each<readonly [string, string | Uint8Array, RegExp]>([
  ['nothing', '', /./],
  ['a header alone that lacks a column', 'volunteer_id,kind,from', /until.*is missing|is missing.*until/],
  ['a column that is not known', `${head},colour\r\n`, /no column that is known/],
  ['a poisoned column', `${head},__proto__\r\n`, /no column that is known/],
  ['a column twice', `${head},note\r\n`, /is there twice/],
  ['more fields than columns', rows('vol_bota,dated,,,2026-12-01,09:00,17:00,,,,,x'), /more fields/],
  ['a quotation without an end', rows('"vol_bota,dated'), /never ends/],
  [
    'a field of a megabyte',
    rows(`vol_bota,dated,,,2026-12-01,09:00,17:00,,,${'x'.repeat(1_000_000)},`),
    /longer than 1000/,
  ],
  [
    'more than ten thousand rows',
    rows(...Array.from({ length: 10_001 }, () => 'vol_bota,dated,,,2026-12-01,09:00,17:00,,,,')),
    /more than 10000 rows/,
  ],
])('%s is refused whole', async (_, file, words) => {
  const office = await offices.open({ volunteers: [bota] });
  const refused = await send(office, file as string);
  expect(refused.status).toBe(400);
  expect(refused.text).toMatch(words);
  expect(refused.text.length).toBeLessThan(20_000);
  expect(await rotaOf(office, 'vol_bota')).toEqual(bota.rota);
});

test('ten thousand rows are read and judged in the time that a manager waits', async () => {
  const people = Array.from({ length: 50 }, (_, index) =>
    volunteer(`v${index}`, 3100 + index, { rota: plainRota('Asia/Almaty', {}) }),
  );
  const office = await offices.open({ volunteers: people });
  const lines = people.flatMap(({ id }) =>
    Array.from(
      { length: 200 },
      (_, day) =>
        `${id},dated,,,${new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10)},09:00,17:00,,,,`,
    ),
  );
  const started = performance.now();
  const { status, body } = await send(office, rows(...lines), '?dryRun=true');
  console.log(`10,000 rows judged in ${Math.round(performance.now() - started)} ms`);
  expect([status, body.rows, body.added, body.problems]).toEqual([200, 10_000, 10_000, []]);
  expect(performance.now() - started).toBeLessThan(20_000);
}, 60_000);

test('whatever is sent, it is refused by row or taken, and never an error of ours', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const cell = fc.oneof(
    fc.constantFrom(
      'vol_bota',
      'weekly',
      'dated',
      'absence',
      '1',
      '09:00',
      '2026-12-01',
      'yes',
      '"',
      "'",
      ';',
      '\n',
      '__proto__',
    ),
    fc.string({ maxLength: 12 }),
  );
  const line = fc.array(cell, { maxLength: 12 }).map(cells => cells.join(','));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), async lines => {
      const { status } = await send(office, rows(...lines), '?dryRun=true');
      expect(status).toBe(200);
    }),
    { numRuns: 40 },
  );
}, 60_000);
