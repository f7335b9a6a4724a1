// The one function behind the managers' door: their API, and beside it the pages of volunteers.
import { Hono } from 'hono';
import { ownPage } from '../own-page/own-page.ts';
import type { ApiContext } from './api.ts';
import { managerApi } from './manager-api.ts';

export function officeFront(context: ApiContext): Hono {
  const app = new Hono();
  const api = managerApi(context).app;
  app.route('/', ownPage(context));
  app.all('*', c => api.fetch(c.req.raw, c.env));
  return app;
}
