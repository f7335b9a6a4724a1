// Plain values to DynamoDB attributes and back, and expressions whose names can never be a reserved word.
// Must know nothing of what the items mean.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys.ts';

export type Item = Record<string, AttributeValue>;
export type Plain = string | number | boolean | Uint8Array | readonly string[];
export type PlainItem = { readonly [name: string]: Plain | undefined };

/** Absent values are left out. */
export function toItem(plain: PlainItem): Item {
  return Object.fromEntries(
    Object.entries(plain).flatMap(([name, value]) => (value === undefined ? [] : [[name, attribute(value)]])),
  );
}

export function attribute(value: Plain): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: value };
  return { L: value.map(text => ({ S: text })) };
}

/** Attributes of a kind that we never write come out as null, and fail in the parser behind. */
export function fromItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainOf(value)]));
}

function plainOf(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.B !== undefined) return value.B;
  if (value.L !== undefined) return value.L.map(plainOf);
  return null;
}

/** The names and values of expressions, in which every name is written `#name` and every value `:value`. */
export function bindings(expressions: readonly (string | undefined)[], values: PlainItem = {}) {
  const names = expressions.flatMap(expression => expression?.match(/#\w+/g) ?? []);
  const bound = Object.entries(toItem(values)).map(([name, value]) => [`:${name}`, value]);
  return {
    ExpressionAttributeNames: Object.fromEntries(names.map(name => [name, name.slice(1)])),
    ...(bound.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(bound) } : {}),
  };
}

export function putInput(table: string, item: PlainItem, condition?: string, values?: PlainItem) {
  return {
    TableName: table,
    Item: toItem(item),
    ...(condition ? { ConditionExpression: condition, ...bindings([condition], values) } : {}),
  };
}

export function updateInput(table: string, key: Key, update: string, condition: string, values: PlainItem) {
  return {
    TableName: table,
    Key: toItem(key),
    UpdateExpression: update,
    ConditionExpression: condition,
    ...bindings([update, condition], values),
  };
}

export function deleteInput(table: string, key: Key, condition: string, values: PlainItem) {
  return {
    TableName: table,
    Key: toItem(key),
    ConditionExpression: condition,
    ...bindings([condition], values),
  };
}

/** `SET` of exactly these fields. */
export function setAll(fields: PlainItem): string {
  const names = Object.keys(fields).filter(name => fields[name] !== undefined);
  return `SET ${names.map(name => `#${name} = :${name}`).join(', ')}`;
}
