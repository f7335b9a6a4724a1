// Plays a story on the machine that is being watched, with callers whom nobody has seen before.
// Must never play one twice at a time: its people are its own, and they have one phone each.
import { demoVolunteers, dutyManager, policeDesk } from '../demo/demo-network.ts';
import { type Callers, Stage, StoryBroke } from '../demo/stage.ts';
import { type StoryName, stories } from '../demo/stories.ts';
import type { Machine } from '../machine.ts';
import { seedNumber } from '../seed/seed-values.ts';
import type { StoryState } from './page-data.ts';

const { aigul, dana, madina, erlan, saule, timur } = demoVolunteers;
const helpers: Readonly<Record<StoryName, readonly string[]>> = {
  call: [aigul.number, dana.number],
  text: [madina.number],
  nobody: [
    erlan.number,
    saule.number,
    timur.number,
    String(policeDesk.callNumber),
    String(dutyManager.callNumber),
  ],
};
const caller: Readonly<Record<StoryName, keyof Callers>> = {
  call: 'caller',
  text: 'writer',
  nobody: 'secondCaller',
};

/** A block of its own, far from the callers that people take on the page. */
const FIRST_CALLER = 600_000;
const CALLERS = 300_000;

export type StoryPlayer = {
  /** False while it plays already. */
  readonly play: (name: StoryName) => boolean;
  /** Of each that was played. */
  readonly states: () => Iterable<StoryState>;
};

export function storyPlayer(
  machine: Pick<Machine, 'exchange' | 'stores'>,
  tell: (state: StoryState) => void,
): StoryPlayer {
  const states = new Map<StoryName, StoryState>();
  const become = (next: StoryState) => {
    states.set(next.name, next);
    tell(next);
  };
  const play = (name: StoryName): boolean => {
    if (states.get(name)?.state === 'playing') return false;
    const stage = new Stage(machine, newCallers(Date.now()));
    const phones = [stage.callers[caller[name]], ...helpers[name]];
    for (const number of helpers[name]) machine.exchange.phone(number).behaviour = { kind: 'manual' };
    become({ name, state: 'playing', why: null, phones });
    stories[name].play(stage).then(
      () => become({ name, state: 'ended', why: null, phones }),
      error => become({ name, state: 'broke', why: whyOf(error), phones }),
    );
    return true;
  };
  return { play, states: () => states.values() };
}

/** Who called within the last minutes would be known again, and the story would go another way. */
function newCallers(now: number): Callers {
  const number = (index: number) =>
    seedNumber(FIRST_CALLER + ((Math.floor(now / 1000) * 3 + index) % CALLERS));
  return { caller: number(0), writer: number(1), secondCaller: number(2) };
}

function whyOf(error: unknown): string {
  if (error instanceof StoryBroke) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
