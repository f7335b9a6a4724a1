// npm run canary: sends the canary out once and says how far it comes. Over the machine that npm start runs here, or
// over the deployment that the environment names as it names it to a function (PANA_TABLE and the others).
// Must never fly over half of each, and never show a number.
import { setTimeout } from 'node:timers/promises';
import { type CanaryOutcome, type CanaryStep, runCanary } from '../../shared/app/canary.ts';
import { ConfigError } from '../../shared/app/config.ts';
import type { Ports } from '../../shared/app/ports.ts';
import { localEnvironment, NOT_RUNNING } from './local-environment.ts';
import { CannotStart } from './ports-busy.ts';

const told: Readonly<Record<CanaryStep, string>> = {
  called: 'the call is placed, from the canary’s own number to its own line',
  opened: 'the line has answered and opened a request',
  rung: 'the canary’s contact is rung',
  answered: 'the contact has picked up',
  confirmed: 'the contact has pressed 1',
  joined: 'both are told to join one room',
  closed: 'the canary has hung up, and its request is closed',
};

async function main(): Promise<number> {
  if (!process.env['PANA_TABLE']) Object.assign(process.env, localEnvironment(process.env));
  // The functions read their environment when they are loaded.
  const { startContext } = await import('../../functions/environment.ts');
  const { ports } = await startContext();
  const outcome = await runCanary(quiet(ports), {
    pause: async seconds => void (await setTimeout(seconds * 1000)),
    onStep: (step, seconds) => console.log(`${seconds.toFixed(1).padStart(6)} s  ${told[step]}`),
  });
  console.log(lastLine(outcome));
  return outcome.outcome === 'came-through' ? 0 : 1;
}

/** What its lines say is said here in words. */
function quiet(ports: Ports): Ports {
  const silent = () => undefined;
  return { ...ports, log: { info: silent, warn: silent, error: silent } };
}

function lastLine(outcome: CanaryOutcome): string {
  switch (outcome.outcome) {
    case 'came-through':
      return `The canary came through in ${outcome.seconds.toFixed(1)} s. Step by step: npm run replay -- ${outcome.requestId}`;
    case 'not-configured':
      return 'There is no canary in this network: docs/decisions/canary.md says what it needs. (A .pana folder from before has none.)';
    case 'failed': {
      const reached = outcome.step === null ? 'the call could not even be placed' : told[outcome.step];
      const replay =
        outcome.requestId === null ? '' : ` Step by step: npm run replay -- ${outcome.requestId}`;
      return `The canary did NOT come through in ${outcome.seconds.toFixed(1)} s; the last thing was: ${reached}.${replay}`;
    }
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof CannotStart || error instanceof ConfigError) {
    return /PANA_SECRETS_FILE/.test(error.message) ? NOT_RUNNING : error.message;
  }
  const name = error instanceof Error ? error.name : 'unknown fault';
  if (/ECONNREFUSED/.test(String(error)) || name === 'AggregateError' || name === 'TimeoutError')
    return NOT_RUNNING;
  return `The canary could not fly (${name}): see the rights, the region and the PANA_… variables.`;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
