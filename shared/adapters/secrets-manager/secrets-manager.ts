// Secrets from AWS Secrets Manager. The SDK is loaded when it is first needed.
// Must never say more than which field is wrong.
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigError, parseSecrets, type Secrets } from '../../app/config.ts';

const LIMIT_MS = 2_000;

export async function readSecretsManager(arn: string, given?: SecretsManagerClient): Promise<Secrets> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client =
    given ??
    new SecretsManagerClient({
      maxAttempts: 2,
      requestHandler: {
        connectionTimeout: LIMIT_MS,
        requestTimeout: LIMIT_MS,
        throwOnRequestTimeout: true,
      },
    });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (SecretString === undefined) throw new ConfigError('the secret holds no text');
  return parseSecrets(SecretString);
}
