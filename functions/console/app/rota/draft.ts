// A change that is seen and not yet saved: a bar that somebody holds with a finger, a mouse or keys.
import type { LocalDate } from '../../../../shared/domain/local-time.ts';
import type { RotaEdit } from '../../../../shared/domain/rota-edit.ts';
import { freshShiftId, plainFacts, putAbsence, putDated, type Scope, spanEdit } from './edits.ts';
import { absenceTimesOf, type Bar, type Item, type Person, type Span, timesOf, windowOf } from './week.ts';

export type Draft = {
  readonly personId: string;
  /** Which row shows it. */
  readonly lane: string;
  /** As it was; null: it is new. */
  readonly bar: Bar | null;
  readonly kind: Item['kind'];
  readonly span: Span;
  readonly scope: Scope;
};

const NEW_KEY = 'new';

export const keyOf = ({ bar }: Draft): string => bar?.key ?? NEW_KEY;

export function draftOf(person: Person, lane: string, bar: Bar): Draft {
  return { personId: person.id, lane, bar, kind: bar.item.kind, span: bar.span, scope: 'once' };
}

/** An evening, for want of anything better: who makes it moves it. */
const USUAL = { from: 18 * 60, minutes: 4 * 60 } as const;

export function newDraft(person: Person, lane: string, at: LocalDate | Span): Draft {
  const span = typeof at === 'string' ? { date: at, ...USUAL } : at;
  return { personId: person.id, lane, bar: null, kind: 'dated', span, scope: 'once' };
}

export function editOf({ bar, kind, span, scope }: Draft): RotaEdit {
  if (bar !== null) return spanEdit(bar, span, scope);
  const id = freshShiftId();
  if (kind === 'absence') return putAbsence({ id, ...absenceTimesOf(span), note: null });
  return putDated({ id, ...timesOf(span), ...plainFacts });
}

/** The bar as it would be. */
export function asBar(draft: Draft, zone: string): Bar {
  const { bar, kind, span } = draft;
  const window = windowOf(kind, span, zone);
  if (bar !== null) return { ...bar, span, window };
  const id = freshShiftId();
  const item: Item =
    kind === 'absence'
      ? { kind, absence: { id, ...absenceTimesOf(span), note: null } }
      : { kind: 'dated', shift: { id, ...timesOf(span), ...plainFacts } };
  return { key: NEW_KEY, id, item, span, window };
}
