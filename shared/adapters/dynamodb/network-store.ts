// The network document, sealed whole: the numbers of contacts stand in it. Read once a minute by each instance.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { faultOf } from '../../app/fault.ts';
import { isRefused, parseNetwork } from '../../app/network-document.ts';
import type { NetworkStore } from '../../app/ports.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
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
    network: async (notOlderSeconds = CACHE_SECONDS) => {
      const oldest = addSeconds(deps.clock.now(), CACHE_SECONDS - notOlderSeconds);
      if (known && oldest < known.until) return known.network;
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

/**
 * Its shape alone is read. Whoever writes a network holds it against the rules; a release with a new rule must not take
 * the line from everybody for a network that answered until then. (And zones of time are slow to ask about: it was a
 * third of a cold start.)
 */
export function readNetwork(deps: Deps, item: Item): Network {
  const { network: sealed } = readItem(item, fieldsSchema, NAME);
  const network = parseNetwork(unseal(deps, sealed, networkKey, 'network', NAME));
  if (isRefused(network)) throw new DamagedRecord(NAME);
  return network;
}
