// Who asks, whether the role allows it, and whether the thing lies where they may see it; in this order, before anything
// of the request is read. Whoever is refused what changes something is on record; who is not signed in is not: a flood must not
// write. Must never say which of "not there" and "not yours" it was.
import type { MiddlewareHandler } from 'hono';
import { faultOf } from '../../app/fault.ts';
import { may, sees } from '../../domain/access.ts';
import type { ApiC, ApiEnv, Declared } from './api.ts';
import { problem } from './problem.ts';
import { refusalOnRecord } from './record.ts';
import { isToBeKept } from './refusal-pace.ts';

const API_KEY = /^pana_/;

export function guarded(route: Declared): MiddlewareHandler<ApiEnv> {
  const { permission, lies } = route;
  const refused = async (c: ApiC, kind: 'not-permitted' | 'not-found') => {
    const answer = problem(c, kind);
    const { actor, context } = c.var;
    if (isToBeKept(context.office, actor.id, context.ports.clock.now()))
      await refusalOnRecord(c, route, answer.status);
    return answer;
  };
  return async (c, next) => {
    const actor = await actorOf(c);
    if (actor === 'nobody-can-say') return problem(c, 'try-later');
    if (!actor) {
      c.header('www-authenticate', 'Bearer');
      return problem(c, 'not-signed-in');
    }
    c.set('actor', actor);
    if (!may(actor, permission)) return refused(c, 'not-permitted');
    if (typeof lies === 'function') {
      const regions = await lies(c.req.param() as Record<string, string>, c.var.context);
      if (regions === null || !regions.some(region => sees(actor, region))) return refused(c, 'not-found');
    }
    return next();
  };
}

async function actorOf(c: ApiC) {
  const { office, ports } = c.var.context;
  const bearer = /^Bearer ([\w.~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer === undefined) return null;
  if (API_KEY.test(bearer)) return office.apiKeys.actorOf(bearer, ports.clock.now());
  try {
    return await office.tokens.actorOf(bearer);
  } catch (error) {
    // The token may be good: the issuer's keys could not be had.
    ports.log.error('issuer-unreachable', { fault: faultOf(error) });
    return 'nobody-can-say';
  }
}
