// npm run cost:measure: what one request takes of everything that AWS charges for, counted on the built bundles while a
// call and a conversation by text go through, and what each timer takes while nothing goes on. Written for `npm run cost`.
// Milliseconds are of this machine, and of processes that share it: more than on a function of its own, so no promise.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Measured, Units } from '../../infra/operate/cost/estimate.ts';
import { STAY_AWAKE } from '../../shared/http/rehearsal.ts';
import { aigul, type BundledHotline, startBundled } from '../infra/bundled-hotline.ts';
import { bundleIn } from '../infra/bundles.ts';
import { plainLine } from '../support/small-network.ts';
import { countingWay, noCounts } from './counting-way.ts';

const FUNCTIONS = ['Voice', 'Text', 'Status', 'Wakeup', 'Sweep', 'Reconcile', 'Forget', 'Upkeep'];
const STORIES = 3;
/** Most of one ring: she waits about as long as a median caller is promised to. */
const RINGS_SECONDS = 15;
const TEXTS_EACH_WAY = 5;

const output = mkdtempSync(join(tmpdir(), 'pana-cost-'));
const [table, bus, phones] = [noCounts(), noCounts(), noCounts()];

async function until(what: () => unknown, seconds = 60): Promise<void> {
  for (let tries = 0; tries < seconds * 20; tries += 1) {
    if (what()) return;
    await pause(50);
  }
  throw new Error(`this never came: ${what}`);
}

function standing(hotline: BundledHotline): Units {
  const of = (name: string) => hotline.lambdas.get(name);
  const gigabytes = (name: string) => bundleIn(output, name).megabytes / 1024;
  const runs = FUNCTIONS.map(name => of(name)?.runsMs.length ?? 0);
  const seconds = FUNCTIONS.map(name => (of(name)?.runsMs ?? []).reduce((sum, ms) => sum + ms, 0) / 1000);
  return {
    readUnits: table.readUnits,
    writeUnits: table.writeUnits,
    runs: sum(runs),
    gigabyteSeconds: sum(seconds.map((each, index) => each * gigabytes(FUNCTIONS[index] ?? ''))),
    webhooks: hotline.exchange.webhooks.length,
    queueAndTopicRequests: bus.requests,
    logBytes: sum(FUNCTIONS.map(name => of(name)?.log.join('').length ?? 0)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);

async function taken(
  hotline: BundledHotline,
  times: number,
  story: (time: number) => Promise<void>,
): Promise<Units> {
  const before = standing(hotline);
  for (let time = 0; time < times; time += 1) await story(time);
  const after = standing(hotline);
  const each = Object.keys(before) as (keyof Units)[];
  return Object.fromEntries(each.map(name => [name, (after[name] - before[name]) / times])) as Units;
}

async function call(hotline: BundledHotline, time: number): Promise<void> {
  const helper = hotline.exchange.phone(aigul.number);
  const began = await hotline.exchange.phone(`+7799555010${time}`).dial(plainLine.number);
  await until(() => helper.ringing);
  await pause(RINGS_SECONDS * 1000);
  await helper.ringing?.answer();
  await until(() => helper.call?.said.length);
  await helper.call?.press('1');
  await until(() => began.inConferenceWith.includes(aigul.number));
  await began.hangUp();
  await until(() => helper.call === undefined);
  await pause(5000);
}

async function conversation(hotline: BundledHotline, time: number): Promise<void> {
  const [writer, helper] = [
    hotline.exchange.phone(`+7799555020${time}`),
    hotline.exchange.phone(aigul.number),
  ];
  const reads = async (who: typeof writer, count: number) => until(() => who.texts.length >= count);
  const before = helper.texts.length;
  await writer.text(plainLine.number, 'Здравствуйте');
  await reads(writer, 1);
  await writer.text(plainLine.number, '1');
  await until(() => helper.texts.slice(before).some(({ body }) => /\b[1-8]\d\b/.test(body)));
  const [code = ''] = /\b[1-8]\d\b/.exec(helper.texts.at(-1)?.body ?? '') ?? [];
  await helper.text(plainLine.number, code);
  await until(() => helper.texts.slice(before).some(({ body }) => body.includes('Здравствуйте')));
  for (let text = 0; text < TEXTS_EACH_WAY; text += 1) {
    const [hers, ours] = [writer.texts.length, helper.texts.length];
    await writer.text(plainLine.number, `Слово ${text}`);
    await until(() => helper.texts.length > ours);
    await helper.text(plainLine.number, `Ответ ${text}`);
    await until(() => writer.texts.length > hers);
  }
  await helper.text(plainLine.number, '90');
  await pause(5000);
}

/** By the schedules of the template: how often a month of 30 days. */
function timers(): Readonly<Record<string, number>> {
  const template = JSON.parse(readFileSync(join(output, 'Hotline.template.json'), 'utf8'));
  const rules = Object.values<{ Type: string; Properties: Record<string, never> }>(template.Resources).filter(
    ({ Type }) => Type === 'AWS::Events::Rule',
  );
  const minutes = { minute: 1, minutes: 1, hour: 60, hours: 60 } as const;
  return Object.fromEntries(
    rules.map(({ Properties }) => {
      const [, count = '1', unit = 'minute'] =
        /rate\((\d+) (\w+)\)/.exec(Properties['ScheduleExpression'] ?? '') ?? [];
      const [, name = ''] = /"(\w+?)Function[0-9A-F]{8}"/.exec(JSON.stringify(Properties['Targets'])) ?? [];
      return [name, (30 * 24 * 60) / (Number(count) * minutes[unit as keyof typeof minutes])];
    }),
  );
}

function resourcesOf(type: string) {
  const template = JSON.parse(readFileSync(join(output, 'Hotline.template.json'), 'utf8'));
  return Object.values<{ Type: string; Properties: object }>(template.Resources).filter(
    ({ Type }) => Type === type,
  );
}

const counted = (type: string): number => resourcesOf(type).length;

/** Filters of several logs count into one figure. */
function ownMetrics(): number {
  const filters = JSON.stringify(resourcesOf('AWS::Logs::MetricFilter'));
  return new Set(filters.match(/"MetricName":"[^"]+"/g)).size;
}

async function measure(): Promise<Measured> {
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  await promisify(execFile)(process.execPath, [
    cdk,
    'synth',
    '--quiet',
    '-c',
    'stage=dev',
    '--output',
    output,
  ]);
  const ways = [table, bus, phones];
  const hotline = await startBundled(
    name => bundleIn(output, name),
    target => countingWay(target, ways.shift() ?? noCounts()),
  );
  try {
    for (const name of FUNCTIONS) await hotline.start(name);
    const perRun: Record<string, Units> = {};
    for (const name of ['Sweep', 'Reconcile', 'Forget', 'Upkeep', 'Voice'])
      perRun[name] = await taken(
        hotline,
        STORIES,
        async () => void (await hotline.lambdas.get(name)?.invoke(name === 'Voice' ? STAY_AWAKE : {})),
      );
    return {
      measuredAt: new Date().toISOString().slice(0, 10),
      node: process.version,
      perCall: await taken(hotline, STORIES, time => call(hotline, time)),
      perConversation: await taken(hotline, STORIES, time => conversation(hotline, time)),
      perRun,
      runsAMonth: timers(),
      alarms: counted('AWS::CloudWatch::Alarm'),
      ownMetrics: ownMetrics(),
      keys: counted('AWS::KMS::Key'),
      secrets: counted('AWS::SecretsManager::Secret'),
      queuesThatAreRead: counted('AWS::Lambda::EventSourceMapping'),
    };
  } finally {
    await hotline.close();
    rmSync(output, { recursive: true, force: true });
  }
}

const measured = await measure();
writeFileSync('infra/operate/cost/units.json', `${JSON.stringify(measured, null, 2)}\n`);
console.log(measured);
process.exit(0);
