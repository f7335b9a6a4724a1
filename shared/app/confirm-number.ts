// Somebody sends back the code that went to her number, in a text from it or on her page.
// Must never say how many tries are left, nor confirm a number that was changed meanwhile.
import { freshCheck, withAnswer } from '../domain/number-check.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Text } from '../domain/wording.ts';
import type { Ports } from './ports.ts';

const TRIES = 3;

export async function confirmNumber(ports: Ports, { id, number }: Volunteer, code: number): Promise<Text> {
  const { shifts, clock } = ports;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const entry = await shifts.entry(id);
    if (entry === null) return wrong;
    const mark = shifts.markOf(number);
    const check = entry.check?.mark === mark ? entry.check : freshCheck(mark);
    if (check.confirmedAt !== null) return right;
    const after = withAnswer(check, shifts.markOf(`${id} ${code}`), clock.now());
    if (after === check) return wrong;
    // Looked at at once: what is due next is for upkeep to say.
    const isKept = await shifts.keepEntry({ ...entry, check: after, dueAt: clock.now() });
    if (!isKept) continue;
    ports.log.info('number-answered', { volunteer: id, confirmed: after.confirmedAt !== null });
    return after.confirmedAt === null ? wrong : right;
  }
  return wrong;
}

const right: Text = { text: 'number-verified' };
const wrong: Text = { text: 'number-code-wrong' };
