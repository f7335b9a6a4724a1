// A hole in the rota, closed by text: whom a manager would write to, who is asked and once, who has it, and who comes too late.
import { expect, test } from 'vitest';
import { createOfficeStores } from '../../shared/adapters/dynamodb/office.ts';
import { workOffAll } from '../../shared/app/jobs.ts';
import { askingForOpenings, takeOne } from '../../shared/app/openings.ts';
import { paced } from '../../shared/app/pace.ts';
import { type OpeningId, parseVolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { sure } from '../support/given.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const rota = plainRota('Asia/Almaty', {});
const [aigul, bota] = [volunteer('aigul', 11, { rota }), volunteer('bota', 12, { rota })];
const kanat = volunteer('kanat', 13, { rota, textBy: 'none' });
const dana = volunteer('dana', 14, { rota, region: astana });
const own = { role: 'manager', groups: [`region:${almaty}`] } as const;
const date = sure(parseLocalDate('2026-11-24'));
const line = { number: 1, weekday: 2, date, from: 18 * 60, until: 22 * 60 } as const;
// It is Monday the 23rd, 10:00. In Almaty somebody should be there for Russian at all hours, and nobody ever is.
const evening = 'from=2026-11-24T18:00:00%2B05:00&until=2026-11-24T22:00:00%2B05:00';
const floor = { region: almaty, skill: null, language: 'ru', atLeast: 1, hours: [] };
const network = {
  ...smallNetwork,
  settings: {
    ...smallNetwork.settings,
    coverage: { ...smallNetwork.settings.coverage, floors: [floor] as never },
  },
};

async function opened() {
  const office = await offices.open({ network, volunteers: [aigul, bota, kanat, dana] });
  const hole = async () => (await office.ask(own, 'GET', `/v1/coverage/holes?${evening}`)).body.holes[0];
  const path = `/v1/coverage/holes/${(await hole()).id}/openings`;
  const states = async () =>
    (await office.ask(own, 'GET', '/v1/openings')).body.openings[0]?.asked.map(
      ({ volunteerId, state }: { volunteerId: string; state: string }) => `${volunteerId} ${state}`,
    );
  return { ...office, hole, path, states };
}

/** The function of every minute. */
async function minute({ world }: Pick<Office, 'world'>, seconds: number): Promise<void> {
  const now = instant(world.clock.now() + seconds * 1000);
  const ports = { ...world.context.ports, clock: { now: () => now } };
  const pace = paced(ports, async () => undefined);
  const all = { ...ports, ...createOfficeStores(world.deps) };
  const works = { 'shift-ask': askingForOpenings(ports, pace) };
  expect((await workOffAll(all, works, addSeconds(now, 40))).failed).toBe(0);
}

test('who is asked reads it once and may take it; the first has it in her rota, the hole is gone, the second reads so', async () => {
  const office = await opened();
  const { ask, world, path, hole, states } = office;
  const phone = (who: typeof aigul) => world.phoneOf(who);
  const volunteers = [aigul.id, bota.id, kanat.id];
  const preview = await ask(own, 'POST', `${path}?dryRun=true`, { body: { volunteers } });
  expect([preview.status, preview.body.reached, preview.body.segments]).toEqual([200, 2, 2]);
  expect(preview.body.recipients[0]).toEqual({
    volunteerId: aigul.id,
    name: aigul.name,
    by: 'sms',
    unreached: null,
    quiet: false,
  });
  expect(preview.body.recipients[2].unreached).toBe('no-way');
  expect(preview.body.words.map(({ language }: { language: string }) => language)).toEqual(['ru']);
  expect(preview.text).not.toContain(aigul.number);
  const foreign = await ask(own, 'POST', path, { body: { volunteers: [aigul.id, dana.id] } });
  expect([foreign.status, foreign.body.errors[0].path]).toEqual([400, 'volunteers[1]']);
  const outside = { volunteers, from: '2026-11-24T17:00:00+05:00' };
  expect((await ask(own, 'POST', path, { body: outside })).body.errors[0].path).toBe('from');
  expect((await ask('viewer', 'POST', path, { body: { volunteers } })).status).toBe(403);
  expect(await states()).toBeUndefined();

  const asked = await ask(own, 'POST', path, { body: { volunteers } });
  expect([asked.status, asked.body.wanted, asked.body.taken]).toEqual([202, 1, false]);
  expect((await ask(own, 'POST', path, { body: { volunteers: [bota.id] } })).status).toBe(202);
  expect(await states()).toEqual(['vol_aigul to-ask', 'vol_bota to-ask', 'vol_kanat to-ask']);
  await minute(office, 60);
  await minute(office, 120);
  for (const who of [aigul, bota]) await phone(who).reads({ text: 'shift', said: 'open', shift: line });
  expect(await states()).toEqual(['vol_aigul asked', 'vol_bota asked', 'vol_kanat not-reached']);

  await phone(aigul).writes(plainLine, '76');
  await phone(aigul).reads({ text: 'shifts', are: 'open', shifts: [line] });
  for (const _ of [1, 2]) {
    await phone(aigul).writes(plainLine, '76 1');
    await phone(aigul).reads({ text: 'shift', said: 'yours', shift: line });
  }
  await phone(bota).writes(plainLine, '76 1');
  await phone(bota).reads({ text: 'not-to-be-had', because: 'gone' });
  await phone(bota).writes(plainLine, '76');
  await phone(bota).reads({ text: 'no-open-shifts' });
  expect(await states()).toEqual(['vol_aigul took', 'vol_bota asked', 'vol_kanat not-reached']);
  expect(await hole()).toBeUndefined();
  const kept = sure(await world.stores.registry.volunteer(aigul.id)).volunteer.rota.dated;
  expect(kept).toMatchObject([{ date, from: line.from, until: line.until, regions: null, skills: null }]);
  const again = await ask(own, 'POST', path, { body: { volunteers: [bota.id] } });
  expect([again.status, again.body.why]).toEqual([409, 'no-hole']);
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const only = { name: 'a plan', role: 'viewer', permissions: ['rota:read'], expiresAt };
  const { body: key } = await ask('admin', 'POST', '/v1/api-keys', { body: only });
  const nameless = await ask({ token: key.secret }, 'GET', '/v1/openings');
  expect(nameless.body.openings[0]?.asked.map(({ name }: { name: string }) => name)).toEqual(['', '', '']);
  const elsewhere = { role: 'manager', groups: [`region:${astana}`] } as const;
  expect((await ask(elsewhere, 'GET', '/v1/openings')).body.openings).toEqual([]);
});

test('ten say yes at once: one has it, and no other rota has changed; who is away then, or was not asked, never has it', async () => {
  const crowd = Array.from({ length: 10 }, (_, place) => volunteer(`p${place}`, 30 + place, { rota }));
  const absences = [{ from: '2026-11-24T17:00', until: '2026-11-24T19:00' }] as never;
  const away = volunteer('away', 50, { rota: plainRota('Asia/Almaty', { absences }) });
  const office = await offices.open({ network, volunteers: [...crowd, away, aigul] });
  const { ask, world } = office;
  const { body } = await ask(own, 'GET', `/v1/coverage/holes?${evening}`);
  const path = `/v1/coverage/holes/${body.holes[0].id}/openings`;
  const volunteers = [...crowd, away].map(({ id }) => id);
  const { body: opening } = await ask(own, 'POST', path, { body: { volunteers } });
  const { ports } = world.context;
  const yes = (id: string) => takeOne(ports, sure(parseVolunteerId(id)), opening.id as OpeningId);
  expect(await yes(aigul.id)).toEqual({ refused: 'gone' });
  expect(await yes(away.id)).toEqual({ refused: 'busy' });
  expect(await yes('vol_nobody')).toEqual({ refused: 'unknown' });
  const outcomes = await Promise.all(crowd.map(({ id }) => yes(id)));
  expect(outcomes.filter(({ refused }) => refused === null)).toHaveLength(1);
  expect(outcomes.filter(({ refused }) => refused === 'gone')).toHaveLength(9);
  const rotas = await Promise.all(crowd.map(({ id }) => world.stores.registry.volunteer(id)));
  expect(rotas.reduce((sum, each) => sum + sure(each).volunteer.rota.dated.length, 0)).toBe(1);
});
