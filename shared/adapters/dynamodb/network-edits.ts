// The network as managers edit it: read from the table itself, stored only on top of what was read.
// Must never store what a function could not read: it would silence the line.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { NetworkEdits } from '../../app/office.ts';
import { putInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, namingDamage } from './deps.ts';
import { networkKey } from './keys.ts';
import { problemsWhenRead } from './network-problems.ts';
import { networkItem, readNetwork } from './network-store.ts';
import { volunteersAtOwnNumbers } from './registry.ts';

/** A network that was put before it had versions, by a seed as well, is version 0. */
const NONE = 0;

export function createNetworkEdits(deps: Deps): NetworkEdits {
  const { client, table, random } = deps;
  return {
    read: async () => {
      const item = await getItem(deps, networkKey);
      if (!item) throw new Error('there is no network in the table: put one first');
      const network = namingDamage(deps, () => readNetwork(deps, item));
      return { network, version: Number(item['version']?.N ?? NONE) };
    },
    put: async (network, before) => {
      const problems = problemsWhenRead(network);
      if (problems.length > 0) throw new RangeError('a network that breaks its rules is not stored');
      if ((await volunteersAtOwnNumbers(deps, network)).length > 0) return 'number-taken';
      const item = { ...networkItem(deps, network), version: before + 1 };
      const condition =
        before === NONE ? 'attribute_exists(#pk) AND attribute_not_exists(#version)' : '#version = :before';
      const put = putInput(table, item, condition, before === NONE ? {} : { before });
      const isStored = await unlessRefused(random, () => client.send(new PutItemCommand(put)));
      return isStored ? 'stored' : 'changed-meanwhile';
    },
  };
}
