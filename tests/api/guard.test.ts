// Every operation, for every role, with and without a token: nobody gets further than the role's permissions say, and
// whatever changes something is on record.
import { expect, test, vi } from 'vitest';
import { may, roles } from '../../shared/domain/access.ts';
import { Api } from '../../shared/http/api/api.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';
import { useOffices } from '../support/office.ts';

const offices = useOffices();
const api = new Api();
declareOperations(api);

const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'nothing-that-is-there');

test('whoever has no token, or a wrong one, is told nothing but to sign in', async () => {
  const { ask } = await offices.open();
  for (const { method, path } of api.operations) {
    const none = await ask('nobody', method.toUpperCase(), filled(path));
    expect([path, none.status, none.body.type]).toEqual([path, 401, 'urn:pana:problem:not-signed-in']);
    const wrong = await ask({ token: 'eyJhbGciOiJub25lIn0.e30.' }, method.toUpperCase(), filled(path));
    expect([path, wrong.status]).toEqual([path, 401]);
  }
});

test('each role gets past the guard of exactly the operations that its permissions name', async () => {
  const { ask } = await offices.open();
  for (const { method, path, permission } of api.operations) {
    for (const role of roles) {
      const { status } = await ask(role, method.toUpperCase(), filled(path));
      expect([role, method, path, status === 403]).toEqual([
        role,
        method,
        path,
        !may({ role, only: null }, permission),
      ]);
      expect(status, `${method} ${path}`).toBeLessThan(500);
    }
  }
});

test('a token that is over, of another issuer, for another client, or an ID token opens nothing', async () => {
  const { ask, issuer } = await offices.open();
  const good = await issuer.tokenFor('admin');
  expect((await ask({ token: good }, 'GET', '/v1/api-keys')).status).toBe(200);
  const [head = '', , signature = ''] = good.split('.');
  const claims = {
    iss: issuer.url,
    sub: 'x',
    aud: 'pana-console',
    groups: ['admin'],
    iat: 1,
    exp: 4102444800,
  };
  const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  for (const token of [forged, `${good}x`, `${good.slice(0, -3)}AAA`])
    expect((await ask({ token }, 'GET', '/v1/api-keys')).status).toBe(401);
  for (const claims of [
    { client_id: 'another' },
    { token_use: 'id' },
    { groups: [] },
    { expiresIn: -60 },
    { issuedAgoSeconds: 13 * 3600 },
    { issuer: 'https://elsewhere.example' },
  ])
    expect([
      claims,
      (await ask({ token: await issuer.oddToken(claims) }, 'GET', '/v1/api-keys')).status,
    ]).toEqual([claims, 401]);
});

test('an API key does what it was given, is shown once, and opens nothing once it is revoked or over', async () => {
  const { ask, world } = await offices.open();
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const wanted = { name: 'import', role: 'auditor', permissions: ['audit:read'], expiresAt };
  const made = await ask('admin', 'POST', '/v1/api-keys', { body: wanted });
  expect(made.status).toBe(201);
  const { secret, ...key } = made.body;
  expect(secret).toMatch(/^pana_key_[0-9a-f]{16}_[\w-]{43}$/);
  const listed = await ask('admin', 'GET', '/v1/api-keys');
  expect(listed.body.keys).toEqual([key]);
  expect(listed.text).not.toContain(secret);
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  expect((await ask({ token: secret }, 'GET', `/v1/audit?day=${day}`)).status).toBe(200);
  expect((await ask({ token: secret }, 'GET', '/v1/api-keys')).status).toBe(403);
  expect((await ask({ token: `${secret.slice(0, -1)}_` }, 'GET', `/v1/audit?day=${day}`)).status).toBe(401);
  expect((await ask('admin', 'DELETE', `/v1/api-keys/${key.id}`)).status).toBe(204);
  expect((await ask({ token: secret }, 'GET', `/v1/audit?day=${day}`)).status).toBe(401);
  expect((await ask('admin', 'DELETE', `/v1/api-keys/${key.id}`)).status).toBe(404);
  const tooMuch = { ...wanted, permissions: ['keys:write'] };
  const refused = await ask('admin', 'POST', '/v1/api-keys', { body: tooMuch });
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [{ path: 'permissions[0]', problem: 'is not one that the role has' }],
  ]);
});

test('a key gives away no more than its maker has, and says who made it', async () => {
  const { ask, world } = await offices.open();
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const wanted = { name: 'makes keys', role: 'admin', expiresAt };
  const narrow = { ...wanted, permissions: ['keys:write', 'rota:read'], regions: ['KZ-75'] };
  const { body: maker } = await ask('admin', 'POST', '/v1/api-keys', { body: narrow });
  expect(maker.createdBy).toBe('local-admin');
  const token = { token: maker.secret };
  const paths = async (body: object) =>
    (await ask(token, 'POST', '/v1/api-keys', { body })).body.errors.map(
      ({ path }: { path: string }) => path,
    );
  expect(await paths(wanted)).toEqual(['permissions', 'regions']);
  expect(await paths({ ...narrow, permissions: ['people:erase'] })).toEqual(['permissions']);
  expect(await paths({ ...narrow, regions: ['KZ-75', 'KZ-71'] })).toEqual(['regions']);
  const made = await ask(token, 'POST', '/v1/api-keys', { body: narrow });
  expect([made.status, made.body.createdBy]).toEqual([201, maker.id]);
});

test('an answer that can not be kept is given all the same: what was done is not said to have failed', async () => {
  const { ask, world } = await offices.open();
  const body = { name: 'x', role: 'viewer', expiresAt: new Date(world.clock.now() + 60_000).toISOString() };
  const headers = { 'idempotency-key': 'a-key-of-the-client' };
  const { client } = world.deps;
  const send = client.send.bind(client);
  const failing = vi.spyOn(client, 'send').mockImplementation((command: unknown) => {
    const { Item = {} } = (command as { input: { Item?: object } }).input;
    if ('answer' in Item) throw new Error('Item size has exceeded the maximum allowed size');
    return send(command as never);
  });
  const made = await ask('admin', 'POST', '/v1/api-keys', { body, headers });
  failing.mockRestore();
  expect(made.status).toBe(201);
  expect(world.logged.filter(line => /answer-not-kept/.test(line))).toHaveLength(1);
});

test('a reason on record holds no number, in whatever script and however it is broken up', async () => {
  const { ask, world } = await offices.open();
  const numbers = [
    '+7 701 000 11 22',
    '+7/701/000/11/22',
    '8_701_0001122',
    '+٧٧٠١٠٠٠١١٢٢',
    '７７０１０００１１２２',
  ];
  const reason = `she called from ${numbers.join(' and ')} on 3 lines`;
  await ask('admin', 'POST', '/v1/api-keys', { body: { reason } });
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const { body } = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  expect(body.entries[0].reason).toBe('she called from … and … and … and … and … on 3 lines');
});

test('what was asked for twice under one key is done once and answered twice; another use of the key is refused', async () => {
  const { ask, world } = await offices.open();
  const body = {
    name: 'twice',
    role: 'viewer',
    expiresAt: new Date(world.clock.now() + 60_000).toISOString(),
  };
  const headers = { 'idempotency-key': 'a-key-of-the-client' };
  const first = await ask('admin', 'POST', '/v1/api-keys', { body, headers });
  const again = await ask('admin', 'POST', '/v1/api-keys', { body, headers });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await ask('admin', 'GET', '/v1/api-keys')).body.keys).toHaveLength(1);
  const other = await ask('admin', 'POST', '/v1/api-keys', { body: { ...body, name: 'other' }, headers });
  expect([other.status, other.body.type]).toEqual([422, 'urn:pana:problem:key-reused']);
});

test('an act, its end and a refusal are on record with who, what and which fields, and without a single value', async () => {
  const { ask, world } = await offices.open();
  const expiresAt = new Date(world.clock.now() + 60_000).toISOString();
  await ask('admin', 'POST', '/v1/api-keys', { body: { name: 'secret plan', role: 'viewer', expiresAt } });
  await ask('admin', 'POST', '/v1/api-keys', { body: { nonsense: true } });
  await ask('manager', 'POST', '/v1/api-keys', { body: { name: 'not allowed' } });
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const { body, text } = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  const acts = body.entries.map(({ actor, is, action, fields, status }: Record<string, unknown>) => ({
    ...{ actor, is, action, fields, status },
  }));
  const act = { actor: 'local-admin', action: 'createApiKey' };
  const begun = { ...act, is: 'begun', status: null };
  const refused = { ...act, actor: 'local-manager', is: 'refused', fields: [], status: 403 };
  expect(acts.toReversed()).toEqual([
    { ...begun, fields: ['name', 'role', 'expiresAt'] },
    { ...act, is: 'ended', fields: ['name', 'role', 'expiresAt'], status: 201 },
    { ...begun, fields: ['nonsense'] },
    { ...act, is: 'ended', fields: ['nonsense'], status: 400 },
    refused,
  ]);
  expect(text).not.toContain('secret plan');
});

test('what is no JSON, too long, poisoned, of the wrong kind or unknown is refused with its path, and nothing is done', async () => {
  const { ask } = await offices.open();
  const tries = [
    [{ raw: '{' }, 400, ''],
    [{ raw: '{"__proto__":{"role":"admin"}}' }, 400, '__proto__'],
    [{ raw: '{"name":{"constructor":1}}' }, 400, 'constructor'],
    [{ body: { name: 7 } }, 400, 'name'],
    [
      { body: { name: 'x'.repeat(1024 * 1024), role: 'viewer', expiresAt: '2027-01-01T00:00:00Z' } },
      400,
      'name',
    ],
    [{ body: { name: 'x', role: 'viewer', expiresAt: '2027-01-01T00:00:00' } }, 400, 'expiresAt'],
    [{ body: { name: 'x', role: 'viewer', expiresAt: '2027-01-01T00:00:00Z', more: 1 } }, 400, 'more'],
    [{ raw: 'name=x', headers: { 'content-type': 'text/plain' } }, 415, null],
    [{ raw: `{"name":"${'x'.repeat(5 * 1024 * 1024)}"}` }, 413, null],
  ] as const;
  for (const [asking, status, path] of tries) {
    const refused = await ask('admin', 'POST', '/v1/api-keys', asking);
    expect(refused.status, `${path}`).toBe(status);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    if (path !== null) expect(refused.body.errors.map((each: { path: string }) => each.path)).toContain(path);
  }
  expect((await ask('admin', 'GET', '/v1/api-keys')).body.keys).toEqual([]);
});
