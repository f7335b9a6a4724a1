// Reports through the API, of calls that were made: what is counted, what is hidden, as CSV, for one's own regions.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { almaty, astana, fullLine, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const days = 'from=2026-11-01&until=2026-12-01';

test('calls that were answered and given up are counted once they are over, by line, hour and channel', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul] });
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
  const { status, body } = await ask('auditor', 'GET', `/v1/reports?${days}`);
  expect(status).toBe(200);
  expect(body.total).toMatchObject({
    requests: 11,
    outcomes: { reached: 6, abandonedAtOnce: 5, abandonedLater: 0, other: 0 },
  });
  expect(body.groups.map(({ key, requests }: Record<string, unknown>) => [key, requests])).toEqual([
    ['line_full', 5],
    ['line_plain', 6],
  ]);
  expect(body.total.toPerson.p50).toBeGreaterThanOrEqual(3);
  const hours = await ask('viewer', 'GET', `/v1/reports?${days}&by=hour`);
  expect(hours.body.groups.map(({ key }: { key: string }) => key)).toEqual(['10']);

  const csv = await ask('admin', 'GET', `/v1/reports?${days}&by=channel&format=csv`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [header, voice, all] = csv.text.trim().split('\n');
  expect(header).toBe(
    'channel,requests,reached,abandonedAtOnce,abandonedLater,other,escalated,notEscalated,secondsToPersonP50,secondsToPersonP90',
  );
  expect(voice).toMatch(/^voice,11,6,5,0,0,/);
  expect(all).toMatch(/^all,11,6,5,0,0,/);
  for (const told of [body, csv.text]) expect(JSON.stringify(told)).not.toMatch(/req_|vol_|\+7/);

  // A manager of another region sees those alone that lie in none.
  const elsewhere = await ask(
    { role: 'manager', groups: [`region:${astana}`] },
    'GET',
    `/v1/reports?${days}`,
  );
  expect(elsewhere.body.total.outcomes.reached).toBe(0);
  const own = await ask({ role: 'manager', groups: [`region:${almaty}`] }, 'GET', `/v1/reports?${days}`);
  expect(own.body.total.outcomes.reached).toBe(6);

  const staffing = await ask('manager', 'GET', '/v1/staffing?weeks=1');
  expect(staffing.body.hours).toHaveLength(168);
  const monday = staffing.body.hours[10];
  expect(monday).toMatchObject({ weekday: 1, hour: 10, requests: 11 });
  // Nothing came on Tuesday: one of those who are rung should answer all the same.
  expect(staffing.body.hours[34]).toMatchObject({ requests: 0, onDuty: 6, reachedPercent: 92 });
  expect(monday.onDuty).toBeGreaterThanOrEqual(6);

  // One more of another kind, and nothing from which it could be told is shown.
  const late = world.phone('+77995550189').mayHearAnything();
  await late.dials(fullLine);
  await world.pass(15);
  await late.hangsUp();
  await world.pass(5);
  const hidden = await ask('admin', 'GET', `/v1/reports?${days}`);
  expect(hidden.body.total.outcomes.abandonedLater).toBe('<5');
  expect(hidden.body.total).toMatchObject({ requests: null, outcomes: { abandonedAtOnce: null } });
}, 60_000);

test('days that are none, too many or the wrong way round are refused by path', async () => {
  const { ask } = await offices.open();
  for (const [query, path] of [
    ['from=2026-11-31&until=2026-12-01', 'from'],
    ['from=2026-11-02&until=2026-11-02', 'until'],
    ['from=2025-01-01&until=2026-12-01', 'until'],
    ['from=2026-11-01&until=2026-12-01&zone=%2B05:00', 'zone'],
    ['from=2026-11-01&until=2026-12-01&by=name', 'by'],
  ]) {
    const { status, body } = await ask('viewer', 'GET', `/v1/reports?${query}`);
    expect([query, status, body.errors?.[0]?.path]).toEqual([query, 400, path]);
  }
  const empty = await ask('viewer', 'GET', '/v1/reports?from=2000-01-01&until=2000-02-01');
  expect([empty.status, empty.body.total.requests]).toEqual([200, 0]);
  expect((await ask('viewer', 'GET', '/v1/staffing?line=line_nowhere')).status).toBe(404);
});
