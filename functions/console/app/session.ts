// Who sits here: signed in at the issuer by code and PKCE, for as long as the tab is open and the token lasts.
// Must never keep a token longer than the tab, nor put one into an address or a log.
import { signal } from '@preact/signals';
import * as oauth from 'oauth4webapi';
import { accessOf, type Role } from '../../../shared/domain/access.ts';
import type { Settings } from '../settings.ts';

export type Session =
  | { readonly kind: 'beginning' }
  /** `because`: why she is asked (again). */
  | { readonly kind: 'signed-out'; readonly because: 'first' | 'expired' | 'refused' | 'failed' | 'no-role' }
  | { readonly kind: 'signed-in'; readonly token: string; readonly role: Role };

export const session = signal<Session>({ kind: 'beginning' });

const TOKEN = 'pana-token';
const REFRESH = 'pana-refresh';
const ASKED = 'pana-asked';

type Asked = { readonly state: string; readonly verifier: string; readonly place: string };

/** With a code in the address the sign-in is ended; with a token kept in the tab it goes on. */
export async function beginSession(): Promise<void> {
  const address = new URL(location.href);
  if (address.searchParams.has('state')) await endSignIn(address);
  else signedInWith(sessionStorage.getItem(TOKEN));
}

/** Leaves the page; the issuer sends her back to where she was. */
export async function signIn(): Promise<void> {
  const settings = await settingsOf();
  if (settings === null) {
    session.value = { kind: 'signed-out', because: 'failed' };
    return;
  }
  const asked: Asked = {
    state: oauth.generateRandomState(),
    verifier: oauth.generateRandomCodeVerifier(),
    place: location.pathname + location.search,
  };
  sessionStorage.setItem(ASKED, JSON.stringify(asked));
  const address = new URL(settings.authorizationEndpoint);
  const wanted = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: home(),
    scope: 'openid email',
    state: asked.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(asked.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(wanted)) address.searchParams.set(name, value);
  location.assign(address);
}

export async function signOut(): Promise<void> {
  forget();
  session.value = { kind: 'signed-out', because: 'first' };
  const settings = await settingsOf();
  if (!settings?.endSessionEndpoint) return;
  const address = new URL(settings.endSessionEndpoint);
  // Cognito's names and the standard's: each issuer takes its own and passes over the other.
  address.searchParams.set('client_id', settings.clientId);
  address.searchParams.set('logout_uri', home());
  address.searchParams.set('post_logout_redirect_uri', home());
  location.assign(address);
}

/** The API has not known the token: it is asked for anew without her, or she signs in again. */
export async function tokenRefused(): Promise<boolean> {
  const [settings, kept] = [await settingsOf(), sessionStorage.getItem(REFRESH)];
  if (settings !== null && kept !== null && (await refreshed(settings, kept))) return true;
  forget();
  session.value = { kind: 'signed-out', because: 'expired' };
  return false;
}

async function refreshed(settings: Settings['signIn'], kept: string): Promise<boolean> {
  try {
    const [server, client] = [serverOf(settings), { client_id: settings.clientId }];
    const answer = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      kept,
      insecure(settings),
    );
    const { access_token } = await oauth.processRefreshTokenResponse(server, client, answer);
    return signedInWith(access_token);
  } catch {
    return false;
  }
}

async function endSignIn(address: URL): Promise<void> {
  const asked = JSON.parse(sessionStorage.getItem(ASKED) ?? 'null') as Asked | null;
  sessionStorage.removeItem(ASKED);
  history.replaceState(null, '', asked?.place ?? '/');
  const settings = await settingsOf();
  if (settings === null || asked === null) {
    session.value = { kind: 'signed-out', because: 'failed' };
    return;
  }
  try {
    const [server, client] = [serverOf(settings), { client_id: settings.clientId }];
    const given = oauth.validateAuthResponse(server, client, address, asked.state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      given,
      home(),
      asked.verifier,
      insecure(settings),
    );
    const { access_token, refresh_token } = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      answer,
    );
    if (refresh_token !== undefined) sessionStorage.setItem(REFRESH, refresh_token);
    signedInWith(access_token);
  } catch {
    session.value = { kind: 'signed-out', because: 'refused' };
  }
}

/** False: the token opens nothing. Whether it is genuine the API judges, not the page. */
function signedInWith(token: string | null): boolean {
  const claims = token === null ? null : claimsOf(token);
  if (token === null || claims === null || claims.exp * 1000 < Date.now()) {
    forget();
    session.value = { kind: 'signed-out', because: token === null ? 'first' : 'expired' };
    return false;
  }
  const access = accessOf(claims['cognito:groups'] ?? claims.groups ?? [], () => null);
  if (access === null) {
    forget();
    session.value = { kind: 'signed-out', because: 'no-role' };
    return false;
  }
  sessionStorage.setItem(TOKEN, token);
  session.value = { kind: 'signed-in', token, role: access.role };
  return true;
}

type Claims = {
  readonly exp: number;
  readonly groups?: readonly string[];
  readonly 'cognito:groups'?: readonly string[];
};

function claimsOf(token: string): Claims | null {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  } catch {
    return null;
  }
}

function forget(): void {
  for (const name of [TOKEN, REFRESH]) sessionStorage.removeItem(name);
}

const home = (): string => `${location.origin}/`;

async function settingsOf(): Promise<Settings['signIn'] | null> {
  try {
    const response = await fetch('/config.json');
    return response.ok ? ((await response.json()) as Settings['signIn']) : null;
  } catch {
    return null;
  }
}

function serverOf({
  issuer,
  authorizationEndpoint,
  tokenEndpoint,
}: Settings['signIn']): oauth.AuthorizationServer {
  return { issuer, authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint };
}

/** The issuer of this machine has no certificate. */
function insecure({ tokenEndpoint }: Settings['signIn']) {
  return { [oauth.allowInsecureRequests]: new URL(tokenEndpoint).hostname === '127.0.0.1' };
}
