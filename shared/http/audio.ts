// The recordings as Twilio fetches them. Must never serve anything that is not one.
import { Hono } from 'hono';
import { routes } from '../app/paths.ts';
import { type Player, playedAs } from './played-as.ts';

/** The network keeps what it has played: a new recording is heard everywhere after this long. */
const KEPT_SECONDS = 3_600;

export function audioApp(context: Player): Hono {
  const app = new Hono();
  app.get(routes.audio, async c => {
    const path = `${c.req.param('language')}/${c.req.param('file')}`;
    const [, clip] = /^([a-z]{2}\/[A-Za-z0-9-]+)\.mp3$/.exec(path) ?? [];
    if (clip === undefined) return c.body(null, 404);
    const bytes = await playedAs(context, clip);
    if (!bytes) return c.body(null, 404);
    return new Response(bytes, {
      headers: { 'content-type': 'audio/mpeg', 'cache-control': `public, max-age=${KEPT_SECONDS}` },
    });
  });
  return app;
}
