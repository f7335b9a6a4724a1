// Whoever calls after a quiet hour meets a function that has not started: how long each built bundle takes from the start
// of its process to its first answer, beside a process that does nothing and the least that a webhook could be.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Bundled, bundleFunction } from '../../infra/constructs/bundle.ts';
import { cacheCode } from '../../infra/constructs/code-cache.ts';
import { functionFacts } from '../../infra/constructs/functions.ts';
import { type Issuer, LOCAL_AUDIENCE, startIssuer } from '../../infra/local/issuer.ts';
import { seedNumber } from '../../infra/local/seed/seed-values.ts';
import { type CallSid, requestIdOf } from '../../shared/domain/ids.ts';
import { type BundledHotline, startBundled } from '../infra/bundled-hotline.ts';
import { memoryFlags } from '../infra/lambda.ts';
import { fullLine, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { asks, looks, newSid, rings, type Signing, writes } from './events.ts';
import { type Figure, figure, type How, type Section } from './figures.ts';

const ROUNDS = { whole: 15, quick: 3 } as const;
const MEGABYTES = 256;
const LIBRARIES = [
  /node_modules\/twilio\/lib\/(rest|base|jwt)\//,
  /node_modules\/zod\/v4\/classic\//,
  /node_modules\/(luxon|axios)\//,
];

const functions = ['voice', 'text', 'wakeup', 'api'] as const;
const instance = join(import.meta.dirname, 'cold-instance.mjs');

type Started = {
  readonly wholeMs: number;
  readonly firstMs: number;
  readonly processorMs: number;
  readonly megabytes: number;
  /** The events after the first. */
  readonly awakeMs: readonly number[];
};
type Runner = { readonly name: string; readonly run: () => Promise<Started> };
type Answer = {
  readonly statusCode?: number;
  readonly body?: string;
  readonly batchItemFailures?: unknown[];
};

export async function cold({ length, say }: How): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-cold-'));
  const bundles = functions.map(name => bundleFunction(`functions/${name}.ts`, join(folder, name)));
  // The same again as it stands in Lambda, where what packages is what runs (infra/constructs/code-cache.ts).
  cpSync(join(folder, 'voice'), join(folder, CACHED), { recursive: true });
  cacheCode(join(folder, CACHED));
  const issuer = await startIssuer(0);
  const hotline = await startBundled(() => unused(), straight, manyOnDuty());
  try {
    const rounds: ReadonlyMap<string, Started>[] = [];
    const runners = await runnersOf(hotline, issuer, folder);
    // The first of each finds nothing in the machine's own memory of files.
    for (let round = -1; round < ROUNDS[length]; round += 1) {
      const took = await oneRound(runners, round + 1);
      if (round >= 0) rounds.push(took);
      if (round % 5 === 0) say(`round ${round} of ${ROUNDS[length]}`);
    }
    return section(rounds, bundles);
  } finally {
    await hotline.close();
    await issuer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function unused(): never {
  throw new Error('every function is started by the measurement itself');
}

const straight = async (url: string) => ({ url, cut: () => 0, close: async () => undefined });

/** Enough that the last who rings finds somebody free. */
function manyOnDuty() {
  const volunteers = Array.from({ length: 120 }, (_, serial) => volunteer(`nr${serial}`, 100 + serial));
  return { network: smallNetwork, volunteers };
}

/** Each begins the round once, so that none always comes after the same other. */
async function oneRound(runners: readonly Runner[], round: number): Promise<ReadonlyMap<string, Started>> {
  const took = new Map<string, Started>();
  for (let place = 0; place < runners.length; place += 1) {
    const runner = runners[(place + round) % runners.length];
    if (runner) took.set(runner.name, await runner.run());
  }
  return took;
}

async function runnersOf(
  hotline: BundledHotline,
  issuer: Issuer,
  folder: string,
): Promise<readonly Runner[]> {
  const { environment, exchange } = hotline;
  const { accountSid, authToken } = exchange;
  const signing: Signing = { publicBase: environment['PANA_PUBLIC_BASE'] ?? '', accountSid, authToken };
  const token = await issuer.tokenFor('manager');
  const of = (name: string) => join(folder, name);
  const known = { ...environment, PANA_OIDC_ISSUER: issuer.url, PANA_OIDC_AUDIENCE: LOCAL_AUDIENCE };
  let caller = 0;
  const somebody = () => seedNumber(500_000 + caller++);
  const voice =
    (line: { readonly number: string }, bundle = 'voice') =>
    () =>
      started(
        of(bundle),
        known,
        // The second of them meets an instance that is awake.
        [1, 2].map(() => rings(signing, somebody(), line.number)),
        isTwiml,
      );
  const nobodys = requestIdOf(newSid('CA') as CallSid);
  return [
    { name: NODE, run: bareNode },
    {
      name: FLOOR,
      run: () =>
        started(
          join(import.meta.dirname, 'floor'),
          { ...known, FLOOR_TOKEN: authToken },
          [rings(signing, somebody(), plainLine.number)],
          isTwiml,
        ),
    },
    { name: 'voice, a menu', run: voice(fullLine) },
    { name: 'voice with a code cache, a menu', run: voice(fullLine, CACHED) },
    { name: RUNG, run: voice(plainLine) },
    { name: 'voice with a code cache, somebody is rung', run: voice(plainLine, CACHED) },
    {
      name: 'text',
      run: () =>
        started(of('text'), known, [writes(signing, somebody(), plainLine.number, 'Здравствуйте')], isTwiml),
    },
    {
      name: 'wakeup',
      run: () => started(of('wakeup'), known, [looks(nobodys)], isReport),
    },
    { name: 'api', run: () => started(of('api'), known, [asks('/v1/requests', token)], isAnswered) },
  ];
}

const NODE = 'node -e 0';
const FLOOR = 'floor';
const CACHED = 'voice-cached';
const RUNG = 'voice, somebody is rung';

const isTwiml = ({ statusCode, body }: Answer) => statusCode === 200 && /<Response/.test(body ?? '');
const isReport = ({ batchItemFailures }: Answer) => batchItemFailures?.length === 0;
const isAnswered = ({ statusCode }: Answer) => statusCode === 200;

async function bareNode(): Promise<Started> {
  const beganAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { env: {}, stdio: 'ignore' }), 'exit');
  const wholeMs = performance.now() - beganAt;
  // Another one that does nothing but say what processor it took.
  const telling = spawn(process.execPath, ['-p', 'JSON.stringify(process.cpuUsage())'], { env: {} });
  const { user, system } = JSON.parse(await saidBy(telling.stdout)) as NodeJS.CpuUsage;
  return { wholeMs, firstMs: 0, processorMs: (user + system) / 1000, megabytes: 0, awakeMs: [] };
}

async function saidBy(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** `environment` is all that it has: NODE_EXTRA_CA_CERTS, say, would triple the start of Node itself. */
async function started(
  folder: string,
  environment: Readonly<Record<string, string>>,
  events: readonly object[],
  isRight: (answer: Answer) => boolean,
): Promise<Started> {
  const beganAt = performance.now();
  const child = spawn(
    process.execPath,
    [...memoryFlags(MEGABYTES), instance, folder, ...events.map(each => JSON.stringify(each))],
    {
      env: { ...environment, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MEGABYTES) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [text, complaint] = await Promise.all([saidBy(child.stdout), saidBy(child.stderr)]);
  const endedAt = performance.now();
  const line = text.split('\n').find(each => each.startsWith('{"firstMs"'));
  if (line === undefined) throw new Error(`${folder} did not answer: ${complaint.slice(0, 2000)}${text}`);
  const { answer, ...took } = JSON.parse(line) as Omit<Started, 'wholeMs'> & { answer: Answer };
  if (!isRight(answer)) throw new Error(`${folder} answered ${line.slice(0, 500)}`);
  const afterwards = took.awakeMs.reduce((sum, each) => sum + each, 0);
  return { wholeMs: endedAt - beganAt - afterwards, ...took };
}

function section(rounds: readonly ReadonlyMap<string, Started>[], bundles: readonly Bundled[]): Section {
  const names = [...(rounds[0]?.keys() ?? [])].filter(name => name !== NODE);
  const times = (name: string, of: (started: Started) => number, by: (node: Started) => number) =>
    rounds.map(round => {
      const [took, node] = [round.get(name), round.get(NODE)];
      return took && node ? of(took) / by(node) : Number.NaN;
    });
  const whole = ({ wholeMs }: Started) => wholeMs;
  const awake = (name: string): readonly Figure[] =>
    rounds[0]?.get(name)?.awakeMs.length
      ? [
          figure(
            `${name}: an event of an instance that is awake`,
            '×',
            times(name, each => each.awakeMs[0] ?? Number.NaN, whole),
          ),
        ]
      : [];
  const timed = names.flatMap((name): readonly Figure[] => [
    figure(`${name}: to its first answer`, '×', times(name, whole, whole)),
    figure(
      `${name}: of that its start`,
      '×',
      times(name, each => each.wholeMs - each.firstMs, whole),
    ),
    figure(
      `${name}: of that its first event`,
      '×',
      times(name, each => each.firstMs, whole),
    ),
    ...awake(name),
    figure(
      `${name}: processor`,
      '×',
      times(
        name,
        each => each.processorMs,
        each => each.processorMs,
      ),
    ),
  ]);
  return {
    title: 'Cold start',
    told:
      `${rounds.length} rounds; in each of them every program once, in turn, each in a new process with the memory flags ` +
      `of a function of ${MEGABYTES} MB. × is what \`node -e 0\` took in the same round: of time, or of the processor. The ` +
      'floor checks a signature, asks the table twice and fills in a template. The built bundles go through their real ' +
      'handlers, with a real engine, queue and telephone network beside them; the wake-up finds nothing to do. What an instance ' +
      'that is kept awake saves a caller is what lies between the first answer and an event of one that is awake. On a machine that is busy with other things ' +
      'time is more than on a free one, also as a ratio: what short programs need, they get at once.',
    figures: [
      figure(
        NODE,
        'ms',
        rounds.map(round => round.get(NODE)?.wholeMs ?? Number.NaN),
      ),
      ...timed,
      figure(
        'voice: memory held',
        'MB',
        rounds.map(round => round.get(RUNG)?.megabytes ?? Number.NaN),
      ),
      figure('voice: memory configured', 'MB', functionFacts.voice.megabytes),
      ...functions.map((name, place) =>
        figure(`${name}: code that is always loaded`, 'bytes', bundles[place]?.bytes ?? 0),
      ),
      ...partsOf(bundles[0]?.always ?? new Map()),
    ],
  };
}

/** What the voice function is made of, the largest first. */
function partsOf(always: Bundled['always']): readonly Figure[] {
  const bytes = new Map<string, number>();
  for (const [file, size] of always) {
    const part =
      /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(file)?.[1] ??
      file.split('/').slice(0, 2).join('/');
    bytes.set(part, (bytes.get(part) ?? 0) + size);
  }
  const largest = [...bytes].sort(([, one], [, other]) => other - one).slice(0, 10);
  return [
    ...largest.map(([part, size]) => figure(`voice: of that ${part}`, 'bytes', size)),
    figure(
      'voice: files of the REST client, zod classic, luxon or axios in it',
      'items',
      [...always.keys()].filter(file => LIBRARIES.some(library => library.test(file))).length,
    ),
  ];
}
