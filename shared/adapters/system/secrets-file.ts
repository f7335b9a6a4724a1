// Secrets from a JSON file, for a machine without a secret store.
// Must never say more than that the file can not be read or which field is wrong.
import { readFile } from 'node:fs/promises';
import { ConfigError, parseSecrets, type Secrets } from '../../app/config.ts';

export async function readSecretsFile(path: string): Promise<Secrets> {
  const json = await readFile(path, 'utf8').catch(() => {
    throw new ConfigError('the file that PANA_SECRETS_FILE names can not be read');
  });
  return parseSecrets(json);
}
