// A creation whose first attempt died between the act and its answer, asked again under the same Idempotency-Key: what was
// made is met and not made again, and nobody is written to twice.
import { expect, test, vi } from 'vitest';
import { createOfficeStores } from '../../shared/adapters/dynamodb/office.ts';
import { broadcasting } from '../../shared/app/broadcasting.ts';
import { workOffAll } from '../../shared/app/jobs.ts';
import { paced } from '../../shared/app/pace.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Answered, type Office, useOffices } from '../support/office.ts';
import { almaty, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001, { rota: plainRota('Asia/Almaty', {}) });
const at = `/v1/volunteers/${aigul.id}`;
const headers = { 'idempotency-key': 'a-key-of-the-client' };
/** Longer than whoever began may live. */
const DEAD_SECONDS = 61;

/** As if the function had died before it could keep the answer. */
async function dying({ world }: Office, act: () => Promise<Answered>): Promise<Answered> {
  const { client } = world.deps;
  const send = client.send.bind(client);
  const failing = vi.spyOn(client, 'send').mockImplementation((command: unknown) => {
    const { Item = {} } = (command as { input: { Item?: object } }).input;
    if ('answer' in Item) throw new Error('the function has died');
    return send(command as never);
  });
  const answer = await act();
  failing.mockRestore();
  return answer;
}

async function twice(office: Office, path: string, body: object): Promise<readonly Answered[]> {
  const ask = (key: string) =>
    office.ask('admin', 'POST', path, { body, headers: { 'idempotency-key': `${key}-${path}` } });
  const first = await dying(office, () => ask('one-key'));
  expect(first.status, first.text).toBeLessThan(300);
  await office.world.pass(DEAD_SECONDS);
  const second = await ask('one-key');
  expect([first.status, second.status], second.text).toEqual([first.status, first.status]);
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  const other = await ask('another-key');
  return [first, second, other];
}

/** The function of every minute, as far as broadcasts go. */
async function minute({ world }: Office): Promise<void> {
  const now = addSeconds(instant(world.clock.now()), 60);
  const ports = { ...world.context.ports, clock: { now: () => now } };
  const work = broadcasting(
    ports,
    paced(ports, async () => undefined),
  );
  const all = { ...ports, ...createOfficeStores(world.deps) };
  expect((await workOffAll(all, { broadcast: work }, addSeconds(now, 40))).failed).toBe(0);
}

const shift = { kind: 'dated', date: '2026-12-01', from: '09:00', until: '17:00' };
const absence = { from: '2026-12-24T00:00', until: '2026-12-27T00:00' };

test('a volunteer, a shift, an absence, a feed, a key and a job are made once, and again under another key', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  const person = {
    name: 'Bota',
    languages: ['ru'],
    skills: [],
    region: almaty,
    number: '+77010000042',
    zone: 'Asia/Almaty',
  };
  const [made, again, other] = await twice(office, '/v1/volunteers', person);
  expect(again?.body).toEqual(made?.body);
  expect(other?.body.errors[0].path).toBe('number');
  const [one, same, another] = await twice(office, `${at}/absences`, absence);
  expect(same?.body.shift.id).toBe(one?.body.shift.id);
  expect(another?.body.shift.id).not.toBe(one?.body.shift.id);
  const shifts = await twice(office, `${at}/shifts`, shift);
  expect(shifts[1]?.body.shift.id).toBe(shifts[0]?.body.shift.id);
  const rota = (await ask('admin', 'GET', `${at}/rota`)).body;
  expect(rota.absences).toHaveLength(2);
  expect(rota.dated.length).toBeLessThanOrEqual(2);

  const feeds = await twice(office, `${at}/feeds`, {});
  expect(feeds.map(each => each.body.id)).toEqual([feeds[0]?.body.id, feeds[0]?.body.id, feeds[2]?.body.id]);
  expect((await ask('admin', 'GET', `${at}/feeds`)).body.feeds).toHaveLength(2);
  // The address that nobody has heard opens nothing; the one that was told does.
  expect((await fetch(`${office.url}${feeds[0]?.body.path}`)).status).toBe(404);
  expect((await fetch(`${office.url}${feeds[1]?.body.path}`)).status).toBe(200);

  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const keys = await twice(office, '/v1/api-keys', { name: 'x', role: 'viewer', expiresAt });
  expect((await ask('admin', 'GET', '/v1/api-keys')).body.keys).toHaveLength(2);
  const status = async (key: Answered | undefined) =>
    (await ask({ token: key?.body.secret }, 'GET', '/v1/skills')).status;
  expect([await status(keys[0]), await status(keys[1])]).toEqual([401, 200]);

  const copy = { from: '2026-11-30', into: '2026-12-07', volunteers: [aigul.id] };
  const jobs = await twice(office, '/v1/week-copies', copy);
  expect(jobs[0]?.body.job.id).toMatch(/^job_/);
  expect(jobs[1]?.body).toEqual(jobs[0]?.body);
});

test('a broadcast that is asked for again is the same one, and each volunteer reads it once', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  const body = { words: 'Спасибо вам', regions: [almaty] };
  const start = () => ask('admin', 'POST', '/v1/broadcasts', { body, headers });
  const first = await dying(office, start);
  await minute(office);
  await world.pass(DEAD_SECONDS);
  const second = await start();
  expect([first.status, second.status, second.body.id]).toEqual([202, 202, first.body.id]);
  await minute(office);
  await world.pass(DEAD_SECONDS);
  await world.phoneOf(aigul).reads(body.words);
});
