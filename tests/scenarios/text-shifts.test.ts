// Volunteers look after their own shifts by text: what they read, what becomes of the two rotas, and what managers hear.
import { expect, test } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import { instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { dutyAt } from '../../shared/domain/rota.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import type { ShiftLine } from '../../shared/domain/wording.ts';
import { sure } from '../support/given.ts';
import type { Handset } from '../support/handset.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const zone = 'Asia/Almaty';
const on = (day: string, from: number, until: number) => ({
  date: sure(parseLocalDate(`2026-11-${day}`)),
  from: from * 60,
  until: until * 60,
});
// It is Monday the 23rd, 10:00.
const aigul = volunteer('aigul', 11, {
  rota: plainRota(zone, { dated: [on('24', 18, 22), on('26', 9, 13)] }),
});
const dana = volunteer('dana', 12, { rota: plainRota(zone, { dated: [on('25', 9, 13)] }) });
const free = volunteer('bota', 13, { rota: plainRota(zone, {}) });
const kazakh = volunteer('kanat', 14, { languages: [languageId('kk')], rota: plainRota(zone, {}) });

const line = (
  number: number,
  weekday: ShiftLine['weekday'],
  day: string,
  from: number,
  until: number,
): ShiftLine => ({
  number,
  weekday,
  ...on(day, from, until),
});

async function writes(phone: Handset, body: string, read: Parameters<Handset['reads']>[0]): Promise<void> {
  await phone.writes(plainLine, body);
  await phone.reads(read);
}

/** Who is on duty at that hour in Almaty by the rotas as they are stored now, by id. */
async function onDutyAt(world: World, day: string, hour: number): Promise<readonly string[]> {
  const at = instant(Date.parse(`2026-11-${day}T${hour}:00:00+05:00`));
  const there = await world.stores.registry.volunteers(aigul.region);
  return there.filter(({ rota }) => dutyAt(rota, new Set(), at) !== null).map(({ id }) => id);
}

const noFloor = {
  ...smallNetwork,
  settings: { ...smallNetwork.settings, coverage: { ...smallNetwork.settings.coverage, floors: [] } },
};

test('she gives a shift away, somebody else takes it: both rotas change together, and both read so', async () => {
  const world = await worlds.open({ network: noFloor, volunteers: [aigul, dana, free, kazakh] });
  const [hers, other, third] = [
    world.phoneOf(aigul),
    world.phoneOf(free),
    world.phoneOf(kazakh).speaking('kk'),
  ];

  await writes(hers, '74', {
    text: 'shifts',
    are: 'hers',
    shifts: [line(1, 2, '24', 18, 22), line(2, 4, '26', 9, 13)],
  });
  await writes(hers, '75', { text: 'which-shift' });
  await writes(hers, '75 7', { text: 'not-to-be-had', because: 'gone' });
  await writes(hers, 'Не смогу прийти 1', { text: 'shift', said: 'opened', shift: line(1, 2, '24', 18, 22) });
  // Nobody is offered what she may not take, nor what is her own.
  await writes(hers, '76', { text: 'no-open-shifts' });
  await writes(third, '76', { text: 'no-open-shifts' });
  await writes(other, '76', { text: 'shifts', are: 'open', shifts: [line(1, 2, '24', 18, 22)] });
  await writes(other, '76 1', { text: 'shift', said: 'yours', shift: line(1, 2, '24', 18, 22) });
  await hers.reads({ text: 'shift', said: 'handed-over', shift: line(1, 2, '24', 18, 22) });
  await writes(other, '76 1', { text: 'shift', said: 'yours', shift: line(1, 2, '24', 18, 22) });
  await writes(hers, '80 1', { text: 'not-to-be-had', because: 'gone' });

  expect(await onDutyAt(world, '24', 19)).toEqual([free.id]);
  expect(await onDutyAt(world, '26', 10)).toEqual([aigul.id]);
});

test('ill an hour before: she is off at once and managers hear of it; whoever comes after all is on again', async () => {
  const world = await worlds.open({ volunteers: [aigul], at: '2026-11-24T17:00:00+05:00' });
  const hers = world.phoneOf(aigul);
  await hers.writes(plainLine, '74');
  await hers.reads({
    text: 'shifts',
    are: 'hers',
    shifts: [line(1, 2, '24', 18, 22), line(2, 4, '26', 9, 13)],
  });
  await writes(hers, '81 1', { text: 'shift', said: 'away', shift: line(1, 2, '24', 18, 22) });
  const [alert] = await world.published();
  expect(alert).toMatchObject({ reason: 'shift-given-late', severity: 'critical', region: 'KZ-75' });
  world.alerts('shift-given-late');
  expect(await onDutyAt(world, '24', 18)).toEqual([]);
  await writes(hers, '75 1', { text: 'shift', said: 'away', shift: line(1, 2, '24', 18, 22) });
  await writes(hers, '75 2', { text: 'shift', said: 'opened', shift: line(2, 4, '26', 9, 13) });
  await writes(hers, '80 2', { text: 'shift', said: 'kept', shift: line(2, 4, '26', 9, 13) });
  expect(await onDutyAt(world, '26', 10)).toEqual([aigul.id]);
});

test('an exchange: whoever gives it is asked, agrees, and each has the shift of the other', async () => {
  const world = await worlds.open({ network: noFloor, volunteers: [aigul, dana] });
  const [hers, other] = [world.phoneOf(aigul), world.phoneOf(dana)];
  await writes(hers, '74', {
    text: 'shifts',
    are: 'hers',
    shifts: [line(1, 2, '24', 18, 22), line(2, 4, '26', 9, 13)],
  });
  await writes(hers, '75 2', { text: 'shift', said: 'opened', shift: line(2, 4, '26', 9, 13) });
  await writes(other, '74', { text: 'shifts', are: 'hers', shifts: [line(1, 3, '25', 9, 13)] });
  await writes(other, '76', { text: 'shifts', are: 'open', shifts: [line(2, 4, '26', 9, 13)] });
  await writes(other, '77 1 2', { text: 'shift', said: 'waits', shift: line(2, 4, '26', 9, 13) });
  await hers.reads({
    text: 'return-asked',
    hers: line(2, 4, '26', 9, 13),
    inReturn: line(3, 3, '25', 9, 13),
  });
  await writes(hers, '77 3', { text: 'shift', said: 'handed-over', shift: line(2, 4, '26', 9, 13) });
  await other.reads({ text: 'shift', said: 'yours', shift: line(2, 4, '26', 9, 13) });
  expect(await onDutyAt(world, '25', 10)).toEqual([aigul.id]);
  expect(await onDutyAt(world, '26', 10)).toEqual([dana.id]);
});

test('too little rest, and a swap that would leave nobody: the one is refused, the other waits for a manager', async () => {
  const crossing = { ...aigul, languages: [languageId('ru'), languageId('kk')] };
  const tired = { ...free, rota: plainRota(zone, { dated: [on('24', 6, 17)] }) };
  const world = await worlds.open({ volunteers: [crossing, tired, dana] });
  const [hers, weary, other] = [world.phoneOf(crossing), world.phoneOf(tired), world.phoneOf(dana)];
  const first = line(1, 2, '24', 18, 22);
  await writes(hers, '74', { text: 'shifts', are: 'hers', shifts: [first, line(2, 4, '26', 9, 13)] });
  await writes(hers, '75 1', { text: 'shift', said: 'opened', shift: first });
  await writes(weary, '76', { text: 'no-open-shifts' });
  await writes(other, '76', { text: 'shifts', are: 'open', shifts: [first] });
  await writes(other, '76 1', { text: 'shift', said: 'waits', shift: first });
  world.alerts('swap-to-approve');
  expect(await onDutyAt(world, '24', 19)).toEqual([crossing.id]);
});
