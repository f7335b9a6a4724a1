// Reports through the API, of calls that were made: what is counted, in rounded numbers, as CSV, for one's own regions.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { astana, fullLine, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const days = 'from=2026-11-01&until=2026-12-01';

test('calls that were answered and given up are counted once they are over, by line, hour and channel; every count is rounded', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul], at: '2026-11-30T23:00:00+05:00' });
  const helper = world.phoneOf(aigul);
  for (let call = 0; call < 6; call += 1) {
    const caller = world.phone(`+7799555010${call}`);
    await caller.dials(plainLine);
    await caller.hears('searching');
    await helper.rings();
    await world.pass(3);
    await helper.answers();
    await helper.hears('offer', { language: plainLine.languages[0] as never }, 'press-to-take');
    await helper.presses('1');
    await helper.hears('connecting');
    await caller.hears('connecting');
    await caller.talksWith(helper);
    await caller.hangsUp();
    await helper.hears('call-over');
    await helper.isFree();
  }
  for (let call = 0; call < 5; call += 1) {
    const early = world.phone(`+7799555019${call}`).mayHearAnything();
    await early.dials(fullLine);
    await early.hangsUp();
  }
  await world.pass(5);
  const unfinished = await ask('auditor', 'GET', `/v1/reports?${days}`);
  expect([unfinished.status, unfinished.body.errors]).toEqual([
    400,
    [{ path: 'until', problem: 'takes in a month that is not over' }],
  ]);
  await world.pass(3_600);
  const { status, body } = await ask('auditor', 'GET', `/v1/reports?${days}`);
  expect(status).toBe(200);
  // Eleven: six who were reached, five who gave up at once. Five stays five, the rest is five or ten, ten or fifteen.
  expect(body).toMatchObject({
    months: 1,
    roundedTo: 5,
    total: { outcomes: { abandonedAtOnce: 5, other: 0 } },
  });
  expect([10, 15]).toContain(body.total.requests);
  expect([5, 10]).toContain(body.total.outcomes.reached);
  expect(body.groups.map(({ key }: { key: string }) => key)).toEqual(['line_full', 'line_plain']);
  expect(body.groups[1].requests).toBe(body.total.outcomes.reached); // the same six requests
  expect((await ask('admin', 'GET', `/v1/reports?${days}`)).body).toEqual(body);
  expect((await ask('admin', 'GET', '/v1/reports')).body).toEqual(body); // the month that has just ended
  const hours = await ask('viewer', 'GET', `/v1/reports?${days}&by=hour`);
  expect(hours.body.groups).toEqual([{ ...body.total, key: '23' }]);

  const csv = await ask('admin', 'GET', `/v1/reports?${days}&by=channel&format=csv`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [header, voice = '', all] = csv.text.trim().split('\n');
  expect(header).toBe(
    'channel,requests,reached,abandonedAtOnce,abandonedLater,other,escalated,notEscalated,secondsToPersonP50,secondsToPersonP90,countsRoundedTo',
  );
  expect(voice).toMatch(/^voice,1[05],(5|10),5,0,0,0,1[05],,,5$/);
  expect(all).toBe(voice.replace('voice', 'all'));
  for (const told of [body, csv.text]) expect(JSON.stringify(told)).not.toMatch(/req_|vol_|\+7/);

  // A manager of another region sees those alone that lie in none.
  const elsewhere = { role: 'manager', groups: [`region:${astana}`] } as const;
  const other = await ask(elsewhere, 'GET', `/v1/reports?${days}`);
  expect([other.body.total.outcomes.reached, other.body.total.requests]).toEqual([0, 5]);

  const staffing = await ask('manager', 'GET', '/v1/staffing?weeks=1');
  expect(staffing.body.hours).toHaveLength(168);
  const monday = staffing.body.hours[23];
  expect(monday).toMatchObject({ weekday: 1, hour: 23, requests: 11 });
  // Nothing came on Tuesday: one of those who are rung should answer all the same.
  expect(staffing.body.hours[34]).toMatchObject({ requests: 0, onDuty: 6, reachedPercent: 92 });
  expect(monday.onDuty).toBeGreaterThanOrEqual(6);
  // It is exact: for those alone who may see each request anyway.
  expect((await ask('auditor', 'GET', '/v1/staffing?weeks=1')).status).toBe(403);
}, 60_000);

test('what is no whole month that is over, or too long ago, is refused by path', async () => {
  const { ask } = await offices.open();
  for (const [query, path] of [
    ['from=2026-10-31&until=2026-11-01', 'from'],
    ['from=2026-09-31&until=2026-11-01', 'from'],
    ['from=2026-10-01&until=2026-10-31', 'until'],
    ['from=2026-10-01&until=2026-10-01', 'until'],
    ['from=2026-11-01&until=2026-12-01', 'until'],
    ['from=2025-10-01&until=2026-11-01', 'from'],
    ['from=2026-10-01&until=2026-11-01&zone=UTC', 'zone'],
    ['from=2026-10-01&until=2026-11-01&by=name', 'by'],
  ]) {
    const { status, body } = await ask('viewer', 'GET', `/v1/reports?${query}`);
    expect([query, status, body.errors?.[0]?.path]).toEqual([query, 400, path]);
  }
  const empty = await ask('viewer', 'GET', '/v1/reports?from=2025-11-01&until=2026-11-01');
  expect([empty.status, empty.body.months, empty.body.total.requests]).toEqual([200, 12, 0]);
  expect((await ask('viewer', 'GET', '/v1/staffing?line=line_nowhere')).status).toBe(404);
});
