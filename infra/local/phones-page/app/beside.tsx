// The request beside the phones, in the words of `npm run replay`, renewed every second while it goes on.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { timeOfDay } from '../../../../functions/console/app/kit/days.ts';
import type { PageReplay, PageRequest } from '../page-data.ts';
import { nameOf } from './people.ts';
import { words } from './words.ts';

const EVERY_MS = 1_000;

const requests = signal<readonly PageRequest[]>([]);
/** Null: whichever is the newest. */
const chosen = signal<string | null>(null);
const replay = signal<{ readonly of: string; readonly is: PageReplay } | null>(null);

async function look(): Promise<void> {
  requests.value = await json<readonly PageRequest[]>('/requests', requests.value);
  const id = chosen.value ?? requests.value[0]?.id;
  if (id === undefined || (replay.value?.of === id && replay.value.is.isOver)) return;
  const is = await json<PageReplay | null>(`/requests/${id}`, null);
  if (is !== null) replay.value = { of: id, is };
}

async function json<Value>(path: string, otherwise: Value): Promise<Value> {
  try {
    const response = await fetch(path);
    return response.ok ? ((await response.json()) as Value) : otherwise;
  } catch {
    return otherwise;
  }
}

export function Beside() {
  useEffect(() => {
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const { beside } = words.value;
  return (
    <section aria-labelledby="beside-title">
      <h2 id="beside-title">{beside.title}</h2>
      {requests.value.length === 0 ? (
        <p class="muted">{beside.none}</p>
      ) : (
        <select
          aria-label={beside.which}
          value={chosen.value ?? requests.value[0]?.id}
          onChange={({ currentTarget }) => {
            const isNewest = currentTarget.value === requests.value[0]?.id;
            chosen.value = isNewest ? null : currentTarget.value;
            void look();
          }}
        >
          {requests.value.map(({ id, at, channel, phone }) => (
            <option key={id} value={id}>
              {timeOfDay(at)} · {channel === 'voice' ? beside.call : beside.text} · {nameOf(phone)}
            </option>
          ))}
        </select>
      )}
      {replay.value && <Replay {...replay.value.is} />}
    </section>
  );
}

function Replay({ lines, isOver }: PageReplay) {
  const { beside } = words.value;
  return (
    <>
      <p class="muted">{isOver ? beside.over : beside.goesOn}</p>
      <details open>
        <summary>{beside.why}</summary>
        <pre class="replay" lang="en" tabindex={0}>
          {lines.join('\n')}
        </pre>
      </details>
    </>
  );
}
