// The steps of a first run, in their order. Each looks at how things stand, does what is missing and says what it did or
// kept: run twice, the second time changes nothing. Must never go on past what it could not do.
import { randomBytes } from 'node:crypto';
import type { Network } from '../../../shared/domain/network.ts';
import { accountAt } from '../connect/account.ts';
import { type Connected, connectNumbers } from '../connect/connecting.ts';
import { statusOf as answers, hotlineOf } from '../connect/hotline.ts';
import { type Deployment, environmentIn, openDeployment, stackOf } from '../deployment.ts';
import { readSettings, sentenceOf } from '../settings/settings-file.ts';
import type { Cloud } from './cloud.ts';

export type Given = {
  readonly stage: string;
  readonly region: string;
  /** The text of the file of settings. */
  readonly settings: string;
  /** Runs at once that the stage sets aside. */
  readonly reservedRuns: number;
  readonly cloud: Cloud;
  /** Resolves with the exit code of `cdk deploy`. */
  readonly deploy: () => Promise<number>;
  /** How many documents it has put on the site. */
  readonly publishFallback: (deployment: Deployment) => Promise<number>;
  /** Says how far the canary came, and whether that is all the way. */
  readonly sendCanary: (
    deployment: Deployment,
  ) => Promise<{ readonly isGood: boolean; readonly words: string }>;
  readonly ask: (question: string, isHidden?: boolean) => Promise<string>;
  readonly say: (words: string) => void;
  readonly statusOf?: typeof answers;
  readonly twilioApi?: string;
};

/** What earlier steps found, for later ones. */
export type Found = { network?: Network; outputs?: ReadonlyMap<string, string>; deployment?: Deployment };

export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export type Step = {
  readonly name: string;
  /** Resolves with what was done or kept. Throws `Stopped` with what a person has to do. */
  readonly run: (given: Given, found: Found) => Promise<string>;
};

/** The least that the CDK of this repository deploys with. */
const LEAST_BOOTSTRAP = 6;
/** AWS keeps so many runs for functions that have none set aside. */
const RUNS_LEFT_OVER = 100;
const LEAST_RUNS = 10;

const settings: Step = {
  name: 'settings',
  run: async given => {
    const read = readSettings(given.settings);
    if ('problems' in read) throw new Stopped(read.problems.map(sentenceOf).join('\n  '));
    return `${read.lines.length} lines, ${read.regions.length} regions, ${read.contacts.length} contacts`;
  },
};

const credentials: Step = {
  name: 'credentials',
  run: async ({ cloud }) => {
    const account = await cloud.account().catch(() => null);
    if (!account)
      throw new Stopped('AWS does not know who you are: set AWS_PROFILE, or sign in with `aws sso login`');
    return `account ${account}`;
  },
};

const bootstrap: Step = {
  name: 'bootstrap',
  run: async ({ cloud, region }) => {
    const version = await cloud.bootstrapVersion();
    if (version === null || version < LEAST_BOOTSTRAP)
      throw new Stopped(
        `prepare the region once: npx cdk bootstrap aws://${await cloud.account()}/${region}`,
      );
    return `version ${version}`;
  },
};

const quotas: Step = {
  name: 'quotas',
  run: async ({ cloud, reservedRuns }) => {
    const runs = await cloud.runsAtOnce();
    const needed = reservedRuns > 0 ? reservedRuns + RUNS_LEFT_OVER : LEAST_RUNS;
    if (runs < needed)
      throw new Stopped(
        `the account may run ${runs} functions at once, and this stage needs ${needed}: ask for 1,000 in Service ` +
          'Quotas, Lambda, "Concurrent executions"; it takes a day or two',
      );
    return `${runs} functions may run at once, ${needed} are needed`;
  },
};

const deployment: Step = {
  name: 'deployment',
  run: async ({ cloud, stage, deploy }, found) => {
    if ((await deploy()) !== 0) throw new Stopped('cdk deploy did not end well: what it says stands above');
    const outputs = await cloud.outputs(stackOf(stage));
    if (!outputs?.get('TableName')) throw new Stopped(`the stack ${stackOf(stage)} prints no TableName`);
    found.outputs = outputs;
    return stackOf(stage);
  },
};

const secret: Step = {
  name: 'secret',
  run: async ({ cloud, ask, twilioApi }, found) => {
    const arn = printed(found, 'SecretArn');
    if (await cloud.isFilled(arn)) return 'is filled, and was left alone';
    const twilio = {
      twilioAccountSid: await ask('Account SID at Twilio (AC…): '),
      twilioAuthTokens: [await ask('Its auth token: ', true)] as const,
      twilioApiKey: await ask('SID of a standard API key (SK…): '),
      twilioApiSecret: await ask('Its secret: ', true),
    };
    const account = accountAt({ twilioApi: twilioApi ?? 'https://api.twilio.com', secrets: twilio });
    if ((await account.about(twilio.twilioAuthTokens[0])) === null)
      throw new Stopped('Twilio does not accept that SID and token');
    if (!(await account.takesApiKey())) throw new Stopped('Twilio does not accept that API key');
    const key = () => randomBytes(32).toString('base64');
    await cloud.fill(arn, JSON.stringify({ ...twilio, dataKey: key(), lookupKey: key() }));
    return 'filled, with two new keys: put a sealed copy of it away, nobody can make them again';
  },
};

const network: Step = {
  name: 'network',
  run: async ({ settings: text, ask, stage, region }, found) => {
    const read = readSettings(text);
    if ('problems' in read) throw new Stopped('the settings have changed meanwhile');
    const environment = {
      ...environmentIn(found.outputs ?? new Map()),
      PANA_STAGE: stage,
      AWS_REGION: region,
    };
    found.deployment = await openDeployment(environment);
    found.network = read;
    const { networks, registry } = found.deployment.stores;
    const before = await networks.network().catch(() => null);
    if (before && JSON.stringify(before) === JSON.stringify(read)) return 'is as in the file';
    if (before && !/^y/i.test(await ask('The table has other lines than the file. Store the file? [y/N] ')))
      return 'kept as it is in the table, and not as in the file';
    await registry.putNetwork(read);
    return 'stored from the file';
  },
};

const signIn: Step = {
  name: 'sign-in',
  run: async ({ cloud, ask }, found) => {
    const pool = printed(found, 'UserPoolId');
    const regions = (found.network?.regions ?? []).map(({ id }) => `region:${id}`);
    let made = 0;
    for (const group of ['region:all', ...regions]) made += (await cloud.makeGroup(pool, group)) ? 1 : 0;
    const groups = `${made} of ${regions.length + 1} groups of regions made`;
    if (await cloud.hasMembers(pool, 'admin')) return `${groups}; there is an admin already`;
    const email = (await ask('E-mail of the first admin: ')).trim();
    if (!/^\S+@\S+\.\S+$/.test(email)) throw new Stopped('that is no e-mail address');
    await cloud.invite(pool, email, ['admin', 'region:all']);
    return `${groups}; the first admin is invited by e-mail, and sets up an app for the second factor`;
  },
};

const fallback: Step = {
  name: 'fallback',
  run: async ({ publishFallback }, found) =>
    `${await publishFallback(deploymentIn(found))} documents published`,
};

const numbers: Step = {
  name: 'numbers',
  run: async ({ ask, say, statusOf = answers, twilioApi }, found) => {
    const opened = deploymentIn(found);
    const hotline = await hotlineOf(opened, printed(found, 'FallbackBase'));
    const account = accountAt({ twilioApi: twilioApi ?? opened.config.twilioApi, secrets: opened.secrets });
    const agrees = async () => /^y/i.test(await ask('Make these changes? [y/N] '));
    const outcome = await connectNumbers(
      hotline,
      { account, statusOf, say: words => say(`  ${words}`), agrees },
      'ask',
    );
    return connected[outcome]();
  },
};

const connected: Readonly<Record<Connected, () => string>> = {
  'as-it-should-be': () => 'are connected already',
  changed: () => 'connected',
  refused: () => {
    throw new Stopped('the numbers are not connected: no call comes in');
  },
  differs: () => {
    throw new Stopped('the numbers need a person: see the problems above');
  },
};

const canary: Step = {
  name: 'canary',
  run: async ({ sendCanary }, found) => {
    const { isGood, words } = await sendCanary(deploymentIn(found));
    if (!isGood) throw new Stopped(words);
    return words;
  },
};

export const steps: readonly Step[] = [
  settings,
  credentials,
  bootstrap,
  quotas,
  deployment,
  secret,
  network,
  signIn,
  fallback,
  numbers,
  canary,
];

function printed({ outputs }: Found, output: string): string {
  const value = outputs?.get(output);
  if (!value) throw new Stopped(`the stack prints no ${output}: it was deployed from an older version`);
  return value;
}

function deploymentIn({ deployment: opened }: Found): Deployment {
  if (!opened) throw new Stopped('nothing is deployed');
  return opened;
}
