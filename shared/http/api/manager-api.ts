// The managers' API put together: what every request passes, the operations, and the document that is made of them.
// Must never let an error out as it is: a body says what to do, the log says what kind of fault it was.
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { faultOf } from '../../app/fault.ts';
import { Api, type ApiC, type ApiContext } from './api.ts';
import { apiKeys } from './api-keys.ts';
import { audit } from './audit.ts';
import { broadcasts } from './broadcasts.ts';
import { calendarImports } from './calendar-imports.ts';
import { coverage } from './coverage.ts';
import { documented } from './document.ts';
import { feedPages, feeds } from './feeds.ts';
import { holidays } from './holidays.ts';
import { jobs } from './jobs.ts';
import { limitsNow } from './limits.ts';
import { networkParts } from './network-parts.ts';
import { openings } from './openings.ts';
import { ownPages } from './own-pages.ts';
import { people } from './people.ts';
import { problem } from './problem.ts';
import { reach } from './reach.ts';
import { reports } from './reports.ts';
import { requestActs } from './request-acts.ts';
import { requests } from './requests.ts';
import { roster } from './roster.ts';
import { rotaFiles } from './rota-files.ts';
import { rotaHistory } from './rota-history.ts';
import { rotas } from './rotas.ts';
import { shifts } from './shifts.ts';
import { swaps } from './swaps.ts';
import { turns } from './turns.ts';
import { volunteers } from './volunteers.ts';
import { weekCopies } from './week-copies.ts';

/** One manager's edit is a few kilobytes; a file of ten thousand rows about two megabytes. */
const BODY_BYTES = 4 * 1024 * 1024;

/** Everything that the API can do. Needs no context: the document is made without one. */
export function declareOperations(api: Api): void {
  networkParts(api);
  limitsNow(api);
  volunteers(api);
  requests(api);
  requestActs(api);
  roster(api);
  ownPages(api);
  people(api);
  audit(api);
  apiKeys(api);
  jobs(api);
  coverage(api);
  openings(api);
  reports(api);
  rotas(api);
  shifts(api);
  rotaHistory(api);
  turns(api);
  swaps(api);
  broadcasts(api);
  reach(api);
  weekCopies(api);
  rotaFiles(api);
  feeds(api);
  calendarImports(api);
  holidays(api);
}

export function managerApi(context: ApiContext): Api {
  const api = new Api();
  const { app } = api;
  app.use('*', secureHeaders());
  app.use('*', async (c, next) => {
    c.set('context', context);
    await next();
    // What managers see is theirs: no proxy, no shared computer keeps it.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
    return undefined;
  });
  app.use('*', bodyLimit({ maxSize: BODY_BYTES, onError: c => problem(c, 'too-large') }));
  app.use('*', async (c, next) => (await unreadable(c)) ?? next());
  declareOperations(api);
  documented(api);
  feedPages(app);
  app.notFound(c => problem(c, 'not-found'));
  app.onError((error, c) => {
    context.ports.log.error('api-failed', { fault: faultOf(error) });
    return problem(c, 'failed');
  });
  return api;
}

/** Names by which a careless reader would change its own prototypes. */
const POISON = ['__proto__', 'constructor', 'prototype'];

async function unreadable(c: ApiC) {
  const length = Number(c.req.header('content-length') ?? 0);
  const type = c.req.header('content-type');
  if (['GET', 'HEAD', 'DELETE'].includes(c.req.method) || (length === 0 && type === undefined)) return null;
  if (/^(text\/(csv|calendar)|application\/x-www-form-urlencoded)\b/.test(type ?? '')) return null;
  if (!/^application\/(merge-patch\+)?json\b/.test(type ?? '')) return problem(c, 'wrong-media-type');
  let poisoned: string | null = null;
  try {
    JSON.parse(await c.req.text(), (key, value: unknown) => {
      if (POISON.includes(key)) poisoned = key;
      return value;
    });
  } catch {
    return problem(c, 'invalid-request', { errors: [{ path: '', problem: 'is not JSON' }] });
  }
  if (poisoned === null) return null;
  return problem(c, 'invalid-request', { errors: [{ path: poisoned, problem: 'is not known here' }] });
}
