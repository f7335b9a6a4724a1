// What the page of the rota reads: everybody of a region a page at a time, the swaps there, and the holidays.
import { signal } from '@preact/signals';
import type { LocalDate } from '../../../../shared/domain/local-time.ts';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import { api, type Outcome, outcomeOf } from '../api.ts';
import { personRead } from './desk.ts';
import type { Person } from './week.ts';

const PAGE = 50;
/** So many rotas one can look at side by side; whoever wants one of more looks for her by name. */
const PAGES = 8;

/** How many have been read while the rest is under way. */
export const readSoFar = signal(0);

export async function rotasOf(region: string): Promise<Outcome<readonly Person[]>> {
  const found: Person[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const query: Record<string, string | number> = {
      limit: PAGE,
      region,
      ...(after === null ? {} : { after }),
    };
    const outcome = await outcomeOf(api.GET('/v1/rotas', { params: { query } }));
    if (outcome.is === 'refused') return outcome;
    found.push(...outcome.value.rotas.map(personRead));
    readSoFar.value = found.length;
    after = outcome.value.next;
    if (after === null) break;
  }
  const byName = found.sort((a, b) => a.name.localeCompare(b.name));
  return { is: 'done', value: byName, etag: null };
}

/** The first region of hers in which anybody is at home; empty: there is none. */
export async function firstRegion(): Promise<Outcome<string>> {
  const outcome = await outcomeOf(api.GET('/v1/rotas', { params: { query: { limit: 1 } } }));
  if (outcome.is === 'refused') return outcome;
  return { is: 'done', value: outcome.value.rotas[0]?.region ?? '', etag: null };
}

export const swapsOf = (region: string) => outcomeOf(api.GET('/v1/swaps', { params: { query: { region } } }));

export type Swap = Extract<Awaited<ReturnType<typeof swapsOf>>, { is: 'done' }>['value']['swaps'][number];

export async function holidaysRead(): Promise<Outcome<Holidays>> {
  const outcome = await outcomeOf(api.GET('/v1/holidays'));
  if (outcome.is === 'refused') return outcome;
  const days = outcome.value.holidays.map(({ date }) => date as LocalDate);
  return { is: 'done', value: new Set(days), etag: null };
}
