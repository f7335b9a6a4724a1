// Names of those who help, by id: asked when a page first shows them, and kept for the session.
// Must never be more than the API shows this manager: whom she may not see stays an id.
import { signal } from '@preact/signals';
import { api, outcomeOf, type Schemas } from './api.ts';

export const volunteers = signal<readonly Schemas['Volunteer'][]>([]);
export const managersToJoin = signal<readonly { readonly id: string; readonly name: string }[]>([]);
const names = signal<ReadonlyMap<string, string>>(new Map());

const PAGE = 100;
/** A thousand names are enough to choose from by eye; whoever has more finds people on the page of volunteers. */
const PAGES = 10;

let asked: Promise<void> | null = null;

export function loadPeople(): Promise<void> {
  asked ??= load();
  return asked;
}

export function forgetPeople(): void {
  asked = null;
  volunteers.value = [];
  names.value = new Map();
}

export function helperName(id: string): string {
  return names.value.get(id) ?? id.replace(/^(vol|con)_/, '');
}

async function load(): Promise<void> {
  const [found, contacts] = [await allVolunteers(), await outcomeOf(api.GET('/v1/contacts'))];
  const desks = contacts.is === 'done' ? (contacts.value.contacts ?? []) : [];
  volunteers.value = found;
  managersToJoin.value = desks.filter(({ kind }) => kind === 'manager');
  names.value = new Map([...found, ...desks].map(({ id, name }) => [id, name]));
}

export async function allVolunteers(): Promise<readonly Schemas['Volunteer'][]> {
  const found: Schemas['Volunteer'][] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const query: Record<string, string | number> = { limit: PAGE, ...(after === null ? {} : { after }) };
    const outcome = await outcomeOf(api.GET('/v1/volunteers', { params: { query } }));
    if (outcome.is === 'refused') break;
    found.push(...outcome.value.volunteers);
    after = outcome.value.next;
    if (after === null) break;
  }
  return found;
}
