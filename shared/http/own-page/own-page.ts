// A volunteer's own page: what she can do by text, on one screen. Whoever knows its address is she, until it is over: there
// is no cookie, so no other site can act in her name. Must never change anything on a GET: messengers open links to look.
import { Hono, type Context as HonoContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '../../app/context.ts';
import { faultOf } from '../../app/fault.ts';
import { OWN_PAGE } from '../../app/paths.ts';
import type { VolunteerId } from '../../domain/ids.ts';
import { shutInAll } from '../../prompts/page-words.ts';
import { actOn, type Said } from './acts.ts';
import { CONTENT_POLICY, pageHtml, shutHtml } from './html.ts';
import { pageOf } from './page-of.ts';

const BODY_BYTES = 4096;
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_POLICY,
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // To itself alone: the address is the key.
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};

type PageC = HonoContext;

export function ownPage(context: Pick<Context, 'ports'>): Hono {
  const app = new Hono();
  const { ports } = context;
  const path = `${OWN_PAGE}/:token`;
  const holder = (c: PageC): Promise<VolunteerId | null> =>
    ports.shifts.whosePage(c.req.param('token') ?? '', ports.clock.now());
  app.use(`${OWN_PAGE}/*`, async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.get(path, async c => {
    const id = await holder(c);
    const page = id && (await pageOf(ports, id, saidIn(c)));
    return page ? c.html(pageHtml(page)) : c.html(shutHtml(shutInAll), 404);
  });
  const limited = bodyLimit({ maxSize: BODY_BYTES, onError: c => c.body(null, 413) });
  app.post(path, limited, async c => {
    if (!isFromItself(c, ports.pageUrl(''))) return c.body(null, 403);
    const id = await holder(c);
    if (id === null) return c.html(shutHtml(shutInAll), 404);
    const said = await actOn(ports, id, await c.req.parseBody());
    // Seen by a GET: going back and reloading do nothing again.
    return c.redirect(`${c.req.path}?said=${said}`, 303);
  });
  app.onError((error, c) => {
    ports.log.error('own-page-failed', { fault: faultOf(error) });
    return c.html(shutHtml([]), 500);
  });
  return app;
}

const saidIn = (c: PageC): Said | null => (c.req.query('said') as Said | undefined) ?? null;

/** What browsers say of where a form stood; old ones say nothing, and the address alone is enough. */
function isFromItself(c: PageC, own: string): boolean {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  return (
    (origin === undefined || origin === new URL(own).origin) && (site ?? 'same-origin') === 'same-origin'
  );
}
