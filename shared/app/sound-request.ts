// A request as it is read where a damaged one must not stop the rest. Must never hide any other fault of the store.
import type { RequestId } from '../domain/ids.ts';
import type { Request } from '../domain/request.ts';
import { DamagedRecord } from './damaged-record.ts';
import type { Ports } from './ports.ts';

/** Null: there is none, or it is damaged. Whoever reads that names it in the log; it can not be repaired from here. */
export async function soundRequest(
  { requests }: Pick<Ports, 'requests'>,
  id: RequestId,
): Promise<Request | null> {
  try {
    return (await requests.load(id, null)).request;
  } catch (error) {
    if (error instanceof DamagedRecord) return null;
    throw error;
  }
}
