// The size of an item as AWS counts it ("DynamoDB item sizes and formats"): the bytes of its names and values in UTF-8, a
// number by half its digits, three bytes for a list or map and one for each thing in it. Indexes and copies come on top.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;

export function bytesOf(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + ofValue(value)));
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const ofNumber = (digits: string): number => Math.ceil(digits.replace(/[^\d]/g, '').length / 2) + 1;
const ofMany = (values: readonly number[]): number => 3 + sum(values) + values.length;

function ofValue({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return ofNumber(N);
  if (B !== undefined) return B.byteLength;
  if (SS !== undefined) return sum(SS.map(each => Buffer.byteLength(each)));
  if (NS !== undefined) return sum(NS.map(ofNumber));
  if (BS !== undefined) return sum(BS.map(each => each.byteLength));
  if (L !== undefined) return ofMany(L.map(ofValue));
  if (M !== undefined)
    return ofMany(Object.entries(M).map(([name, each]) => Buffer.byteLength(name) + ofValue(each)));
  return 1;
}
