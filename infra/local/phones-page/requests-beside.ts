// What the requests do while people play with phones, in the words of `npm run replay`.
// Must never show more of a request than that command does.
import { connectLocally } from '../../../shared/adapters/dynamodb/client.ts';
import { createSealer } from '../../../shared/adapters/system/sealer.ts';
import { parseRequestId } from '../../../shared/domain/ids.ts';
import { requestOf } from '../demo/stage.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';
import type { Machine } from '../machine.ts';
import { LOCAL_TABLE } from '../machine-table.ts';
import { replayRequest } from '../replay/replay-request.ts';
import type { PageReplay, PageRequest } from './page-data.ts';

const SHOWN_AT_MOST = 12;

export type RequestsBeside = {
  /** Those opened on this network since the start, the newest first. */
  readonly list: () => Promise<readonly PageRequest[]>;
  /** Null: there is no such request. */
  readonly replay: (id: string) => Promise<PageReplay | null>;
  readonly close: () => void;
};

type WhatIsRead = Pick<Machine, 'exchange' | 'stores' | 'secrets' | 'dynamoDb'>;

export function requestsBeside({ exchange, stores, secrets, dynamoDb }: WhatIsRead): RequestsBeside {
  const client = connectLocally(dynamoDb.endpoint);
  const source = { client, table: LOCAL_TABLE, sealer: createSealer(secrets) };
  // A text that goes on with an older request opens none, and its own name leads nowhere.
  const opened = new Map<string, boolean>();
  const isOpened = async ({ id }: PageRequest): Promise<boolean> => {
    const requestId = parseRequestId(id);
    if (requestId === null) return false;
    const known = opened.get(id) ?? (await stores.requests.timeline(requestId)).length > 0;
    if (known) opened.set(id, true);
    return known;
  };
  const list = async () => {
    const newest = [...exchange.events]
      .reverse()
      .flatMap(openedBy)
      .slice(0, SHOWN_AT_MOST * 3);
    const there = await Promise.all(newest.map(isOpened));
    return newest.filter((_, index) => there[index]).slice(0, SHOWN_AT_MOST);
  };
  const replay = async (id: string): Promise<PageReplay | null> => {
    const requestId = parseRequestId(id);
    if (requestId === null) return null;
    const { lines } = await replayRequest(source, requestId, { zone: null, namesAll: false });
    const notes = (await stores.requests.timeline(requestId)).flatMap(entry => entry.notes);
    return { lines, isOver: notes.some(({ note }) => note === 'closed') };
  };
  return { list, replay, close: () => client.destroy() };
}

function openedBy(event: ExchangeEvent): readonly PageRequest[] {
  if (event.type !== 'dialled' && event.type !== 'text-written') return [];
  const isCall = event.type === 'dialled';
  const id = requestOf(isCall ? event.callSid : event.messageSid);
  return id === null ? [] : [{ id, at: event.at, channel: isCall ? 'voice' : 'text', phone: event.phone }];
}
