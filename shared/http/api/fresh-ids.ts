// Ids of what is created. With an Idempotency-Key they are made of who asks, of the key and of what is asked: whoever asks
// again, because the first died between the act and its answer, meets what it has made instead of making another.
import { createHash, randomBytes } from 'node:crypto';
import type { JobId, ShiftId, VolunteerId } from '../../domain/ids.ts';
import type { ApiC } from './api.ts';

/** So many bytes, as hexadecimal digits; `of` keeps two ids of one request apart. */
function freshHex(c: ApiC, of: string, bytes: number): string {
  const asked = c.get('askedUnder');
  if (asked === undefined) return randomBytes(bytes).toString('hex');
  const name = JSON.stringify([c.var.actor.id, asked, of]);
  return createHash('sha256')
    .update(name, 'utf8')
    .digest('hex')
    .slice(0, 2 * bytes);
}

/** 48 bits: with 3,000 volunteers two ids are the same once in sixty million years of networks. */
export const freshVolunteerId = (c: ApiC): VolunteerId => `vol_${freshHex(c, 'vol', 6)}` as VolunteerId;
export const freshShiftId = (c: ApiC): ShiftId => `sft_${freshHex(c, 'sft', 8)}` as ShiftId;
export const freshJobId = (c: ApiC): JobId => `job_${freshHex(c, 'job', 16)}` as JobId;
export const freshKeyId = (c: ApiC): string => `key_${freshHex(c, 'key', 8)}`;
export const freshFeedId = (c: ApiC): string => `feed_${freshHex(c, 'feed', 8)}`;

/** Whether what has this id may be what an attempt of the same request has made. */
export const mayHaveBeenMade = (c: ApiC, id: VolunteerId): boolean =>
  c.get('askedUnder') !== undefined && freshVolunteerId(c) === id;
