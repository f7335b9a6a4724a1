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

/** `key`: where it stands. Made once: it is compared with many. */
export type Led = { readonly key: string; readonly route: TextRoute };

/** Who has several offers of one request declines the latest. */
export function routesOf(request: Request, settings: Settings): readonly Led[] {
  const led: Led[] = [];
  for (const route of textRoutesOf(request, settings)) {
    const key = routeKey(route);
    const place = led.findIndex(each => each.key === key);
    if (place === -1) led.push({ key, route });
    else led[place] = { key, route };
  }
  return led;
}

const routeKey = ({ helper, code, place }: TextRoute): string => `${helper} ${code ?? `#${place}`}`;

export function isNewAmong({ key, route }: Led, led: readonly Led[]): boolean {
  const was = led.find(each => each.key === key)?.route;
  return was?.seq !== route.seq || was.until !== route.until;
}
