// npm run setup -- --stage NAME: from nothing to a hotline that answers, in one account of AWS's and one of Twilio's. Every
// step can be repeated; stopped, it goes on where it was. `--file FILE` names the settings, pana.config.yaml otherwise.
// Must never show a secret, nor take one from the command line, where the shell would keep it.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { runCanary } from '../../shared/app/canary.ts';
import { ConfigError } from '../../shared/app/config.ts';
import { type Deployment, mendable, stageIn } from './deployment.ts';
import { cloudIn } from './setup/cloud.ts';
import { walk } from './setup/walk.ts';

async function main(words: readonly string[]): Promise<number> {
  const { stage, rest } = stageIn(words);
  if (stage === null) throw new ConfigError('--stage needs the name of a stage, as dev');
  const file = rest[0] === '--file' && rest[1] !== undefined ? rest[1] : 'pana.config.yaml';
  const { context } = JSON.parse(await readFile('cdk.json', 'utf8'));
  const set = context.stages[stage];
  if (set === undefined) throw new ConfigError(`there is no stage ${stage} in cdk.json`);
  const region: string = process.env['AWS_REGION'] || context.region;
  const reserved: Record<string, number> = set.reservedRuns ?? {};
  const isDone = await walk({
    stage,
    region,
    settings: await readFile(file, 'utf8'),
    reservedRuns: Object.values(reserved).reduce((sum, runs) => sum + runs, 0),
    cloud: cloudIn(region),
    deploy: () => deploy(stage, region),
    publishFallback,
    sendCanary,
    ask,
    say: console.log,
    ...(set.twilioApi && { twilioApi: set.twilioApi }),
  });
  return isDone ? 0 : 1;
}

/** Asks by itself before it widens anybody's rights. */
function deploy(stage: string, region: string): Promise<number> {
  const cdk = ['cdk', 'deploy', '-c', `stage=${stage}`, '-c', `region=${region}`];
  return new Promise(resolve => {
    const child = spawn('npx', cdk, { stdio: 'inherit' });
    child.once('error', () => resolve(1));
    child.once('exit', code => resolve(code ?? 1));
  });
}

/** The very function, run here once: the same documents, by your rights. */
async function publishFallback(): Promise<number> {
  const { handler } = await import('../../functions/fallback.ts');
  return (await handler()).length;
}

async function sendCanary({ context }: Deployment) {
  const outcome = await runCanary(context.ports, {
    pause: async seconds => void (await pause(seconds * 1000)),
    onStep: () => undefined,
  });
  if (outcome.outcome === 'not-configured')
    return { isGood: true, words: 'there is none in the settings (docs/decisions/canary.md)' };
  const isGood = outcome.outcome === 'came-through';
  const seconds = outcome.seconds.toFixed(1);
  return { isGood, words: isGood ? `came through in ${seconds} s` : `did not come through in ${seconds} s` };
}

/** What is hidden is not shown while it is typed. */
async function ask(question: string, isHidden = false): Promise<string> {
  process.stdout.write(question);
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stdout;
  const input = createInterface({ input: process.stdin, output, terminal: isHidden && process.stdin.isTTY });
  const answer = await input.question('');
  input.close();
  if (isHidden) process.stdout.write('\n');
  return answer.trim();
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const { name = 'unknown fault', code } = Object(error);
  const noFile =
    code === 'ENOENT' ? 'There is no file of settings: copy one of docs/examples to pana.config.yaml.' : null;
  console.error(mendable(error) ?? noFile ?? `Nothing was begun (${name}).`);
  return 1;
});
