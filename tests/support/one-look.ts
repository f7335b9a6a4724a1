// The minute rules of a world ask the engine for thirty-two shards of the due index, nearly all of them empty: seven of
// ten of all requests that scenarios would send. One look at the whole index says which of them are worth asking for.
// Must never answer for a shard in which something is due: that is read by the port itself.
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { dutyDueShard, requestDueShard } from '../../shared/adapters/dynamodb/keys.ts';
import { STALE_AFTER_SECONDS } from '../../shared/adapters/dynamodb/roster-store.ts';
import { DUE_SHARDS, type Ports } from '../../shared/app/ports.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';

/** Long before the duty entries would be held to be too old to be used. */
const ROLL_WITHIN_SECONDS = STALE_AFTER_SECONDS / 4;

type OneLook = (ports: Ports) => Ports;

/** What it returns is for one run of a rule, during which no shard comes to be due. */
export function oneLook(client: DynamoDBClient, table: string): OneLook {
  let rollBy = instant(0);
  return ({ requests, roster, ...ports }) => {
    let looked: Promise<ReadonlySet<string>> | null = null;
    const look = (at: Instant) => {
      looked ??= dueShards(client, table, at);
      return looked;
    };
    return {
      ...ports,
      requests: {
        ...requests,
        due: async (shard, at) =>
          (await look(at)).has(requestDueShard(shard)) ? requests.due(shard, at) : [],
      },
      roster: {
        ...roster,
        rollDuty: async at => {
          const due = await look(at);
          const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => dutyDueShard(shard));
          if (at < rollBy && !shards.some(shard => due.has(shard))) return [];
          rollBy = addSeconds(at, ROLL_WITHIN_SECONDS);
          return roster.rollDuty(at);
        },
      },
    };
  };
}

async function dueShards(client: DynamoDBClient, table: string, at: Instant): Promise<ReadonlySet<string>> {
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName: table,
      IndexName: 'due',
      FilterExpression: 'dueAt <= :at',
      ExpressionAttributeValues: { ':at': { N: `${at}` } },
    }),
  );
  return new Set(Items.map(item => item['dueShard']?.S ?? ''));
}
