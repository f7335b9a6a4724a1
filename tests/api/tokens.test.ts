// The issuer's keys: fetched once, asked for again only when a token names another, and never so often that a flood of
// made-up tokens becomes one for the issuer; when they cannot be had, nobody is told that her token is wrong.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokens } from '../../shared/adapters/oidc/tokens.ts';

const keys: Awaited<ReturnType<typeof freshKey>>[] = [];
let asked = 0;
let isDown = false;
const server = createServer((request, response) => {
  if (request.url === '/keys') asked += 1;
  const body = request.url === '/keys' ? { keys: keys.map(({ jwk }) => jwk) } : { jwks_uri: `${url()}/keys` };
  response.writeHead(isDown ? 503 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
});
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function freshKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256' } };
}

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  keys.push(await freshKey('first'));
});
afterAll(() => void server.close());

const tokensOf = () => createTokens({ issuer: url(), audience: 'us', keysUrl: null });
const signedBy = ({ kid, privateKey }: Awaited<ReturnType<typeof freshKey>>, claims: object = {}) =>
  new SignJWT({
    client_id: 'us',
    'cognito:groups': ['manager', 'region:KZ-75', 'region:nonsense'],
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(url())
    .setSubject('somebody')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);

test('groups of a Cognito token give role and regions; its keys are fetched once', async () => {
  const tokens = tokensOf();
  asked = 0;
  const [first] = keys;
  if (!first) throw new Error('there is no key');
  const actor = { id: 'somebody', role: 'manager', realm: ['KZ-75'], only: null };
  for (let times = 0; times < 3; times += 1)
    expect(await tokens.actorOf(await signedBy(first))).toEqual(actor);
  expect(asked).toBe(1);
  expect(await tokens.actorOf(await signedBy(first, { client_id: undefined, aud: 'us' }))).toEqual(actor);
  expect(await tokens.actorOf(await signedBy(first, { aud: 'others' }))).toBeNull();
  for (const mark of [{ nonce: 'n' }, { at_hash: 'h' }, { typ: 'ID' }])
    expect(await tokens.actorOf(await signedBy(first, mark)), 'an ID token').toBeNull();
});

test('a hundred tokens of keys that nobody knows ask the issuer once', async () => {
  const tokens = tokensOf();
  asked = 0;
  const stranger = await freshKey('stranger');
  const token = await signedBy(stranger);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => tokens.actorOf(token)));
  expect(new Set(outcomes)).toEqual(new Set([null]));
  expect(asked).toBeLessThanOrEqual(2);
});

test('an issuer that does not answer says nothing about a token', async () => {
  isDown = true;
  const [first] = keys;
  if (!first) throw new Error('there is no key');
  const token = await signedBy(first);
  const tokens = tokensOf();
  await expect(tokens.actorOf(token)).rejects.toThrow();
  isDown = false;
  expect(await tokens.actorOf(token), 'and it is asked again the next time').not.toBeNull();
});
