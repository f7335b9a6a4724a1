// Whether she is with us already, in another request and on whatever line: her phone is in her hand, or rings for it. Asked
// before we call her. Must never say in which request.

import { hasHerLeg, type Request } from '../domain/request.ts';
import type { Ports } from './ports.ts';
import { soundRequest } from './sound-request.ts';

export async function isWithUs(
  { directory, requests, clock }: Pick<Ports, 'directory' | 'requests' | 'clock'>,
  { id, private: kept }: Request,
): Promise<boolean> {
  const { survivor } = kept;
  if (survivor === null) return false;
  const known = await directory.who(survivor, clock.now());
  const others = known.requests.filter(({ channel, requestId }) => channel === 'voice' && requestId !== id);
  // A damaged one must not keep her from the call that she agreed to.
  const loaded = await Promise.all(others.map(({ requestId }) => soundRequest({ requests }, requestId)));
  return loaded.some(request => request !== null && hasHerLeg(request));
}
