// The recordings that are played: what a manager has spoken takes the place of the file that came with the code.
// Must never fail for want of the former: a placeholder is heard rather than nothing.
import { Hono } from 'hono';
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import { routes } from '../app/paths.ts';
import type { Recordings } from '../app/recordings.ts';

/** The network keeps what it has played: a new recording is heard everywhere after this long. */
const KEPT_SECONDS = 3_600;

export function audioApp(
  context: Pick<Context, 'recording' | 'ports'> & { readonly recordings: Recordings },
): Hono {
  const app = new Hono();
  app.get(routes.audio, async c => {
    const path = `${c.req.param('language')}/${c.req.param('file')}`;
    const [, clip] = /^([a-z]{2}\/[A-Za-z0-9-]+)\.mp3$/.exec(path) ?? [];
    if (clip === undefined) return c.body(null, 404);
    const bytes = (await spokenBySomebody(context, clip)) ?? (await context.recording(path));
    if (!bytes) return c.body(null, 404);
    return new Response(bytes, {
      headers: { 'content-type': 'audio/mpeg', 'cache-control': `public, max-age=${KEPT_SECONDS}` },
    });
  });
  return app;
}

async function spokenBySomebody(
  { recordings, ports }: { readonly recordings: Recordings; readonly ports: Context['ports'] },
  clip: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await recordings.read(clip);
  } catch (error) {
    ports.log.error('recording-not-read', { clip, fault: faultOf(error) });
    return null;
  }
}
