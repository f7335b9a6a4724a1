// Tells the narrator everything there is to tell of a machine: its phones, its alerts, the way of each request.
// Must never write to the machine.
import type { HelperId, RequestId } from '../../../shared/domain/ids.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';
import type { Machine } from '../machine.ts';
import { castOf } from './cast.ts';
import type { Narrator } from './narrator.ts';
import { recordedWords } from './recorded-words.ts';
import { teller } from './sentences.ts';
import { requestOf } from './stage.ts';
import { timelineSentence } from './timeline-sentences.ts';

const LOOK_EVERY_MS = 150;

export type WatchOptions = {
  readonly narrator: Narrator;
  readonly volunteers: readonly Volunteer[];
  /** Names for the phones of those who call and write. */
  readonly callers: Readonly<Record<string, string>>;
};

/** Returns what ends the watch, after a last look. */
export function watchMachine(
  machine: Machine,
  { narrator, volunteers, callers }: WatchOptions,
): () => Promise<void> {
  const { network, exchange } = machine;
  const cast = castOf(network, volunteers, callers);
  const tell = teller({ cast, recorded: recordedWords(network), tellsHeard: true });
  const told = new Map<RequestId, number>();
  const stopEvents = exchange.on(event => {
    const opened = openedBy(event);
    if (opened !== null && !told.has(opened)) told.set(opened, 0);
    const words = tell(event);
    if (words !== null) narrator.tell(event.at, words);
  });
  const stopAlerts = machine.alerts.on(({ at, audience, words }) =>
    narrator.tell(at, `an alert goes to the ${audience}: "${words.replace(/ Re(gion|quest) .*$/, '')}"`),
  );
  const helper = (id: HelperId) =>
    volunteers.find(each => each.id === id)?.name ??
    network.contacts.find(each => each.id === id)?.name ??
    id;
  const rungs = network.ladders[0]?.rungs ?? [];
  const tellTimelines = async () => {
    for (const [requestId, versions] of told) {
      const entries = await machine.stores.requests.timeline(requestId);
      told.set(requestId, entries.length);
      for (const { at, notes } of entries.slice(versions)) {
        for (const note of notes) {
          const words = timelineSentence(note, { helper, rungs });
          if (words !== null) narrator.tell(at, `  (${words})`);
        }
      }
    }
  };
  const stopLooking = repeat(tellTimelines);
  return async () => {
    await stopLooking();
    await tellTimelines();
    stopEvents();
    stopAlerts();
  };
}

function openedBy(event: ExchangeEvent): RequestId | null {
  if (event.type === 'dialled') return requestOf(event.callSid);
  return event.type === 'text-written' ? requestOf(event.messageSid) : null;
}

function repeat(work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await work();
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  return async () => {
    stopped = true;
    await running;
  };
}
