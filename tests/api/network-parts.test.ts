// Regions, skills, lines, ladders, contacts and settings through the API: nothing that could strand somebody is stored,
// two managers do not overwrite each other, and numbers are shown to those alone who may see them.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { almaty, fullLine, manager, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const [contact] = smallNetwork.contacts;
const [line] = smallNetwork.lines;
const [region] = smallNetwork.regions;
if (!contact || !line || !region) throw new Error('the small network has become empty');

test('every part is shown as it is, with a tag; numbers only to those who may see them', async () => {
  const { ask } = await offices.open();
  for (const kind of ['regions', 'skills', 'lines', 'ladders', 'contacts'] as const) {
    const { status, body } = await ask('viewer', 'GET', `/v1/${kind}`);
    expect([kind, status, body[kind].map(({ id }: { id: string }) => id)]).toEqual([
      kind,
      200,
      smallNetwork[kind].map(({ id }) => id),
    ]);
  }
  const forManager = await ask('manager', 'GET', `/v1/contacts/${contact.id}`);
  expect(forManager.body.callNumber).toBe(contact.callNumber);
  expect(forManager.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  const forViewer = await ask('viewer', 'GET', `/v1/contacts/${contact.id}`);
  expect(forViewer.body.takesCalls).toBe(contact.callNumber !== null);
  expect(forViewer.text).not.toContain(contact.callNumber);
  expect((await ask('viewer', 'GET', '/v1/contacts/con_nobody')).status).toBe(404);
});

test('a line is changed by who read it last; who comes second is told how it stands', async () => {
  const { ask } = await offices.open();
  const path = `/v1/lines/${line.id}`;
  const { body, headers } = await ask('admin', 'GET', path);
  const etag = headers.get('etag') ?? '';
  const changed = { ...body, emergencyNumbers: ['102', '112', '150'] };
  expect((await ask('admin', 'PUT', path, { body: changed })).status).toBe(428);
  expect((await ask('manager', 'PUT', path, { body: changed })).status).toBe(403);
  const dry = await ask('admin', 'PUT', `${path}?dryRun=true`, {
    body: changed,
    headers: { 'if-match': etag },
  });
  expect([dry.status, dry.body.emergencyNumbers]).toEqual([200, changed.emergencyNumbers]);
  const done = await ask('admin', 'PUT', path, { body: changed, headers: { 'if-match': etag } });
  expect([done.status, done.body]).toEqual([200, changed]);
  const late = await ask('admin', 'PUT', path, { body, headers: { 'if-match': etag } });
  expect([late.status, late.body.type, late.body.current.emergencyNumbers]).toEqual([
    412,
    'urn:pana:problem:changed-meanwhile',
    changed.emergencyNumbers,
  ]);
  expect(late.headers.get('etag')).toBe(done.headers.get('etag'));
});

test('two parts that are changed in the same moment are both changed', async () => {
  const { ask } = await offices.open();
  const change = async (path: string, more: object) => {
    const { body, headers } = await ask('admin', 'GET', path);
    const asking = { body: { ...body, ...more }, headers: { 'if-match': headers.get('etag') ?? '' } };
    return ask('admin', 'PUT', path, asking);
  };
  const outcomes = await Promise.all([
    change(`/v1/lines/${line.id}`, { emergencyNumbers: ['103'] }),
    change(`/v1/regions/${region.id}`, { landlinePrefixes: ['+7727'] }),
    change(`/v1/contacts/${contact.id}`, { name: 'Another desk' }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await ask('admin', 'GET', `/v1/lines/${line.id}`)).body.emergencyNumbers).toEqual(['103']);
  expect((await ask('admin', 'GET', `/v1/contacts/${contact.id}`)).body.name).toBe('Another desk');
});

test('what could strand somebody is refused with its path within the part, and nothing is changed', async () => {
  const { ask } = await offices.open();
  const path = `/v1/lines/${line.id}`;
  const { body, headers } = await ask('admin', 'GET', path);
  const tag = { 'if-match': headers.get('etag') ?? '' };
  const tries = [
    [{ ...body, languages: [] }, 'languages'],
    [{ ...body, ladder: 'lad_nowhere' }, 'ladder'],
    [{ ...body, fallbackNumber: '102' }, 'fallbackNumber'],
    [{ ...body, surprise: 1 }, 'surprise'],
    [{ ...body, number: 7 }, 'number'],
    [{ ...body, id: 'line_other' }, 'id'],
  ] as const;
  for (const [wrong, at] of tries) {
    const refused = await ask('admin', 'PUT', path, { body: wrong, headers: tag });
    expect([at, refused.status]).toEqual([at, 400]);
    expect(refused.body.errors.map((each: { path: string }) => each.path)).toContain(at);
    expect(refused.text).not.toContain(String(wrong.fallbackNumber));
  }
  expect((await ask('admin', 'GET', path)).headers.get('etag')).toBe(headers.get('etag'));
  const gone = await ask('admin', 'DELETE', `/v1/ladders/${body.ladder}`, {
    headers: {
      'if-match': (await ask('admin', 'GET', `/v1/ladders/${body.ladder}`)).headers.get('etag') ?? '',
    },
  });
  expect([gone.status, gone.body.errors[0].path]).toEqual([400, 'lines[0].ladder']);
});

test('a new part is made once, and taken out again; a word that nobody has recorded is missed', async () => {
  const { ask } = await offices.open();
  const names = { ru: 'Жильё', kk: 'Тұрғын үй', en: 'Housing' };
  const unspoken = { body: { id: 'housing', names }, headers: { 'if-none-match': '*' } };
  const refused = await ask('admin', 'PUT', '/v1/skills/housing', unspoken);
  expect([refused.status, refused.body.errors[0].problem]).toEqual([
    400,
    '1 clips are missing in kk: need-housing',
  ]);
  const { body } = await ask('admin', 'GET', `/v1/contacts/${contact.id}`);
  const makes = { body: { ...body, id: 'con_new' }, headers: { 'if-none-match': '*' } };
  const made = await ask('admin', 'PUT', '/v1/contacts/con_new', makes);
  expect([made.status, made.body]).toEqual([201, makes.body]);
  expect((await ask('admin', 'PUT', '/v1/contacts/con_new', makes)).status).toBe(412);
  const headers = { 'if-match': made.headers.get('etag') ?? '' };
  expect((await ask('admin', 'DELETE', '/v1/contacts/con_new', { headers })).status).toBe(204);
  expect((await ask('admin', 'GET', '/v1/contacts/con_new')).status).toBe(404);
});

test('hours of a contact are clock times; other times are refused', async () => {
  const { ask } = await offices.open();
  const path = `/v1/contacts/${contact.id}`;
  const { body, headers } = await ask('admin', 'GET', path);
  const tag = { 'if-match': headers.get('etag') ?? '' };
  const hours = [{ weekdays: [1, 2], from: '22:00', until: '06:30' }];
  const wrong = await ask('admin', 'PUT', path, {
    body: { ...body, hours: [{ ...hours[0], from: '24:00' }] },
    headers: tag,
  });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'hours[0].from']);
  const partner = smallNetwork.contacts.find(({ kind }) => kind === 'legal') ?? contact;
  const at = `/v1/contacts/${partner.id}`;
  const read = await ask('admin', 'GET', at);
  const set = await ask('admin', 'PUT', at, {
    body: { ...read.body, hours },
    headers: { 'if-match': read.headers.get('etag') ?? '' },
  });
  expect([set.status, set.body.hours]).toEqual([200, hours]);
});

test('settings are patched: what is left out stays, what is out of range is refused', async () => {
  const { ask } = await offices.open();
  const { body, headers } = await ask('manager', 'GET', '/v1/settings');
  const tag = { 'if-match': headers.get('etag') ?? '' };
  const refused = await ask('admin', 'PATCH', '/v1/settings', {
    body: { limits: { ringsADay: 1 } },
    headers: tag,
  });
  expect([refused.status, refused.body.errors[0].path]).toEqual([400, 'limits.ringsADay']);
  const patched = await ask('admin', 'PATCH', '/v1/settings', {
    body: { limits: { ringsADay: 500 } },
    headers: tag,
  });
  expect([patched.status, patched.body]).toEqual([
    200,
    { ...body, limits: { ...body.limits, ringsADay: 500 } },
  ]);
});

test('limits are shown with what is spent of those of the day, which tells nobody of a call', async () => {
  const aigul = volunteer('aigul', 3001);
  const { ask, world } = await offices.open({ volunteers: [aigul] });
  const before = await ask('auditor', 'GET', '/v1/limits');
  const day = { since: '2026-11-23T00:00:00.000Z', until: '2026-11-24T00:00:00.000Z' };
  expect([before.status, before.body]).toEqual([
    200,
    { limits: smallNetwork.settings.limits, spent: { ringsPercent: 0, textsPercent: 0, ...day } },
  ]);
  const caller = world.phone('+77995550001').mayHearAnything();
  await caller.dials(plainLine);
  await world.phoneOf(aigul).takes();
  await caller.talksWith(world.phoneOf(aigul));
  await caller.saysGoodbyeTo(world.phoneOf(aigul));
  expect((await ask('viewer', 'GET', '/v1/limits')).body).toEqual(before.body);
});

test('what a request that goes on needs, or where somebody is at home, is not taken out: she still reaches a person', async () => {
  const aigul = volunteer('aigul', 3001);
  const { ask, world } = await offices.open({ volunteers: [aigul] });
  const remove = async (path: string) => {
    const { headers } = await ask('admin', 'GET', path);
    return ask('admin', 'DELETE', path, { headers: { 'if-match': headers.get('etag') ?? '' } });
  };
  const caller = world.phone('+77995550001');
  await caller.dials(plainLine);
  const open = await remove(`/v1/lines/${plainLine.id}`);
  expect([open.status, open.body.detail]).toEqual([
    409,
    'A request that goes on needs it. Nothing was changed: try again when it is over.',
  ]);
  for (const [path, why] of [
    [`/v1/regions/${almaty}`, 'Volunteers who are at home there or have shifts for it: 1.'],
    ['/v1/skills/crisis', 'Volunteers who have it: 1.'],
  ] as const) {
    const held = await remove(path);
    expect([path, held.status, held.body.detail]).toEqual([path, 409, expect.stringContaining(why)]);
  }
  await world.phoneOf(aigul).takes();
  await caller.hears('connecting');
  await caller.talksWith(world.phoneOf(aigul));
  await caller.saysGoodbyeTo(world.phoneOf(aigul));
  const inUse = await remove(`/v1/lines/${plainLine.id}`);
  expect([inUse.status, inUse.body.detail]).toEqual([
    409,
    expect.stringContaining('Somebody has just called or written there'),
  ]);
  await world.pass(720);
  expect((await remove(`/v1/lines/${plainLine.id}`)).status).toBe(204);
});

test('a language that no line offers any more stays with whoever speaks it', async () => {
  const languages = ['kk', 'en'] as never;
  const { ask } = await offices.open({ volunteers: [volunteer('bota', 3002, { languages })] });
  const path = `/v1/lines/${fullLine.id}`;
  const { body } = await ask('admin', 'GET', path);
  const headers = { 'if-match': '*' };
  const changed = await ask('admin', 'PUT', path, { body: { ...body, languages: ['ru'] }, headers });
  expect(changed.status, changed.text).toBe(200);
  const renamed = await ask('manager', 'PATCH', '/v1/volunteers/vol_bota', {
    body: { name: 'Bota' },
    headers,
  });
  expect([renamed.status, renamed.body.languages]).toEqual([200, languages]);
});

test('a contact who talks with her is not taken out', async () => {
  const { ask, world } = await offices.open({ volunteers: [] });
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(manager)];
  await caller.dials(plainLine);
  await desk.takes(4, { to: 'contact', region: almaty });
  await caller.hears('connecting');
  await caller.talksWith(desk);
  for (const alert of ['nobody-answers', 'consent-missing', 'contact-confirmed'] as const)
    world.alerts(alert);
  const path = `/v1/contacts/${manager.id}`;
  expect((await ask('admin', 'DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(409);
  await caller.saysGoodbyeTo(desk);
});

test('a tag tells nothing of a number that its reader may not see', async () => {
  const { ask } = await offices.open();
  const path = `/v1/contacts/${contact.id}`;
  const before = await ask('viewer', 'GET', path);
  const { body } = await ask('admin', 'GET', path);
  const changed = { ...body, callNumber: '+77991000999', textNumber: '+77991000999' };
  expect((await ask('admin', 'PUT', path, { body: changed, headers: { 'if-match': '*' } })).status).toBe(200);
  const after = await ask('viewer', 'GET', path);
  expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
});
