// npm run verify-restore -- --stage NAME --table TABLE: reads a restored table whole and says whether a hotline could run
// on it. Rows are sealed under the name of the table that they were written to: the stage's own, or `--sealed-as NAME`.
// Must never write, nor show anything of a row but its kind and id.
import { ConfigError } from '../../shared/app/config.ts';
import { environmentFor, mendable, openDeployment, stageIn } from './deployment.ts';
import { verifyTable } from './verify/verify-table.ts';

async function main(given: readonly string[]): Promise<number> {
  const { stage, rest } = stageIn(given);
  const [table, sealedAs] = ['--table', '--sealed-as'].map(flag => wordAfter(rest, flag));
  if (!table) throw new ConfigError('--table needs the name of the restored table');
  const { deps } = await openDeployment(await environmentFor(stage, process.env));
  const { counts, problems } = await verifyTable({ ...deps, table: sealedAs ?? deps.table }, table);
  for (const words of counts) console.log(`  ${words}`);
  for (const words of problems) console.log(`Wrong: ${words}`);
  console.log(
    problems.length === 0 ? 'A hotline could run on this table.' : 'Do not put this table to use as it is.',
  );
  return problems.length === 0 ? 0 : 1;
}

function wordAfter(words: readonly string[], flag: string): string | null {
  const at = words.indexOf(flag);
  return at < 0 ? null : (words[at + 1] ?? null);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const { name = 'unknown fault' } = Object(error);
  const missing = name === 'ResourceNotFoundException' ? 'There is no such table.' : null;
  console.error(mendable(error) ?? missing ?? `The table could not be read (${name}).`);
  return 1;
});
