// The OpenAPI document, made of the operations themselves, and the same as a page to read.
// Must never say anything that the operations do not do.
import type { Api } from './api.ts';
import { referencePage } from './reference-page.ts';

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Pana: duty managers',
    version: '1',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description: [
      'Rotas, volunteers, requests and settings of a hotline. Every instant carries its offset; times of a shift are wall',
      'times in the zone that stands beside them. What you change, you change as you last read it: send its `ETag` in',
      '`If-Match`. What you create, you create once: send an `Idempotency-Key`. `?dryRun=true` says what would be and',
      'changes nothing. What went wrong comes as `application/problem+json` with a stable `type`.',
    ].join(' '),
  },
  servers: [{ url: '/' }],
};

export function documentOf(api: Api) {
  const registry = api.app.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  return api.app.getOpenAPI31Document(about);
}

export function documented(api: Api): void {
  let made: string | null = null;
  api.app.get('/v1/docs', async c => {
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    return c.html(await referencePage(documentOf(api)));
  });
  api.app.get('/v1/openapi.json', c => {
    made ??= JSON.stringify(documentOf(api));
    return c.body(made, 200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' });
  });
}
