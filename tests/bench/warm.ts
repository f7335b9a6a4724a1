// How long a function that has been asked before takes for each kind of webhook, with nothing behind its ports and with a
// real engine, and how many questions to table and telephone network stand one after the other before its answer.
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { inItsOwnNode, type OwnNode } from '../simulation/own-node.ts';
import { type Figure, figure, type How, quantile, type Section } from './figures.ts';
import type { Taken } from './warm-run.ts';

const EVENTS = { whole: 20_000, quick: 1_000 } as const;
/** Its transactions slow down with every one that it has seen: fewer of them, said on the page. */
const EVENTS_WITH_ENGINE = { whole: 1_000, quick: 100 } as const;

export async function warm({ length, say }: How): Promise<Section> {
  const [many, fewer] = [EVENTS[length], EVENTS_WITH_ENGINE[length]];
  const engine = await startDynamoDb();
  try {
    return await inItsOwnNode('../bench/warm-run.ts', async begin => {
      const alone = await run(begin, '', many, done => say(`nothing behind it: ${done} of ${many}`));
      const real = await run(begin, engine.endpoint, fewer, done =>
        say(`a real engine: ${done} of ${fewer}`),
      );
      return {
        title: 'Warm',
        told:
          `${many} events of each kind through the production handlers, signed, with the simulator's table in memory; ` +
          `${fewer} with a real engine. The telephone network and the queue take everything at once. Round trips are ` +
          'questions to the table and the network: all of them, and those that had to wait for one another.',
        figures: [
          ...alone.flatMap(each => times(each, 'nothing behind it')),
          ...real.flatMap(each => times(each, 'a real engine')),
          ...real.flatMap(({ name, trips, inSequence }) => [
            figure(`${name}: questions`, 'round trips', trips),
            figure(`${name}: one after the other`, 'round trips', inSequence),
          ]),
        ],
      };
    });
  } finally {
    await engine.close();
  }
}

function times({ name, ms, processorMs }: Taken, behind: string): readonly Figure[] {
  return [
    figure(`${name}, ${behind}`, 'ms', ms),
    figure(`${name}, ${behind}: 99 of 100 within`, 'ms', quantile(ms, 0.99)),
    figure(`${name}, ${behind}: 99 of 100 within, of the processor`, 'ms', quantile(processorMs, 0.99)),
  ];
}

function run(
  begin: OwnNode,
  endpoint: string,
  events: number,
  told: (done: number) => void,
): Promise<readonly Taken[]> {
  return new Promise((resolve, reject) => {
    const child = begin([endpoint, String(events)]);
    let taken: readonly Taken[] | null = null;
    child.on('message', (message: { readonly taken: readonly Taken[] } | { readonly done: number }) => {
      if ('done' in message) told(message.done);
      else taken = message.taken;
    });
    child.on('error', reject);
    child.on('close', code => (taken === null ? reject(new Error(`it died, with ${code}`)) : resolve(taken)));
  });
}
