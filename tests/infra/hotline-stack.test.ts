// What exists, how it is set, and what each stage keeps, by named facts.
// Never a snapshot: a fact that fails says what is wrong. Bundles are synth.test.ts's matter.
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { keyTableDefinition, TTL_ATTRIBUTE, tableDefinition } from '../../shared/adapters/dynamodb/table.ts';
import { STAY_AWAKE } from '../../shared/http/rehearsal.ts';
import {
  all,
  everyName,
  idOf,
  list,
  names,
  one,
  type Properties,
  permissionsOf,
  stages,
  stagesAsSet,
  statementsOf,
  synthesize,
  template,
} from './template.ts';

describe('the functions', () => {
  test('they run on nodejs24.x and arm64, each with one handler', () => {
    expect(all('AWS::Lambda::Function')).toHaveLength(everyName.length);
    for (const name of everyName) {
      expect(one('AWS::Lambda::Function', name)).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    }
  });

  test('each has a role of its own, which no policy and no other function shares', () => {
    const roles = everyName.map(name => JSON.stringify(one('AWS::Lambda::Function', name)['Role']));
    expect(new Set(roles).size).toBe(everyName.length);
    expect(all('AWS::IAM::Role')).toHaveLength(everyName.length);
    for (const [, policy] of all('AWS::IAM::Policy')) expect(policy['Roles']).toHaveLength(1);
  });

  test('no role carries a managed policy', () => {
    for (const [, role] of all('AWS::IAM::Role')) expect(role).not.toHaveProperty('ManagedPolicyArns');
  });

  test('webhooks answer before Twilio gives up at 15 s; sweep and reconciler end before they run again', () => {
    for (const name of ['Voice', 'Text', 'Status']) {
      expect(one('AWS::Lambda::Function', name)).toMatchObject({ Timeout: 10 });
    }
    expect(one('AWS::Lambda::Function', 'Sweep')).toMatchObject({ Timeout: 30 });
    expect(one('AWS::Lambda::Function', 'Reconcile')).toMatchObject({ Timeout: 60 });
  });

  test('each writes to a log of its own that is not kept for ever', () => {
    for (const name of names) {
      expect(one('AWS::Logs::LogGroup', name)).toMatchObject({ RetentionInDays: 7 });
      expect(permissionsOf(name).get('logs:PutLogEvents')).toEqual([expect.stringContaining(`"${name}Log`)]);
    }
  });

  test('a ladder of more than 16 wake-ups is not taken for a runaway loop', () => {
    expect(one('AWS::Lambda::Function', 'Wakeup')).toMatchObject({ RecursiveLoop: 'Allow' });
    for (const name of names.filter(other => other !== 'Wakeup')) {
      expect(one('AWS::Lambda::Function', name)).not.toHaveProperty('RecursiveLoop');
    }
  });

  test('an environment holds the agreed names and no secret', () => {
    for (const name of names) {
      const { Variables } = one('AWS::Lambda::Function', name)['Environment'] as { Variables: Properties };
      expect(Object.keys(Variables).sort()).toEqual([
        'PANA_PAGES_BASE',
        'PANA_PUBLIC_BASE',
        'PANA_QUEUE_URL',
        'PANA_SECRETS_ARN',
        'PANA_STAGE',
        'PANA_TABLE',
        'PANA_TOPIC_ARN',
      ]);
      expect(JSON.stringify(Variables)).not.toContain('resolve:secretsmanager');
    }
  });
});

describe('the table', () => {
  const table = one('AWS::DynamoDB::Table', 'DataTable');

  test('has the keys, indexes and way of paying that the code expects', () => {
    const byName = (definitions: unknown): unknown =>
      [...(definitions as { AttributeName: string }[])].sort((a, b) =>
        a.AttributeName.localeCompare(b.AttributeName),
      );
    const { AttributeDefinitions, ...rest } = tableDefinition;
    expect(table).toMatchObject(rest);
    expect(byName(table['AttributeDefinitions'])).toEqual(byName(AttributeDefinitions));
  });

  test('forgets rows by expiresAt', () => {
    expect(table).toMatchObject({
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
    });
  });

  test('beside it stands one for keys, of which no copy is ever made', () => {
    const keys = one('AWS::DynamoDB::Table', 'DataKeys');
    expect(keys).toMatchObject(keyTableDefinition);
    expect(keys).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      TableName: { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^DataTable/) }, '-keys']] },
    });
  });

  test('can be restored to any second', () => {
    expect(table).toMatchObject({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
  });
});

describe('time', () => {
  test('a wake-up that failed five times goes to the dead ones, which are kept 14 days', () => {
    const [deadId] = all('AWS::SQS::Queue').find(([id]) => id.startsWith('TimersDeadWakeUps')) ?? [];
    expect(one('AWS::SQS::Queue', 'TimersWakeUps')).toMatchObject({
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [deadId, 'Arn'] } },
    });
    expect(one('AWS::SQS::Queue', 'TimersDeadWakeUps')).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 3600,
    });
  });

  test('a wake-up is hidden at least six times as long as its function may run', () => {
    const hidden = one('AWS::SQS::Queue', 'TimersWakeUps')['VisibilityTimeout'];
    const runs = one('AWS::Lambda::Function', 'Wakeup')['Timeout'];
    expect(hidden).toBeGreaterThanOrEqual(6 * Number(runs));
  });

  test('one failed wake-up does not repeat its neighbours', () => {
    expect(one('AWS::Lambda::EventSourceMapping')).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test.each([
    ['Sweep', 'rate(1 minute)'],
    ['Reconcile', 'rate(2 minutes)'],
    ['Forget', 'rate(1 hour)'],
    ['Upkeep', 'rate(1 minute)'],
    ['Voice', 'rate(1 minute)'],
  ])('%s runs at %s, and a missed run is not made up for', (name, rate) => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: rate,
      State: 'ENABLED',
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${name}Function`), 'Arn'] },
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        }),
      ],
    });
    expect(one('AWS::Lambda::EventInvokeConfig', name)).toMatchObject({ MaximumRetryAttempts: 0 });
  });

  test('what is sent to keep an instance awake is what the function knows', () => {
    const targets = Object.values(template.findResources('AWS::Events::Rule')).flatMap(
      ({ Properties }) => Properties.Targets,
    );
    expect(targets.flatMap(({ Input }) => (Input ? [JSON.parse(Input)] : []))).toEqual([STAY_AWAKE]);
  });
});

describe('the door', () => {
  test('these are the routes, and there is nothing else', () => {
    const routes = all('AWS::ApiGatewayV2::Route').filter(([id]) => id.startsWith('Webhooks'));
    expect(routes.map(([, route]) => route['RouteKey']).sort()).toEqual([
      'GET /audio/{proxy+}',
      'GET /recorder/{proxy+}',
      'POST /recorder/{proxy+}',
      'POST /status/{proxy+}',
      'POST /texts/{proxy+}',
      'POST /voice/{proxy+}',
    ]);
  });

  test('each route leads to its function, in payload version 2', () => {
    const target = (route: string): unknown => {
      const [, properties] =
        all('AWS::ApiGatewayV2::Route').find(([, { RouteKey }]) => RouteKey === route) ?? [];
      const integration = JSON.stringify(properties?.['Target']);
      const [, found] =
        all('AWS::ApiGatewayV2::Integration').find(([id]) => integration.includes(`"${id}"`)) ?? [];
      expect(found).toMatchObject({ PayloadFormatVersion: '2.0' });
      return JSON.stringify(found?.['IntegrationUri']);
    };
    expect(target('POST /voice/{proxy+}')).toContain('VoiceFunction');
    expect(target('GET /audio/{proxy+}')).toContain('AudioFunction');
    expect(target('POST /recorder/{proxy+}')).toContain('AudioFunction');
    expect(target('POST /texts/{proxy+}')).toContain('TextFunction');
    expect(target('POST /status/{proxy+}')).toContain('StatusFunction');
  });

  test('the stage is throttled', () => {
    expect(one('AWS::ApiGatewayV2::Stage', 'Webhooks')).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });

  test('the access log names no person: no address, no path, no agent', () => {
    const { Format } = one('AWS::ApiGatewayV2::Stage', 'Webhooks')['AccessLogSettings'] as { Format: string };
    expect(Object.values(JSON.parse(Format)).sort()).toEqual([
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.responseLatency',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});

describe('the watch', () => {
  test('one dead wake-up rings, one failed webhook rings, three bad minutes of the sweep ring', () => {
    expect(one('AWS::CloudWatch::Alarm', 'WatchWakeUpsDie')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Value: { 'Fn::GetAtt': [expect.stringMatching(/^TimersDeadWakeUps/), 'QueueName'] } }],
      Threshold: 1,
      EvaluationPeriods: 1,
    });
    expect(one('AWS::CloudWatch::Alarm', 'WatchWebhooksFail')).toMatchObject({
      MetricName: '5xx',
      Threshold: 1,
    });
    expect(one('AWS::CloudWatch::Alarm', 'WatchSweepFails')).toMatchObject({
      MetricName: 'Errors',
      EvaluationPeriods: 3,
    });
  });

  test.each([
    ['Sweep', 60],
    ['Reconcile', 120],
  ])('%s: rings when it has stopped running, and when it fails three times in a row', (name, seconds) => {
    expect(one('AWS::CloudWatch::Alarm', `Watch${name}Silent`)).toMatchObject({
      MetricName: 'Invocations',
      Dimensions: [{ Value: { Ref: expect.stringMatching(new RegExp(`^${name}Function`)) } }],
      ComparisonOperator: 'LessThanThreshold',
      Period: seconds,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
    expect(one('AWS::CloudWatch::Alarm', `Watch${name}Fails`)).toMatchObject({
      MetricName: 'Errors',
      Period: seconds,
      EvaluationPeriods: 3,
    });
  });

  test('a request that is 90 s overdue rings, and so does a sweep that does not say how old the oldest is', () => {
    const alarm = one('AWS::CloudWatch::Alarm', 'WatchRequestsOverdue');
    expect(alarm).toMatchObject({
      Threshold: 90,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Statistic: 'Maximum',
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
    expect(one('AWS::Logs::MetricFilter', 'WatchOldestOverdue')).toMatchObject({
      LogGroupName: { Ref: expect.stringMatching(/^SweepLog/) },
      FilterPattern: '{ $.event = "swept" }',
      MetricTransformations: [
        {
          MetricName: alarm['MetricName'],
          MetricNamespace: alarm['Namespace'],
          MetricValue: '$.oldestOverdueSeconds',
        },
      ],
    });
  });
});

describe('nothing starves', () => {
  const production = synthesize({ stage: 'production' });
  const reserved = (name: string) =>
    one('AWS::Lambda::Function', name, production)['ReservedConcurrentExecutions'];

  test('what repairs has runs set aside; texts and statuses have a bound, and callers have none', () => {
    expect(Object.fromEntries(names.map(name => [name, reserved(name)]))).toEqual({
      Voice: undefined,
      Text: 100,
      Status: 200,
      Wakeup: undefined,
      Sweep: 2,
      Reconcile: 2,
    });
  });

  test('a heap of wake-ups takes no more than its share', () => {
    expect(one('AWS::Lambda::EventSourceMapping')).toMatchObject({
      ScalingConfig: { MaximumConcurrency: 50 },
    });
  });

  test('where the account may run ten in all nothing is set aside: it would refuse the deployment', () => {
    for (const name of names)
      expect(one('AWS::Lambda::Function', name)).not.toHaveProperty('ReservedConcurrentExecutions');
  });
});

describe('the nightly copy', () => {
  const production = synthesize({ stage: 'production' });

  test('is under our key, is kept for two weeks, and stays when the stack goes', () => {
    const key = { 'Fn::GetAtt': [idOf('AWS::KMS::Key', production), 'Arn'] };
    expect(one('AWS::Backup::BackupVault', '', production)).toMatchObject({ EncryptionKeyArn: key });
    production.allResources('AWS::Backup::BackupVault', { DeletionPolicy: 'Retain' });
    production.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({ ScheduleExpression: 'cron(0 22 * * ? *)', Lifecycle: { DeleteAfterDays: 14 } }),
        ],
      },
    });
  });

  test('is of the table and nothing else, by a role that may copy that table alone and read none of it', () => {
    const table = idOf('AWS::DynamoDB::Table', production);
    const { Resources } = one('AWS::Backup::BackupSelection', '', production)['BackupSelection'] as {
      Resources: unknown[];
    };
    expect(Resources).toHaveLength(1);
    expect(JSON.stringify(Resources)).toContain(table);
    const role = statementsOf(one('AWS::IAM::Policy', 'Backups', production)['PolicyDocument']);
    for (const { Resource } of role)
      expect(JSON.stringify(Resource)).toMatch(new RegExp(`${table}|"Key[0-9A-F]{8}"`));
    expect(
      role.flatMap(({ Action }) => list(Action)).filter(action => /Item|Query|Scan/.test(action)),
    ).toEqual([]);
    expect(one('AWS::IAM::Role', 'Backups', production)).not.toHaveProperty('ManagedPolicyArns');
  });
});

/** Those that must differ within an account, where CloudFormation does not make them itself. */
const fixedName = /^(Alarm|BackupVault|Bucket|Dashboard|Function|LogGroup|Queue|Role|Table|Topic)Name$/;

describe('the stages', () => {
  const kept = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'];

  test.each(['staging', 'production'])('%s keeps table, key and secret when the stack goes', stage => {
    const stack = synthesize({ stage });
    for (const type of kept) stack.allResources(type, { DeletionPolicy: 'Retain' });
    stack.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
  });

  test('dev leaves nothing behind', () => {
    for (const type of kept) template.allResources(type, { DeletionPolicy: 'Delete' });
    template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });

  test('they have the same things by the same ids, but for the nightly copies that dev has not', () => {
    const ids = stages.map(stage => Object.keys(synthesize({ stage }).toJSON()['Resources']).sort());
    expect(ids[2]).toEqual(ids[1]);
    expect(ids[2]?.filter(id => !/^(Backups|WatchBackupsFail)/.test(id))).toEqual(ids[0]);
  });

  test('no two of them give one name to two things of an account', () => {
    const named = stages.flatMap(stage =>
      Object.values<{ Properties: Properties }>(synthesize({ stage }).toJSON()['Resources']).flatMap(
        ({ Properties }) => Object.entries(Properties).filter(([key]) => fixedName.test(key)),
      ),
    );
    const fixed = named.filter(([, name]) => typeof name === 'string').map(pair => pair.join(' '));
    expect(fixed).toContain('DashboardName pana-staging');
    expect(new Set(fixed).size).toBe(fixed.length);
  });

  test('the region is a parameter', () => {
    const elsewhere = JSON.stringify(synthesize({ region: 'eu-west-1' }).toJSON());
    expect(elsewhere).toContain('dynamodb.eu-west-1.amazonaws.com');
    expect(elsewhere).not.toContain('eu-central-1');
  });

  test('an address of our own, another telephone network and a fallback are settings', () => {
    const own = {
      publicBase: 'https://hotline.example.org',
      twilioApi: 'https://phones.example.org',
      fallbackNumber: '+77000000000',
    };
    const of = synthesize({
      stages: { ...stagesAsSet, dev: { removal: 'destroy', logDays: 7, ...own } },
    });
    for (const name of names) {
      expect(one('AWS::Lambda::Function', name, of)).toMatchObject({
        Environment: {
          Variables: {
            PANA_PUBLIC_BASE: own.publicBase,
            PANA_TWILIO_API: own.twilioApi,
            PANA_FALLBACK_NUMBER: own.fallbackNumber,
          },
        },
      });
    }
  });

  test('an unknown stage, an unknown setting and a wrong number of days are refused', () => {
    const withDev = (dev: Properties) => () => synthesize({ stages: { ...stagesAsSet, dev } });
    expect(() => synthesize({ stage: 'prod' })).toThrow('no stage "prod"');
    expect(withDev({ removal: 'destroy', logDays: 7, token: 'x' })).toThrow('token');
    expect(withDev({ removal: 'destroy', logDays: 8 })).toThrow('logDays');
  });
});
