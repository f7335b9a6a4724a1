// The managers' API of a world: the production app behind API Gateway's events, the same table and telephone, tokens of
// the local issuer. Must never reach behind the API: what a test sees is what a manager would.
import { handle } from 'hono/aws-lambda';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type HttpHandler, startWebhookHost, type WebhookHost } from '../../infra/local/host/webhook-host.ts';
import { type Issuer, LOCAL_AUDIENCE, startIssuer } from '../../infra/local/issuer.ts';
import { createOfficeStores } from '../../shared/adapters/dynamodb/office.ts';
import { createTokens } from '../../shared/adapters/oidc/tokens.ts';
import type { Role } from '../../shared/domain/access.ts';
import { officeFront } from '../../shared/http/api/front.ts';
import { overhearFaults } from './overheard.ts';
import { useWorlds, type World, type WorldOptions } from './world.ts';

/** `groups`: the regions she may see; all when absent. `token`: exactly this. */
export type Who =
  | Role
  | 'nobody'
  | { readonly role: Role; readonly groups: readonly string[] }
  | { readonly token: string };

export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body is what it asserts
  readonly body: any;
};

export type Asking = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly raw?: string;
};

export type Office = {
  readonly world: World;
  readonly issuer: Issuer;
  readonly url: string;
  readonly ask: (who: Who, method: string, path: string, asking?: Asking) => Promise<Answered>;
};

/** To be called at the top of a test file. */
export function useOffices(): { readonly open: (options?: WorldOptions) => Promise<Office> } {
  const worlds = useWorlds();
  let issuer: Issuer;
  let host: WebhookHost | null = null;
  beforeAll(async () => {
    issuer = await startIssuer(0);
  });
  afterAll(() => issuer.close());
  afterEach(async () => {
    await host?.close();
    host = null;
  });
  return {
    open: async options => {
      const world = await worlds.open(options);
      const tokens = createTokens({ issuer: issuer.url, audience: LOCAL_AUDIENCE, keysUrl: null });
      const office = { ...createOfficeStores(world.deps), tokens };
      // Made anew for each request, so that a test can break a port.
      const handler: HttpHandler = event =>
        overhearFaults('api', async () =>
          handle(officeFront({ ...world.context, office, sealing: world.deps.sealer }))(event),
        );
      host = await startWebhookHost({ 'ANY /{proxy+}': handler }, 0, () => world.clock.now());
      const { url } = host;
      return { world, issuer, url, ask: (who, ...rest) => ask(issuer, url, who, ...rest) };
    },
  };
}

async function ask(
  issuer: Issuer,
  url: string,
  who: Who,
  method: string,
  path: string,
  { body, headers = {}, raw }: Asking = {},
): Promise<Answered> {
  const token = await tokenOf(issuer, who);
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

function tokenOf(issuer: Issuer, who: Who): Promise<string> | string | null {
  if (who === 'nobody') return null;
  if (typeof who === 'string') return issuer.tokenFor(who);
  return 'token' in who ? who.token : issuer.tokenFor(who.role, who.groups);
}
