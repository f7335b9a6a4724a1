// What the console is told: where its files are, and the issuer that managers sign in with. The issuer's own addresses are
// asked of it once, at the start: a page could not, since not every issuer lets a page of another origin read them.
import * as z from 'zod/mini';
import { ConfigError } from '../../shared/app/config.ts';

const settingsSchema = z.object({
  PANA_CONSOLE_FILES: z._default(z.string(), 'console'),
  PANA_OIDC_ISSUER: z.string(),
  PANA_OIDC_AUDIENCE: z.string(),
});

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.optional(z.url()),
});

export type Settings = {
  readonly folder: string;
  readonly signIn: {
    readonly clientId: string;
    readonly issuer: string;
    readonly authorizationEndpoint: string;
    readonly tokenEndpoint: string;
    readonly endSessionEndpoint: string | null;
  };
};

/** An issuer that is slow to say where it is will be as slow to let anybody in. */
const DISCOVERY_MS = 4_000;

/** Rejects when a setting is missing or the issuer does not answer: the next request tries again. */
export async function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success)
    throw new ConfigError('PANA_OIDC_ISSUER and PANA_OIDC_AUDIENCE must be set: nobody could sign in');
  const { PANA_CONSOLE_FILES, PANA_OIDC_ISSUER, PANA_OIDC_AUDIENCE } = parsed.data;
  const address = `${PANA_OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_MS) });
  const found = discoverySchema.parse(await response.json());
  return {
    folder: PANA_CONSOLE_FILES,
    signIn: {
      clientId: PANA_OIDC_AUDIENCE,
      issuer: found.issuer,
      authorizationEndpoint: found.authorization_endpoint,
      tokenEndpoint: found.token_endpoint,
      endSessionEndpoint: found.end_session_endpoint ?? null,
    },
  };
}
