// A small OIDC issuer for this machine: a page with a button for each role, the code flow with PKCE, and ready tokens.
// Must never be reachable from elsewhere, nor know a password: whoever sits at this machine may be anybody.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Role, roles } from '../../shared/domain/access.ts';

/** What a token of ours must name. */
export const LOCAL_AUDIENCE = 'pana-console';
const TOKEN_SECONDS = 8 * 3600;
const CODE_MS = 60_000;
const ALGORITHM = 'ES256';

export type Issuer = {
  readonly url: string;
  /** `groups` beside the role: regions, as `region:KZ-75`; all of them when none is named. */
  readonly tokenFor: (role: Role, groups?: readonly string[]) => Promise<string>;
  /** Signed as ours, and wrong in what is named here. */
  readonly oddToken: (odd: OddToken) => Promise<string>;
  readonly close: () => Promise<void>;
};

type OddToken = {
  readonly client_id?: string;
  readonly token_use?: string;
  readonly groups?: readonly string[];
  readonly issuer?: string;
  readonly expiresIn?: number;
  readonly issuedAgoSeconds?: number;
};

type Code = {
  readonly role: Role;
  readonly challenge: string;
  readonly redirect: string;
  readonly until: number;
};

export async function startIssuer(port: number): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = randomUUID();
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }] };
  const codes = new Map<string, Code>();
  let url = '';
  const signed: Issuer['oddToken'] = ({
    issuer = url,
    expiresIn = TOKEN_SECONDS,
    issuedAgoSeconds = 0,
    ...odd
  }) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ token_use: 'access', client_id: LOCAL_AUDIENCE, groups: ['admin'], ...odd })
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .setIssuer(issuer)
      .setSubject(`local-${odd.groups?.[0] ?? 'admin'}`)
      .setIssuedAt(now - issuedAgoSeconds)
      .setExpirationTime(now + expiresIn)
      .sign(privateKey);
  };
  const tokenFor: Issuer['tokenFor'] = (role, groups = ['region:all']) =>
    signed({ groups: [role, ...groups] });

  const pages: Readonly<Record<string, (request: IncomingMessage, at: URL) => Promise<Page>>> = {
    'GET /.well-known/openid-configuration': async () =>
      json({
        issuer: url,
        jwks_uri: `${url}/keys`,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: [ALGORITHM],
        code_challenge_methods_supported: ['S256'],
      }),
    'GET /keys': async () => json(keys),
    'GET /authorize': async (_request, at) => roleButtons(at),
    'GET /choose': async (_request, at) => chosen(at, codes),
    'POST /token': async request => exchanged(new URLSearchParams(await bodyOf(request)), codes, tokenFor),
  };
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', url);
    const page = pages[`${request.method} ${at.pathname}`];
    const answer = page ? page(request, at) : Promise.resolve({ status: 404, headers: {}, body: '' });
    answer.then(
      each => send(response, each),
      () => send(response, { status: 500, headers: {}, body: '' }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, tokenFor, oddToken: signed, close };
}

type Page = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

const json = (value: unknown, status = 200): Page => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const failed = (error: string): Page => json({ error }, 400);

function send(response: ServerResponse, { status, headers, body }: Page): void {
  // The console asks from another port of this machine.
  response.writeHead(status, { ...headers, 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
  response.end(body);
}

/** A page of its own machine: nothing in it comes from the address but what is written again as an address. */
function roleButtons(at: URL): Page {
  const buttons = roles.map(role => {
    const next = new URLSearchParams(at.searchParams);
    next.set('role', role);
    const href = `/choose?${next}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<p><a href="${href}">Sign in as ${role}</a></p>`;
  });
  const head =
    '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Sign in</title>';
  const body = `${head}<h1>Who are you today?</h1>${buttons.join('')}</html>`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

async function chosen(at: URL, codes: Map<string, Code>): Promise<Page> {
  const given = (name: string) => at.searchParams.get(name) ?? '';
  const role = roles.find(each => each === given('role'));
  const redirect = given('redirect_uri');
  const isHere = URL.canParse(redirect) && /^(localhost|127\.0\.0\.1)$/.test(new URL(redirect).hostname);
  const isAsked = given('client_id') === LOCAL_AUDIENCE && given('code_challenge_method') === 'S256';
  if (!role || !isHere || !isAsked) return failed('invalid_request');
  const code = randomUUID();
  codes.set(code, { role, challenge: given('code_challenge'), redirect, until: Date.now() + CODE_MS });
  const back = new URL(redirect);
  back.searchParams.set('code', code);
  back.searchParams.set('state', given('state'));
  return { status: 302, headers: { location: String(back) }, body: '' };
}

/** A code opens once, for whoever can show what its challenge was made of. */
async function exchanged(
  form: URLSearchParams,
  codes: Map<string, Code>,
  tokenFor: Issuer['tokenFor'],
): Promise<Page> {
  const code = codes.get(form.get('code') ?? '');
  codes.delete(form.get('code') ?? '');
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isRight =
    code !== undefined &&
    code.until > Date.now() &&
    code.challenge === proof &&
    code.redirect === form.get('redirect_uri');
  if (!isRight) return failed('invalid_grant');
  const token = await tokenFor(code.role);
  return json({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
