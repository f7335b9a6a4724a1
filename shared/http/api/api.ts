// How an operation of the managers' API comes to be: it names its permission and where its thing lies, or it does not
// compile; then who asks is known, may do it, and it is on record, before the operation's own code is reached.
// Must never register a route in any other way: tests walk over `operations` and nothing else.
import { OpenAPIHono, type RouteConfig, type RouteHandler, z } from '@hono/zod-openapi';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import type { Change } from '../../app/audit-trail.ts';
import type { Context } from '../../app/context.ts';
import type { Office } from '../../app/office.ts';
import type { Sealing } from '../../app/sealer.ts';
import type { Actor, Permission } from '../../domain/access.ts';
import type { RegionId } from '../../domain/ids.ts';
import { guarded } from './guard.ts';
import { fieldProblems, problem } from './problem.ts';
import { onRecord, type Recording } from './record.ts';

export type ApiContext = Context & {
  readonly office: Office;
  /** For what is handed out and comes back, as the cursor of a page. */
  readonly sealing: Sealing;
};
export type ApiEnv = {
  Variables: {
    actor: Actor;
    context: ApiContext;
    /** What the act has changed. */
    change?: Change;
    /** Ids of what it has made, besides the one that `location` names. */
    made?: readonly string[];
    /** The Idempotency-Key with what is asked under it. */
    askedUnder?: string;
  };
};
export type ApiC = HonoContext<ApiEnv>;

/**
 * Where the thing of an operation lies: the regions that may see it (null among them: everybody who has the
 * permission), or null when there is no such thing. Who is of none of these regions gets the same 404.
 */
export type RegionsOf = (
  ids: Readonly<Record<string, string>>,
  context: ApiContext,
) => Promise<readonly (RegionId | null)[] | null>;

export type Guard = {
  readonly permission: Permission;
  /**
   * `everywhere`: it is nobody's in particular. `answers-own`: the operation itself answers and takes only what lies in
   * the actor's regions (a test tries it from a foreign one).
   */
  readonly lies: 'everywhere' | 'answers-own' | RegionsOf;
};

export type Operation = Guard & {
  readonly operationId: string;
  readonly method: RouteConfig['method'];
  readonly path: string;
};

type Described = {
  readonly operationId: string;
  readonly summary: string;
  /** The chapter of the document. */
  readonly tag: string;
  /** `a-look`: also a reading is on record. `no-answer`: what was answered is kept for nobody to ask again. */
  readonly record?: Recording;
  /** Done twice it would be felt: without an Idempotency-Key it is refused. */
  readonly needsKey?: true;
};
export type Declared = Omit<RouteConfig, 'tags' | 'operationId' | 'summary'> & Guard & Described;

export class Api {
  readonly app: OpenAPIHono<ApiEnv>;
  readonly operations: Operation[] = [];

  constructor() {
    this.app = new OpenAPIHono<ApiEnv>({
      defaultHook: (result, c) => {
        if (!result.success) return problem(c, 'invalid-request', { errors: fieldProblems(result.error) });
        return undefined;
      },
    });
  }

  /** Use `declared` for the route. */
  add<Route extends Declared>(route: Route, handler: RouteHandler<Route, ApiEnv>): void {
    const {
      permission,
      lies,
      operationId,
      method,
      path,
      tag,
      record: _record,
      needsKey: _key,
      ...rest
    } = route;
    this.operations.push({ permission, lies, operationId, method, path });
    const request: NonNullable<RouteConfig['request']> = rest.request ?? {};
    const described = {
      ...rest,
      // A question that nobody reads would be taken for heard: `dryRun` above all.
      request: { ...request, query: request.query ?? z.strictObject({}) },
      operationId,
      method,
      path,
      tags: [tag],
      security: [{ token: [] }, { apiKey: [] }],
      middleware: [guarded(route), taking(Object.keys(request.body?.content ?? {})), onRecord(route)],
      'x-permission': permission,
    };
    this.app.openapi(described as unknown as RouteConfig, handler as never);
  }
}

/** A body of another kind than the operation takes would be read as an empty one. */
function taking(types: readonly string[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const sent = /^[^;\s]+/.exec(c.req.header('content-type') ?? '')?.[0]?.replace('merge-patch+', '');
    const isTaken = sent === undefined || types.length === 0 || types.includes(sent.toLowerCase());
    return isTaken ? next() : problem(c, 'wrong-media-type', { detail: `Send ${types.join(' or ')}.` });
  };
}

/** Keeps the literal types that the handler's own types are read from. */
export function declared<const Path extends string, const Route extends Omit<Declared, 'path'>>(
  route: Route & { readonly path: Path },
): Route & { readonly path: Path } {
  return route;
}
