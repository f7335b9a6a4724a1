// Calls that were recorded of the simulator's table, made again on the real store, one after the other, each at its
// instant. Must never look at the answer that was recorded: comparing is the test's.
import { DUE_SHARDS } from '../../shared/app/ports.ts';
import type { RegionId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant, secondsBetween } from '../../shared/domain/instant.ts';
import { localTimeAt } from '../../shared/domain/local-time.ts';
import type { PhoneNumber } from '../../shared/domain/phone.ts';
import type { Summary } from '../../shared/domain/report-summary.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { DatedShift, DutyWindow, Rota } from '../../shared/domain/rota.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import type { World as StoreWorld } from '../contracts/store/store-world.ts';
import { smallNetwork } from '../support/small-network.ts';
import type { Call } from './recorded-tables.ts';

const ZONE = 'Asia/Almaty';
const MINUTE_MS = 60_000;
const HALF_A_DAY_MS = 12 * 60 * MINUTE_MS;
const ROLL_SECONDS = 300;
/** As long as the store marks a volunteer for: recorded is until when. */
const UNREACHABLE_SECONDS = 24 * 3600;

export type Replayed = { readonly call: Call; readonly answer: unknown };

/** What the real store answers to each call. Its table must be empty. */
export async function* replayed(calls: readonly Call[], store: StoreWorld): AsyncGenerator<Replayed> {
  // The store looks up its contacts alone, and refuses limits as wide as those of the simulated one.
  await store.registry.putNetwork(smallNetwork);
  const read = new Map<string, Request>();
  let rolledAt: Instant | null = null;
  for (const call of calls) {
    setClock(store, call.now);
    if (rolledAt === null || secondsBetween(rolledAt, call.now) >= ROLL_SECONDS) {
      await store.roster.rollDuty(call.now);
      rolledAt = call.now;
    }
    yield { call, answer: await made(call, store, read) };
  }
}

function setClock({ now, advance }: StoreWorld, to: Instant): void {
  advance(secondsBetween(now(), to));
}

/** `read`: what the store itself has given out, from which the next commit goes on, as production does. */
async function made(call: Call, store: StoreWorld, read: Map<string, Request>): Promise<unknown> {
  const { requests, roster, directory, registry } = store;
  switch (call.call) {
    case 'load': {
      const loaded = await requests.load(call.id, call.webhookId);
      if (loaded.request) read.set(nameOf(loaded.request), loaded.request);
      return loaded;
    }
    case 'commit': {
      const { before } = call.commit;
      const commit = { ...call.commit, before: before && (read.get(nameOf(before)) ?? before) };
      return requests.commit(commit, call.network);
    }
    case 'noteAnswered':
      return requests.noteAnswered(call.webhookId, call.now);
    case 'areKnown':
      return requests.areKnown(call.traces);
    case 'due': {
      const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => requests.due(shard, call.at));
      return (await Promise.all(shards)).flat();
    }
    case 'onDuty':
      return roster.onDuty(call.regions, call.at);
    case 'who':
      return directory.who(call.address, call.at);
    case 'routeOf':
      return directory.routeOf(call.helper, call.code, call.at);
    case 'conversationsOf':
      return directory.conversationsOf(call.helper, call.at);
    case 'summary': {
      const range = { from: call.closedAt, until: addSeconds(call.closedAt, 60) };
      const wanted = ({ requestId }: Summary) => requestId === call.id;
      return (await store.summaries.page(range, { limit: 1, after: null, wanted })).summaries[0] ?? null;
    }
    case 'markUnreachable':
      setClock(store, addSeconds(call.until, -UNREACHABLE_SECONDS));
      return roster.markUnreachable(call.id);
    case 'rest':
      return roster.rest(call.id, call.until);
    case 'putVolunteer':
      return registry.putVolunteer(volunteerFrom(call), call.now);
  }
}

const nameOf = ({ id, version }: Request): string => `${id} ${version}`;

function volunteerFrom({ duty, address }: Extract<Call, { readonly call: 'putVolunteer' }>): Volunteer {
  const { volunteerId: id, region, languages, skills, gender, textBy, pausedUntil } = duty;
  const number = address as string as PhoneNumber;
  const rota = rotaOf(duty.duty, duty.regions);
  return { id, name: id, region, languages, skills, gender, number, textBy, rota, pausedUntil };
}

/** Shifts that touch are one window, so it comes out again to the millisecond. Throws unless it is in whole minutes. */
function rotaOf({ from, until }: DutyWindow, regions: readonly RegionId[]): Rota {
  if (from % MINUTE_MS !== 0 || until % MINUTE_MS !== 0) throw new Error('a rota knows whole minutes only');
  const dated: Pick<DatedShift, 'date' | 'from' | 'until' | 'regions'>[] = [];
  for (let start = from; start < until; start = instant(start + HALF_A_DAY_MS)) {
    const begins = localTimeAt(start, ZONE);
    const ends = localTimeAt(instant(Math.min(until, start + HALF_A_DAY_MS)), ZONE);
    dated.push({ date: begins.date, from: begins.minuteOfDay, until: ends.minuteOfDay, regions });
  }
  return plainRota(ZONE, { dated });
}
