// The canary: a call that Pana makes to itself, over the whole road that a survivor's call takes, to know that it is
// open. Must never ring, alert or count as a person: whoever counts requests leaves out those of `isCanary`.
import type { AlertReason } from './action.ts';
import type { LineId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { type Line, lineForPeople, lineOf, type Network } from './network.ts';
import type { Address } from './phone.ts';
import type { Request } from './request.ts';

/** From the opening of a canary's request to its end, whatever happens; with the sweep a minute later at most. */
export const CANARY_AT_MOST_SECONDS = 60;

/** Frozen into the request with its ladder, so that no later edit of the network makes one of a person's. */
export function isCanary({ ladder }: Pick<Request, 'ladder'>): boolean {
  return ladder.purpose === 'canary';
}

export function canaryEndsAt({ openedAt }: Pick<Request, 'openedAt'>): Instant {
  return addSeconds(openedAt, CANARY_AT_MOST_SECONDS);
}

/** What is true of the whole hotline is told, whoever's turn it was to meet it. */
const ofTheHotline: ReadonlySet<AlertReason> = new Set<AlertReason>(['spend-near-cap', 'spend-cap']);

/** Of a canary nobody is told by its request: the function that sent it out judges it, and raises its own alarm. */
export function mayAlert(request: Pick<Request, 'ladder'>, reason: AlertReason): boolean {
  return !isCanary(request) || ofTheHotline.has(reason);
}

/**
 * The line that serves whoever comes on `lineId`. The canary's own line is for the canary alone: anybody else who
 * reaches it, by a slip of the finger, is a person, and served by the first line for people.
 */
export function servingLine(network: Network, lineId: LineId, from: Address | null): Line {
  const line = lineOf(network, lineId);
  const { canary } = network;
  if (canary?.lineId !== lineId || from === (canary.survivorNumber as string)) return line;
  return lineForPeople(network) ?? line;
}
