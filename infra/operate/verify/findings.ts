// What is wrong with a table, in words: rows that do not open, rows that lead nowhere, people whom nobody would reach.
// Pure. Ids only: they name nobody.
import { itemKinds } from '../item-kinds.ts';
import type { Place, Rows } from './rows.ts';

export type Table = {
  readonly rows: Rows;
  /** Keys of what the due index shows; null: there is no such index. */
  readonly dueIndex: readonly Place[] | null;
  /** Null: there is no table of keys. */
  readonly keys: number | null;
};

export type Findings = { readonly counts: readonly string[]; readonly problems: readonly string[] };

const SHOWN_AT_MOST = 5;

export function findingsIn({ rows, dueIndex, keys }: Table): Findings {
  return {
    counts: [...rows.counts]
      .map(([kind, count]) => `${count} ${itemKinds[kind] ?? `rows of an unknown kind (${kind})`}`)
      .sort((one, other) => Number.parseInt(other, 10) - Number.parseInt(one, 10)),
    problems: [
      ...(rows.network === null
        ? ['There is no network of lines that opens: no call would be answered.']
        : []),
      ...unknownKinds(rows),
      ...damage(rows),
      ...(keys === null
        ? ['There is no table of keys: nothing personal of requests opens, and no call can open a request.']
        : []),
      ...peopleWithout(rows),
      ...leadingNowhere(rows),
      ...notDue(rows),
      ...missingFromIndex(rows, dueIndex),
    ],
  };
}

function said(ids: readonly string[], one: string, many: string): readonly string[] {
  if (ids.length === 0) return [];
  const more = ids.length > SHOWN_AT_MOST ? ` and ${ids.length - SHOWN_AT_MOST} more` : '';
  const named = `${ids.slice(0, SHOWN_AT_MOST).join(', ')}${more}`;
  return [`${ids.length} ${ids.length === 1 ? one : many}: ${named}.`];
}

function unknownKinds({ counts }: Rows): readonly string[] {
  const unknown = [...counts.keys()].filter(kind => itemKinds[kind] === undefined);
  return said(
    unknown,
    'kind of row is unknown: of a newer release?',
    'kinds of rows are unknown: of a newer release?',
  );
}

function damage({ damaged }: Rows): readonly string[] {
  return [...new Set(damaged.map(({ kind }) => kind))].flatMap(kind => {
    const ids = damaged.filter(each => each.kind === kind).map(({ id }) => id);
    const what = itemKinds[kind] ?? kind;
    return said(ids, `of the ${what} does not parse or open`, `of the ${what} do not parse or open`);
  });
}

function peopleWithout({ volunteers, dutyEntries, helperNumbers }: Rows): readonly string[] {
  const ids = [...volunteers.keys()];
  const own = [...volunteers].filter(([id, { numberHash }]) => helperNumbers.get(numberHash) !== id);
  return [
    ...said(
      ids.filter(id => !dutyEntries.has(id)),
      'volunteer has no duty entry, and would be asked for nothing',
      'volunteers have no duty entry, and would be asked for nothing',
    ),
    ...said(
      [...dutyEntries].filter(id => !volunteers.has(id)),
      'duty entry is of no volunteer: somebody would be rung whom nobody knows',
      'duty entries are of no volunteer: people would be rung whom nobody knows',
    ),
    ...said(
      own.map(([id]) => id),
      'volunteer is not known by number: what she writes would be taken for a call for help',
      'volunteers are not known by number: what they write would be taken for a call for help',
    ),
  ];
}

function leadingNowhere({ leading, requests }: Rows): readonly string[] {
  const nowhere = leading.filter(({ to }) => !requests.has(to));
  const words = nowhere.map(({ kind, to }) => `${to} (${itemKinds[kind] ?? kind})`);
  return said(words, 'row leads to a request that is not there', 'rows lead to requests that are not there');
}

function notDue({ requests }: Rows): readonly string[] {
  const resting = [...requests].filter(([, { isOpen, isDue }]) => isOpen && !isDue).map(([id]) => id);
  return said(
    resting,
    'open request is due at no time: nothing would look at it again',
    'open requests are due at no time: nothing would look at them again',
  );
}

function missingFromIndex({ due }: Rows, index: readonly Place[] | null): readonly string[] {
  if (index === null) return ['There is no index `due`: no sweep would find an overdue request.'];
  const there = new Set(index.map(({ pk, sk }) => `${pk} ${sk}`));
  return said(
    due.filter(({ pk, sk }) => !there.has(`${pk} ${sk}`)).map(({ pk }) => pk),
    'row is not in the index `due`: wait some minutes and look again',
    'rows are not in the index `due`: wait some minutes and look again',
  );
}
