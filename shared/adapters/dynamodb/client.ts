// The connection to DynamoDB, with time limits that fit a webhook.
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { beforeEachTry, KeptConnections, keptByAws } from '../kept-connections.ts';

/**
 * Twilio waits 15 s for an answer, and a decision takes up to four round trips: a try that has not answered in 2 s
 * is worth less than another one. (The defaults wait without end.)
 */
const limits = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };

/** To AWS, by the surroundings' own region and rights. */
export function connect(): DynamoDBClient {
  return clientWith({});
}

/** To an engine on this machine, which asks for no rights. */
export function connectLocally(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return clientWith({ endpoint, region: 'local', credentials });
}

function clientWith(whereTo: DynamoDBClientConfig): DynamoDBClient {
  const kept = new KeptConnections(keptByAws);
  const client = new DynamoDBClient({
    maxAttempts: 3,
    // What a client does for each kind of command is put together once, not for each command.
    cacheMiddleware: true,
    requestHandler: { ...limits, ...kept.agents },
    ...whereTo,
  });
  client.middlewareStack.add(kept.dropping, beforeEachTry);
  // Else it copies each request and each answer, field by field, for a line that goes nowhere.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
