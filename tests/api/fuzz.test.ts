// Every operation of the API document, with whatever its shapes allow and much that they do not: never a fault of ours,
// never a body that is no problem when it is refused, and never a state that cannot be read again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Api } from '../../shared/http/api/api.ts';
import { documentOf } from '../../shared/http/api/document.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';
import { type Shape, sentAs } from '../support/from-schema.ts';
import { type Office, useOffices } from '../support/office.ts';
import { smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const api = new Api();
declareOperations(api);
const document = documentOf(api);
const schemas = (document.components?.schemas ?? {}) as unknown as Shape;

type Described = {
  readonly parameters?: readonly {
    name: string;
    in: 'path' | 'query' | 'header';
    required?: boolean;
    schema?: Shape;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Shape }>> };
};

const people = [volunteer('aigul', 3001), volunteer('dana', 3002)];
const known = [
  ...smallNetwork.regions.map(({ id }) => id),
  ...smallNetwork.skills.map(({ id }) => id),
  ...smallNetwork.lines.flatMap(({ id, number }) => [id, number]),
  ...smallNetwork.ladders.map(({ id }) => id),
  ...smallNetwork.contacts.map(({ id }) => id),
  ...people.flatMap(({ id, number }) => [id, number]),
  ...['ru', 'kk', 'Asia/Almaty', '2026-11-26', '2026-11-26T10:00', '22:00', '2026-12-01T00:00:00+05:00'],
];

type Sent = {
  readonly path: string;
  readonly body: unknown;
  readonly type: string;
  readonly ifMatch: string;
};

function sendingOf(path: string, { parameters = [], requestBody }: Described): fc.Arbitrary<Sent> {
  const valued = Object.fromEntries(
    parameters.map(each => [`${each.in} ${each.name}`, sentAs(each.schema ?? {}, schemas, known)]),
  );
  const [type = 'application/json', content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return fc
    .record({
      values: fc.record(valued, {
        requiredKeys: Object.keys(valued).filter(name => name.startsWith('path ')),
      }),
      body: sentAs(content?.schema ?? {}, schemas, known),
      ifMatch: fc.constantFrom('*', '"v1"', '"nonsense"', ''),
    })
    .map(({ values, body, ifMatch }) => {
      const text = (value: unknown) =>
        encodeURIComponent(
          typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '') : (JSON.stringify(value) ?? ''),
        );
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(values[`path ${name}`]) || '-');
      const query = parameters
        .filter(each => each.in === 'query' && `query ${each.name}` in values)
        .map(({ name }) => `${name}=${text(values[`query ${name}`])}`);
      return { path: query.length > 0 ? `${filled}?${query.join('&')}` : filled, body, type, ifMatch };
    });
}

/** What every function reads must still be readable. */
async function everythingIsReadable({ world, ask }: Office): Promise<void> {
  expect((await ask('admin', 'GET', '/v1/lines')).status).toBe(200);
  const again = await world.stores.networks.network();
  expect(again.lines.length).toBeGreaterThan(0);
  for (const { id } of again.regions) await world.stores.registry.volunteers(id);
  expect(world.logged.filter(line => /record-damaged|api-failed/.test(line))).toEqual([]);
}

/** Enough to meet each field's oddities over some nights; `PANA_RUNS=500` for a long look. */
const RUNS = Number(process.env['PANA_RUNS'] ?? 8);
const seed = Number(process.env['PANA_SEED'] ?? 20261126);

test(`every operation takes whatever is sent (PANA_SEED=${seed})`, async () => {
  const office = await offices.open({ volunteers: people });
  for (const { method, path, operationId } of api.operations) {
    const methods = (document.paths?.[path] ?? {}) as unknown as Record<string, Described>;
    const described = methods[method] ?? {};
    await fc.assert(
      fc.asyncProperty(sendingOf(path, described), sent =>
        isTaken(office, operationId, method, described, sent),
      ),
      { numRuns: RUNS, seed },
    );
  }
  await everythingIsReadable(office);
});

async function isTaken(
  office: Office,
  operationId: string,
  method: string,
  { requestBody }: Described,
  { path, body, type, ifMatch }: Sent,
): Promise<void> {
  const raw = typeof body === 'string' && /csv|calendar/.test(type) ? body : JSON.stringify(body);
  const answered = await office.ask('admin', method.toUpperCase(), path, {
    ...(requestBody ? { raw: raw ?? 'null' } : {}),
    headers: {
      ...(requestBody ? { 'content-type': type } : {}),
      ...(ifMatch === '' ? { 'if-none-match': '*' } : { 'if-match': ifMatch }),
    },
  });
  expect(answered.status, `${operationId}: ${answered.text}`).toBeLessThan(500);
  if (answered.status < 400) return;
  expect(answered.headers.get('content-type'), operationId).toContain('problem+json');
  expect(answered.body.type, operationId).toMatch(/^urn:pana:problem:[a-z-]+$/);
}
