// The environment of a command that works on the machine that npm start runs here: the very names and addresses that
// its functions have. Must never lead half to this machine and half to a deployment.
import { join } from 'node:path';
import { LOCAL_REGION, localCredentials } from './machine-queues.ts';
import { LOCAL_TABLE } from './machine-table.ts';
import { portsFrom } from './ports-busy.ts';

export const NOT_RUNNING =
  'No hotline answers here: start it with npm start in another terminal ' +
  '(and if that was started with PANA_PORT=… or PANA_DATA=…, put the same before this command).';

/** The addresses of `npm start`, as its functions have them. */
export function localEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { webhooks, exchange, queue, dynamoDb } = portsFrom(environment);
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    PANA_STAGE: 'local',
    PANA_TABLE: LOCAL_TABLE,
    PANA_QUEUE_URL: `${at(queue)}/000000000000/wake-ups`,
    PANA_TOPIC_ARN: `arn:aws:sns:${LOCAL_REGION}:000000000000:alerts`,
    PANA_SECRETS_FILE: join(environment['PANA_DATA'] || '.pana', 'secrets.json'),
    PANA_PUBLIC_BASE: at(webhooks),
    PANA_TWILIO_API: at(exchange),
    AWS_ENDPOINT_URL_DYNAMODB: environment['PANA_DYNAMODB_ENDPOINT'] || at(dynamoDb),
    AWS_ENDPOINT_URL_SQS: at(queue),
    AWS_ENDPOINT_URL_SNS: at(queue),
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
