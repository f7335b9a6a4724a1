// One instance of a function as Lambda keeps it: the built bundle in a process of its own, behind the runtime's HTTP
// interface, with its memory limit; one event at a time, and frozen whenever it asks for the next and there is none.
// Must never reach into the bundle: what it is asked and what it answers is all there is.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export type LambdaSettings = {
  readonly folder: string;
  readonly handler: string;
  readonly megabytes: number;
  readonly seconds: number;
  readonly environment: Readonly<Record<string, string>>;
};

export type Lambda = {
  /** Rejects with what the function threw, or when it takes too long or dies. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** The most memory it ever held. */
  readonly peakMegabytes: () => number;
  readonly isFrozen: () => boolean;
  /** How long each event took, from its hand-out to its answer. */
  readonly runsMs: readonly number[];
  readonly log: readonly string[];
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly id: string;
  readonly event: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  beganAt?: number;
};

const bootstrap = fileURLToPath(new URL('lambda-bootstrap.cjs', import.meta.url));

/** As the managed runtime starts node: a tenth of the memory for young objects, the rest for old ones. */
export function memoryFlags(megabytes: number): readonly string[] {
  const young = Math.floor(megabytes / 10);
  return [
    `--max-semi-space-size=${Math.max(1, Math.floor(young / 2))}`,
    `--max-old-space-size=${megabytes - young}`,
  ];
}

/** Resolves when it has initialised, and is frozen. */
export async function startLambda(settings: LambdaSettings): Promise<Lambda> {
  const instance = new Instance(settings);
  await instance.start();
  return instance;
}

class Instance implements Lambda {
  readonly log: string[] = [];
  readonly runsMs: number[] = [];
  readonly #settings: LambdaSettings;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #waiting: Waiting[] = [];
  readonly #underWay = new Map<string, Waiting>();
  #child!: ChildProcess;
  #next: ServerResponse | null = null;
  #count = 0;
  #ready: (failure?: Error) => void = () => undefined;

  constructor(settings: LambdaSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const { folder, handler, megabytes, environment } = this.#settings;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const ready = new Promise<void>((resolve, reject) => {
      this.#ready = failure => (failure ? reject(failure) : resolve());
    });
    this.#child = spawn(process.execPath, [...memoryFlags(megabytes), bootstrap], {
      env: {
        PATH: process.env['PATH'],
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(megabytes),
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: handler,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', chunk => this.log.push(String(chunk)));
    this.#child.once('exit', code => this.#died(`it ended with ${code}`));
    await ready;
  }

  invoke(event: unknown): Promise<unknown> {
    const { seconds } = this.#settings;
    return new Promise((resolve, reject) => {
      this.#count += 1;
      const waiting = { id: `event-${this.#count}`, event, resolve, reject };
      this.#waiting.push(waiting);
      setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000).unref();
      this.#handOut();
    });
  }

  isFrozen(): boolean {
    return /^State:\s+T/m.test(this.#status());
  }

  peakMegabytes(): number {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(this.#status())?.[1] ?? 0) / 1024;
  }

  #status(): string {
    return readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
  }

  async close(): Promise<void> {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGKILL');
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const [, id = '', what = ''] = /invocation\/([\w-]+)\/(response|error)$/.exec(request.url ?? '') ?? [];
    if (request.url?.endsWith('/invocation/next')) this.#asks(response);
    else if (request.url?.endsWith('/init/error')) this.#ready(new Error(text));
    else {
      const done = this.#underWay.get(id);
      this.#underWay.delete(id);
      if (done?.beganAt !== undefined) this.runsMs.push(performance.now() - done.beganAt);
      if (what === 'response') done?.resolve(JSON.parse(text));
      else done?.reject(new Error(text));
      response.writeHead(202).end();
    }
  }

  #asks(response: ServerResponse): void {
    this.#next = response;
    this.#ready();
    this.#handOut();
    if (this.#next) this.#child.kill('SIGSTOP');
  }

  #handOut(): void {
    const first = this.#next && this.#waiting.shift();
    if (!first || !this.#next) return;
    this.#child.kill('SIGCONT');
    first.beganAt = performance.now();
    this.#underWay.set(first.id, first);
    this.#next.writeHead(200, {
      'Lambda-Runtime-Aws-Request-Id': first.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + this.#settings.seconds * 1000),
      'Content-Type': 'application/json',
    });
    this.#next.end(JSON.stringify(first.event));
    this.#next = null;
  }

  #died(why: string): void {
    const error = new Error(`${why}: ${this.log.join('').slice(-2000)}`);
    this.#ready(error);
    for (const each of [...this.#waiting, ...this.#underWay.values()]) each.reject(error);
  }
}
