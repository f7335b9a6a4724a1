// npm run settings -- FILE: says what is wrong with a file of settings (pana.config.yaml when none is named), line by line.
// `--store` then writes it into the table of a deployment: `--stage NAME`, or the one that the environment names.
// Must never store a file that has a problem, nor show a number.
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../shared/app/config.ts';
import type { Network } from '../../shared/domain/network.ts';
import { environmentFor, mendable, openDeployment, stageIn } from './deployment.ts';
import { readSettings, sentenceOf } from './settings/settings-file.ts';

const USUAL_FILE = 'pana.config.yaml';

async function main(words: readonly string[]): Promise<number> {
  const { stage, rest: given } = stageIn(words);
  const unknown = given.find(word => word.startsWith('--') && word !== '--store');
  if (unknown !== undefined) throw new ConfigError(`${unknown} is not known; there is --store`);
  const file = given.find(word => !word.startsWith('--')) ?? USUAL_FILE;
  const settings = readSettings(await readFile(file, 'utf8'));
  if ('problems' in settings) {
    for (const problem of settings.problems) console.log(`${file}, ${sentenceOf(problem)}`);
    return 1;
  }
  console.log(`${file}: ${summaryOf(settings)}.`);
  if (given.includes('--store')) await store(stage, settings);
  return 0;
}

export function summaryOf({ lines, regions, skills, ladders, contacts }: Network): string {
  const counted = (list: readonly unknown[], what: string) =>
    `${list.length} ${what}${list.length === 1 ? '' : 's'}`;
  return [
    counted(lines, 'line'),
    counted(regions, 'region'),
    counted(skills, 'skill'),
    counted(ladders, 'ladder'),
    counted(contacts, 'contact'),
  ].join(', ');
}

async function store(stage: string | null, network: Network): Promise<void> {
  const { stores } = await openDeployment(await environmentFor(stage, process.env));
  await stores.registry.putNetwork(network);
  console.log('Stored. Every function knows it within a minute.');
}

/** A refusal of the registry names paths, and no value. */
function sentence(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  const { name = 'unknown fault', code } = Object(error);
  if (code === 'ENOENT') return 'There is no such file: copy one of docs/examples to pana.config.yaml.';
  return mendable(error) ?? `Nothing was stored (${name}).`;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentence(error));
  return 1;
});
