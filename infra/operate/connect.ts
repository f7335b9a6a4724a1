// npm run connect: connects the telephone numbers with the deployment that the environment names as it names it to a
// function (PANA_TABLE and the others), and with the fallback site at PANA_FALLBACK_BASE. `--check` changes nothing and
// fails on any difference; `--yes` does not ask. Must never show a number, a key or the address of a fallback document.
import { createInterface } from 'node:readline/promises';
import { ConfigError, parseConfig } from '../../shared/app/config.ts';
import { fallbackPath } from '../../shared/http/fallback-pages.ts';
import { accountAt } from './connect/account.ts';
import { type Connected, connectNumbers, type Mode } from './connect/connecting.ts';

const FLAGS = ['--check', '--yes'];

const codes: Readonly<Record<Connected, number>> = {
  'as-it-should-be': 0,
  changed: 0,
  refused: 0,
  differs: 1,
};

async function main(flags: readonly string[]): Promise<number> {
  const unknown = flags.find(flag => !FLAGS.includes(flag));
  if (unknown !== undefined)
    throw new ConfigError(`${unknown} is not known; there are ${FLAGS.join(' and ')}`);
  const config = parseConfig(process.env);
  // The functions read their environment when they are loaded.
  const { contextOf, readSecrets } = await import('../../functions/environment.ts');
  const secrets = await readSecrets(config.secrets);
  const { ports, pageName } = contextOf(config, secrets);
  const fallbackBase = fallbackBaseIn(process.env);
  const hotline = {
    network: await ports.networks.network(),
    publicBase: config.publicBase,
    fallbackOf: (line: Parameters<typeof pageName>[0]) => `${fallbackBase}/${fallbackPath(line, pageName)}`,
    authTokens: secrets.twilioAuthTokens,
  };
  const account = accountAt({ twilioApi: config.twilioApi, secrets });
  const agrees = flags.includes('--yes') ? async () => true : asked;
  const mode: Mode = flags.includes('--check') ? 'check' : 'ask';
  return codes[await connectNumbers(hotline, { account, statusOf, say: console.log, agrees }, mode)];
}

function fallbackBaseIn({ PANA_FALLBACK_BASE: base = '' }: NodeJS.ProcessEnv): string {
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

const PATIENCE_MS = 10_000;

async function statusOf(method: 'GET' | 'POST', url: string): Promise<number | null> {
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  return answer?.status ?? null;
}

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { name = 'unknown fault', status } = Object(error);
  return `The telephone network could not be asked, or not to the end (${status ?? name}). It is safe to run this again.`;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error));
  return 1;
});
