// Every request that goes on, for managers: read one by one as it stands now, the canary's left out.
// Must never be kept from the others by one that can not be read.
import { isCanary } from '../domain/canary.ts';
import { instant } from '../domain/instant.ts';
import type { Request } from '../domain/request.ts';
import { dueRequests } from './due-requests.ts';
import type { Ports } from './ports.ts';
import { sideBySide } from './side-by-side.ts';
import { soundRequest } from './sound-request.ts';

/** Later than anything is due. */
const FAR_AHEAD = instant(8.64e15);

export type OpenRequests = {
  /** Oldest first. */
  readonly requests: readonly Request[];
  /** False: some could not be read now. */
  readonly isWhole: boolean;
};

export async function openRequests(ports: Ports): Promise<OpenRequests> {
  const { due, unread } = await dueRequests(ports, FAR_AHEAD);
  const ids = [...new Set(due.map(({ requestId }) => requestId))];
  const read = await sideBySide(ids, id => soundRequest(ports, id));
  const open = read.flatMap(each =>
    each === null || each.phase.kind === 'closed' || isCanary(each) ? [] : [each],
  );
  return {
    requests: open.sort((a, b) => a.openedAt - b.openedAt),
    isWhole: unread === 0 && !read.includes(null),
  };
}
