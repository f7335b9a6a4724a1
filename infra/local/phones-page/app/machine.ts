// The machine as the page sees it: who there is, what each phone shows, what happened, and what can be done.
// Must never decide what a deed means: it is sent, and what comes of it shows in the events.
import { batch, signal } from '@preact/signals';
import type { StoryName } from '../../demo/stories.ts';
import type { Behaviour } from '../../exchange/behaviour.ts';
import type { ExchangeEvent } from '../../exchange/exchange.ts';
import type { PageCast, PageEvent, StoryState } from '../page-data.ts';
import { type PhoneState, phoneAfter, phoneAtRest, phoneTogether } from './phone-state.ts';
import { soundOf } from './sound.ts';

export const cast = signal<PageCast | null>(null);
/** Null until the first answer. */
export const isConnected = signal<boolean | null>(null);
export const phones = signal<ReadonlyMap<string, PhoneState>>(new Map());
export const happened = signal<readonly ExchangeEvent[]>([]);
export const played = signal<Partial<Readonly<Record<StoryName, StoryState>>>>({});
export const behaviours = signal<Readonly<Record<string, Behaviour['kind']>>>({});
/** The phones on the page, the newest first. */
export const taken = signal<readonly string[]>([]);
export const takesRinging = signal(true);

const HAPPENED_KEPT = 60;

export function take(...numbers: readonly string[]): void {
  const rest = taken.value.filter(each => !numbers.includes(each));
  taken.value = [...numbers, ...rest];
}

export function putAway(number: string): void {
  taken.value = taken.value.filter(each => each !== number);
}

export async function open(): Promise<void> {
  const events = new EventSource('/events');
  events.onopen = () => {
    isConnected.value = true;
    void look();
  };
  events.onerror = () => {
    isConnected.value = false;
  };
  events.onmessage = ({ data }) => queue(JSON.parse(data as string) as PageEvent);
}

async function look(): Promise<void> {
  cast.value = (await (await fetch('/cast')).json()) as PageCast;
  await lookAtBehaviours();
}

async function lookAtBehaviours(): Promise<void> {
  const answer = (await (await fetch('/phones')).json()) as {
    phones: { number: string; behaviour: Behaviour }[];
  };
  behaviours.value = Object.fromEntries(answer.phones.map(each => [each.number, each.behaviour.kind]));
}

/** Null when it was done, else why it cannot be, in English. */
export async function deed(number: string, name: string, json: unknown = {}): Promise<string | null> {
  const error = await post(`/phones/${encodeURIComponent(number)}/${name}`, json);
  if (name === 'behaviour') await lookAtBehaviours();
  return error;
}

export function playStory(name: string): Promise<string | null> {
  return post(`/stories/${name}`, {});
}

async function post(path: string, json: unknown): Promise<string | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    if (response.ok) return null;
    return ((await response.json()) as { error?: string }).error ?? String(response.status);
  } catch {
    return 'the machine does not answer';
  }
}

let waiting: PageEvent[] = [];

/** Hundreds of events may come at once, of what was before: they are shown together. */
function queue(event: PageEvent): void {
  if (waiting.length === 0) setTimeout(() => batch(takeIn), 0);
  waiting.push(event);
}

const LIVE_MS = 5_000;

function takeIn(): void {
  const [events, next] = [waiting, new Map(phones.value)];
  waiting = [];
  for (const event of events) {
    if (event.type === 'story') storyIs(event);
    else happens(event, next);
  }
  phones.value = next;
  const seen = events.filter(each => each.type !== 'story' && isTold(each)) as ExchangeEvent[];
  if (seen.length > 0) happened.value = [...happened.value, ...seen].slice(-HAPPENED_KEPT);
}

function happens(event: ExchangeEvent, next: Map<string, PhoneState>): void {
  if (event.type === 'conference-started') {
    for (const number of event.with) next.set(number, phoneTogether(next.get(number) ?? phoneAtRest));
  }
  if (!('phone' in event)) return;
  next.set(event.phone, phoneAfter(next.get(event.phone) ?? phoneAtRest, event));
  if (Date.now() - event.at > LIVE_MS) return;
  soundOf(event);
  const rings = event.type === 'rang' || event.type === 'dialled' || event.type === 'text-received';
  if (takesRinging.value && rings && !taken.value.includes(event.phone)) {
    taken.value = [...taken.value, event.phone];
  }
}

function storyIs(event: StoryState): void {
  const hasBegun = event.state === 'playing' && played.value[event.name]?.state !== 'playing';
  played.value = { ...played.value, [event.name]: event };
  if (hasBegun) take(...event.phones);
  void lookAtBehaviours();
}

function isTold({ type }: PageEvent): boolean {
  return !['heard', 'interrupted', 'conference-joined', 'conference-left', 'conference-ended'].includes(type);
}
