// The fallback site on this machine: files that stand still, by GET, whatever else is running.
// Must never ask anything of the functions or the table: it answers when they do not.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Site } from '../../shared/http/publish-fallback.ts';

export type FallbackSite = Site & { readonly url: string; readonly close: () => Promise<void> };

export async function startFallbackSite(): Promise<FallbackSite> {
  const files = new Map<string, { readonly type: string; readonly content: Uint8Array | string }>();
  const server = createServer(({ method, url = '' }, response) => {
    const file = method === 'GET' ? files.get(new URL(url, 'http://site').pathname.slice(1)) : undefined;
    if (file === undefined) response.writeHead(403).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    put: async (path, type, content) => void files.set(path, { type, content }),
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
