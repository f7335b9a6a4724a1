// npm run replay -- req_…: what Pana did for one request, and why, as its timeline has it. Reads the table of the
// machine that npm start runs, or of a deployment. Must never write, and never show a name or a number.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { readSecretsManager } from '../../shared/adapters/secrets-manager/secrets-manager.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { readSecretsFile } from '../../shared/adapters/system/secrets-file.ts';
import type { Sealer } from '../../shared/app/sealer.ts';
import {
  parseCallSid,
  parseMessageSid,
  parseRequestId,
  type RequestId,
  requestIdOf,
} from '../../shared/domain/ids.ts';
import { isZone } from '../../shared/domain/local-time.ts';
import { LOCAL_TABLE } from './machine-table.ts';
import { CannotStart, portsFrom } from './ports-busy.ts';
import { type ReplaySource, replayRequest } from './replay/replay-request.ts';

const USAGE = `Which request? As

  npm run replay -- req_0123456789abcdef0123456789abcdef

on the machine that npm start runs here; also by the network's name of the call or text that opened it, as
CA0123456789abcdef0123456789abcdef. More:

  --at URL        another engine on this machine, as http://127.0.0.1:7265
  --table NAME    the table of a deployment (or PANA_TABLE), with the rights and the region of your AWS settings
  --region NAME   its region, as eu-central-1
  --zone NAME     wall times there, as Asia/Almaty
  --all           every candidate by id, however many there are

With PANA_SECRETS_ARN or PANA_SECRETS_FILE the ladder and the zone of the line are read too.`;

const options = {
  at: { type: 'string' },
  table: { type: 'string' },
  region: { type: 'string' },
  zone: { type: 'string' },
  all: { type: 'boolean' },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = parsedArguments();
  const id = requestIdFrom(positionals[0] ?? '');
  if (id === null || positionals.length > 1) throw new CannotStart(USAGE);
  const zone = values.zone ?? null;
  if (zone !== null && !isZone(zone))
    throw new CannotStart(`There is no time zone ${zone}: name it as Asia/Almaty.`);
  const source = await sourceFrom(values, process.env);
  const { lines, complaints } = await replayRequest(source, id, { zone, namesAll: values.all ?? false });
  if (lines.length > 0) console.log(lines.join('\n'));
  for (const complaint of complaints) console.error(complaint);
  return complaints.length === 0 ? 0 : 1;
}

/** Also by the name that the telephone network has for the call or text that opened it. */
function requestIdFrom(text: string): RequestId | null {
  const opening = parseCallSid(text) ?? parseMessageSid(text);
  return opening === null ? parseRequestId(text) : requestIdOf(opening);
}

function parsedArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch {
    throw new CannotStart(USAGE);
  }
}

type Flags = { readonly [name in 'at' | 'table' | 'region']?: string | undefined };
type Environment = Readonly<Record<string, string | undefined>>;

/** A table that is named is a deployment's, unless an engine is named too; without either it is npm start's. */
async function sourceFrom(flags: Flags, environment: Environment): Promise<ReplaySource> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const table = flags.table ?? environment['PANA_TABLE'];
  const endpoint = flags.at ?? environment['PANA_DYNAMODB_ENDPOINT'];
  if (table !== undefined && endpoint === undefined) {
    if (flags.region !== undefined) process.env['AWS_REGION'] = flags.region;
    return { client: connect(), table, sealer: await deployedSealer(environment) };
  }
  return {
    client: connectLocally(endpoint ?? `http://127.0.0.1:${portsFrom(environment).dynamoDb}`),
    table: table ?? LOCAL_TABLE,
    sealer: await localSealer(environment),
  };
}

async function deployedSealer(environment: Environment): Promise<Sealer | null> {
  const arn = environment['PANA_SECRETS_ARN'];
  if (arn) return createSealer(await readSecretsManager(arn));
  return sealerIn(environment['PANA_SECRETS_FILE']);
}

async function localSealer(environment: Environment): Promise<Sealer | null> {
  const path = environment['PANA_SECRETS_FILE'] || join(environment['PANA_DATA'] || '.pana', 'secrets.json');
  return existsSync(path) ? sealerIn(path) : null;
}

async function sealerIn(path: string | undefined): Promise<Sealer | null> {
  return path ? createSealer(await readSecretsFile(path)) : null;
}

function sentenceOf(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const name = error instanceof Error ? error.name : 'unknown fault';
  const message = error instanceof Error ? error.message : '';
  if (/ECONNREFUSED/.test(`${name} ${message}`) || name === 'TimeoutError' || name === 'AggregateError') {
    return (
      'No table answers there. For this machine: start it with npm start in another terminal ' +
      '(and if that was started with PANA_PORT=…, put the same before this command).'
    );
  }
  if (name === 'ResourceNotFoundException') return 'There is no such table there: see --table and --region.';
  return `The table could not be read (${name}): see the rights and the region of your AWS settings.`;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
