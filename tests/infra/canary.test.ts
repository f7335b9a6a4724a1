// The canary is there when a stage has numbers for it, with less rights than anybody, a rule and two alarms.
import { describe, expect, test } from 'vitest';
import {
  all,
  list,
  one,
  type Properties,
  stagesAsSet,
  statementsOf,
  synthesize,
  template,
} from './template.ts';

const survivorNumber = '+77991000096';
const withCanary = (canary: Properties) =>
  synthesize({
    stages: { ...stagesAsSet, dev: { removal: 'destroy', logDays: 7, canary } },
  });
const stack = withCanary({ survivorNumber });
const actions = statementsOf(one('AWS::IAM::Policy', 'Canary', stack)['PolicyDocument']).flatMap(
  ({ Action }) => list(Action),
);

test('a stage without numbers for it has no canary', () => {
  expect(all('AWS::Lambda::Function').filter(([id]) => id.startsWith('Canary'))).toEqual([]);
  expect(JSON.stringify(template.toJSON())).not.toMatch(/canary/i);
});

describe('a stage with numbers for it', () => {
  test('has a function that ends long before it is sent again, and a rule every five minutes', () => {
    expect(one('AWS::Lambda::Function', 'Canary', stack)).toMatchObject({ Timeout: 90 });
    expect(one('AWS::Events::Rule', 'CanaryRule', stack)).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
  });

  test('how often is a setting, within reason', () => {
    const often = one('AWS::Events::Rule', 'CanaryRule', withCanary({ survivorNumber, everyMinutes: 15 }));
    expect(often).toMatchObject({ ScheduleExpression: 'rate(15 minutes)' });
    expect(() => withCanary({ survivorNumber, everyMinutes: 1 })).toThrow('everyMinutes');
    expect(() => withCanary({ survivorNumber: '112' })).toThrow('survivorNumber');
  });

  test('it reads, tells and writes its log; it changes nothing and wakes nobody', () => {
    expect(actions.filter(action => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
    expect(actions).toContain('sns:Publish');
    expect(actions).toContain('secretsmanager:GetSecretValue');
    expect(actions.filter(action => action.startsWith('sqs:'))).toEqual([]);
  });

  test('every function knows its number, so that no fault puts its call through to a desk', () => {
    // The one of the managers' page knows nothing of calls.
    const onTheWay = all('AWS::Lambda::Function', stack).filter(([id]) => !id.startsWith('Console'));
    for (const [id, made] of onTheWay)
      expect(made, id).toMatchObject({ Environment: { Variables: { PANA_CANARY_NUMBER: survivorNumber } } });
  });

  test('three flights without a word ring, and so does one that says it failed', () => {
    expect(one('AWS::CloudWatch::Alarm', 'WatchCanarySilent', stack)).toMatchObject({
      MetricName: 'canary-came-through',
      Period: 900,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    expect(one('AWS::CloudWatch::Alarm', 'WatchCanaryFailed', stack)).toMatchObject({
      MetricName: 'canary-failed',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
    const counted = all('AWS::Logs::MetricFilter', stack).filter(([id]) => id.includes('Countcanary'));
    expect(counted).toHaveLength(2);
  });
});
