// The real `cdk synth`, bundling and all, for every stage: with no account, no credentials and no network.
// Then the bundles themselves: each is one small file that loads and exports its handler.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyName } from './template.ts';

const run = promisify(execFile);
const stages = ['dev', 'staging', 'production'];
const bench = mkdtempSync(join(tmpdir(), 'pana-synth-'));

afterAll(() => rmSync(bench, { recursive: true, force: true }));

/** No credentials to find, and a proxy where nobody listens for whoever tries the network all the same. */
function withoutAccountOrNetwork(): NodeJS.ProcessEnv {
  const nobody = 'http://127.0.0.1:9';
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_|proxy$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: bench,
    USERPROFILE: bench,
    AWS_EC2_METADATA_DISABLED: 'true',
    HTTP_PROXY: nobody,
    HTTPS_PROXY: nobody,
  };
}

async function synthesize(stage: string): Promise<void> {
  const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const output = join(bench, stage);
  await run(process.execPath, [cli, 'synth', '--quiet', '-c', `stage=${stage}`, '--output', output], {
    env: withoutAccountOrNetwork(),
  });
}

interface LambdaFunction {
  readonly Type: string;
  readonly Properties: { readonly Code: { readonly S3Key: string } };
}

/** The folder of a function's bundle, as the synthesized template names it. */
function bundleOf(name: string, stage = 'dev'): string {
  const template = JSON.parse(readFileSync(join(bench, stage, 'Hotline.template.json'), 'utf8'));
  const [, found] =
    Object.entries<LambdaFunction>(template.Resources).find(
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(name),
    ) ?? [];
  return join(bench, stage, `asset.${found?.Properties.Code.S3Key.replace(/\.zip$/, '')}`);
}

/** Those that play recordings, or publish them. */
const withAudio = ['Audio', 'Fallback'];

describe('cdk synth', { timeout: 300_000 }, () => {
  beforeAll(() => Promise.all(stages.map(synthesize)), 300_000);

  test.each(stages)('makes a template for %s that looked nothing up', stage => {
    const manifest = JSON.parse(readFileSync(join(bench, stage, 'manifest.json'), 'utf8'));
    expect(manifest.missing).toBeUndefined();
    expect(manifest.artifacts.Hotline.properties.stackName).toBe(`pana-${stage}`);
    expect(existsSync(join(bench, stage, 'Hotline.template.json'))).toBe(true);
  });

  test.each(everyName.filter(name => !withAudio.includes(name)))('%s is one file', name => {
    expect(readdirSync(bundleOf(name))).toEqual(['index.js']);
  });

  test.each(withAudio)('%s has the recordings beside it', name => {
    expect(readdirSync(bundleOf(name)).sort()).toEqual(['audio', 'index.js']);
    expect(readdirSync(join(bundleOf(name), 'audio')).length).toBeGreaterThan(0);
  });

  test.each(everyName)('%s loads and exports its handler', async name => {
    const program = `process.stdout.write(typeof require(${JSON.stringify(bundleOf(name))}).handler);process.exit()`;
    const { stdout } = await run(process.execPath, ['-e', program], { env: lambdaLike });
    expect(stdout).toBe('function');
  });

  test.each(everyName)('%s stays small: parsing is cold start', name => {
    // 1.5 to 1.7 MB when this was written; importing the whole of Twilio's package adds 3.6 MB.
    expect(statSync(join(bundleOf(name), 'index.js')).size).toBeLessThan(2_500_000);
  });
});

const lambdaLike = {
  PATH: process.env['PATH'],
  AWS_REGION: 'eu-central-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  PANA_STAGE: 'dev',
  PANA_TABLE: 'table',
  PANA_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/000000000000/wake-ups',
  PANA_TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:alerts',
  PANA_SECRETS_ARN: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:pana',
  PANA_PUBLIC_BASE: 'https://hotline.example.org',
};
