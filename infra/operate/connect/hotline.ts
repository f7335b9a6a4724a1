// What of a deployment its numbers are connected with, and whether an address answers.
import { fallbackPath } from '../../../shared/http/fallback-pages.ts';
import type { Deployment } from '../deployment.ts';
import type { Hotline } from './connecting.ts';

export async function hotlineOf(
  { config, secrets, context, stores }: Deployment,
  fallbackBase: string,
): Promise<Hotline> {
  return {
    network: await stores.networks.network(),
    publicBase: config.publicBase,
    fallbackOf: line => `${fallbackBase}/${fallbackPath(line, context.pageName)}`,
    authTokens: secrets.twilioAuthTokens,
  };
}

const PATIENCE_MS = 10_000;

/** Null: nothing answers. */
export async function statusOf(method: 'GET' | 'POST', url: string): Promise<number | null> {
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  return answer?.status ?? null;
}
