// npm run token [-- ROLE]: a ready token of the issuer that npm start runs here, for one role or for each.
// Must never work for a real issuer: there people sign in.
import { createHash, randomBytes } from 'node:crypto';
import { type Role, roles } from '../../shared/domain/access.ts';
import { LOCAL_AUDIENCE } from './issuer.ts';
import { NOT_RUNNING } from './local-environment.ts';
import { portsFrom } from './ports-busy.ts';

const issuer = `http://127.0.0.1:${portsFrom(process.env).issuer}`;
const REDIRECT = 'http://127.0.0.1/';

/** As a browser would get it: the role's button, then the code for a token. */
async function tokenFor(role: Role): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    client_id: LOCAL_AUDIENCE,
    redirect_uri: REDIRECT,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    role,
  });
  const chosen = await fetch(`${issuer}/choose?${asked}`, { redirect: 'manual' });
  const code = new URL(chosen.headers.get('location') ?? REDIRECT).searchParams.get('code') ?? '';
  const form = { code, code_verifier: verifier, redirect_uri: REDIRECT };
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function main(): Promise<number> {
  const [wanted] = process.argv.slice(2);
  const role = roles.find(each => each === wanted);
  if (wanted !== undefined && role === undefined) {
    console.error(`There is no role like that: ${roles.join(', ')}.`);
    return 1;
  }
  if (role !== undefined) console.log(await tokenFor(role));
  else for (const each of roles) console.log(`${each}\n${await tokenFor(each)}\n`);
  return 0;
}

process.exitCode = await main().catch(() => {
  console.error(NOT_RUNNING);
  return 1;
});
