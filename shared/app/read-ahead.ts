// What the decision about a new call will most likely ask for, asked for while it is not sure yet: what is known of the
// call, and who is on duty where its line begins to look. Somebody is on the line: one wait instead of three.
// Must never do more than read. Each answer is used once, and only while it is young; whether a volunteer may be held is
// decided by the table when it is committed, as ever.
import type { NeedsRoster } from '../domain/climb.ts';
import { decide } from '../domain/decide.ts';
import { addSeconds } from '../domain/instant.ts';
import type { Roster } from '../domain/roster.ts';
import type { Happening } from './handle-event.ts';
import type { Loaded, Ports } from './ports.ts';
import { readRoster } from './read-roster.ts';

/** Each is null when it must be read. */
export type ReadAhead = {
  readonly loaded: () => Promise<Loaded> | null;
  readonly roster: (needed: NeedsRoster) => Promise<Roster> | null;
};

export const nothingAhead: ReadAhead = { loaded: () => null, roster: () => null };

/** An answer that took longer than reading anew would take is asked for anew. */
const YOUNG_SECONDS = 1;

export async function readAhead(
  { networks, clock, requests, roster }: Ports,
  { requestId, webhookId, event }: Happening,
): Promise<ReadAhead> {
  const network = await networks.network();
  const now = clock.now();
  const isYoung = () => clock.now() <= addSeconds(now, YOUNG_SECONDS);
  const guess = decide(null, event, { now, network, conflicts: 0, luck: 0, roster: {} });
  const loaded = onceWhile(isYoung, requests.load(requestId, webhookId));
  if (guess.needs === null) return { ...nothingAhead, loaded };
  const { needs, region } = guess;
  const read = onceWhile(isYoung, readRoster(roster, network, guess, now));
  return { loaded, roster: needed => (needed.needs === needs && needed.region === region ? read() : null) };
}

/** Handed out once; null from then on, or when it has grown old. */
function onceWhile<Value>(isYoung: () => boolean, begun: Promise<Value>): () => Promise<Value> | null {
  begun.catch(() => undefined); // whoever uses it hears of it, and perhaps nobody does
  let left: Promise<Value> | null = begun;
  return () => {
    const answer = isYoung() ? left : null;
    left = null;
    return answer;
  };
}
