// V8's code cache beside the files of a bundle: what it has compiled once it need not compile again. Made by starting the
// function here, on an environment that leads nowhere.
// V8 takes a cache from its own version alone, and looks at no more of the source than its length: a cache must never be
// made of another bundle than the one it stands beside.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './bundle-options.ts';

/** A cache that is made anywhere else would be carried for nothing: Lambda would refuse it. */
export const isLambdasKind =
  process.platform === 'linux' && process.arch === 'arm64' && process.versions.node.startsWith('24.');

const writer = join(repositoryRoot, 'functions/start/write-code-cache.mjs');

/** Of whatever the start, and what a start rehearses, has compiled. Throws when not even that could be loaded. */
export function cacheCode(folder: string): void {
  const between = mkdtempSync(join(tmpdir(), 'pana-code-cache-'));
  try {
    const secrets = join(between, 'secrets.json');
    writeFileSync(secrets, JSON.stringify(nobodysSecrets));
    const { status, stderr } = spawnSync(process.execPath, [writer, folder], {
      env: { ...nowhere, PANA_SECRETS_FILE: secrets },
      timeout: 30_000,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`no code cache could be made: ${stderr.slice(-2000)}`);
  } finally {
    rmSync(between, { recursive: true, force: true });
  }
  if (!readdirSync(folder).some(file => file.endsWith('.cache'))) throw new Error('there is no code cache');
}

/** The discard port: nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';

const nowhere = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nobody',
  AWS_ENDPOINT_URL: NOBODY,
  AWS_MAX_ATTEMPTS: '1',
  PANA_STAGE: 'dev',
  PANA_TABLE: 'nowhere',
  PANA_QUEUE_URL: `${NOBODY}/queue`,
  PANA_TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:nowhere',
  PANA_PUBLIC_BASE: 'https://nowhere.example',
  PANA_TWILIO_API: NOBODY,
};

const nobodysSecrets = {
  twilioAccountSid: `AC${'0'.repeat(32)}`,
  twilioAuthTokens: ['0'.repeat(32)],
  twilioApiKey: `SK${'0'.repeat(32)}`,
  twilioApiSecret: '0'.repeat(32),
  dataKey: Buffer.alloc(32, 1).toString('base64'),
  lookupKey: Buffer.alloc(32, 2).toString('base64'),
};
