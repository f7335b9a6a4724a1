// npm run backfill -- --stage NAME: writes rows of an earlier version anew, and says how far it has come. Stopped, it goes
// on where it was; `--again` begins from the first row. Nobody has to run it: old rows are read for ever.

import { steps } from '../../shared/adapters/dynamodb/versions.ts';
import { ConfigError } from '../../shared/app/config.ts';
import { type Progress, type Rows, writeAnew } from './backfill/write-anew.ts';
import { environmentFor, mendable, openDeployment, stageIn } from './deployment.ts';

async function main(given: readonly string[]): Promise<number> {
  const { stage, rest } = stageIn(given);
  const unknown = rest.find(word => word !== '--again');
  if (unknown !== undefined) throw new ConfigError(`${unknown} is not known; there is --again`);
  const { deps } = await openDeployment(await environmentFor(stage, process.env));
  const again = rest.includes('--again');
  for (const rows of ['rows', 'keys'] as const) {
    const progress = await writeAnew(deps, { rows, steps, again, onPage: page => say(rows, page) });
    if (progress.left > 0) console.log('Some were changed meanwhile: --again looks at them once more.');
  }
  console.log(`Every row is of version ${1 + steps.length}, or was changed meanwhile.`);
  return 0;
}

const names: Readonly<Record<Rows, string>> = { rows: 'rows', keys: 'keys of requests' };

function say(rows: Rows, { seen, written }: Progress): void {
  console.log(`${names[rows]}: ${seen} looked at, ${written} written anew`);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const { name = 'unknown fault' } = Object(error);
  console.error(
    mendable(error) ??
      `Stopped (${name}): nothing is harmed, and it goes on from there when it is run again.`,
  );
  return 1;
});
