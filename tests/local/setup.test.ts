// npm run setup: from an empty account to a hotline that answers. AWS is a server that speaks as it does, the table a real
// engine, Twilio the exchange; each step stops where a person has to act, and what is done once is not done again.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { type Exchange, realClock, startExchange } from '../../infra/local/exchange/exchange.ts';
import { type FallbackSite, startFallbackSite } from '../../infra/local/fallback-site.ts';
import { cloudIn } from '../../infra/operate/setup/cloud.ts';
import type { Given } from '../../infra/operate/setup/steps.ts';
import { walk } from '../../infra/operate/setup/walk.ts';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';
import { parseSecrets } from '../../shared/app/config.ts';
import { publishFallback } from '../../shared/http/publish-fallback.ts';

const LINE = '+48100000001';
const twilio = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: 'the-auth-token-of-setup',
  apiKey: { sid: `SK${'2'.repeat(32)}`, secret: 'the-api-secret-of-setup' },
};
const clock = realClock();
let engine: LocalDynamoDb;
let exchange: Exchange;
let site: FallbackSite;
let aws: Awaited<ReturnType<typeof startAws>>;

/** As much of an account as setup asks for. */
async function startAws() {
  const state = {
    bootstrap: null as string | null,
    runs: 10,
    isDeployed: false,
    secret: JSON.stringify({ placeholder: 'fill in', unused: 'x' }),
    groups: new Set(['admin', 'manager', 'viewer', 'auditor']),
    members: new Map<string, string[]>(),
    invited: [] as string[],
  };
  const outputs = (): Record<string, string> => ({
    TableName: 'pana-of-setup',
    SecretArn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:pana',
    AlertsArn: 'arn:aws:sns:eu-central-1:000000000000:alerts',
    WakeUpsUrl: `${url()}/000000000000/wake-ups`,
    PublicBase: url(),
    FallbackBase: site.url,
    FallbackBucket: 'bucket',
    RecordingsBucketName: 'recordings',
    UserPoolId: 'eu-central-1_pool',
    ManagerApiBase: 'https://managers.example',
  });
  const described = (all: Record<string, string>) => {
    const members = Object.entries(all).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>x</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  };
  const none =
    '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>does not exist</Message></Error></ErrorResponse>';
  const byQuery = (form: URLSearchParams): [number, string] => {
    if (form.get('Action') === 'GetCallerIdentity')
      return [
        200,
        '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      ];
    if (form.get('StackName') === 'CDKToolkit')
      return state.bootstrap ? [200, described({ BootstrapVersion: state.bootstrap })] : [400, none];
    return state.isDeployed ? [200, described(outputs())] : [400, none];
  };
  type Input = { readonly [name in 'SecretString' | 'GroupName' | 'Username']: string };
  const byTarget: Record<string, (input: Input) => object | string> = {
    GetServiceQuota: () => ({ Quota: { Value: state.runs } }),
    GetSecretValue: () => ({ ARN: 'arn', Name: 'pana', SecretString: state.secret }),
    PutSecretValue: ({ SecretString }) => {
      state.secret = SecretString;
      return {};
    },
    CreateGroup: ({ GroupName }) => {
      if (state.groups.has(GroupName)) return 'GroupExistsException';
      state.groups.add(GroupName);
      return {};
    },
    ListUsersInGroup: ({ GroupName }) => ({
      Users: (state.members.get(GroupName) ?? []).map(Username => ({ Username })),
    }),
    AdminCreateUser: ({ Username }) => {
      if (state.invited.includes(Username)) return 'UsernameExistsException';
      state.invited.push(Username);
      return {};
    },
    AdminAddUserToGroup: ({ Username, GroupName }) => {
      state.members.set(GroupName, [...(state.members.get(GroupName) ?? []), Username]);
      return {};
    },
  };
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    if (target !== undefined) {
      asked.push(target);
      const answer = byTarget[target]?.(JSON.parse(body)) ?? 'UnknownOperation';
      const isError = typeof answer === 'string';
      response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(isError ? { __type: answer, message: answer } : answer));
    } else if (body.includes('Action=')) {
      const [status, xml] = byQuery(new URLSearchParams(body));
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    } else response.writeHead(403).end(); // whoever does not sign: as the hotline answers
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    state,
    asked,
    url,
    close: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

beforeAll(async () => {
  [engine, site] = await Promise.all([startDynamoDb(), startFallbackSite()]);
  aws = await startAws();
  exchange = await startExchange({ clock, ...twilio, lines: { [LINE]: {} } });
  exchange.countries.set('PL', { name: 'Poland', code: '+48', mayBeDialled: false });
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: aws.url(),
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
  });
  const client = connectLocally(engine.endpoint);
  await createTable(client, 'pana-of-setup');
  client.destroy();
});
afterAll(async () => {
  clock.stop();
  await Promise.all([exchange.close(), engine.close(), site.close(), aws.close()]);
});

const answers: Record<string, string> = {
  'Account SID': twilio.accountSid,
  'Its auth token': twilio.authToken,
  'SID of a standard': twilio.apiKey.sid,
  'Its secret': twilio.apiKey.secret,
  'E-mail': 'admin@example.org',
  'Make these changes': 'y',
};

async function setUp(more: Partial<Given> = {}, answer = answers) {
  const [said, questions]: [string[], string[]] = [[], []];
  const isDone = await walk({
    stage: 'dev',
    region: 'eu-central-1',
    settings: readFileSync('docs/examples/poland.yaml', 'utf8'),
    reservedRuns: 324,
    cloud: cloudIn('eu-central-1'),
    deploy: async () => {
      aws.state.isDeployed = true;
      return 0;
    },
    publishFallback: async ({ context }) => (await publishFallback(context, site)).length,
    sendCanary: async () => ({ isGood: true, words: 'came through in 9.1 s' }),
    ask: async question => {
      questions.push(question);
      return Object.entries(answer).find(([begins]) => question.startsWith(begins))?.[1] ?? '';
    },
    say: words => said.push(words),
    twilioApi: exchange.url,
    ...more,
  });
  return { isDone, said, questions };
}

describe('it stops where a person has to act, before anything is deployed', () => {
  test('at a file with a mistake, by line', async () => {
    const settings = readFileSync('docs/examples/poland.yaml', 'utf8').replace("'+48100000001'", "'112'");
    const { isDone, said } = await setUp({ settings });
    expect(isDone).toBe(false);
    expect(said).toEqual([
      expect.stringMatching(/^Stopped at settings: line \d+: lines\[0\]\.number/),
      'Nothing was begun.',
    ]);
  });

  test('at a region that is not prepared, with what to type', async () => {
    const { said } = await setUp();
    expect(said.slice(-2)).toEqual([
      'Stopped at bootstrap: prepare the region once: npx cdk bootstrap aws://123456789012/eu-central-1.',
      'Kept: settings, credentials. Run the same again: it goes on from there.',
    ]);
  });

  test('at an account that may run ten functions at once', async () => {
    aws.state.bootstrap = '29';
    const { said } = await setUp();
    expect(said.at(-2)).toMatch(/^Stopped at quotas: the account may run 10 functions at once, .* needs 424/);
    expect(aws.state.isDeployed).toBe(false);
  });

  test('at a deployment that fails', async () => {
    aws.state.runs = 1000;
    const { said } = await setUp({ deploy: async () => 1 });
    expect(said.at(-2)).toMatch(/^Stopped at deployment/);
  });

  test('at keys that Twilio does not take: nothing is written into the secret', async () => {
    const { said } = await setUp({}, { ...answers, 'Its auth token': 'somebody-elses-token' });
    expect(said.at(-2)).toBe('Stopped at secret: Twilio does not accept that SID and token.');
    expect(aws.asked).not.toContain('PutSecretValue');
  });
});

test('from an empty account to numbers that are connected, and a canary; nothing secret is said', async () => {
  const { isDone, said } = await setUp();
  expect(said.join('\n')).not.toMatch(/Stopped|Problem/);
  expect(isDone).toBe(true);
  expect(said.at(-4)).toBe('Three things next, each by a person:');
  const secrets = parseSecrets(aws.state.secret);
  expect(secrets.dataKey).not.toEqual(secrets.lookupKey);
  expect(aws.state.invited).toEqual(['admin@example.org']);
  expect([...aws.state.members]).toEqual([
    ['admin', ['admin@example.org']],
    ['region:all', ['admin@example.org']],
  ]);
  expect(aws.state.groups).toContain('region:PL-14');
  expect(exchange.lines.get(LINE)).toMatchObject({
    voiceUrl: `${aws.url()}/voice/incoming#rc=2&rp=ct,rt,5xx`,
    voiceFallbackMethod: 'GET',
  });
  expect(exchange.countries.get('PL')?.mayBeDialled).toBe(true);
  const all = said.join('\n');
  for (const secret of [twilio.authToken, twilio.apiKey.secret, aws.state.secret, LINE])
    expect(all).not.toContain(secret);
  expect(all).not.toContain(Buffer.from(secrets.dataKey).toString('base64'));
});

test('a second time everything is kept: nothing is asked, written, invited or changed', async () => {
  const before = [
    JSON.stringify(aws.state),
    exchange.journal.filter(({ method }) => method === 'POST').length,
  ];
  aws.asked.length = 0;
  const { isDone, said, questions } = await setUp();
  expect(isDone).toBe(true);
  expect(questions).toEqual([]);
  expect([
    JSON.stringify(aws.state),
    exchange.journal.filter(({ method }) => method === 'POST').length,
  ]).toEqual(before);
  expect(aws.asked.filter(each => /^(Put|AdminCreate|AdminAdd)/.test(each))).toEqual([]);
  expect(said).toEqual(
    expect.arrayContaining([
      'secret: is filled, and was left alone',
      'network: is as in the file',
      'numbers: are connected already',
    ]),
  );
});

test('stopped in the middle it says what is kept, and goes on from there', async () => {
  exchange.lines.set(LINE, {});
  const first = await setUp({}, { ...answers, 'Make these changes': 'n' });
  expect(first.said.slice(-2)).toEqual([
    'Stopped at numbers: the numbers are not connected: no call comes in.',
    expect.stringMatching(/^Kept: settings, credentials, .*network, sign-in, fallback\./),
  ]);
  const second = await setUp();
  expect(second.isDone).toBe(true);
  expect(second.questions).toEqual(['Make these changes? [y/N] ']);
});

test('other lines in the table are not overwritten without a yes', async () => {
  const settings = readFileSync('docs/examples/poland.yaml', 'utf8').replace(
    'graceSeconds: 600',
    'graceSeconds: 300',
  );
  const kept = await setUp({ settings });
  expect(kept.said).toContain('network: kept as it is in the table, and not as in the file');
  const stored = await setUp({ settings }, { ...answers, 'The table has other lines': 'yes' });
  expect(stored.said).toContain('network: stored from the file');
});
