// A draft of something that is kept: tried at the API while she types, saved on top of the version that was read, and
// shown beside another's when somebody was faster. Must never lose what she typed, nor guess a rule: rules are the API's.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Outcome, Problem } from '../api.ts';

export type Version<Draft> = { readonly value: Draft; readonly etag: string | null };

export type FormSource<Draft extends object> = {
  /** Null: there is nothing yet, a new one is made. */
  readonly start: Version<Draft>;
  readonly send: (draft: Draft, etag: string | null, dryRun: boolean) => Promise<Outcome<unknown>>;
  /** How it stands now, for whoever was slower. */
  readonly read: () => Promise<Outcome<Draft>>;
  readonly saved: (draft: Draft) => void;
};

export type Form<Draft extends object> = {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly problem: Problem | null;
  /** What the API said of this very draft; `untried`: it was not asked yet. */
  readonly judged: 'untried' | 'trying' | 'fine' | 'refused';
  readonly isSaving: boolean;
  readonly save: () => Promise<void>;
  /** Somebody else's, saved meanwhile. */
  readonly conflict: { readonly before: Draft; readonly theirs: Version<Draft> } | null;
  readonly settle: (whose: 'theirs' | 'mine') => void;
};

/** A pause of the hands: shorter and each letter is asked about, longer and she has gone on. */
const TRIED_AFTER_MS = 500;

const isConflict = ({ type }: Problem) => type === 'urn:pana:problem:changed-meanwhile';

export function useForm<Draft extends object>({ start, send, read, saved }: FormSource<Draft>): Form<Draft> {
  const [base, setBase] = useState(start);
  const [draft, setDraft] = useState(start.value);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [judged, setJudged] = useState<Form<Draft>['judged']>('untried');
  const [isSaving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<Form<Draft>['conflict']>(null);
  const newest = useRef(0);
  const doing = useRef({ send, read, saved });
  doing.current = { send, read, saved };

  const came = useCallback(async (outcome: Outcome<unknown>, before: Version<Draft>) => {
    setJudged(outcome.is === 'done' ? 'fine' : 'refused');
    setProblem(outcome.is === 'refused' ? outcome.problem : null);
    if (outcome.is === 'done' || !isConflict(outcome.problem)) return;
    const now = await doing.current.read();
    if (now.is === 'done')
      setConflict({ before: before.value, theirs: { value: now.value, etag: now.etag } });
  }, []);

  useEffect(() => {
    if (draft === base.value || isSaving) return undefined;
    newest.current += 1;
    const mine = newest.current;
    setJudged('untried');
    const timer = setTimeout(async () => {
      setJudged('trying');
      const outcome = await doing.current.send(draft, base.etag, true);
      if (mine === newest.current) await came(outcome, base);
    }, TRIED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, base, isSaving, came]);

  const save = async () => {
    newest.current += 1;
    setSaving(true);
    const outcome = await doing.current.send(draft, base.etag, false);
    setSaving(false);
    await came(outcome, base);
    if (outcome.is === 'done') doing.current.saved(draft);
  };
  const settle = (whose: 'theirs' | 'mine') => {
    if (conflict === null) return;
    const { before, theirs } = conflict;
    setBase(theirs);
    setDraft(whose === 'theirs' ? theirs.value : onTop(before, draft, theirs.value));
    setConflict(null);
    setProblem(null);
    setJudged('untried');
  };
  const change = (part: Partial<Draft>) => setDraft(each => ({ ...each, ...part }));
  return { draft, change, problem, judged, isSaving, save, conflict, settle };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The fields that differ, by name. */
export function differing<Draft extends object>(one: Draft, other: Draft): readonly (keyof Draft)[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof Draft)[]);
  return [...names].filter(name => !isSame(one[name], other[name]));
}

/** Theirs, with what I have changed on top: a field that I left alone stays as they have it. */
export function onTop<Draft extends object>(before: Draft, mine: Draft, theirs: Draft): Draft {
  const changed = differing(before, mine).map(name => [name, mine[name]]);
  return { ...theirs, ...Object.fromEntries(changed) };
}
