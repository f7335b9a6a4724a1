// Managers come in by a door of their own, with a second factor, and nothing that happens there takes from a caller.
// Names of our own for the two doors are settings, and nothing is looked up for them.
import { describe, expect, test } from 'vitest';
import { roleGroups } from '../../infra/constructs/sign-in.ts';
import { roles } from '../../shared/domain/access.ts';
import {
  all,
  list,
  one,
  type Properties,
  permissionsOf,
  stagesAsSet,
  statementsOf,
  synthesize,
  template,
} from './template.ts';

const production = synthesize({ stage: 'production' });
const apiNamed = (description: RegExp, of = template) => {
  const [id] =
    all('AWS::ApiGatewayV2::Api', of).find(([, api]) => description.test(String(api['Description']))) ?? [];
  return { Ref: id };
};
const managers = apiNamed(/managers/);

describe('the door', () => {
  test('is another one than the webhooks have, with a throttle of its own', () => {
    expect(all('AWS::ApiGatewayV2::Api')).toHaveLength(2);
    expect(one('AWS::ApiGatewayV2::Stage', 'ManagerApi')).toMatchObject({
      ApiId: managers,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
  });

  test('leads to two functions: what begins with v1, is a calendar or a volunteer’s own page to the API, reads of anything else to the page; no webhook is among them', () => {
    const routes = all('AWS::ApiGatewayV2::Route').map(([, route]) => route);
    const ours = routes.filter(({ ApiId }) => JSON.stringify(ApiId) === JSON.stringify(managers));
    const forVolunteers = ['GET /feeds/{proxy+}', 'GET /me/{proxy+}', 'POST /me/{proxy+}'];
    const [forPages, forApi] = [
      ['GET /', 'GET /{proxy+}'],
      ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
    ];
    expect(new Set(ours.map(({ RouteKey }) => RouteKey))).toEqual(
      new Set([...forPages, ...forVolunteers, ...forApi.map(method => `${method} /v1/{proxy+}`)]),
    );
    expect(ours).toHaveLength(forPages.length + forVolunteers.length + forApi.length);
    const leadsTo = (name: string) => {
      const [found] = all('AWS::ApiGatewayV2::Integration').filter(([, each]) =>
        JSON.stringify(each['IntegrationUri']).includes(`${name}Function`),
      );
      return found?.[0] ?? 'nowhere';
    };
    for (const { RouteKey, Target } of ours) {
      const isApi = /\/(v1|me|feeds)\//.test(String(RouteKey));
      expect(JSON.stringify(Target), String(RouteKey)).toContain(leadsTo(isApi ? 'Api' : 'Console'));
    }
  });

  test('the page’s function knows where people sign in and where its files are, and may do nothing', () => {
    const { Environment } = one('AWS::Lambda::Function', 'Console') as {
      Environment: { Variables: Record<string, unknown> };
    };
    expect(
      Object.keys(Environment.Variables)
        .filter(name => !name.startsWith('AWS_'))
        .sort(),
    ).toEqual(['PANA_CONSOLE_FILES', 'PANA_OIDC_AUDIENCE', 'PANA_OIDC_ISSUER']);
    const actions = [...permissionsOf('Console').keys()];
    expect(actions.filter(action => !action.startsWith('logs:'))).toEqual([]);
    expect(actions).not.toEqual([]);
  });

  test('its access log names neither who asked nor for what: paths hold ids', () => {
    const { Format } = one('AWS::ApiGatewayV2::Stage', 'ManagerApi')['AccessLogSettings'] as {
      Format: string;
    };
    expect(Object.values(JSON.parse(Format)).sort()).toEqual([
      '$context.httpMethod',
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.responseLatency',
      '$context.status',
    ]);
  });

  test('rings after five faults, and says that callers are served as ever', () => {
    expect(one('AWS::CloudWatch::Alarm', 'WatchManagerApiFails')).toMatchObject({
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: managers }],
      Threshold: 5,
    });
  });
});

describe('the function', () => {
  test('reads and writes rows and three indexes, wakes, tells and reads the secret; it scans nothing', () => {
    const permissions = permissionsOf('Api');
    expect([...permissions.keys()].filter(action => /^dynamodb:/.test(action)).sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    const indexes = permissions.get('dynamodb:Query')?.join() ?? '';
    for (const name of ['due', 'duty', 'list']) expect(indexes).toContain(`/index/${name}"`);
    for (const action of ['sqs:SendMessage', 'sns:Publish', 'secretsmanager:GetSecretValue'])
      expect(permissions.get(action), action).toHaveLength(1);
    expect([...permissions.keys()].filter(action => /^(s3|cognito|iam|lambda):|\*/.test(action))).toEqual([]);
  });

  test('has a role that no other function has', () => {
    const role = JSON.stringify(one('AWS::Lambda::Function', 'Api')['Role']);
    const sharing = all('AWS::Lambda::Function').filter(
      ([, lambda]) => JSON.stringify(lambda['Role']) === role,
    );
    expect(sharing).toHaveLength(1);
    const [, policy] = all('AWS::IAM::Policy').find(([id]) => id.startsWith('Api')) ?? [];
    expect(list(policy?.['Roles'])).toHaveLength(1);
    expect(statementsOf(policy?.['PolicyDocument']).length).toBeGreaterThan(0);
  });

  test('can take no more runs than are set aside for it, so that callers keep the rest', () => {
    expect(one('AWS::Lambda::Function', 'Api', production)).toMatchObject({
      ReservedConcurrentExecutions: 20,
    });
  });

  test('ends before the door gives up, and knows the pool by its issuer and its client', () => {
    const { Timeout, Environment } = one('AWS::Lambda::Function', 'Api') as Properties & { Timeout: number };
    expect(Timeout).toBeLessThan(30);
    const { Variables } = Environment as { Variables: Properties };
    expect(JSON.stringify(Variables['PANA_OIDC_ISSUER'])).toMatch(
      /https:\/\/cognito-idp\.eu-central-1\..*SignInPool/,
    );
    expect(JSON.stringify(Variables['PANA_OIDC_AUDIENCE'])).toMatch(/SignInPoolPage/);
  });
});

describe('who managers are', () => {
  test('nobody signs up by herself; whoever was invited has a second factor, and not by SMS', () => {
    expect(one('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true } },
    });
  });

  test('a page signs them in by a code with PKCE: it has no secret, and no password goes through it', () => {
    const client = one('AWS::Cognito::UserPoolClient');
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenValidity: 12 * 60,
      AccessTokenValidity: 60,
    });
    const flows = list((client['ExplicitAuthFlows'] ?? []) as string[]);
    expect(flows.filter(flow => /PASSWORD|SRP|CUSTOM/.test(flow))).toEqual([]);
  });

  test('there is a group for each role that the code knows', () => {
    const groups = all('AWS::Cognito::UserPoolGroup').map(([, group]) => group['GroupName']);
    expect(groups.sort()).toEqual([...roles].sort());
    expect([...roleGroups]).toEqual([...roles]);
  });

  test('the pool outlives its stack where a stage keeps things, and cannot be deleted by mistake', () => {
    production.allResources('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain' });
    expect(one('AWS::Cognito::UserPool', '', production)).toMatchObject({ DeletionProtection: 'ACTIVE' });
    template.allResources('AWS::Cognito::UserPool', { DeletionPolicy: 'Delete' });
  });
});

describe('names of our own', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:000000000000:certificate/aa';
  const domains = {
    webhooks: { name: 'hotline.example.org', certificateArn },
    managers: { name: 'desk.example.org', certificateArn },
  };
  const own = synthesize({ stages: { ...stagesAsSet, dev: { removal: 'destroy', logDays: 7, domains } } });

  test('lead to their doors by TLS 1.2, and the stack says where each has to point', () => {
    for (const [name, of] of [
      ['hotline.example.org', apiNamed(/Twilio/, own)],
      ['desk.example.org', apiNamed(/managers/, own)],
    ]) {
      const [id, domain] =
        all('AWS::ApiGatewayV2::DomainName', own).find(([, each]) => each['DomainName'] === name) ?? [];
      expect(domain).toMatchObject({
        DomainNameConfigurations: [{ CertificateArn: certificateArn, SecurityPolicy: 'TLS_1_2' }],
      });
      const mapping = all('AWS::ApiGatewayV2::ApiMapping', own).find(
        ([, { DomainName }]) => JSON.stringify(DomainName) === JSON.stringify({ Ref: id }),
      );
      expect(mapping?.[1]).toMatchObject({ ApiId: of });
    }
    expect(Object.keys(own.findOutputs('*'))).toEqual(
      expect.arrayContaining(['WebhooksDomainTarget', 'ManagersDomainTarget']),
    );
  });

  test("become what Twilio's signatures are checked against, and where managers are signed in", () => {
    const { Variables } = one('AWS::Lambda::Function', 'Voice', own)['Environment'] as {
      Variables: Properties;
    };
    expect(Variables['PANA_PUBLIC_BASE']).toBe('https://hotline.example.org');
    expect(one('AWS::Cognito::UserPoolClient', '', own)['CallbackURLs']).toEqual([
      'https://desk.example.org/',
    ]);
  });

  test('are left out where a stage has none', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  });
});
