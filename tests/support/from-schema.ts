// Arbitraries from the shapes of an OpenAPI document: mostly what it allows, now and then what it does not, and every so
// often something that nobody would send. Must never know an operation by name.
import fc, { type Arbitrary } from 'fast-check';

export type Shape = Readonly<Record<string, unknown>>;

const strange: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1e308,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '__proto__',
    '٠١',
    [],
    {},
    [[]],
    'null',
  ),
  fc.string({ maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.array(fc.integer(), { maxLength: 50 }),
  fc.dictionary(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), { maxKeys: 5 }),
);

const WRONG_ONE_IN = 12;

/** `known` are values that mean something, as ids of things that are there; they are tried for every text. */
export function sentAs(
  shape: Shape,
  schemas: Shape,
  known: readonly string[],
  depth = 0,
): Arbitrary<unknown> {
  const right = depth > 6 ? strange : rightOf(shape, schemas, known, depth);
  return fc.oneof({ weight: WRONG_ONE_IN - 1, arbitrary: right }, { weight: 1, arbitrary: strange });
}

function rightOf(shape: Shape, schemas: Shape, known: readonly string[], depth: number): Arbitrary<unknown> {
  const inner = (each: unknown) => sentAs((each ?? {}) as Shape, schemas, known, depth + 1);
  const ref = shape['$ref'];
  if (typeof ref === 'string') return inner(schemas[ref.split('/').at(-1) ?? '']);
  if (Array.isArray(shape['enum'])) return fc.constantFrom(...(shape['enum'] as unknown[]));
  if ('const' in shape) return fc.constant(shape['const']);
  for (const word of ['oneOf', 'anyOf'] as const)
    if (Array.isArray(shape[word])) return fc.oneof(...(shape[word] as unknown[]).map(inner));
  if (Array.isArray(shape['allOf'])) return inner((shape['allOf'] as unknown[])[0]);
  const [type] = [shape['type']].flat();
  switch (type) {
    case 'object':
      return objectOf(shape, inner);
    case 'array':
      return fc.array(inner(shape['items']), { maxLength: 4 });
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(shape['minimum'] ?? -5), max: Number(shape['maximum'] ?? 5000) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textOf(shape, known);
    default:
      return strange;
  }
}

function objectOf(shape: Shape, inner: (each: unknown) => Arbitrary<unknown>): Arbitrary<unknown> {
  const properties = (shape['properties'] ?? {}) as Shape;
  const required = (shape['required'] ?? []) as readonly string[];
  const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, inner(each)]));
  return fc.record(model, { requiredKeys: required.filter(name => name in model) });
}

function textOf(shape: Shape, known: readonly string[]): Arbitrary<string> {
  const examples = [shape['example'], ...((shape['examples'] as unknown[] | undefined) ?? [])].filter(
    each => typeof each === 'string',
  );
  const texts = [...examples, ...known];
  const usual = fc.string({ maxLength: Number(shape['maxLength'] ?? 60) });
  return texts.length === 0
    ? usual
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: usual });
}
