// A DynamoDB on this machine: found, started, waited for, stopped. Three of them speak the same protocol:
// one that already runs (PANA_DYNAMODB_ENDPOINT), the embedded binary of an optional dependency, and AWS's own
// DynamoDB Local by Java (PANA_DYNAMODB_LOCAL). Must never be used for anything but work and tests on one machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type LocalDynamoDb = {
  readonly endpoint: string;
  readonly kind: 'given' | 'embedded' | 'dynamodb-local';
  readonly close: () => Promise<void>;
};

export type LocalDynamoDbOptions = {
  /** Any free one when absent. */
  readonly port?: number;
  /** Kept in this file; in memory when absent. Only the embedded engine can. */
  readonly file?: string;
  /** A directory with DynamoDBLocal.jar: AWS's own engine, whatever else there is. */
  readonly jarDirectory?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

type Command = {
  readonly kind: 'embedded' | 'dynamodb-local';
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
};

const HOW_TO_GET_ONE =
  'no DynamoDB for this machine: install the optional dependency @dynoxide/linux-x64 (npm install on Linux x64), ' +
  'or set PANA_DYNAMODB_LOCAL to a directory with DynamoDBLocal.jar (with Java 17), ' +
  'or set PANA_DYNAMODB_ENDPOINT to one that already runs';

/** Java needs three seconds on a fast machine. */
const START_AT_MOST_MS = 30_000;
const STOP_AT_MOST_MS = 5_000;

export async function startDynamoDb(options: LocalDynamoDbOptions = {}): Promise<LocalDynamoDb> {
  const environment = options.environment ?? process.env;
  const given = environment['PANA_DYNAMODB_ENDPOINT'];
  if (given && !options.jarDirectory) {
    await untilItAnswers(given, () => null);
    return { endpoint: given, kind: 'given', close: async () => undefined };
  }
  const port = options.port ?? (await freePort());
  if (options.port && !(await isFree(port))) {
    throw new Error(
      `port ${port} is in use by another program: stop it, or choose another port for DynamoDB`,
    );
  }
  return start(commandFor(port, options, environment), port);
}

function commandFor(
  port: number,
  { file, jarDirectory }: LocalDynamoDbOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  if (jarDirectory) return dynamoDbLocal(jarDirectory, port);
  const program = embeddedProgram();
  if (program) {
    const args = ['serve', '--port', String(port), ...(file ? ['--db-path', file] : [])];
    return { kind: 'embedded', program, args };
  }
  const directory = environment['PANA_DYNAMODB_LOCAL'];
  if (directory) return dynamoDbLocal(directory, port);
  throw new Error(HOW_TO_GET_ONE);
}

function embeddedProgram(): string | null {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const program = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

function dynamoDbLocal(directory: string, port: number): Command {
  if (!existsSync(join(directory, 'DynamoDBLocal.jar'))) {
    throw new Error(`there is no DynamoDBLocal.jar in ${directory}`);
  }
  const args = [
    '-Djava.library.path=DynamoDBLocal_lib',
    ...['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb', '-disableTelemetry'],
    ...['-port', String(port)],
  ];
  return { kind: 'dynamodb-local', program: 'java', args, cwd: directory };
}

async function start({ kind, program, args, cwd }: Command, port: number): Promise<LocalDynamoDb> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...(cwd ? { cwd } : {}) });
  let complaint = '';
  let failure: Error | null = null;
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-500);
  });
  child.on('error', error => {
    const missing = 'code' in error && error.code === 'ENOENT';
    failure = missing ? new Error(`${program} is not installed, and DynamoDB needs it`) : error;
  });
  const stopWithUs = () => child.kill();
  process.once('exit', stopWithUs);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilItAnswers(endpoint, () => failure ?? endOf(child, complaint));
  } catch (error) {
    child.kill();
    throw error;
  }
  const close = async () => {
    process.off('exit', stopWithUs);
    await stop(child);
  };
  return { endpoint, kind, close };
}

function endOf(child: ChildProcess, complaint: string): Error | null {
  if (child.exitCode === null && child.signalCode === null) return null;
  return new Error(`DynamoDB ended before it answered: ${complaint.trim() || `exit code ${child.exitCode}`}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await Promise.race([ended, pause(STOP_AT_MOST_MS, undefined, { ref: false })]);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

/** Any answer will do: an unsigned request is refused by an engine that is up. */
async function untilItAnswers(endpoint: string, failed: () => Error | null): Promise<void> {
  const giveUpAt = Date.now() + START_AT_MOST_MS;
  while (Date.now() < giveUpAt) {
    const failure = failed();
    if (failure) throw failure;
    const answered = await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).catch(() => null);
    if (answered) {
      await answered.arrayBuffer();
      return;
    }
    await pause(10);
  }
  throw new Error(`DynamoDB at ${endpoint} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('this machine gives out no ports');
  return address.port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
