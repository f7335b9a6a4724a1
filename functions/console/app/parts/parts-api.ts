// The parts of the network at the API: five kinds that are read, made, changed and taken out alike.
// Must never send a part without the version that it was read at.
import { api, type Outcome, outcomeOf, type Schemas } from '../api.ts';

export type Parts = {
  readonly regions: Schemas['Region'];
  readonly skills: Schemas['Skill'];
  readonly lines: Schemas['Line'];
  readonly ladders: Schemas['Ladder'];
  readonly contacts: Schemas['Contact'];
};
export type Kind = keyof Parts;

type Called = Promise<{ data?: unknown; error?: unknown; response: Response }>;
/** The client wants one address at a time; here the kind is part of it, and the answer follows from the kind. */
const any = api as unknown as Readonly<
  Record<'GET' | 'PUT' | 'DELETE', (path: string, init: object) => Called>
>;

export async function listParts<K extends Kind>(kind: K): Promise<Outcome<readonly Parts[K][]>> {
  const outcome = await outcomeOf(any.GET(`/v1/${kind}`, {}));
  if (outcome.is === 'refused') return outcome;
  return { ...outcome, value: (outcome.value as Record<K, Parts[K][] | undefined>)[kind] ?? [] };
}

const at = (id: string) => ({ path: { id } });

export function readPart<K extends Kind>(kind: K, id: string): Promise<Outcome<Parts[K]>> {
  return outcomeOf(
    any.GET(`/v1/${kind}/{id}`, { params: at(id) }) as Promise<{ data?: Parts[K]; response: Response }>,
  );
}

/** `etag` null: a new one, refused when there is one of this id. */
export function putPart<K extends Kind>(
  kind: K,
  part: Parts[K],
  etag: string | null,
  dryRun: boolean,
): Promise<Outcome<unknown>> {
  return outcomeOf(
    any.PUT(`/v1/${kind}/{id}`, {
      params: { ...at(part.id), query: dryRun ? { dryRun: 'true' } : {} },
      headers: etag === null ? { 'if-none-match': '*' } : { 'if-match': etag },
      body: part,
    }),
  );
}

export function removePart(kind: Kind, id: string, etag: string): Promise<Outcome<unknown>> {
  return outcomeOf(any.DELETE(`/v1/${kind}/{id}`, { params: at(id), headers: { 'if-match': etag } }));
}
