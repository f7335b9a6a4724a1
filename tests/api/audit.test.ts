// The trail of acts through the API: who, what, from where, as it stood and as it stands; what is refused; and whether the
// trail is whole.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import { toItem } from '../../shared/adapters/dynamodb/attributes.ts';
import { auditKey } from '../../shared/adapters/dynamodb/keys.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Answered, type Office, useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001, { rota: plainRota('Asia/Almaty', {}) });
const dana = volunteer('dana', 3002, { region: astana, rota: plainRota('Asia/Almaty', {}) });
const bota = volunteer('bota', 3003);
const NOTE = 'her sister has a key';
const HERS = '+77995550001';
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const at = `/v1/volunteers/${aigul.id}`;
const any = { 'if-match': '*' };
const shift = { kind: 'dated', date: '2026-12-01', from: '09:00', until: '17:00', note: 'with a cane' };

const dayOf = ({ world }: Office) => new Date(world.clock.now()).toISOString().slice(0, 10);
type Entry = {
  id: string;
  is: string;
  actor: string;
  action: string;
  status: number;
  values: string | null;
  from: string;
};
const entriesOf = async (office: Office): Promise<readonly Entry[]> =>
  (await office.ask('auditor', 'GET', `/v1/audit?day=${dayOf(office)}&limit=200`)).body.entries.toReversed();
const verify = (office: Office) =>
  office.ask('auditor', 'GET', `/v1/audit/verify?from=${dayOf(office)}&until=${dayOf(office)}`);
/** Ends of acts alone. */
const ended = async (office: Office, action: string) =>
  (await entriesOf(office)).filter(each => each.action === action && each.is === 'ended');

test('an edit stands there before it is done and after it, from where, and with what it changed for those who may see it', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  const made = await ask(ofAlmaty, 'POST', `${at}/shifts`, { body: shift });
  await ask(ofAlmaty, 'PATCH', at, { body: { number: '+77017770001', name: 'Aigul K.' }, headers: any });
  const entries = await entriesOf(office);
  const act = { actor: 'local-manager', role: 'manager', target: aigul.id, from: '127.0.0.1' };
  expect(entries).toMatchObject([
    { ...act, id: 'aud_1', is: 'begun', action: 'createShift', begun: null, status: null, created: [] },
    { ...act, id: 'aud_2', is: 'ended', begun: 'aud_1', status: 201, created: [made.body.shift.id] },
    { ...act, is: 'begun', action: 'patchVolunteer', fields: ['number', 'name'] },
    { ...act, is: 'ended', action: 'patchVolunteer', status: 200 },
  ]);
  const text = JSON.stringify(entries);
  for (const value of ['cane', '7017770001', 'Aigul K.']) expect(text).not.toContain(value);
  const values = (who: 'admin' | 'auditor', id: string) => ask(who, 'GET', `/v1/audit/${id}/values`);
  const rota = await values('admin', 'aud_2');
  expect(rota.body).toMatchObject({
    before: { dated: [] },
    after: { dated: [{ date: '2026-12-01', note: 'with a cane' }] },
    digest: entries[1]?.values,
  });
  expect((await values('auditor', 'aud_2')).body.after.dated[0].note).toBeNull();
  const person = { name: aigul.name, number: aigul.number };
  expect((await values('admin', 'aud_4')).body).toMatchObject({
    before: person,
    after: { name: 'Aigul K.', number: '+77017770001' },
  });
  expect((await values('auditor', 'aud_4')).body).toMatchObject({
    before: { ...person, number: '…' },
    after: { number: '…' },
  });
  const nothing = await values('auditor', 'aud_1');
  expect([nothing.status, (await ask('manager', 'GET', '/v1/audit/aud_2/values')).status]).toEqual([
    404, 403,
  ]);
  // Each look, also one in vain or refused, is on record itself.
  expect((await entriesOf(office)).slice(4).map(({ is, status }) => [is, status])).toEqual([
    ...Array.from({ length: 4 }, () => [
      ['begun', null],
      ['ended', 200],
    ]).flat(),
    ['begun', null],
    ['ended', 404],
    ['refused', 403],
  ]);
  expect((await verify(office)).body).toMatchObject({ isWhole: true, checked: 15, next: null });
});

test('what is refused by role, by region or by version is on record; who is not signed in, who only looks and who only tries is not', async () => {
  const office = await offices.open({ volunteers: [aigul, dana] });
  const { ask } = office;
  await ask('nobody', 'DELETE', at, { headers: any });
  await ask('viewer', 'DELETE', at, { headers: any });
  await ask(ofAlmaty, 'DELETE', `/v1/volunteers/${dana.id}`, { headers: any });
  await ask(ofAlmaty, 'GET', `/v1/volunteers/${dana.id}`);
  await ask(ofAlmaty, 'PATCH', at, { body: { name: 'x' }, headers: { 'if-match': '"v99"' } });
  await ask(ofAlmaty, 'PATCH', `${at}?dryRun=true`, { body: { name: 'x' }, headers: any });
  expect(await entriesOf(office)).toMatchObject([
    { is: 'refused', actor: 'local-viewer', action: 'deleteVolunteer', target: aigul.id, status: 403 },
    { is: 'refused', action: 'deleteVolunteer', target: dana.id, status: 404 },
    { is: 'begun', action: 'patchVolunteer', status: null },
    { is: 'ended', action: 'patchVolunteer', status: 412, values: null },
  ]);
});

test('who asks again and again for what is not hers is on record twenty times a minute, and crowds out nobody', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  const tries = async (who: 'viewer' | 'auditor', times: number) => {
    for (let time = 0; time < times; time += 1) await ask(who, 'DELETE', at, { headers: any });
  };
  const kept = async () => (await entriesOf(office)).map(({ actor }) => actor);
  await tries('viewer', 25);
  await tries('auditor', 1);
  expect(await kept()).toEqual([...Array.from({ length: 20 }, () => 'local-viewer'), 'local-auditor']);
  await world.pass(61);
  await tries('viewer', 1);
  expect((await kept()).slice(21)).toEqual(['local-viewer']);
});

/** A call that is over as soon as it is known. */
async function callOf({ world, ask }: Office): Promise<string> {
  const caller = world.phone(HERS);
  await caller.dials(plainLine);
  await world.phoneOf(bota).rings();
  const { id } = (await ask('admin', 'GET', '/v1/requests')).body.requests[0];
  await caller.hangsUp();
  await world.phoneOf(bota).stopsRinging();
  return id;
}

test('what is sealed of a survivor is shown to nobody whose look can not be put on record', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const { ask, world } = office;
  const id = await callOf(office);
  const look = () =>
    ask('manager', 'POST', `/v1/requests/${id}/reveal`, { body: { reason: 'an ambulance asks' } });
  const { client } = world.deps;
  const send = client.send.bind(client);
  const failing = vi.spyOn(client, 'send').mockImplementation((command: unknown) => {
    if (JSON.stringify((command as { input: object }).input).includes('AUDIT-HEAD'))
      throw new Error('the table does not answer');
    return send(command as never);
  });
  const unseen = await look();
  failing.mockRestore();
  expect(unseen.status).toBe(500);
  expect(unseen.text).not.toContain(HERS.slice(2));
  expect((await look()).body.address).toBe(HERS);
  expect(await ended(office, 'revealRequest')).toMatchObject([{ status: 200, target: id, values: null }]);
});

test('an act on a request is kept as managers saw it, without a word or number of hers, and not when she was erased', async () => {
  const office = await offices.open({ volunteers: [bota] });
  const { ask } = office;
  const id = await callOf(office);
  await ask('manager', 'POST', `/v1/requests/${id}/note`, { body: { text: NOTE } });
  const [act] = await ended(office, 'noteOnRequest');
  const values = () => ask('admin', 'GET', `/v1/audit/${act?.id}/values`);
  const kept = await values();
  expect(kept.body).toMatchObject({ before: { id, phase: 'closed' }, after: { id, phase: 'closed' } });
  expect(kept.text).not.toContain(NOTE);
  expect(kept.text).not.toContain(HERS.slice(2));
  await ask('admin', 'POST', '/v1/erasure', { body: { number: HERS, reason: 'she asked' } });
  expect((await values()).status).toBe(404);
  expect((await verify(office)).body.isWhole).toBe(true);
});

test('the network’s parts, settings and keys are kept as they stood; a removed volunteer takes what was kept of her along', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  const skill = await ask('admin', 'GET', '/v1/skills');
  const first = skill.body.skills[0];
  await ask('admin', 'PUT', `/v1/skills/${first.id}`, { body: first, headers: any });
  await ask('admin', 'PATCH', '/v1/settings', { body: { graceSeconds: 601 }, headers: any });
  const expiresAt = new Date(office.world.clock.now() + 60_000).toISOString();
  const key = await ask('admin', 'POST', '/v1/api-keys', { body: { name: 'x', role: 'viewer', expiresAt } });
  await ask('admin', 'PATCH', at, { body: { name: 'Aigul K.' }, headers: any });
  expect((await ask('admin', 'DELETE', at, { headers: any })).status).toBe(204);
  const all = (await entriesOf(office)).filter(({ is }) => is === 'ended');
  const values = (index: number): Promise<Answered> =>
    ask('admin', 'GET', `/v1/audit/${all[index]?.id}/values`);
  expect((await values(0)).body).toMatchObject({ before: { id: first.id }, after: { id: first.id } });
  expect((await values(1)).body).toMatchObject({ after: { graceSeconds: 601 } });
  expect(all[2]).toMatchObject({ created: [key.body.id] });
  expect((await values(2)).text).not.toContain(key.body.secret);
  expect((await values(3)).status).toBe(404);
});

test('an entry that was altered in the table is found, and its number told', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  for (const date of ['2026-12-01', '2026-12-02'])
    await ask('manager', 'POST', `${at}/shifts`, { body: { ...shift, date } });
  const { client, table } = world.deps;
  const Key = toItem(auditKey(dayOf(office), 3));
  const set = { UpdateExpression: 'SET #hash = :hash', ExpressionAttributeNames: { '#hash': 'hash' } };
  const values = { ExpressionAttributeValues: { ':hash': { S: 'another' } } };
  expect((await verify(office)).body).toMatchObject({ isWhole: true, checked: 4, broken: null });
  await client.send(new UpdateItemCommand({ TableName: table, Key, ...set, ...values }));
  expect((await verify(office)).body).toMatchObject({
    isWhole: false,
    checked: 2,
    broken: { number: 3, why: 'altered' },
  });
  const wrong = await ask('auditor', 'GET', '/v1/audit/verify?from=2026-12-02&until=2026-12-01');
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'until']);
  expect((await ask('manager', 'GET', '/v1/audit/verify?from=2026-12-01&until=2026-12-01')).status).toBe(403);
});

test('twenty acts in the same moment stand one after the other', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const many = await Promise.all(
    Array.from({ length: 20 }, () => office.ask('manager', 'POST', '/v1/match', { body: {} })),
  );
  expect(many.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 400));
  expect((await verify(office)).body).toMatchObject({ isWhole: true, checked: 40 });
});
