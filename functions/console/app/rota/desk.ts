// The rotas on a manager's desk: as they were read, with what she has saved since; whom somebody else was faster with; and
// what can be taken back. Must never save on top of what she has not seen.
import { useRef, useState } from 'preact/hooks';
import type { Rota } from '../../../../shared/domain/rota.ts';
import { type RotaEdit, withEdit } from '../../../../shared/domain/rota-edit.ts';
import { api, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { type Person, rotaRead, rotaSent } from './week.ts';

/** Somebody else has saved since: how it stands now, and what she wanted. */
export type Conflict = {
  readonly person: Person;
  readonly theirs: Person;
  readonly edit: RotaEdit;
};

/** The last that was done to anybody's rota here. */
export type Saved = { readonly is: 'saved' | 'undone'; readonly person: Person };

export type Desk = {
  readonly people: readonly Person[];
  readonly isSaving: boolean;
  readonly problem: Problem | null;
  readonly conflict: Conflict | null;
  readonly last: Saved | null;
  /** True: it is saved. */
  readonly save: (person: Person, edit: RotaEdit) => Promise<boolean>;
  readonly keepTheirs: () => void;
  readonly mineOnTop: () => Promise<boolean>;
  readonly undo: () => Promise<void>;
  readonly forget: () => void;
};

export const personRead = ({ volunteerId, rota, ...rest }: Schemas['RotaOfOne']): Person => ({
  ...rest,
  id: volunteerId,
  rota: rotaRead(rota),
});

const versionOf = ({ etag }: Person): number => Number(/\d+/.exec(etag)?.[0] ?? 0);

export function useDesk(read: readonly Person[]): Desk {
  const [changed, setChanged] = useState<ReadonlyMap<string, Person>>(new Map());
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [last, setLast] = useState<Saved | null>(null);
  const isBusy = useRef(false);
  const people = read.map(person => {
    const newer = changed.get(person.id);
    return newer && versionOf(newer) > versionOf(person) ? newer : person;
  });
  const keep = (person: Person) => setChanged(before => new Map(before).set(person.id, person));
  /** One at a time: a second press waits for nothing and does nothing. */
  const once = async <Value>(act: () => Promise<Value>, otherwise: Value): Promise<Value> => {
    if (isBusy.current) return otherwise;
    isBusy.current = true;
    setSaving(true);
    setProblem(null);
    try {
      return await act();
    } finally {
      isBusy.current = false;
      setSaving(false);
    }
  };
  const store = (person: Person, edit: RotaEdit) =>
    once(async () => {
      const outcome = await put(person, withEdit(person.rota, edit));
      if (outcome.is === 'done') {
        keep(outcome.person);
        setConflict(null);
        setLast({ is: 'saved', person: outcome.person });
        return true;
      }
      if (outcome.theirs !== null) setConflict({ person, theirs: outcome.theirs, edit });
      else setProblem(outcome.problem);
      return false;
    }, false);
  return {
    ...{ people, isSaving, problem, conflict, last },
    save: store,
    keepTheirs: () => {
      if (conflict !== null) keep(conflict.theirs);
      setConflict(null);
      setLast(null);
    },
    mineOnTop: async () => conflict !== null && store(conflict.theirs, conflict.edit),
    undo: async () => {
      if (last?.is !== 'saved') return;
      await once(async () => {
        const outcome = await takenBack(last.person);
        if (outcome.is === 'done') {
          keep(outcome.person);
          setLast({ is: 'undone', person: outcome.person });
        } else setProblem(outcome.problem);
      }, undefined);
    },
    forget: () => {
      setProblem(null);
      setLast(null);
    },
  };
}

type Put =
  | { readonly is: 'done'; readonly person: Person }
  | { readonly is: 'refused'; readonly problem: Problem; readonly theirs: Person | null };

async function put(person: Person, rota: Rota): Promise<Put> {
  // What overlaps is told before it is saved.
  const params = { path: { volunteerId: person.id }, query: { overlaps: 'allow' } } as const;
  const headers = { 'if-match': person.etag };
  const outcome = await outcomeOf(
    api.PUT('/v1/volunteers/{volunteerId}/rota', { params, headers, body: rotaSent(rota) }),
  );
  if (outcome.is === 'done')
    return { is: 'done', person: { ...person, etag: outcome.etag ?? '', rota: rotaRead(outcome.value) } };
  const isStale = outcome.problem.type === 'urn:pana:problem:changed-meanwhile';
  return { is: 'refused', problem: outcome.problem, theirs: isStale ? await asItIsNow(person) : null };
}

/** Null: it cannot be read just now; then the problem itself is told. */
async function asItIsNow(person: Person): Promise<Person | null> {
  const params = { path: { volunteerId: person.id } };
  const outcome = await outcomeOf(api.GET('/v1/volunteers/{volunteerId}/rota', { params }));
  if (outcome.is === 'refused') return null;
  return { ...person, etag: outcome.etag ?? '', rota: rotaRead(outcome.value) };
}

/** Hers was the last edit, or the tag fits no more and nothing is taken back. */
async function takenBack(person: Person): Promise<Put> {
  const params = { path: { volunteerId: person.id } };
  const headers = { 'if-match': person.etag };
  const outcome = await outcomeOf(api.POST('/v1/volunteers/{volunteerId}/rota/undo', { params, headers }));
  if (outcome.is === 'refused') return { is: 'refused', problem: outcome.problem, theirs: null };
  return { is: 'done', person: { ...person, etag: outcome.etag ?? '', rota: rotaRead(outcome.value) } };
}
