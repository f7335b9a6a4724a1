// Brings the fallback site up to date with the lines as they are now. The site itself runs nothing of ours: what was
// published last stays there when everything here is down.
import type { Context } from '../app/context.ts';
import type { Ports } from '../app/ports.ts';
import type { Line } from '../domain/network.ts';
import { type FallbackPage, fallbackPages } from './fallback-pages.ts';

/** Where files stand for everybody to fetch. */
export type Site = {
  readonly put: (path: string, type: string, content: Uint8Array | string) => Promise<void>;
};

export type Publisher = Pick<Context, 'recording' | 'pageName'> & {
  readonly ports: Pick<Ports, 'networks' | 'log'>;
};

const TWIML = 'text/xml; charset=utf-8';
const AUDIO = 'audio/mpeg';

export type Published = { readonly line: Line['id']; readonly path: string };

/**
 * Resolves with the path of each line's document below the site's address: the number's fallback at the telephone
 * network, by GET. Throws when the lines cannot be read or the site does not take a file; then the old ones stay.
 */
export async function publishFallback(
  { ports, recording, pageName }: Publisher,
  site: Site,
): Promise<readonly Published[]> {
  const network = await ports.networks.network();
  const pages = await fallbackPages(network, pageName, ports.log);
  // Recordings first: a document never names one that is not there yet.
  for (const path of new Set(pages.flatMap(page => page.audio))) {
    const content = await recording(path.replace('/audio/', ''));
    if (content !== null) await site.put(path.slice(1), AUDIO, content);
  }
  for (const { path, twiml } of pages) await site.put(path, TWIML, twiml);
  ports.log.info('fallback-published', { lines: pages.length });
  return pages.map(({ lineId, path }: FallbackPage) => ({ line: lineId, path }));
}
