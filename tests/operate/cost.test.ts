// What a month costs follows from what was measured and from list prices with a source and a date, and from nothing else.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  added,
  billOf,
  idleMonth,
  type Measured,
  type Prices,
  totalOf,
} from '../../infra/operate/cost/estimate.ts';
import { all, template } from '../infra/template.ts';

const read = <File>(name: string): File => JSON.parse(readFileSync(`infra/operate/cost/${name}`, 'utf8'));
const [measured, prices] = [read<Measured>('units.json'), read<Prices>('prices.json')];

test('each price has a source, and the file its date', () => {
  expect(prices.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  for (const { price, source } of Object.values(prices.list)) {
    expect(price).toBeGreaterThan(0);
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/\S+\/pricing\//);
  }
});

test('what was measured is of the stack as it is: the same timers, each of them with its units', () => {
  const rules = all('AWS::Events::Rule', template);
  expect(Object.keys(measured.runsAMonth)).toHaveLength(rules.length);
  expect(measured.runsAMonth).toMatchObject({ Sweep: 43_200, Reconcile: 21_600, Upkeep: 43_200 });
  for (const name of ['Sweep', 'Reconcile', 'Upkeep', 'Forget', 'Voice'])
    expect(measured.perRun[name]?.gigabyteSeconds, name).toBeGreaterThan(0);
});

test('a call and a conversation take something of everything that is charged by use', () => {
  for (const { logBytes: _, ...units } of [measured.perCall, measured.perConversation])
    for (const [name, count] of Object.entries(units)) expect(count, name).toBeGreaterThan(0);
});

test('a bill is units times prices: twice the requests are twice the bill, and idle is paid once', () => {
  const [one, two] = [1000, 2000].map(times => totalOf(billOf(measured.perCall, times, prices)));
  expect(two).toBeCloseTo(2 * (one ?? 0), 8);
  const units = {
    readUnits: 2,
    writeUnits: 3,
    runs: 1,
    gigabyteSeconds: 4,
    webhooks: 5,
    queueAndTopicRequests: 6,
    logBytes: 0,
  };
  const of = (name: string) => prices.list[name]?.price ?? Number.NaN;
  expect(billOf(units, 1_000_000, prices)).toMatchObject({
    table: 2 * of('readUnitsMillion') + 3 * of('writeUnitsMillion'),
    functions: of('runsMillion') + 4_000_000 * of('gigabyteSecond'),
    'HTTP API': 5 * of('httpRequestsMillion'),
  });
  const idle = idleMonth(measured, prices);
  expect(totalOf(added([idle, billOf(measured.perCall, 0, prices)]))).toBeCloseTo(totalOf(idle), 8);
});

test.each(['1000', '100,000', '10,000,000'])(
  'npm run cost -- --requests %s prints idle, all call and all write',
  async requests => {
    const cli = ['node_modules/tsx/dist/cli.mjs', 'infra/operate/cost.ts', '--requests', requests];
    const { stdout } = await promisify(execFile)(process.execPath, cli);
    const sums = [...(stdout.match(/^together.*$/m)?.[0] ?? '').matchAll(/\$([\d.]+)/g)].map(([, sum]) =>
      Number(sum),
    );
    const count = Number(requests.replaceAll(',', ''));
    const idle = totalOf(idleMonth(measured, prices));
    const calls = totalOf(billOf(measured.perCall, count, prices));
    expect(sums.slice(0, 2)).toEqual([idle, idle + calls].map(sum => Number(sum.toFixed(2))));
  },
);
