// Every fault that the functions write down reaches an alarm, from each function that can write it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faults } from '../../infra/constructs/watch-faults.ts';
import { all, idOf, list, names, one, type Properties, synthesize } from './template.ts';

type Filter = {
  readonly FilterPattern: string;
  readonly LogGroupName: unknown;
  readonly MetricTransformations: Properties[];
};

const filters = all('AWS::Logs::MetricFilter').map(([, filter]) => filter as unknown as Filter);
const filtersOf = (event: string) =>
  filters.filter(({ FilterPattern }) => FilterPattern.includes(`"${event}"`));

describe.each(faults)('$event', ({ event, alarm, writtenBy, threshold }) => {
  test('is counted in the log of every function that writes it, into one metric', () => {
    const found = filtersOf(event);
    expect(found).toHaveLength(writtenBy?.length ?? names.length);
    expect(new Set(found.map(({ LogGroupName }) => JSON.stringify(LogGroupName))).size).toBe(found.length);
    for (const { FilterPattern, MetricTransformations } of found) {
      expect(FilterPattern).toBe(`{ $.event = "${event}" }`);
      expect(MetricTransformations).toEqual([
        { MetricNamespace: 'pana/dev', MetricName: event, MetricValue: '1' },
      ]);
    }
  });

  test('rings at its own number of them', () => {
    expect(one('AWS::CloudWatch::Alarm', `Watch${alarm}`)).toMatchObject({
      MetricName: event,
      Namespace: 'pana/dev',
      Statistic: 'Sum',
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: idOf('AWS::SNS::Topic') }],
    });
  });

  test('is an event that the product really writes', () => {
    const written = readdirSync('shared', { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .some(path =>
        new RegExp(`log\\.(error|warn)\\('${event}'`).test(readFileSync(join('shared', path), 'utf8')),
      );
    expect(written).toBe(true);
  });
});

test('a damaged record rings at once, wherever it was read', () => {
  expect(list(filtersOf('record-damaged'))).toHaveLength(names.length);
  expect(one('AWS::CloudWatch::Alarm', 'WatchRecordsDamaged')).toMatchObject({
    Threshold: 1,
    EvaluationPeriods: 1,
  });
});

test('stages count apart', () => {
  const staging = synthesize({ stage: 'staging' });
  expect(JSON.stringify(all('AWS::Logs::MetricFilter', staging))).not.toContain('pana/dev');
});
