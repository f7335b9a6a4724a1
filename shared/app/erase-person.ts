// Erases one person on request: the keys of everything that is over, what her number leads to, and the network's own
// copies. Counts stay. Must never cut off somebody who is being helped, nor tell whether a number was known.
import type { RequestId } from '../domain/ids.ts';
import type { Address } from '../domain/phone.ts';
import { DamagedRecord } from './damaged-record.ts';
import { forgetAll } from './forget-copies.ts';
import type { ErasingPorts } from './ports.ts';
import { sideBySide } from './side-by-side.ts';

export type Erased = {
  /** Requests of which nothing personal can be read any more. */
  readonly requests: number;
  /** Requests that go on: erase again when they are over. */
  readonly goingOn: number;
  /** Calls and texts that the network has forgotten. */
  readonly copies: number;
  /** Copies that could not be deleted now: erase again. */
  readonly copiesLeft: number;
};

/** May be done again at any time: what is gone stays gone. Throws when table or network cannot be reached. */
export async function erasePerson(ports: ErasingPorts, address: Address): Promise<Erased> {
  const { erasure, copies, log } = ports;
  const ids = await erasure.requestsOf(address);
  const areOver = await sideBySide(ids, id => isOver(ports, id));
  const over = ids.filter((_, place) => areOver[place] === true);
  const goingOn = ids.length - over.length;
  await erasure.destroyKeys(address, over);
  if (goingOn === 0) await erasure.forgetNumber(address);
  const { forgotten, failed } = await forgetAll(ports, await copies.ofNumber(address));
  const erased = { requests: over.length, goingOn, copies: forgotten, copiesLeft: failed };
  log.info('person-erased', erased);
  return erased;
}

/** What cannot be read can not be gone on with either. Its last words may still be on their way. */
async function isOver({ requests }: ErasingPorts, id: RequestId): Promise<boolean> {
  try {
    const { request } = await requests.load(id, null);
    return request === null || (request.phase.kind === 'closed' && request.outbox.length === 0);
  } catch (error) {
    if (error instanceof DamagedRecord) return true;
    throw error;
  }
}
