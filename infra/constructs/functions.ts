// The functions, one handler each: entry, time, memory and the indexes each may read.
// Must never share a role between two functions, and never put a secret into an environment.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage, Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type FunctionProps,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundleFunction } from './bundle.ts';
import { repositoryRoot } from './bundle-options.ts';
import { cacheCode, isLambdasKind } from './code-cache.ts';
import type { IndexName } from './data.ts';
import type { Stage } from './stage.ts';

export type FunctionName = 'voice' | 'text' | 'status' | 'wakeup' | 'sweep' | 'reconcile';

export interface FunctionFacts {
  readonly id: string;
  readonly entry: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly indexes: readonly IndexName[];
  /** A folder of the repository that stands beside the code, under another name; and what in package.json makes it. */
  readonly beside?: { readonly from: string; readonly to: string; readonly builtBy?: string };
  readonly particular?: Partial<FunctionProps>;
}

/** Twilio gives up on a webhook after 15 s; at 10 s our own error is logged and alarmed before it does. */
const webhookSeconds = 10;

/** CPU comes with memory. Somebody is on the line while a webhook starts cold; nobody is while a timer does. */
const heardMegabytes = 1024;
const unheardMegabytes = 512;

/** Whoever may ring somebody needs both: when the sweep is dead, `duty` is stale and the rotas are read by `list`. */
const whoIsOnDuty = ['duty', 'list'] as const;

export const functionFacts: Readonly<Record<FunctionName, FunctionFacts>> = {
  voice: {
    id: 'Voice',
    entry: 'functions/voice.ts',
    seconds: webhookSeconds,
    megabytes: heardMegabytes,
    indexes: whoIsOnDuty,
  },
  text: {
    id: 'Text',
    entry: 'functions/text.ts',
    seconds: webhookSeconds,
    megabytes: heardMegabytes,
    indexes: whoIsOnDuty,
  },
  status: {
    id: 'Status',
    entry: 'functions/status.ts',
    seconds: webhookSeconds,
    megabytes: heardMegabytes,
    indexes: whoIsOnDuty,
  },
  wakeup: {
    id: 'Wakeup',
    entry: 'functions/wakeup.ts',
    // Short, because the queue hides a failed message six times as long before it is tried again.
    seconds: 10,
    megabytes: unheardMegabytes,
    indexes: whoIsOnDuty,
    // A wake-up asks for the next one through its own queue. Lambda takes that for a runaway loop and drops
    // the message after 16 rounds, which a long ladder reaches. The ladder's end is what bounds it.
    particular: { recursiveLoop: RecursiveLoop.ALLOW },
  },
  sweep: {
    id: 'Sweep',
    entry: 'functions/sweep.ts',
    seconds: 30, // half of its minute: two sweeps never overlap
    megabytes: unheardMegabytes,
    indexes: ['due', ...whoIsOnDuty],
  },
  reconcile: {
    id: 'Reconcile',
    entry: 'functions/reconcile.ts',
    seconds: 60, // half of its two minutes; a long page of Twilio's books takes up to 10
    megabytes: unheardMegabytes,
    indexes: ['due', ...whoIsOnDuty],
  },
};

export type Functions = Readonly<Record<FunctionName, HotlineFunction>>;

export class HotlineFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly log: LogGroup;

  constructor(
    scope: Construct,
    props: {
      readonly facts: FunctionFacts;
      readonly stage: Stage;
      readonly environment: Record<string, string>;
      readonly reservedRuns?: number | undefined;
    },
  ) {
    super(scope, props.facts.id);
    // Both by hand: the role CDK would make carries a managed policy that may write to every log in the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.log = new LogGroup(this, 'Log', {
      retention: props.stage.logDays,
      removalPolicy: props.stage.removal,
    });
    this.log.grantWrite(role);
    this.lambda = new LambdaFunction(this, 'Function', {
      code: codeOf(props.facts),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(props.facts.seconds),
      memorySize: props.facts.megabytes,
      environment: props.environment,
      ...(props.reservedRuns && { reservedConcurrentExecutions: props.reservedRuns }),
      role,
      logGroup: this.log,
      ...props.facts.particular,
    });
    Validations.of(this.lambda).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason:
          'Nothing that is lost may wait in a queue for somebody to look: the API and the wake-up queue try again ' +
          'by themselves, and whatever runs by a rule runs again by the next.',
      },
      {
        id: 'Serverless-LambdaTracing',
        reason:
          'A trace would leave a second record of who called when, outside of what is forgotten by its date, and ' +
          'lengthen the cold start. The timeline of the request and the log say what happened.',
      },
    );
  }
}

/** Bundled in this process: the image would be for whoever has no esbuild, and nobody has not. */
function codeOf({ entry, beside }: FunctionFacts): Code {
  return Code.fromAsset(join(repositoryRoot, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // Never run. By what is asked for the synthesis knows one bundle from another.
      command: [entry, beside?.from ?? ''],
      local: {
        tryBundle: folder => {
          bundleFunction(entry, folder);
          if (beside) place(beside, folder);
          if (isLambdasKind) cacheCode(folder);
          return true;
        },
      },
    },
  });
}

function place({ from, to, builtBy }: NonNullable<FunctionFacts['beside']>, folder: string): void {
  if (builtBy) execFileSync('npm', ['run', '--silent', builtBy], { cwd: repositoryRoot, stdio: 'inherit' });
  cpSync(join(repositoryRoot, from), join(folder, to), { recursive: true });
}
