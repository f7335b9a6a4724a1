// Managers and what volunteers have given away; one text to many; whom nothing reaches.
import { expect, test } from 'vitest';
import { createOfficeStores } from '../../shared/adapters/dynamodb/office.ts';
import { broadcasting } from '../../shared/app/broadcasting.ts';
import { workOffAll } from '../../shared/app/jobs.ts';
import { paced } from '../../shared/app/pace.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { usualSelfService } from '../../shared/domain/self-service.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { sure } from '../support/given.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const zone = 'Asia/Almaty';
const evening = { date: sure(parseLocalDate('2026-11-26')), from: 18 * 60, until: 22 * 60 };
const rota = plainRota(zone, { dated: [evening] });
const [aigul, dana, bota] = [
  volunteer('aigul', 11, { rota }),
  volunteer('dana', 12, { rota: plainRota(zone, {}) }),
  volunteer('bota', 13, { rota: plainRota(zone, {}), textBy: 'whatsapp' }),
];
const shift = sure(rota.dated[0]);
const own = { role: 'manager', groups: [`region:${almaty}`] } as const;
const wanted = { volunteerId: aigul.id, shiftId: shift.id, date: shift.date };

const onRota = async ({ world }: Office, id: typeof aigul.id) => {
  const { volunteer: known } = sure(await world.stores.registry.volunteer(id));
  return { shifts: known.rota.dated.length, absences: known.rota.absences.length };
};

const once = { 'idempotency-key': 'a-broadcast-of-the-client' };

test('given away for somebody who telephones, taken by another, agreed to by whoever has read how it stands', async () => {
  const office = await offices.open({ volunteers: [aigul, dana] });
  const { ask, world } = office;
  const made = await ask(own, 'POST', '/v1/swaps', { body: wanted });
  expect([made.status, made.body.state, made.body.away]).toEqual([201, 'open', false]);
  const path = `/v1/swaps/${made.body.id}`;
  const etag = made.headers.get('etag') ?? '';
  expect((await ask(own, 'POST', `${path}/take`, { body: { volunteerId: dana.id } })).status).toBe(428);
  const taken = await ask(own, 'POST', `${path}/take`, {
    body: { volunteerId: dana.id },
    headers: { 'if-match': etag },
  });
  // Nobody else speaks Kazakh or English in this country: a floor is missed, and would be missed no more than before.
  expect([taken.status, taken.body.state, taken.body.taker]).toEqual([200, 'approved', dana.id]);
  const stale = await ask(own, 'POST', `${path}/withdraw`, { headers: { 'if-match': etag } });
  expect([stale.status, stale.body.current.state]).toEqual([412, 'approved']);
  const over = await ask(own, 'POST', `${path}/withdraw`, {
    headers: { 'if-match': taken.headers.get('etag') ?? '' },
  });
  expect([over.status, over.body.type]).toEqual([409, 'urn:pana:problem:conflict']);
  expect(await onRota(office, aigul.id)).toEqual({ shifts: 1, absences: 1 });
  expect(await onRota(office, dana.id)).toEqual({ shifts: 1, absences: 0 });
  for (const [who, said] of [[aigul, 'handed-over']] as const)
    await world.phoneOf(who).reads({
      text: 'shift',
      said,
      shift: { number: 1, weekday: 4, date: shift.date, from: shift.from, until: shift.until },
    });
  expect((await ask(own, 'GET', '/v1/swaps')).body.swaps).toHaveLength(1);
  expect(
    (await ask({ role: 'manager', groups: [`region:${astana}`] }, 'GET', '/v1/swaps')).body.swaps,
  ).toEqual([]);
});

test('one that waits is declined: nothing changes, and both read so; what makes no sense is refused with a reason', async () => {
  const network = {
    ...smallNetwork,
    settings: { ...smallNetwork.settings, selfService: { ...usualSelfService, approveEverySwap: true } },
  };
  const office = await offices.open({ network, volunteers: [aigul, dana] });
  const { ask, world } = office;
  const made = await ask(own, 'POST', '/v1/swaps', { body: wanted });
  const path = `/v1/swaps/${made.body.id}`;
  const none = await ask(own, 'POST', '/v1/swaps', { body: { ...wanted, date: '2026-11-27' } });
  expect([none.status, none.body.detail]).toEqual([409, 'She has no such shift ahead. Nothing was changed.']);
  const taken = await ask(own, 'POST', `${path}/take`, {
    body: { volunteerId: dana.id },
    headers: { 'if-match': '*' },
  });
  expect([taken.body.state, taken.body.because]).toEqual(['needs-approval', ['always']]);
  world.alerts('swap-to-approve');
  const waiting = await ask(own, 'GET', '/v1/swaps?state=needs-approval');
  expect(waiting.body.swaps).toHaveLength(1);
  const declined = await ask(own, 'POST', `${path}/decline`, {
    headers: { 'if-match': taken.headers.get('etag') ?? '' },
  });
  expect([declined.status, declined.body.state]).toEqual([200, 'declined']);
  expect(await onRota(office, aigul.id)).toEqual({ shifts: 1, absences: 0 });
  const line = { number: 1, weekday: 4, date: shift.date, from: shift.from, until: shift.until } as const;
  for (const who of [dana, aigul])
    await world.phoneOf(who).reads({ text: 'shift', said: 'declined', shift: line });
});

/** The function of every minute, some seconds later. */
async function minute({ world }: Office, seconds: number): Promise<void> {
  const now = instant(world.clock.now() + seconds * 1000);
  const ports = { ...world.context.ports, clock: { now: () => now } };
  const pace = paced(ports, async () => undefined);
  const all = { ...ports, ...createOfficeStores(world.deps) };
  const { failed } = await workOffAll(all, { broadcast: broadcasting(ports, pace) }, addSeconds(now, 40));
  expect(failed).toBe(0);
}

test('a broadcast says beforehand whom it reaches and what it costs, goes out once, and tells whom it did not reach', async () => {
  const network = {
    ...smallNetwork,
    settings: {
      ...smallNetwork.settings,
      selfService: { ...usualSelfService, textPrice: { amount: 0.05, currency: 'USD' } },
    },
  };
  const office = await offices.open({ network, volunteers: [aigul, dana, bota] });
  const { ask, world } = office;
  const body = { words: 'Встреча в субботу в полдень.', regions: [almaty] };
  const preview = await ask(own, 'POST', '/v1/broadcasts?dryRun=true', { body });
  expect([preview.status, preview.body.reached, preview.body.segments, preview.body.cost]).toEqual([
    200,
    2,
    2,
    { amount: 0.1, currency: 'USD' },
  ]);
  for (const [refused, status] of [
    [{ ...body, words: 'Звоните 8 701 000 00 01' }, 400],
    [{ ...body, regions: [astana] }, 400],
    [{ ...body, skill: 'legal' }, 409],
  ] as const)
    expect((await ask(own, 'POST', '/v1/broadcasts', { body: refused, headers: once })).status).toBe(status);
  const without = await ask(own, 'POST', '/v1/broadcasts', { body });
  expect([without.status, without.body.errors[0].path]).toEqual([400, 'Idempotency-Key']);
  const begun = await ask(own, 'POST', '/v1/broadcasts', { body, headers: once });
  expect([begun.status, begun.body.state, begun.body.total, begun.body.done]).toEqual([202, 'open', 3, 0]);
  world.exchange.optOut(dana.number, plainLine.number);
  await minute(office, 60);
  await minute(office, 120);
  await world.phoneOf(aigul).reads(body.words);
  const { body: job } = await ask(own, 'GET', `/v1/jobs/${begun.body.id}`);
  expect([job.state, job.done, job.failed]).toEqual(['done', 1, 2]);
  expect(job.failures.map(({ why }: { why: string }) => why).sort()).toEqual([
    `${bota.id} was not reached: no word from her on WhatsApp for a day`,
    `${dana.id} was not reached: she wants no more texts`,
  ]);
});

test('a broadcast that is stopped writes to nobody more; whoever could not begin it can not stop it', async () => {
  const office = await offices.open({ volunteers: [aigul, dana] });
  const body = { words: 'Спасибо вам', regions: [almaty] };
  const begun = await office.ask(own, 'POST', '/v1/broadcasts', { body, headers: once });
  const expiresAt = new Date(office.world.clock.now() + 3_600_000).toISOString();
  const wanted = { name: 'x', role: 'manager', permissions: ['rota:read', 'rota:write'], expiresAt };
  const { body: key } = await office.ask('admin', 'POST', '/v1/api-keys', { body: wanted });
  for (const who of [{ token: key.secret }, 'viewer'] as const)
    expect((await office.ask(who, 'POST', `/v1/jobs/${begun.body.id}/stop`)).status).toBe(403);
  const stopped = await office.ask(own, 'POST', `/v1/jobs/${begun.body.id}/stop`);
  expect([stopped.status, stopped.body.state]).toEqual([200, 'stopped']);
  await minute(office, 60);
  expect(office.world.phoneOf(aigul).phone.texts).toEqual([]);
});

test('managers see whose number is confirmed and whom nothing reaches, in their own regions alone', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul, dana] });
  await world.stores.roster.markUnreachable(dana.id);
  const { body } = await ask(own, 'GET', `/v1/volunteers-reach?region=${almaty}`);
  expect(body.volunteers).toEqual([
    { volunteerId: aigul.id, number: 'not-asked', unreached: null, unanswered: 0 },
    { volunteerId: dana.id, number: 'not-asked', unreached: 'bad-number', unanswered: 0 },
  ]);
  const elsewhere = { role: 'manager', groups: [`region:${astana}`] } as const;
  expect((await ask(elsewhere, 'GET', `/v1/volunteers-reach?region=${almaty}`)).body.volunteers).toEqual([]);
});
