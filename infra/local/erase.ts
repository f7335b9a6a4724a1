// npm run erase: erases one person, on the machine that npm start runs here, or on the deployment that the environment
// names as it names it to a function. The number is asked for: on a command line it would stay in the shell's history.
// Must never show or keep the number, nor say whether it was known.
import { createInterface } from 'node:readline/promises';
import { ConfigError } from '../../shared/app/config.ts';
import { type Erased, erasePerson } from '../../shared/app/erase-person.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import { localEnvironment, NOT_RUNNING } from './local-environment.ts';
import { CannotStart } from './ports-busy.ts';

async function main(): Promise<number> {
  const input = createInterface({ input: process.stdin, output: process.stdout });
  const address = parseAddress((await input.question('The number, as +77001234567: ')).trim());
  input.close();
  if (address === null) {
    console.log('That is no number.');
    return 1;
  }
  if (!process.env['PANA_TABLE']) Object.assign(process.env, localEnvironment(process.env));
  // The functions read their environment when they are loaded.
  const { startContext } = await import('../../functions/environment.ts');
  const { ports } = await startContext();
  const silent = () => undefined;
  const erased = await erasePerson({ ...ports, log: { info: silent, warn: silent, error: silent } }, address);
  console.log(sentencesOf(erased));
  return erased.goingOn + erased.copiesLeft > 0 ? 2 : 0;
}

/** Nothing of what was there: whoever stands behind the screen must not learn it. */
function sentencesOf({ goingOn, copiesLeft }: Erased): string {
  return [
    'Whatever was kept of this number and is over can not be read any more, in backups neither.',
    ...(goingOn > 0 ? ['Something still goes on: erase again when it is over.'] : []),
    ...(copiesLeft > 0 ? ['The telephone network could not delete all of its copies: erase again.'] : []),
  ].join(' ');
}

function sentenceOf(error: unknown): string {
  if (error instanceof CannotStart || error instanceof ConfigError)
    return /PANA_SECRETS_FILE/.test(error.message) ? NOT_RUNNING : error.message;
  const name = error instanceof Error ? error.name : 'unknown fault';
  return `Not everything could be erased (${name}): nothing is harmed by doing it again.`;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  return 1;
});
