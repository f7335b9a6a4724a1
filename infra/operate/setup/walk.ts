// Walks the steps of a first run until one stops, and says what is done and what is kept.
import { type Found, type Given, Stopped, steps } from './steps.ts';

/** True when every step is done. */
export async function walk(given: Given): Promise<boolean> {
  const found: Found = {};
  const done: string[] = [];
  for (const { name, run } of steps) {
    try {
      given.say(`${name}: ${await run(given, found)}`);
      done.push(name);
    } catch (error) {
      given.say(`Stopped at ${name}: ${whyOf(error)}.`);
      given.say(
        done.length === 0
          ? 'Nothing was begun.'
          : `Kept: ${done.join(', ')}. Run the same again: it goes on from there.`,
      );
      return false;
    }
  }
  for (const words of nextSteps(found)) given.say(words);
  return true;
}

/** Of anything else only the kind: a message of AWS's may quote what was sent. */
function whyOf(error: unknown): string {
  if (error instanceof Stopped || error instanceof RangeError) return error.message;
  return `it failed (${Object(error).name ?? 'unknown fault'}): see your rights, the region and the network`;
}

function nextSteps({ outputs }: Found): readonly string[] {
  return [
    'Three things next, each by a person:',
    `1. Subscribe people to the alerts and confirm from the e-mail: aws sns subscribe --topic-arn ${outputs?.get('AlertsArn')} --protocol email --notification-endpoint <address>`,
    `2. Sign in as the admin (${outputs?.get('ManagerApiBase')}/v1/docs says what the API takes), and put volunteers and their shifts in.`,
    '3. Call the number from a phone of your own; then walk docs/running/README.md once before you need it.',
  ];
}
