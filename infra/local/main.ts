// npm start: the whole hotline on this machine, kept in .pana/, until Ctrl-C.
// Must never leave anything running behind, and never answer a slip of its user's with a stack.
import { builtPage, type PageName } from '../web/build.ts';
import { castOf, volunteersOf } from './demo/cast.ts';
import { recordedWords } from './demo/recorded-words.ts';
import { teller } from './demo/sentences.ts';
import { requestOf } from './demo/stage.ts';
import { withStories } from './demo/with-stories.ts';
import { type Machine, startMachine } from './machine.ts';
import { screenOf } from './machine-screen.ts';
import { startPhonesPage } from './phones-page/serve.ts';
import { CannotStart, portPrefix, portsFrom } from './ports-busy.ts';
import { kazakhstan } from './seed/kazakhstan.ts';
import { seedVolunteers } from './seed/volunteers.ts';

const SAME_KEY_MS = 500;

async function main(): Promise<void> {
  const stopped = stopSignal();
  const ports = portsFrom(process.env);
  const folder = process.env['PANA_DATA'] || '.pana';
  const seed = withStories({ network: kazakhstan, volunteers: seedVolunteers });
  const phonesPage = await built('phones');
  const hasConsole = (await built('console')) !== null;
  const machine = await startMachine({ folder, keepsTable: true, ports, seed });
  const page = phonesPage === null ? null : await startPhonesPage(machine, phonesPage, ports.phones);
  const volunteers = await volunteersOf(machine.stores, machine.network);
  console.log(
    screenOf(machine, {
      volunteers,
      phonesUrl: page?.url ?? null,
      hasConsole,
      prefix: portPrefix(ports),
      now: Date.now(),
    }),
  );
  tellOnScreen(machine, volunteers, portPrefix(ports));
  await stopped;
  console.log('\nStopping.');
  await page?.close();
  await machine.close();
}

/** Null: it could not be built, which is no reason to keep the hotline from running. */
async function built(name: PageName): Promise<string | null> {
  try {
    return await builtPage(name, words => console.log(words));
  } catch {
    console.log(`The page ${name} could not be built: run npm ci. Everything else runs without it.`);
    return null;
  }
}

function tellOnScreen(machine: Machine, volunteers: Parameters<typeof castOf>[1], prefix: string): void {
  const { network, exchange, alerts } = machine;
  const tell = teller({
    cast: castOf(network, volunteers),
    recorded: recordedWords(network),
    tellsHeard: false,
  });
  const say = (words: string) => console.log(`${new Date().toTimeString().slice(0, 8)}  ${words}`);
  exchange.on(event => {
    const words = tell(event);
    if (words !== null) say(words);
    if (event.type === 'dialled' && network.lines.some(({ number }) => number === (event.line as string)))
      say(`  why, step by step: ${prefix}npm run replay -- ${requestOf(event.callSid)}`);
  });
  alerts.on(({ audience, severity, words }) => say(`alert to the ${audience} (${severity}): ${words}`));
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    let askedAt: number | null = null;
    const stop = () => {
      // One Ctrl-C may reach us twice: from the terminal, and from the program that started us.
      if (askedAt !== null && Date.now() - askedAt > SAME_KEY_MS) process.exit(1);
      askedAt ??= Date.now();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error instanceof CannotStart ? error.message : sentenceOf(error));
    process.exit(1);
  },
);

/** The engine's own sentences are for people too; anything else is a fault of ours, with its place. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return /dynamodb/i.test(error.message) ? error.message : (error.stack ?? error.message);
}
