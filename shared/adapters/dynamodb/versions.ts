// Which version items are written in, and how each earlier one becomes it: old items are read for ever, new ones written.
// A field that is added needs no version: its schema has a usual value. A version is for a field that changes its meaning.
// Must never forget a step, nor change one that a release has written by. How to add one: docs/running/upgrade.md.

export type Fields = Readonly<Record<string, unknown>>;

/** What one version differs in from the one before, by the kind of item; kinds that are not named stay as they are. */
export type Step = Readonly<Record<string, (fields: Fields) => Fields>>;

/** The first leads from version 1 to 2. None yet: all that has changed so far was added. */
export const steps: readonly Step[] = [];

/** Written into every item. */
export const SCHEMA_VERSION = 1 + steps.length;

/**
 * The fields of an item in the version of today. One version ahead is read as ours: a release leaves what the one before
 * it reads, so that both may run at once, and so that the newer can be taken back. Further ahead it stays as it is, and
 * is refused by whoever parses it.
 */
export function asWrittenNow(fields: Fields, all: readonly Step[] = steps): Fields {
  const now = 1 + all.length;
  const { schema } = fields;
  if (schema === now || typeof schema !== 'number' || schema > now + 1) return fields;
  const kind = kindOf(String(fields['pk']), String(fields['sk']));
  const read = all.slice(schema - 1).reduce((before, step) => step[kind]?.(before) ?? before, fields);
  return { ...read, schema: now };
}

/** As `REQ/T`: what a key begins with. A day's acts of managers are told apart by nothing more. */
export function kindOf(pk: string, sk: string): string {
  const [kind, ofWhat] = [pk, sk].map(part => part.split('#', 1)[0] ?? '');
  return kind === 'AUDIT' ? 'AUDIT' : `${kind}/${ofWhat}`;
}
