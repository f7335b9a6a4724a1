// Documents as deflated JSON in one binary attribute. Measured on a searching request: 0.7 KB against 3.0 KB as a
// JSON string and 2.3 KB as a map, which is four write units less in every commit, for 0.15 ms.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { readJson } from './deps.ts';

/** An item has 400 KB at most; more than this does not come from us. */
const UNPACKED_BYTES_AT_MOST = 16 * 1024 * 1024;

export function pack(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** The document, or a `DamagedRecord` that names `id`. */
export function unpack<Value>(bytes: Uint8Array, schema: z.ZodMiniType<Value>, id: string): Value {
  let json: string;
  try {
    json = inflateRawSync(bytes, { maxOutputLength: UNPACKED_BYTES_AT_MOST }).toString('utf8');
  } catch {
    throw new DamagedRecord(id);
  }
  return readJson(json, schema, id);
}
