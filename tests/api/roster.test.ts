// Who is on duty, whom a need would ask, and what people may ask of us: to be erased, and to see what is kept of them.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { almaty, almatyRegion, astana, fullLine, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const nights = { ...aigul.rota, weekly: aigul.rota.weekly.filter(({ from }) => from !== 0) };
const bota = volunteer('bota', 3003, { region: almatyRegion, rota: nights });
const dana = volunteer('dana', 3002, { region: astana });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const HERS = '+77995550001';

test('the roster of now tells who is busy, that of another instant follows the rota, and each manager sees her regions', async () => {
  const { world, ask } = await offices.open({ volunteers: [aigul, bota, dana] });
  const caller = world.phone(HERS);
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  const now = await ask(ofAlmaty, 'GET', '/v1/roster');
  expect(now.body).toMatchObject({
    isNow: true,
    regions: [{ region: almaty, onDuty: [{ volunteer: aigul.id, is: 'busy', home: almaty }] }],
  });
  const idsAt = async (at: string) => {
    const { body } = await ask('admin', 'GET', `/v1/roster?at=${encodeURIComponent(at)}`);
    return body.regions.flatMap(({ onDuty }: { onDuty: { volunteer: string; is: string }[] }) =>
      onDuty.map(each => `${each.volunteer} ${each.is}`),
    );
  };
  expect(await idsAt('2026-11-25T10:00:00+05:00')).toEqual([`${aigul.id} free`, `${dana.id} free`]);
  expect(await idsAt('2026-11-25T13:00:00+05:00')).toContain(`${bota.id} free`);
  expect((await ask('admin', 'GET', '/v1/roster?at=2026-11-25T10:00:00')).status).toBe(400);
  await caller.hangsUp();
  await world.phoneOf(aigul).stopsRinging();
});

test('a match is tried rung by rung with the code that asks, and nothing is changed or rung', async () => {
  const { world, ask } = await offices.open({ volunteers: [aigul, dana] });
  const wish = { line: plainLine.id, region: almaty, language: 'ru' };
  const tried = await ask('manager', 'POST', '/v1/match', { body: wish });
  expect(tried.status).toBe(200);
  const asks = (rungs: { order: { helper: string }[] }[]) =>
    rungs.map(({ order }) => order.map(({ helper }) => helper));
  expect(asks(tried.body.rungs)).toEqual([
    [aigul.id],
    [],
    [dana.id],
    [],
    [],
    ['con_manager'],
    ['con_manager', aigul.id, dana.id],
  ]);
  expect(tried.body.rungs[1].others).toEqual([
    { helper: aigul.id, verdict: 'asked-before', words: 'she would be asked on an earlier rung' },
  ]);
  expect(tried.body.rungs.map(({ language }: { language: string }) => language).slice(0, 4)).toEqual([
    'exact',
    'exact',
    'exact',
    null,
  ]);
  expect(tried.body.rungs[4].passed).toBe('she has not said yes');
  const kept = await ask('manager', 'POST', '/v1/match', {
    body: { ...wish, excluded: [aigul.id], agreedTo: ['police'] },
  });
  expect(kept.body.rungs[0]).toMatchObject({
    order: [],
    others: [{ helper: aigul.id, verdict: 'excluded' }],
  });
  expect(kept.body.rungs[4].order).toEqual([
    { helper: 'con_police', by: 'call', inLanguage: null, isBent: false },
  ]);
  const own = await ask(ofAlmaty, 'POST', '/v1/match', { body: { ...wish, line: fullLine.id } });
  expect(own.text).not.toContain(dana.id);
  const foreign = await ask(ofAlmaty, 'POST', '/v1/match', { body: { ...wish, region: astana } });
  expect([foreign.status, foreign.body.errors[0].path]).toEqual([400, 'region']);
  expect((await ask('manager', 'GET', '/v1/requests')).body.requests).toEqual([]);
  expect(world.exchange.events.filter(({ type }) => type === 'rang')).toEqual([]);
});

test('erased: nothing of her can be revealed any more; the answer is the same for a number that never was', async () => {
  const { world, ask } = await offices.open({ volunteers: [aigul] });
  const caller = world.phone(HERS);
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  const [{ id }] = (await ask('manager', 'GET', '/v1/requests')).body.requests;
  await caller.hangsUp();
  await world.phoneOf(aigul).stopsRinging();
  const look = () => ask('manager', 'POST', `/v1/requests/${id}/reveal`, { body: { reason: 'to be sure' } });
  expect((await look()).body.address).toBe(HERS);
  const erase = (number: string) =>
    ask('admin', 'POST', '/v1/erasure', { body: { number, reason: `she asked from ${number}` } });
  const [known, never] = [await erase(HERS), await erase('+77995559999')];
  expect([known.status, known.text]).toEqual([204, never.text]);
  expect(never.status).toBe(204);
  const gone = await look();
  expect([gone.status, gone.body.why]).toEqual([409, 'nothing-kept']);
  const noted = await ask('manager', 'POST', `/v1/requests/${id}/note`, { body: { text: 'too late' } });
  expect([noted.status, noted.body.why]).toEqual([409, 'nothing-kept']);
  expect((await ask('manager', 'POST', '/v1/erasure', { body: {} })).status).toBe(403);
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const audit = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  expect(audit.text).toContain('eraseNumber');
  for (const said of [audit.text, ...world.logged]) expect(said).not.toContain(HERS.slice(2));
});

test('a volunteer’s own record is exported to whoever may, and each look is on record', async () => {
  const { world, ask } = await offices.open({ volunteers: [aigul] });
  const exported = await ask('admin', 'GET', `/v1/export/${aigul.id}`);
  expect(exported.body.volunteer).toMatchObject({ id: aigul.id, name: aigul.name, number: aigul.number });
  expect(exported.body.onDuty).toMatchObject({ region: almaty });
  expect((await ask('manager', 'GET', `/v1/export/${aigul.id}`)).status).toBe(403);
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const audit = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  const look = { action: 'exportVolunteer', target: aigul.id };
  expect(audit.body.entries).toMatchObject([
    { ...look, is: 'refused', actor: 'local-manager', status: 403 },
    { ...look, is: 'ended', actor: 'local-admin', status: 200 },
    { ...look, is: 'begun', actor: 'local-admin', status: null },
  ]);
});
