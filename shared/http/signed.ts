// Lets only Twilio in: every webhook is checked against its signature before anything reads it.
// A request that is not signed learns nothing: 403 and an empty body.
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { type Params, readSigned } from '../adapters/twilio/signature.ts';
import type { Context } from '../app/context.ts';
import { answered } from './lambda.ts';

export type SignedEnv = { Variables: { params: Params } };
export type SignedContext = HonoContext<SignedEnv>;

export function signed(context: Context): MiddlewareHandler<SignedEnv> {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    const params = readSigned(
      {
        path: pathname,
        query: search.replace(/^\?/, ''),
        body: await c.req.text(),
        signature: c.req.header('x-twilio-signature') ?? null,
      },
      { publicBase: context.publicBase, authTokens: context.authTokens },
    );
    if (!params) {
      context.ports.log.warn('bad-signature');
      return answered(null, 403);
    }
    c.set('params', params);
    return next();
  };
}
