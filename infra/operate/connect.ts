// npm run connect: connects the telephone numbers with a deployment: `--stage NAME`, or the one that the environment
// names as it names it to a function, with the fallback site at PANA_FALLBACK_BASE. `--check` changes nothing and fails
// on any difference; `--yes` does not ask. Must never show a number, a key or the address of a fallback document.
import { createInterface } from 'node:readline/promises';
import { ConfigError } from '../../shared/app/config.ts';
import { accountAt } from './connect/account.ts';
import { type Connected, connectNumbers, type Mode } from './connect/connecting.ts';
import { hotlineOf, statusOf } from './connect/hotline.ts';
import { environmentFor, mendable, openDeployment, stageIn } from './deployment.ts';

const FLAGS = ['--check', '--yes'];

const codes: Readonly<Record<Connected, number>> = {
  'as-it-should-be': 0,
  changed: 0,
  refused: 0,
  differs: 1,
};

async function main(given: readonly string[]): Promise<number> {
  const { stage, rest: flags } = stageIn(given);
  const unknown = flags.find(flag => !FLAGS.includes(flag));
  if (unknown !== undefined)
    throw new ConfigError(`${unknown} is not known; there are ${FLAGS.join(' and ')}`);
  const environment = await environmentFor(stage, process.env);
  const fallbackBase = fallbackBaseIn(environment);
  const deployment = await openDeployment(environment);
  const hotline = await hotlineOf(deployment, fallbackBase);
  const account = accountAt({ twilioApi: deployment.config.twilioApi, secrets: deployment.secrets });
  const agrees = flags.includes('--yes') ? async () => true : asked;
  const mode: Mode = flags.includes('--check') ? 'check' : 'ask';
  return codes[await connectNumbers(hotline, { account, statusOf, say: console.log, agrees }, mode)];
}

function fallbackBaseIn({ PANA_FALLBACK_BASE: base = '' }: NodeJS.Dict<string>): string {
  if (URL.canParse(base)) return base.replace(/\/+$/, '');
  throw new ConfigError(
    'PANA_FALLBACK_BASE must be the address of the fallback site: FallbackBase of the stack',
  );
}

async function asked(changes: number): Promise<boolean> {
  const input = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await input.question(`Make ${changes === 1 ? 'this change' : 'these changes'}? [y/N] `);
  input.close();
  return /^y(es)?$/i.test(answer.trim());
}

function sentenceOf(error: unknown): string {
  const { name = 'unknown fault', status } = Object(error);
  return (
    mendable(error) ??
    `The telephone network could not be asked, or not to the end (${status ?? name}). It is safe to run this again.`
  );
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error));
  return 1;
});
