// Who may touch what, what is closed to the world and what is encrypted.
// Never a snapshot: a fact that fails says what is wrong.
import { describe, expect, test } from 'vitest';
import { all, idOf, list, names, one, permissionsOf, statementsOf, template } from './template.ts';

function mayQuery(name: string, index: string): boolean {
  return (permissionsOf(name).get('dynamodb:Query') ?? []).some(resource =>
    resource.includes(`/index/${index}"`),
  );
}

describe('who may do what', () => {
  test('no role may touch every resource of a kind', () => {
    for (const name of names) {
      for (const [action, resources] of permissionsOf(name)) {
        for (const resource of resources) expect(resource, `${name} ${action}`).not.toContain('*');
      }
    }
  });

  test('no role may do every action of a service', () => {
    for (const name of names) {
      const wide = [...permissionsOf(name).keys()].filter(action => /^\*|:\*/.test(action));
      expect(wide, name).toEqual([]);
    }
  });

  test('"*" stands nowhere but in the key policy, where it means this key', () => {
    const policies = [
      ...all('AWS::IAM::Policy'),
      ...all('AWS::SQS::QueuePolicy'),
      ...all('AWS::SNS::TopicPolicy'),
    ];
    for (const [id, policy] of policies) {
      for (const statement of statementsOf(policy['PolicyDocument'])) {
        expect(list(statement.Resource), id).not.toContain('*');
      }
    }
  });

  test('rows are read and written by key; nobody scans and nobody changes the table', () => {
    for (const name of names) {
      const actions = [...permissionsOf(name).keys()].filter(action => action.startsWith('dynamodb:'));
      expect(actions.sort(), name).toEqual([
        'dynamodb:BatchGetItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ]);
    }
  });

  test('everyone reads who is on duty; only the sweep and the reconciler read what is due', () => {
    expect(names.filter(name => mayQuery(name, 'duty'))).toEqual(names);
    expect(names.filter(name => mayQuery(name, 'due'))).toEqual(['Sweep', 'Reconcile']);
  });

  test('everyone reads the list of volunteers, which stands in for the duty index while the sweep is dead', () => {
    expect(names.filter(name => mayQuery(name, 'list'))).toEqual(names);
  });

  test('whoever deletes copies at the network reads here, and changes, wakes and tells nobody', () => {
    const actions = [...permissionsOf('Forget').keys()];
    expect(actions.filter(action => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
    expect(actions.filter(action => /^(sqs|sns):/.test(action))).toEqual([]);
  });

  test('whoever plays and records prompts changes nothing but the prompts', () => {
    const permissions = permissionsOf('Audio');
    const actions = [...permissions.keys()];
    expect(actions.filter(action => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
    expect(actions.filter(action => /^(sqs|sns):/.test(action))).toEqual([]);
    expect(actions.filter(action => action.startsWith('s3:')).sort()).toEqual([
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
    for (const resource of permissions.get('s3:PutObject') ?? []) expect(resource).toMatch(/clips|drafts/);
    for (const name of names) expect([...permissionsOf(name).keys()].join()).not.toContain('s3:');
  });

  test('the prompts are open to nobody, and what was not kept goes after a day', () => {
    expect(one('AWS::S3::Bucket', 'Recordings')).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
      LifecycleConfiguration: { Rules: [{ Prefix: 'drafts/', ExpirationInDays: 1, Status: 'Enabled' }] },
    });
  });

  test('everyone wakes, publishes and reads the secret; only wakeup receives from the queue', () => {
    for (const name of names) {
      const permissions = permissionsOf(name);
      expect(permissions.get('sqs:SendMessage'), name).toEqual([expect.stringContaining('TimersWakeUps')]);
      expect(permissions.get('sns:Publish'), name).toEqual([expect.stringContaining('AlertsTopic')]);
      expect(permissions.get('secretsmanager:GetSecretValue'), name).toHaveLength(1);
    }
    expect(names.filter(name => permissionsOf(name).has('sqs:ReceiveMessage'))).toEqual(['Wakeup']);
  });

  test('the key is used through the services it encrypts for, never directly', () => {
    for (const name of names) {
      const withKey = statementsOf(one('AWS::IAM::Policy', name)['PolicyDocument']).filter(statement =>
        list(statement.Action).some(action => action.startsWith('kms:')),
      );
      expect(withKey).toHaveLength(1);
      expect(withKey[0]).toMatchObject({
        Condition: {
          StringEquals: {
            'kms:ViaService': ['dynamodb', 'secretsmanager', 'sns'].map(
              service => `${service}.eu-central-1.amazonaws.com`,
            ),
          },
        },
      });
    }
  });
});

describe('nothing is public', () => {
  test('no policy lets everybody in', () => {
    const policies = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::IAM::Policy']
      .flatMap(type => all(type))
      .map(([, policy]) => policy['PolicyDocument']);
    for (const policy of [...policies, one('AWS::KMS::Key')['KeyPolicy']]) {
      for (const statement of statementsOf(policy).filter(({ Effect }) => Effect === 'Allow')) {
        expect(statement.Principal).not.toBe('*');
        expect(statement.Principal).not.toEqual({ AWS: '*' });
      }
    }
  });

  test('no function has an address of its own; each invocation right names its source', () => {
    template.resourceCountIs('AWS::Lambda::Url', 0);
    for (const [id, permission] of all('AWS::Lambda::Permission')) {
      expect(['apigateway.amazonaws.com', 'events.amazonaws.com'], id).toContain(permission['Principal']);
      expect(permission, id).toHaveProperty('SourceArn');
    }
  });

  test('queues and topic refuse plain HTTP', () => {
    const refusesPlain = expect.objectContaining({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const policies = [...all('AWS::SQS::QueuePolicy'), ...all('AWS::SNS::TopicPolicy')];
    expect(policies).toHaveLength(3);
    for (const [, policy] of policies) {
      expect(statementsOf(policy['PolicyDocument'])).toContainEqual(refusesPlain);
    }
  });
});

describe('at rest', () => {
  const key = idOf('AWS::KMS::Key');

  test('tables, secret and topic are under our one key, which rotates', () => {
    const ours = { 'Fn::GetAtt': [key, 'Arn'] };
    expect(one('AWS::KMS::Key')).toMatchObject({ EnableKeyRotation: true });
    for (const name of ['DataTable', 'DataKeys'])
      expect(one('AWS::DynamoDB::Table', name)).toMatchObject({ SSESpecification: { KMSMasterKeyId: ours } });
    expect(one('AWS::SecretsManager::Secret')).toMatchObject({ KmsKeyId: ours });
    expect(one('AWS::SNS::Topic')).toMatchObject({ KmsMasterKeyId: ours });
  });

  test('both queues are encrypted', () => {
    const queues = all('AWS::SQS::Queue');
    expect(queues).toHaveLength(2);
    for (const [, queue] of queues) expect(queue).toMatchObject({ SqsManagedSseEnabled: true });
  });

  test('alarms and the budget of this account may publish to the encrypted topic', () => {
    const watchers = expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(statementsOf(one('AWS::SNS::TopicPolicy')['PolicyDocument'])).toContainEqual(watchers);
    expect(statementsOf(one('AWS::KMS::Key')['KeyPolicy'])).toContainEqual(watchers);
  });

  test('the secret is born with a placeholder and nothing real', () => {
    const secret = one('AWS::SecretsManager::Secret');
    expect(secret).not.toHaveProperty('SecretString');
    expect(JSON.stringify(secret)).not.toMatch(/AC[0-9a-f]{32}|SK[0-9a-f]{32}/);
  });
});
