// Many people at once: what becomes of them, how long they wait and what the machine holds, with the whole hotline of
// `npm start` in one process and the engine in another.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type Figure, figure, type How, quantile, type Section } from './figures.ts';
import type { Loaded } from './load-run.ts';

type Pressure = { readonly atOnce: number; readonly textsASecond: number; readonly seconds: number };

/** What two cores bear, and what they do not: there only what is left when it is over matters. */
const LOADS: Readonly<Record<How['length'], readonly Pressure[]>> = {
  whole: [
    { atOnce: 50, textsASecond: 10, seconds: 180 },
    { atOnce: 200, textsASecond: 50, seconds: 60 },
  ],
  quick: [{ atOnce: 20, textsASecond: 5, seconds: 20 }],
};

export async function load({ length, say }: How): Promise<Section> {
  const figures: Figure[] = [];
  for (const pressure of LOADS[length]) figures.push(...(await under(pressure, say)));
  return {
    title: 'Load',
    told:
      'So many callers at once, each of whom talks for 20 s and calls again with another number, and so many first texts a ' +
      'second: telephone network, queue, rules and handlers in one process, the engine in another, on two cores. A volunteer ' +
      'picks up after two seconds and takes it three seconds later. Lost is what stands in the network’s books and not in ' +
      'ours, fifteen seconds after the last of it and when the reconciler has had its time. Overdue is how late the latest ' +
      'request was, looked at every five seconds.',
    figures,
  };
}

async function under(
  { atOnce, textsASecond, seconds }: Pressure,
  say: How['say'],
): Promise<readonly Figure[]> {
  const loaded = await run([atOnce, textsASecond, seconds], words => say(`${atOnce} callers: ${words}`));
  const { calls, reached, texts, toFirstWordMs, toPersonMs, toReplyMs, overdueMs, megabytes } = loaded;
  const { lostAtFirst, lostInTheEnd, foundAfterSeconds, processorSeconds } = loaded;
  const name = (what: string) => `${atOnce} callers, ${textsASecond} texts a second, ${seconds} s: ${what}`;
  return [
    figure(name('calls'), 'times', calls),
    figure(name('callers who talked with somebody'), 'people', reached),
    figure(name('texts'), 'times', texts),
    figure(name('texts that were answered'), 'times', toReplyMs.length),
    figure(name('lost at first'), 'times', lostAtFirst),
    figure(name('lost in the end'), 'times', lostInTheEnd),
    figure(name('until all was found'), 'ms', foundAfterSeconds * 1000),
    figure(name('from dialling to the first word'), 'ms', toFirstWordMs),
    figure(name('from dialling to the first word: 99 of 100 within'), 'ms', quantile(toFirstWordMs, 0.99)),
    figure(name('from dialling to a person'), 'ms', toPersonMs),
    figure(name('from dialling to a person: 99 of 100 within'), 'ms', quantile(toPersonMs, 0.99)),
    figure(name('from a text to its answer'), 'ms', toReplyMs),
    figure(name('from a text to its answer: 99 of 100 within'), 'ms', quantile(toReplyMs, 0.99)),
    figure(name('overdue'), 'ms', overdueMs),
    figure(name('overdue at most'), 'ms', Math.max(...overdueMs)),
    figure(name('of one core, by the process without the engine'), '×', processorSeconds / seconds),
    figure(name('memory of the process'), 'MB', megabytes),
  ];
}

function run(args: readonly number[], told: (words: string) => void): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load-run.ts'), args.map(String), {
      execArgv: ['--import', 'tsx'],
    });
    let loaded: Loaded | null = null;
    child.on('message', (message: Loaded | { readonly says: string }) => {
      if ('says' in message) told(message.says);
      else loaded = message;
    });
    child.on('error', reject);
    child.on('close', code =>
      loaded === null ? reject(new Error(`it died, with ${code}`)) : resolve(loaded),
    );
  });
}
