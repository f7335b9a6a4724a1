// npm run phone -- +7…: one phone of the simulated network in a terminal, while npm start runs in another.
// Must never show more than a real handset would, and never answer a slip with a stack.
import { createInterface, type Interface } from 'node:readline';
import { parsePhoneNumber } from '../../shared/domain/phone.ts';
import { castOf } from './demo/cast.ts';
import { recordedWords } from './demo/recorded-words.ts';
import { type Command, commandFrom, HELP } from './phone/commands.ts';
import { NoExchange, PhoneControl } from './phone/control.ts';
import { shownOf } from './phone/display.ts';
import { scenarioFrom } from './phone/scenario.ts';
import { CannotStart, portsFrom } from './ports-busy.ts';
import { kazakhstan } from './seed/kazakhstan.ts';
import { seedVolunteers } from './seed/volunteers.ts';

const NOT_RUNNING =
  'No exchange answers here: start it with npm start in another terminal ' +
  '(and if that was started with PANA_PORT=…, put the same before this command).';

async function main(): Promise<void> {
  const number = numberFrom(process.argv[2] ?? '');
  const { exchange } = portsFrom(process.env);
  const control = new PhoneControl(`http://127.0.0.1:${exchange}`, number);
  const { call } = await control.state();
  const startedAt = Date.now();
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  console.log(
    `The phone ${number}. Lines: ${kazakhstan.lines.map(line => line.number).join(', ')}. Try help.`,
  );
  if (call?.state === 'ringing' && call.incoming)
    console.log(`RINGING, showing ${call.showing}   (answer or reject)`);
  const recorded = recordedWords(kazakhstan);
  const stop = new AbortController();
  const listening = control.listen(event => {
    const words = shownOf(event, recorded);
    if (words !== null) printAbove(terminal, words);
  }, stop.signal);
  const typing = readCommands(terminal, command => obey(command, control, startedAt));
  // Whichever ends first: the person, or the exchange.
  const ended = await Promise.race([typing.then(() => 'quit'), listening.then(() => 'gone')]);
  stop.abort();
  terminal.close();
  if (ended === 'gone') console.log('\nThe exchange is gone: npm start has been stopped.');
}

function numberFrom(text: string): string {
  const number = parsePhoneNumber(text);
  if (number === null) {
    throw new CannotStart('Which phone? Give its number with its country, as npm run phone -- +77991500001');
  }
  return number;
}

/** A line of its own, and under it again what is being typed. */
function printAbove(terminal: Interface, words: string): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  console.log(`  ${words}`);
  if (process.stdout.isTTY) terminal.prompt(true);
}

/** Resolves when the person is done. */
async function readCommands(terminal: Interface, obeyed: (command: Command) => Promise<void>): Promise<void> {
  terminal.prompt();
  for await (const typed of terminal) {
    const command = commandFrom(typed);
    if (command.kind === 'quit') return;
    await obeyed(command);
    terminal.prompt();
  }
}

async function obey(command: Command, control: PhoneControl, since: number): Promise<void> {
  switch (command.kind) {
    case 'call':
      await deed(control, 'dial', { to: command.to, ...(command.withheld ? { withheld: 'anonymous' } : {}) });
      break;
    case 'press':
      await deed(control, 'press', { digits: command.digits });
      break;
    case 'say':
      await deed(control, 'say', { words: command.words });
      break;
    case 'text':
      await deed(control, 'text', { to: command.to, body: command.body });
      break;
    case 'behave':
      await deed(control, 'behaviour', { call: command.as });
      break;
    case 'answer':
    case 'reject':
    case 'hang-up':
      await deed(control, command.kind);
      break;
    case 'script':
      await printScript(control, since);
      break;
    case 'help':
      console.log(HELP);
      break;
    case 'mistake':
      console.log(command.why);
      break;
    case 'nothing':
    case 'quit':
      break;
  }
}

async function deed(control: PhoneControl, name: string, json: unknown = {}): Promise<void> {
  const refusal = await control.deed(name, json);
  if (refusal !== null) console.log(`That cannot be: ${refusal}`);
}

/** Of all phones, since this one was taken up. */
async function printScript(control: PhoneControl, since: number): Promise<void> {
  const pasts = await Promise.all((await control.numbers()).map(number => control.past(number)));
  const events = pasts.flat().filter(({ at }) => at >= since);
  const lines = new Set(kazakhstan.lines.flatMap(line => [line.number, line.whatsappNumber]) as string[]);
  const helpers = [...castOf(kazakhstan, seedVolunteers)].filter(([number]) => !lines.has(number));
  console.log(scenarioFrom({ events, network: kazakhstan, helpers: new Map(helpers) }));
}

main().then(
  () => process.exit(0),
  error => {
    console.error(
      error instanceof NoExchange ? NOT_RUNNING : error instanceof CannotStart ? error.message : error,
    );
    process.exit(1);
  },
);
