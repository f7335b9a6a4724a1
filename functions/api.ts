// Lambda behind the managers' API. A survivor never waits for it, and it has a role and a front door of its own.
import { handle } from 'hono/aws-lambda';
import { createOfficeStores } from '../shared/adapters/dynamodb/office.ts';
import { createTokens } from '../shared/adapters/oidc/tokens.ts';
import { ConfigError, parseConfig } from '../shared/app/config.ts';
import type { ApiContext } from '../shared/http/api/api.ts';
import { officeFront } from '../shared/http/api/front.ts';
import { contextOf, readSecrets, tableOf } from './environment.ts';
import { once } from './once.ts';

async function startApi(): Promise<ApiContext> {
  const config = parseConfig(process.env);
  if (config.issuer === null) throw new ConfigError('PANA_OIDC_ISSUER must be set: nobody could sign in');
  const secrets = await readSecrets(config.secrets);
  const table = tableOf(config, secrets);
  const { url: issuer, audience, keysUrl } = config.issuer;
  return {
    ...contextOf(config, secrets, undefined, table),
    office: { ...createOfficeStores(table), tokens: createTokens({ issuer, audience, keysUrl }) },
    sealing: table.sealer,
  };
}

export const handler = once(startApi, context => handle(officeFront(context)));
