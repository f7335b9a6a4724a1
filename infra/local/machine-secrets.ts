// The secrets of this machine: made by chance once, then kept beside the data that they seal.
// Must never hold a secret of a real account, and never print one.
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseSecrets, type Secrets } from '../../shared/app/config.ts';

export function secretsIn(path: string): Secrets {
  // `wx`: two machines that start at once do not take each other's secrets away.
  if (!existsSync(path)) writeFileSync(path, freshSecrets(), { mode: 0o600, flag: 'wx' });
  return parseSecrets(readFileSync(path, 'utf8'));
}

function freshSecrets(): string {
  const hex = () => randomBytes(16).toString('hex');
  const key = () => randomBytes(32).toString('base64');
  const secrets = {
    twilioAccountSid: `AC${hex()}`,
    twilioAuthTokens: [hex()],
    twilioApiKey: `SK${hex()}`,
    twilioApiSecret: hex(),
    dataKey: key(),
    lookupKey: key(),
    recorderCode: String(randomInt(10_000_000, 100_000_000)),
  };
  return `${JSON.stringify(secrets, null, 2)}\n`;
}
