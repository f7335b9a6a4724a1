// A volunteer's own page over HTTP: what she sees and does on an old phone, and that the address alone opens it.
import { expect, test } from 'vitest';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { sure } from '../support/given.ts';
import { type Office, useOffices } from '../support/office.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const zone = 'Asia/Almaty';
const on = (day: string, from: number, until: number) => ({
  date: sure(parseLocalDate(`2026-11-${day}`)),
  from: from * 60,
  until: until * 60,
});
const rota = plainRota(zone, { dated: [on('26', 18, 22)] });
const [aigul, dana] = [
  volunteer('aigul', 11, { rota }),
  volunteer('dana', 12, { rota: plainRota(zone, { dated: [on('27', 9, 13)] }) }),
];
const hers = { shift: `${sure(rota.dated[0]).id} 2026-11-26` };
const network = {
  ...smallNetwork,
  settings: { ...smallNetwork.settings, coverage: { ...smallNetwork.settings.coverage, floors: [] } },
};

type Seen = { readonly status: number; readonly text: string; readonly headers: Headers };

const addressOf = async ({ world }: Office, { id }: typeof aigul) =>
  `/me/${await world.stores.shifts.openPage(id, addSeconds(instant(world.clock.now()), 3600))}`;

async function see({ url }: Office, path: string): Promise<Seen> {
  const answer = await fetch(`${url}${path}`, { redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** As a browser without script sends it; then what it is led to. */
async function press(
  office: Office,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const sent = await fetch(`${office.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers,
  });
  const next = sent.headers.get('location');
  if (sent.status !== 303 || next === null)
    return { status: sent.status, text: await sent.text(), headers: sent.headers };
  return see(office, next);
}

test('by code 79 she is sent an address; it shows her shifts and no number, and nothing of it may be kept or sent on', async () => {
  const office = await offices.open({ network, volunteers: [aigul, dana] });
  const phone = office.world.phoneOf(aigul);
  await phone.writes(plainLine, '79');
  await office.world.pass(3);
  const url = /https:\S+/.exec(phone.phone.texts[0]?.body ?? '')?.[0] ?? '';
  await phone.reads({ text: 'own-page', url });
  const page = await see(office, new URL(url).pathname);
  expect(page.status).toBe(200);
  expect(page.text).toContain('чт 26.11 18:00–22:00');
  expect(page.text).not.toContain('27.11');
  expect(page.text).not.toMatch(/<script|https?:|\+7|Имя-/);
  expect(page.text).toContain('noindex');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(office.world.logged.join('\n')).not.toContain(new URL(url).pathname.slice(4));
});

test('on the page: given away, offered one in return, agreed; off and on; closed for good', async () => {
  const office = await offices.open({ network, volunteers: [aigul, dana] });
  const [mine, other] = [await addressOf(office, aigul), await addressOf(office, dana)];
  const given = await press(office, mine, { act: 'give', ...hers });
  expect(given.text).toContain('Ищем замену. Пока никто не взял, смена ваша.');
  const swap = /name="swap" value="(swp_[0-9a-f]{16})"/.exec(given.text)?.[1] ?? '';
  const open = await see(office, other);
  expect(open.text).toContain(`value="${swap}"`);
  const inReturn = /<option value="(sft_[^"]+)"/.exec(open.text)?.[1] ?? '';
  expect((await press(office, other, { act: 'take', swap, return: inReturn })).text).toContain('Готово.');
  const asked = await see(office, mine);
  expect(asked.text).toContain('Предлагают взамен: пт 27.11 09:00–13:00');
  await press(office, mine, { act: 'agree', swap });
  expect((await see(office, mine)).text).toContain('пт 27.11 09:00–13:00');
  expect((await see(office, other)).text).toContain('чт 26.11 18:00–22:00');
  expect((await press(office, mine, { act: 'on' })).text).toContain('Вы на смене.');
  expect((await press(office, mine, { act: 'break' })).text).toContain('У вас перерыв.');
  expect((await press(office, mine, { act: 'close' })).status).toBe(404);
  expect((await see(office, mine)).status).toBe(404);
  const [thursday, friday] = [
    { number: 2, weekday: 4, ...on('26', 18, 22) },
    { number: 1, weekday: 5, ...on('27', 9, 13) },
  ] as const;
  await office.world.phoneOf(aigul).reads({ text: 'return-asked', hers: thursday, inReturn: friday });
  await office.world.phoneOf(dana).reads({ text: 'shift', said: 'yours', shift: { ...thursday, number: 1 } });
});

test('what she does on her page and by text is on record as hers; a manager shuts her page', async () => {
  const office = await offices.open({ network, volunteers: [aigul, dana] });
  const { ask, world } = office;
  const mine = await addressOf(office, aigul);
  await press(office, mine, { act: 'off' });
  await press(office, mine, { act: 'give', ...hers });
  await press(office, mine, { act: 'give', shift: 'sft_1 2026-11-26' });
  const phone = world.phoneOf(aigul);
  await phone.writes(plainLine, 'На смене');
  await phone.reads({ text: 'on-duty' });
  expect((await ask('viewer', 'DELETE', `/v1/volunteers/${aigul.id}/page`)).status).toBe(403);
  expect((await ask('manager', 'DELETE', `/v1/volunteers/${aigul.id}/page`)).status).toBe(204);
  expect((await see(office, mine)).status).toBe(404);
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const { body, text } = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  const own = { is: 'done', actor: aigul.id, role: 'volunteer', target: aigul.id, status: 200 };
  expect(body.entries.toReversed()).toMatchObject([
    { ...own, action: 'off-duty', from: 'own-page' },
    { ...own, action: 'give', from: 'own-page' },
    { ...own, action: 'on-duty', from: 'text' },
    { is: 'refused', action: 'revokeOwnPage', actor: 'local-viewer' },
    { is: 'begun', action: 'revokeOwnPage', actor: 'local-manager' },
    { is: 'ended', action: 'revokeOwnPage', status: 204 },
  ]);
  expect(text).not.toContain(mine.slice(4));
});

test('a volunteer who goes on duty is on duty also when it can not be put on record', async () => {
  const office = await offices.open({ network, volunteers: [dana] });
  const { world } = office;
  office.world.replacePorts(({ shifts }) => ({
    shifts: { ...shifts, putOnRecord: () => Promise.reject(new Error('the trail is full')) },
  }));
  const phone = world.phoneOf(dana);
  await phone.writes(plainLine, 'На смене');
  await phone.reads({ text: 'on-duty' });
  const { registry } = world.stores;
  expect((await registry.volunteer(dana.id))?.volunteer.rota.dated).toHaveLength(2);
  expect(world.logged.filter(line => /own-act-not-on-record/.test(line))).toHaveLength(1);
});

test('what is forged, foreign, of another site or over changes nothing and tells nothing', async () => {
  const office = await offices.open({ network, volunteers: [aigul, dana] });
  const [mine, other] = [await addressOf(office, aigul), await addressOf(office, dana)];
  for (const path of ['/me/', '/me/x', `${mine}x`, `/me/${'A'.repeat(22)}`]) {
    const shut = await see(office, path);
    expect([path, shut.status]).toEqual([path, 404]);
    expect(shut.text).not.toContain(aigul.id);
  }
  for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }])
    expect((await press(office, mine, { act: 'give', ...hers }, headers)).status).toBe(403);
  // Her shift named by somebody else, a swap that is not hers to answer, and nonsense.
  await press(office, other, { act: 'ill', ...hers });
  const given = await press(office, mine, { act: 'give', ...hers });
  const swap = /value="(swp_[0-9a-f]{16})"/.exec(given.text)?.[1] ?? '';
  for (const fields of [
    { act: 'keep', swap },
    { act: 'agree', swap },
    { act: '__proto__' },
    { act: 'give', shift: '<script>' },
    { act: 'take', swap: '../x' },
    { act: 'code', code: '111111' },
  ] as Record<string, string>[]) {
    const answer = await press(office, other, fields);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('<script>');
  }
  expect((await see(office, `${mine}?said=<b>x</b>`)).text).not.toContain('<b>x');
  const { state } = sure(await office.world.stores.shifts.swap(swap as never));
  expect(state.kind).toBe('open');
  const { volunteer: still } = sure(await office.world.stores.registry.volunteer(aigul.id));
  expect(still.rota.absences).toEqual([]);
  const large = await press(office, mine, { act: 'give', shift: 'x'.repeat(10_000) });
  expect(large.status).toBe(413);
});
