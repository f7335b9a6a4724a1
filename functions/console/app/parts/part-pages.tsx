// One page for each kind of part: all of them as cards, and one of them opened as a form with an address of its own.
// Must never offer to change what the role does not allow.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Problem } from '../api.ts';
import { type Form, useForm } from '../forms/form.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { formWords } from '../forms/form-words.ts';
import { useLoaded } from '../loaded.ts';
import { loadNetwork } from '../network.ts';
import { forgetPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { words } from '../words.ts';
import { type Kind, listParts, type Parts, putPart, readPart, removePart } from './parts-api.ts';

export type PartPageProps<K extends Kind> = {
  readonly kind: K;
  readonly title: string;
  readonly about: string;
  readonly none: string;
  readonly blank: () => Parts[K];
  readonly nameOf: (part: Parts[K]) => string;
  /** What stands on its card. */
  readonly facts: (part: Parts[K]) => ComponentChildren;
  readonly fields: (form: Form<Parts[K]>, isNew: boolean) => ComponentChildren;
  /** What is no part for people: the test phone is none. */
  readonly isHidden?: (part: Parts[K]) => boolean;
  /** Where the list stands, when not at `/kind`. */
  readonly place?: string;
};

const NEW = 'new';

export function PartPage<K extends Kind>(props: PartPageProps<K>) {
  const { id } = useRoute().params;
  return id === undefined ? <List {...props} /> : <Opened key={id} id={id} {...props} />;
}

export const isAdmin = (): boolean => session.value.kind === 'signed-in' && session.value.role === 'admin';

export function List<K extends Kind>({
  kind,
  title,
  about,
  none,
  nameOf,
  facts,
  isHidden,
}: PartPageProps<K>) {
  const list = useLoaded<readonly Parts[K][]>(kind, () => listParts(kind));
  const parts = (list.value ?? []).filter(part => !isHidden?.(part));
  const said = formWords.value;
  return (
    <section aria-labelledby={`${kind}-title`} aria-busy={list.isUnderWay}>
      <div class="head">
        <h2 id={`${kind}-title`}>{title}</h2>
        {isAdmin() && (
          <a class="add" href={`/${kind}/${NEW}`} aria-label={`${said.add}: ${title}`}>
            {said.add}
          </a>
        )}
      </div>
      <p class="muted">{about}</p>
      <ProblemNote problem={list.problem} />
      {list.value === null && list.problem === null && <p role="status">{words.value.common.loading}</p>}
      {list.value !== null && parts.length === 0 && <p>{none}</p>}
      <ul class="plain cards">
        {parts.map(part => (
          <li key={part.id}>
            <article class="part">
              <h3>{nameOf(part)}</h3>
              {facts(part)}
              {isAdmin() && (
                <a href={`/${kind}/${part.id}`} aria-label={`${said.change}: ${nameOf(part)}`}>
                  {said.change}
                </a>
              )}
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Opened<K extends Kind>(props: PartPageProps<K> & { readonly id: string }) {
  const { kind, id, blank, title } = props;
  const one = useLoaded<Parts[K]>(`${kind} ${id}`, async () =>
    id === NEW ? { is: 'done', value: blank(), etag: null } : readPart(kind, id),
  );
  return (
    <section aria-labelledby="opened-title">
      <p>
        <a href={props.place ?? `/${kind}`}>← {formWords.value.back}</a>
      </p>
      <h2 id="opened-title">
        {title}
        {one.value !== null && id !== NEW && ` · ${props.nameOf(one.value)}`}
      </h2>
      <ProblemNote problem={one.problem} />
      {one.value === null && one.problem === null && <p role="status">{words.value.common.loading}</p>}
      {one.value !== null && <Editor {...props} part={one.value} etag={one.etag} />}
    </section>
  );
}

type EditorProps<K extends Kind> = PartPageProps<K> & {
  readonly part: Parts[K];
  readonly etag: string | null;
};

function Editor<K extends Kind>({ kind, part, etag, fields, title, place }: EditorProps<K>) {
  const { route } = useLocation();
  const back = async () => {
    forgetPeople();
    await loadNetwork();
    route(place ?? `/${kind}`);
  };
  const form = useForm<Parts[K]>({
    start: { value: part, etag },
    send: (draft, version, dryRun) => putPart(kind, draft, version, dryRun),
    read: () => readPart(kind, part.id),
    saved: () => void back(),
  });
  return (
    <FormFrame
      form={form}
      label={title}
      more={etag !== null && <Remove act={() => removePart(kind, part.id, etag)} gone={back} />}
    >
      {fields(form, etag === null)}
    </FormFrame>
  );
}

type RemoveProps = {
  readonly act: () => ReturnType<typeof removePart>;
  readonly gone: () => Promise<void>;
};

/** What is still needed is refused, with who needs it. */
export function Remove(props: RemoveProps) {
  const said = formWords.value;
  return <Confirmed label={said.remove} title={said.reallyRemove} about={said.removeAbout} {...props} />;
}

type ConfirmedProps = RemoveProps & {
  readonly label: string;
  readonly title: string;
  readonly about: string;
};

/** A second press is asked for: it cannot be undone. */
export function Confirmed({ label, title, about, act, gone }: ConfirmedProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const doIt = async () => {
    const outcome = await act();
    if (outcome.is === 'refused') return setProblem(outcome.problem);
    dialog.current?.close();
    return gone();
  };
  return (
    <>
      <button type="button" class="outline secondary" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-label={title} onClose={() => setProblem(null)}>
        <article>
          <h3>{title}</h3>
          <p>{about}</p>
          <ProblemNote problem={problem} />
          {problem !== null && <p lang="en">{problem.detail}</p>}
          <div class="pair">
            <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
              {formWords.value.keep}
            </button>
            <button type="button" onClick={doIt}>
              {label}
            </button>
          </div>
        </article>
      </dialog>
    </>
  );
}
