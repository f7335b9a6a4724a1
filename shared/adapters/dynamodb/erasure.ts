// Destroys what leads to one person and what opens what she said. Must never touch a request that goes on, nor the row
// that makes a number a helper's; and what is counted stays, because it names nobody.
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Erasure } from '../../app/ports.ts';
import { parseRequestId, type RequestId } from '../../domain/ids.ts';
import { toItem } from './attributes.ts';
import { whileBusy } from './conflicts.ts';
import { type Deps, queryAll } from './deps.ts';
import { inTurns } from './in-turns.ts';
import { idInKey, type Key, keyOfNumberKey, numberPartition, sealingKeyKey } from './keys.ts';
import { numberHash } from './route-parts.ts';
import { inKeyTable } from './sealing-keys.ts';

const AT_ONCE = 10;
const HELPER = 'HELPER';

export function createErasure(deps: Deps): Erasure {
  const keys = inKeyTable(deps);
  return {
    requestsOf: async address => {
      const rows = await rowsUnder(keys, numberHash(deps, address));
      return rows.flatMap(({ sk }) => parseRequestId(idInKey(sk)) ?? []);
    },
    destroyKeys: async (address, ids) => {
      const hash = numberHash(deps, address);
      // The key first: when this is broken off here, what leads to it is still there to begin again.
      await inTurns(AT_ONCE, ids, (id: RequestId) => remove(keys, sealingKeyKey(id)));
      await inTurns(AT_ONCE, ids, (id: RequestId) => remove(keys, keyOfNumberKey(hash, id)));
    },
    forgetNumber: async address => {
      const rows = await rowsUnder(deps, numberHash(deps, address));
      const hers = rows.filter(({ sk }) => sk !== HELPER);
      await inTurns(AT_ONCE, hers, row => remove(deps, row));
    },
  };
}

async function rowsUnder(deps: Deps, hash: string): Promise<readonly Key[]> {
  const values = { pk: numberPartition(hash) };
  const items = await queryAll(deps, { where: '#pk = :pk', values, ConsistentRead: true });
  return items.map(item => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
}

async function remove({ client, table, random }: Deps, key: Key): Promise<void> {
  const { pk, sk } = key;
  await whileBusy(random, () =>
    client.send(new DeleteItemCommand({ TableName: table, Key: toItem({ pk, sk }) })),
  );
}
