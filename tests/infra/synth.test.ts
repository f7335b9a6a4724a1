// The real `cdk synth`, for every stage: with no account, no credentials and no network. Then the bundles that it made:
// each is one small file, and run as Lambda runs it, with its memory and frozen between events, a call comes through.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestIdFrom } from '../support/request-builder.ts';
import { plainLine } from '../support/small-network.ts';
import { aigul, type BundledHotline, startBundled } from './bundled-hotline.ts';
import { bundleIn } from './bundles.ts';
import { everyName } from './template.ts';

const run = promisify(execFile);
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

/** By the command line, bundles and all. */
async function synthesizeWhole(stage: string): Promise<void> {
  const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const output = join(bench, stage);
  await run(process.execPath, [cli, 'synth', '--quiet', '-c', `stage=${stage}`, '--output', output], {
    env: withoutAccountOrNetwork(),
  });
}

/** By the app as the command line starts it, without the bundles: they are the same in every stage. */
async function synthesizeAlone(stage: string): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const chosen = { ...context, stage, 'aws:cdk:bundling-stacks': [] };
  await run(process.execPath, [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'infra/app.ts'], {
    env: {
      ...withoutAccountOrNetwork(),
      CDK_CONTEXT_JSON: JSON.stringify(chosen),
      CDK_OUTDIR: join(bench, stage),
    },
  });
}

const bundleNamed = (name: string) => bundleIn(join(bench, 'dev'), name);
const bundleOf = (name: string) => bundleNamed(name).folder;

describe('cdk synth', { timeout: 300_000 }, () => {
  beforeAll(
    () => Promise.all([synthesizeWhole('dev'), ...['staging', 'production'].map(synthesizeAlone)]),
    300_000,
  );

  test.each(['dev', 'staging', 'production'])('makes a template for %s that looked nothing up', stage => {
    const manifest = JSON.parse(readFileSync(join(bench, stage, 'manifest.json'), 'utf8'));
    expect(manifest.missing).toBeUndefined();
    expect(manifest.artifacts.Hotline.properties.stackName).toBe(`pana-${stage}`);
    expect(existsSync(join(bench, stage, 'Hotline.template.json'))).toBe(true);
  });

  test('those that hand out files have them beside their code, and no other', () => {
    const beside = (folder: string) =>
      everyName.filter(
        name =>
          existsSync(join(bundleOf(name), folder)) && readdirSync(join(bundleOf(name), folder)).length > 0,
      );
    expect(beside('audio').sort()).toEqual(['Audio', 'Fallback']);
    expect(beside('console')).toEqual(['Console']);
  });

  describe('the bundles as Lambda runs them', () => {
    let hotline: BundledHotline;
    const lambda = (name: string) => {
      const found = hotline.lambdas.get(name);
      if (!found) throw new Error(`${name} did not start`);
      return found;
    };
    const until = async (what: () => unknown) => {
      for (let tries = 0; tries < 400 && !what(); tries += 1) await pause(50);
      expect(what()).toBeTruthy();
    };
    beforeAll(async () => {
      hotline = await startBundled(bundleNamed);
      for (const name of everyName) await hotline.start(name);
    }, 120_000);
    afterAll(() => hotline?.close());

    test('each initialises within its memory, and sleeps until it is asked', async () => {
      for (const name of everyName) await until(() => lambda(name).isFrozen());
    });

    test('she calls, a volunteer is rung, presses 1, and they talk; whoever is not asked sleeps', async () => {
      const [caller, helper] = [hotline.exchange.phone('+77995550001'), hotline.exchange.phone(aigul.number)];
      const call = await caller.dial(plainLine.number);
      await until(() => helper.ringing);
      await helper.ringing?.answer();
      await until(() => helper.call?.said.length);
      await helper.call?.press('1');
      await until(() => call.inConferenceWith.includes(aigul.number));
      await until(() => lambda('Voice').isFrozen() && lambda('Status').isFrozen());
      expect(lambda('Forget').isFrozen()).toBe(true);
    });

    test('after a sleep in which every connection has died each goes on as if nothing had been', async () => {
      await until(() => everyName.every(name => lambda(name).isFrozen()));
      expect(hotline.cutAllConnections()).toBeGreaterThan(2);
      const helper = hotline.exchange.phone(aigul.number);
      await hotline.exchange.phone('+77995550001').call?.hangUp();
      await until(() => helper.call === undefined);
      hotline.cutAllConnections();
      const another = await hotline.exchange.phone('+77995550002').dial(plainLine.number);
      await until(() => helper.ringing);
      await another.hangUp();
      await until(() => !helper.ringing);
      expect(hotline.exchange.errors).toEqual([]);
    });

    test('a text is answered; a timer, a queue and a manager without a token get what they should', async () => {
      const writer = hotline.exchange.phone('+77995550003');
      await writer.text(plainLine.number, 'Здравствуйте');
      await until(() => writer.texts.length);
      for (const name of ['Sweep', 'Reconcile', 'Upkeep', 'Forget']) await lambda(name).invoke({});
      expect(await lambda('Fallback').invoke({})).toMatchObject([{ line: plainLine.id }]);
      const record = (messageId: string, requestId: string) => ({
        messageId,
        body: JSON.stringify({ requestId }),
        eventSource: 'aws:sqs',
      });
      const Records = [record('m-1', requestIdFrom(1)), record('m-2', 'nonsense')];
      expect(await lambda('Wakeup').invoke({ Records })).toEqual({
        batchItemFailures: [{ itemIdentifier: 'm-2' }],
      });
      const asked = {
        version: '2.0',
        routeKey: 'GET /v1/{proxy+}',
        rawPath: '/v1/audit',
        rawQueryString: '',
      };
      const http = { method: 'GET', path: '/v1/audit', sourceIp: '127.0.0.1' };
      const event = { ...asked, headers: { host: 'x' }, requestContext: { http, domainName: 'x' } };
      expect(await lambda('Api').invoke(event)).toMatchObject({ statusCode: 401 });
    });

    test('a secret that nobody has filled fails the call and not the function: the next one is answered', async () => {
      hotline.fillSecret(false);
      const fresh = await hotline.start('Sweep');
      await expect(fresh.invoke({})).rejects.toThrow(/ConfigError/);
      hotline.fillSecret(true);
      await expect(fresh.invoke({})).resolves.toBeDefined();
    });

    test('none has ever held more memory than it may', () => {
      for (const name of everyName)
        expect(lambda(name).peakMegabytes(), name).toBeLessThan(bundleNamed(name).megabytes);
    });
  });
});
