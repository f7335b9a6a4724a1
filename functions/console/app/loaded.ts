// What a page has asked of the API: under way, there, or refused; what was there before stays visible meanwhile.
// Must never show what was asked for one thing under the name of another.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Outcome, Problem } from './api.ts';

export type Loaded<Value> = {
  /** Null until the first answer. */
  readonly value: Value | null;
  readonly etag: string | null;
  readonly problem: Problem | null;
  readonly isUnderWay: boolean;
  readonly again: () => Promise<void>;
};

/** `key` names what is asked for: another key, another thing. `everyMs`: asked again and again while the tab is seen. */
export function useLoaded<Value>(
  key: string,
  ask: () => Promise<Outcome<Value>>,
  everyMs?: number,
): Loaded<Value> {
  const [state, setState] = useState<{
    key: string;
    outcome: Outcome<Value> | null;
    last: Outcome<Value> | null;
  }>({
    key,
    outcome: null,
    last: null,
  });
  const newest = useRef({ key, ask });
  newest.current = { key, ask };
  const again = useCallback(async () => {
    const asked = newest.current;
    const outcome = await asked.ask();
    if (newest.current.key !== asked.key) return;
    setState(before => ({
      key: asked.key,
      outcome,
      last: outcome.is === 'done' ? outcome : before.key === asked.key ? before.last : null,
    }));
  }, []);
  useEffect(() => {
    void again();
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && void again(), everyMs);
    return () => clearInterval(timer);
  }, [key, everyMs, again]);
  const isCurrent = state.key === key;
  const done = isCurrent && state.last?.is === 'done' ? state.last : null;
  return {
    value: done?.value ?? null,
    etag: done?.etag ?? null,
    problem: isCurrent && state.outcome?.is === 'refused' ? state.outcome.problem : null,
    isUnderWay: !isCurrent || state.outcome === null,
    again,
  };
}
