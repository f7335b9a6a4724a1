// Many people at once: what becomes of them, how long they wait and what the machine holds, with the whole hotline of
// `npm start` in one process and the engine in another.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { figure, type How, quantile, type Section } from './figures.ts';
import type { Loaded } from './load-run.ts';

const LOADS = {
  whole: { atOnce: 200, textsASecond: 50, seconds: 180 },
  quick: { atOnce: 20, textsASecond: 5, seconds: 20 },
} as const;

export async function load({ length, say }: How): Promise<Section> {
  const { atOnce, textsASecond, seconds } = LOADS[length];
  const loaded = await run([atOnce, textsASecond, seconds], left => say(`${left} s left`));
  const { calls, reached, texts, toFirstWordMs, toPersonMs, toReplyMs, lost, overdueMs, megabytes } = loaded;
  return {
    title: 'Load',
    told:
      `${atOnce} callers at once for ${seconds} s, each of whom talks for 20 s and calls again with another number, and ` +
      `${textsASecond} first texts a second: telephone network, queue, rules and handlers in one process, the engine in ` +
      'another, on two cores. A volunteer picks up after two seconds and takes it three seconds later. Lost is what stands ' +
      "in the network's books and not in ours. Overdue is how late the latest request was, looked at every five seconds.",
    figures: [
      figure('calls', 'times', calls),
      figure('callers who talked with somebody', 'people', reached),
      figure('texts', 'times', texts),
      figure('texts that were answered', 'times', toReplyMs.length),
      figure('lost', 'times', lost),
      figure('from dialling to the first word', 'ms', toFirstWordMs),
      figure('from dialling to the first word: 99 of 100 within', 'ms', quantile(toFirstWordMs, 0.99)),
      figure('from dialling to a person', 'ms', toPersonMs),
      figure('from dialling to a person: 99 of 100 within', 'ms', quantile(toPersonMs, 0.99)),
      figure('from a text to its answer', 'ms', toReplyMs),
      figure('from a text to its answer: 99 of 100 within', 'ms', quantile(toReplyMs, 0.99)),
      figure('overdue', 'ms', overdueMs),
      figure('overdue at most', 'ms', Math.max(...overdueMs)),
      figure('memory of the process', 'MB', megabytes),
    ],
  };
}

function run(args: readonly number[], told: (left: number) => void): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load-run.ts'), args.map(String), {
      execArgv: ['--import', 'tsx'],
    });
    let loaded: Loaded | null = null;
    child.on('message', (message: Loaded | { readonly done: number }) => {
      if ('done' in message) told(message.done);
      else loaded = message;
    });
    child.on('error', reject);
    child.on('close', code =>
      loaded === null ? reject(new Error(`it died, with ${code}`)) : resolve(loaded),
    );
  });
}
