// What each function loads before it can answer: small, and nothing that could wait. Read from what esbuild says it put
// there. The figures in milliseconds are those of `npm run bench`.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundleFunction } from '../../infra/constructs/bundle.ts';
import { repositoryRoot } from '../../infra/constructs/bundle-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'pana-bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const apart: ReadonlySet<string> = new Set(['audio-places', 'environment', 'once']);
const entries = readdirSync(join(repositoryRoot, 'functions'))
  .filter(file => file.endsWith('.ts'))
  .map(file => file.replace('.ts', ''))
  .filter(name => !apart.has(name));

const bundles = new Map(
  entries.map(name => [name, bundleFunction(`functions/${name}.ts`, join(folder, name))]),
);
const alwaysIn = (name: string) => [...(bundles.get(name)?.always.keys() ?? [])];

/** Everything but the managers' API and what publishes: somebody waits for these, or everything does. */
const lean = entries.filter(name => !['api', 'fallback', 'audio', 'upkeep'].includes(name));

const canWait = [
  /node_modules\/twilio\/lib\/(rest|base|jwt)\//,
  /node_modules\/(axios|luxon|dayjs|jsonwebtoken|qs|bowser)\//,
  /node_modules\/zod\/v4\/classic\//,
  /node_modules\/@aws-sdk\/(client-(sqs|sns|secrets-manager|s3)|credential-provider)/,
  /node_modules\/hono\/dist\/adapter\//,
  /shared\/prompts\/(ru|kk|en|uz|ky|tg|audio)(\.ts|\/)/,
  /shared\/domain\/network-rules\.ts/,
];

describe('before it can answer', () => {
  test.each(lean)('%s loads nothing that could be loaded when it is needed', name => {
    expect(alwaysIn(name).filter(file => canWait.some(pattern => pattern.test(file)))).toEqual([]);
  });

  test('what is loaded later is there', () => {
    const later = [...(bundles.get('voice')?.whenNeeded.values() ?? [])].flat();
    expect(later).toEqual(
      expect.arrayContaining([
        'shared/adapters/twilio/rest.ts',
        'shared/prompts/kk.ts',
        'shared/prompts/audio/manifest.json',
      ]),
    );
    expect(later.join()).not.toMatch(/node_modules\/(axios|luxon|jsonwebtoken|qs)\//);
  });
});
