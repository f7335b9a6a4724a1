// The network document, sealed whole: the numbers of contacts stand in it. Read once a minute by each instance.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { faultOf } from '../../app/fault.ts';
import { isRefused, parseNetwork } from '../../app/network-document.ts';
import type { NetworkStore } from '../../app/ports.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import { type NetworkProblem, problemsOfNetwork } from '../../domain/network-rules.ts';
import type { Holidays } from '../../domain/rota.ts';
import type { Item, PlainItem } from './attributes.ts';
import { type Deps, getItem, namingDamage, readItem, seal, unseal } from './deps.ts';
import { networkKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';

const CACHE_SECONDS = 60;
/** As it stands in the log, which keeps no words with blanks between them. */
const NAME = 'network';

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  network: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});

/** Whether all words are there is checked by whoever writes the network, who knows the catalogs and the recordings. */
const wordsAreChecked = { prompts: () => true, audioFor: () => [], naming: () => [] };

export function networkItem(deps: Deps, network: Network): PlainItem {
  return { ...networkKey, schema: SCHEMA_VERSION, network: seal(deps, network, networkKey, 'network') };
}

export function createNetworkStore(deps: Deps): NetworkStore {
  let known: { readonly network: Network; readonly until: Instant } | null = null;
  let reading: Promise<Network> | null = null;

  const readAgain = async (): Promise<Network> => {
    const last = known;
    try {
      const item = await getItem(deps, networkKey);
      if (!item) throw new Error('there is no network in the table: put one first');
      const network = namingDamage(deps, () => readNetwork(deps, item));
      known = { network, until: addSeconds(deps.clock.now(), CACHE_SECONDS) };
      return network;
    } catch (error) {
      if (!last) throw error;
      // A minute's old network answers the phone; none does not.
      deps.log.error('network-not-read', { error: faultOf(error) });
      known = { network: last.network, until: addSeconds(deps.clock.now(), CACHE_SECONDS) };
      return last.network;
    } finally {
      reading = null;
    }
  };

  return {
    network: async () => {
      if (known && deps.clock.now() < known.until) return known.network;
      reading ??= readAgain();
      return reading;
    },
  };
}

/** Volunteers may be written, and their duty kept up, before there is a network: then there are no holidays. */
export async function holidaysNow(networks: NetworkStore): Promise<Holidays> {
  try {
    return holidaysOf(await networks.network());
  } catch {
    return new Set();
  }
}

/** Empty when every function could read and use it. */
export function problemsWhenRead(document: unknown): readonly NetworkProblem[] {
  const network = parseNetwork(document);
  return isRefused(network) ? network.problems : problemsOfNetwork(network, wordsAreChecked);
}

export function readNetwork(deps: Deps, item: Item): Network {
  const { network: sealed } = readItem(item, fieldsSchema, NAME);
  const network = parseNetwork(unseal(deps, sealed, networkKey, 'network', NAME));
  if (isRefused(network) || problemsOfNetwork(network, wordsAreChecked).length > 0)
    throw new DamagedRecord(NAME);
  return network;
}
