// Which deployment a command works on, and its stores: `--stage NAME` asks CloudFormation for what the stack prints;
// without it the environment says so as it says it to a function, or else it is the machine that npm start runs here.
// Must never mix two of them, and never print what it found.
import { readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { connect } from '../../shared/adapters/dynamodb/client.ts';
import type { Deps } from '../../shared/adapters/dynamodb/deps.ts';
import { createStores, type Stores } from '../../shared/adapters/dynamodb/stores.ts';
import { systemClock } from '../../shared/adapters/system/clock.ts';
import { systemRandom } from '../../shared/adapters/system/random.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { type Config, ConfigError, parseConfig, type Secrets } from '../../shared/app/config.ts';
import type { Context } from '../../shared/app/context.ts';
import { localEnvironment, NOT_RUNNING } from '../local/local-environment.ts';
import { CannotStart } from '../local/ports-busy.ts';

export type Deployment = {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly context: Context;
  readonly stores: Stores;
  /** For what works on rows themselves. */
  readonly deps: Deps;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What the stack prints, by the variable that says it to a function. */
const outputs = {
  PublicBase: 'PANA_PUBLIC_BASE',
  TableName: 'PANA_TABLE',
  WakeUpsUrl: 'PANA_QUEUE_URL',
  AlertsArn: 'PANA_TOPIC_ARN',
  SecretArn: 'PANA_SECRETS_ARN',
  FallbackBase: 'PANA_FALLBACK_BASE',
  FallbackBucket: 'PANA_FALLBACK_BUCKET',
} as const;

export const stackOf = (stage: string) => `pana-${stage}`;

/** The whole environment of a command. Throws a `ConfigError` when there is no such stack. */
export async function environmentFor(stage: string | null, given: Environment): Promise<Environment> {
  if (stage === null) return given['PANA_TABLE'] ? given : { ...given, ...localEnvironment(given) };
  const region = given['AWS_REGION'] || regionOfCdk();
  const found = await outputsOf(new CloudFormationClient({ region }), stackOf(stage));
  if (found === null) throw new ConfigError(`there is no stack ${stackOf(stage)} in ${region}`);
  return { ...given, ...environmentIn(found), PANA_STAGE: stage, AWS_REGION: region };
}

/** Of what a stack has printed. The clips that come with the code stand in this repository. */
export function environmentIn(found: ReadonlyMap<string, string>): Environment {
  const printed = Object.entries(outputs).map(([output, variable]) => [variable, found.get(output)]);
  return {
    ...Object.fromEntries(printed),
    PANA_RECORDINGS: `s3://${found.get('RecordingsBucketName')}`,
    PANA_AUDIO: 'shared/prompts/audio',
  };
}

export async function outputsOf(
  client: CloudFormationClient,
  StackName: string,
): Promise<ReadonlyMap<string, string> | null> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return new Map(
      Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    // CloudFormation's way of saying that there is none.
    if (Object(error).name === 'ValidationError') return null;
    throw error;
  }
}

function regionOfCdk(): string {
  return JSON.parse(readFileSync('cdk.json', 'utf8')).context.region;
}

/** `environment` becomes this process's own: the adapters read it when they are loaded. */
export async function openDeployment(environment: Environment): Promise<Deployment> {
  Object.assign(process.env, environment);
  const config = parseConfig(process.env);
  const { contextOf, readSecrets } = await import('../../functions/environment.ts');
  const secrets = await readSecrets(config.secrets);
  const silent = () => undefined;
  const log = { info: silent, warn: silent, error: silent };
  const context = contextOf(config, secrets, { clock: systemClock, random: systemRandom, log });
  const sealer = createSealer({ dataKey: secrets.dataKey, lookupKey: secrets.lookupKey });
  const deps = {
    client: connect(),
    table: config.table,
    sealer,
    clock: systemClock,
    random: systemRandom,
    log,
  };
  return { config, secrets, context, stores: createStores(deps), deps };
}

/** `--stage NAME` out of the words of a command line; what is left is the command's own. */
export function stageIn(given: readonly string[]): {
  readonly stage: string | null;
  readonly rest: readonly string[];
} {
  const at = given.indexOf('--stage');
  if (at < 0) return { stage: null, rest: given };
  const stage = given[at + 1] ?? '';
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new ConfigError('--stage needs the name of a stage, as dev');
  return { stage, rest: given.filter((_, index) => index !== at && index !== at + 1) };
}

/** What is said of a fault that whoever typed the command can mend; null when it is another. */
export function mendable(error: unknown): string | null {
  if (!(error instanceof ConfigError || error instanceof CannotStart)) return null;
  return /PANA_SECRETS_FILE/.test(error.message) ? NOT_RUNNING : error.message;
}
