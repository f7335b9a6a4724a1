// Tokens of any OIDC issuer, Cognito among them: who is asking, by the issuer's own signature and nothing else.
// Must never let a token choose how it is checked: algorithms, issuer and audience are ours to say.
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Tokens } from '../../app/office.ts';
import { accessOf } from '../../domain/access.ts';
import { parseRegionId } from '../../domain/ids.ts';

export type TokenSettings = {
  /** As it stands in the tokens' `iss`. */
  readonly issuer: string;
  /** Our client at the issuer: the `aud` of a token, or, in Cognito's access tokens, its `client_id`. */
  readonly audience: string;
  /** Where the issuer's keys are, when not at the address that its own document names. */
  readonly keysUrl: string | null;
};

/** Asymmetric only: with a shared secret a reader could write tokens too. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** An issuer's clock and ours may differ by that much. */
const CLOCK_SECONDS = 30;
/** However long the issuer lets it live: who was dismissed in the morning is out by the evening. */
const TOKEN_AGE_HOURS = 12;
/** A token with a key that nobody knows must not have us ask the issuer each time. */
const COOL_DOWN_MS = 30_000;
const KEYS_AGE_MS = 10 * 60_000;
const FETCH_MS = 3_000;
const FAULTS_OF_THE_ISSUER = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

export function createTokens({ issuer, audience, keysUrl }: TokenSettings): Tokens {
  let keys: ReturnType<typeof find> | null = null;
  const find = async () =>
    createRemoteJWKSet(new URL(keysUrl ?? (await namedBy(issuer))), {
      cooldownDuration: COOL_DOWN_MS,
      cacheMaxAge: KEYS_AGE_MS,
      timeoutDuration: FETCH_MS,
    });
  // One for all who ask at once; where none was found the next one looks again.
  const keysOf = () => {
    keys ??= find().catch(error => {
      keys = null;
      throw error;
    });
    return keys;
  };
  return {
    actorOf: async token => {
      const getKey = await keysOf();
      try {
        const { payload } = await jwtVerify(token, getKey, {
          algorithms: ALGORITHMS,
          issuer,
          clockTolerance: CLOCK_SECONDS,
          maxTokenAge: `${TOKEN_AGE_HOURS}h`,
          requiredClaims: ['sub', 'exp', 'iat'],
        });
        return isForUs(payload, audience) ? actorIn(payload) : null;
      } catch (error) {
        if (isTheToken(error)) return null;
        throw error;
      }
    },
  };
}

/** The keys could not be fetched: that says nothing about the token. */
function isTheToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !FAULTS_OF_THE_ISSUER.includes(error.code);
}

/** An ID token says who somebody is to the page she signed in at; it opens nothing here. */
function isForUs(payload: JWTPayload, audience: string): boolean {
  const use = payload['token_use'];
  if (use !== undefined && use !== 'access') return false;
  // Issuers that do not say the use say by these that it is an ID token: it has our audience too.
  if ('nonce' in payload || 'at_hash' in payload || payload['typ'] === 'ID') return false;
  const audiences = [payload.aud ?? []].flat();
  return audiences.includes(audience) || (audiences.length === 0 && payload['client_id'] === audience);
}

function actorIn(payload: JWTPayload) {
  const groups = [payload['cognito:groups'] ?? payload['groups'] ?? []]
    .flat()
    .filter(each => typeof each === 'string');
  const access = accessOf(groups, parseRegionId);
  return access && payload.sub ? { id: payload.sub, ...access, only: null } : null;
}

async function namedBy(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(FETCH_MS),
  });
  if (!response.ok) throw new Error('the issuer does not say where its keys are');
  const { jwks_uri: uri } = (await response.json()) as { jwks_uri?: unknown };
  if (typeof uri !== 'string') throw new Error('the issuer does not say where its keys are');
  return uri;
}
