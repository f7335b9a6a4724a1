// npm run demo: three stories, played in real time on a machine of their own and told as they happen.
// Must never end with 0 unless each story went as it is told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_RING_SECONDS, demoCallers, demoNetwork, demoVolunteers } from './demo/demo-network.ts';
import { type Narrator, startNarrator } from './demo/narrator.ts';
import { Stage, StoryBroke } from './demo/stage.ts';
import { stories, storyNames } from './demo/stories.ts';
import { watchMachine } from './demo/watch.ts';
import { type Machine, startMachine } from './machine.ts';
import { anyPorts } from './ports-busy.ts';

const PROLOGUE = `
Pana, played on this machine in real time: the functions that run in AWS, a database, a queue, and a simulated
telephone network. Only the people are scripts. So that you need not wait, a phone here rings for ${DEMO_RING_SECONDS} s and volunteers
are asked one by one; on a real line it is 20 s and three at a time. Times are seconds since the start; what stands
in brackets is written by the request itself, not seen on any phone.`;

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const volunteers = Object.values(demoVolunteers);
  let machine: Machine | null = null;
  try {
    const seed = { network: demoNetwork, volunteers };
    machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
    return await playAll(machine);
  } finally {
    await machine?.close();
  }
}

async function playAll(machine: Machine): Promise<boolean> {
  const { caller, writer, secondCaller } = demoCallers;
  const callers = { [caller]: 'A caller', [writer]: 'A woman', [secondCaller]: 'Another caller' };
  const narrator = startNarrator(Date.now());
  const stopWatching = watchMachine(machine, {
    narrator,
    volunteers: Object.values(demoVolunteers),
    callers,
  });
  const stage = new Stage(machine);
  console.log(PROLOGUE);
  let wentWell = true;
  for (const [index, name] of storyNames.entries()) {
    const { title, play } = stories[name];
    await narrator.title(`\n${index + 1}. ${title}\n`);
    wentWell = (await played(stage, play, narrator)) && wentWell;
  }
  await stopWatching();
  await narrator.title('');
  narrator.close();
  return wentWell && nothingLeft(machine);
}

async function played(
  stage: Stage,
  play: (stage: Stage) => Promise<void>,
  narrator: Narrator,
): Promise<boolean> {
  try {
    await play(stage);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error instanceof StoryBroke ? error.message : (error.stack ?? error.message);
    await narrator.title(`\nThis story did not go as it should: ${reason}`);
    return false;
  }
}

/** The network saw no error, and no phone is still in a call. */
function nothingLeft({ exchange }: Machine): boolean {
  for (const { code, message } of exchange.errors) console.error(`The network saw error ${code}: ${message}`);
  const live = exchange.liveLegs().map(({ phoneNumber }) => phoneNumber);
  if (live.length > 0) console.error(`Still in a call: ${live.join(', ')}`);
  return exchange.errors.length === 0 && live.length === 0;
}

// Ending by `exit` also ends the engine.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().then(
  wentWell => {
    console.log(
      wentWell
        ? 'All three ended as told: checked on the phones, in the requests and in the network’s books.'
        : 'Not everything went as told.',
    );
    process.exit(wentWell ? 0 : 1);
  },
  error => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
