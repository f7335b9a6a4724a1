// The ways by which a helper's text finds a request, as the simulator's table keeps them.
// Must never decide whether one may be opened: that is tables.ts.
import type { HelperId, RequestId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Settings } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import { type TextRoute, textRoutesOf } from '../../shared/domain/standing.ts';

export type Route = { readonly requestId: RequestId; readonly seq: number; readonly until: Instant };
export type TalkRoute = Route & {
  readonly helper: HelperId;
  readonly place: number;
  readonly isTalk: boolean;
  readonly overAt: Instant | null;
};

export function isNew(route: TextRoute, led: readonly TextRoute[]): boolean {
  const was = led.find(each => routeKey(each) === routeKey(route));
  return was?.seq !== route.seq || was.until !== route.until;
}

/** Who has several offers of one request declines the latest. */
export function routesOf(request: Request, settings: Settings): readonly TextRoute[] {
  const routes = textRoutesOf(request, settings);
  if (routes.length === 0) return routes;
  return [...new Map(routes.map(route => [routeKey(route), route])).values()];
}

export const routeKey = ({ helper, code, place }: TextRoute): string => `${helper} ${code ?? `#${place}`}`;
