// Lives through a run on every core of the machine, a slice of the people to a process, and adds the slices up in their
// order: on whatever machine, the same seed comes to the same figures and the same hash.
import { availableParallelism } from 'node:os';
import { Figures, type WrittenFigures } from './figures.ts';
import { inItsOwnNode, type OwnNode } from './own-node.ts';

/** Some twenty seconds of a core: little beside it to begin, little to lose when a run is broken off. */
const SLICE = 10_000;

export type Slice = { readonly seed: number; readonly requests: number; readonly skip: number };
export type Lived = {
  readonly figures: WrittenFigures;
  /** Of the processor, of all cores together. */
  readonly seconds: number;
  /** What the largest of the processes has held. */
  readonly megabytes: number;
};
export type Run = { readonly seed: number; readonly requests: number; readonly options: readonly string[] };
type Hear = {
  readonly progress: (done: number) => void;
  /** A slice that was lived through before: what it came to. */
  readonly kept?: (slice: Slice) => Lived | null;
  readonly keep?: (slice: Slice, lived: Lived) => void;
};

/** Throws when a process dies, or has no memory left. A run that breaks invariants has figures like any other. */
export async function livedOnEveryCore({ seed, requests, options }: Run, hear: Hear): Promise<Lived> {
  const starts = Array.from({ length: Math.ceil(requests / SLICE) }, (_, slice) => slice * SLICE);
  const slices = starts.map(skip => ({ seed, skip, requests: Math.min(SLICE, requests - skip) }));
  const lived: Lived[] = [];
  const done: number[] = [];
  const left = [...slices.entries()];
  const core = async (begin: OwnNode) => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [place, slice] = next;
      const told = (people: number) => {
        done[place] = people;
        hear.progress(done.reduce((sum, each) => sum + (each ?? 0), 0));
      };
      const one = hear.kept?.(slice) ?? (await livedThrough(begin, slice, options, told));
      hear.keep?.(slice, one);
      told(slice.requests);
      lived[place] = one;
    }
  };
  await inItsOwnNode('slice.ts', begin =>
    Promise.all(Array.from({ length: availableParallelism() }, () => core(begin))),
  );
  return together(lived);
}

function livedThrough(
  begin: OwnNode,
  { seed, requests, skip }: Slice,
  options: readonly string[],
  told: (done: number) => void,
): Promise<Lived> {
  const args = ['--seed', `${seed}`, '--requests', `${requests}`, '--skip', `${skip}`, ...options];
  return new Promise((resolve, reject) => {
    const child = begin(args);
    let lived: Lived | null = null;
    child.on('message', (message: Lived | { readonly done: number }) => {
      if ('done' in message) told(message.done);
      else lived = message;
    });
    child.on('error', reject);
    child.on('close', code =>
      lived === null ? reject(new Error(`slice at ${skip}: died, with ${code}`)) : resolve(lived),
    );
  });
}

function together(slices: readonly Lived[]): Lived {
  const figures = new Figures();
  for (const slice of slices) figures.take(slice.figures);
  return {
    figures: figures.toJSON(),
    seconds: slices.reduce((sum, { seconds }) => sum + seconds, 0),
    megabytes: Math.max(...slices.map(({ megabytes }) => megabytes)),
  };
}
