// ETags and If-Match: two managers cannot overwrite each other without knowing. A tag is made of what
// is stored, without what its reader may not see: a short value could be found out by trying.
import { createHash } from 'node:crypto';
import type { ApiC } from './api.ts';
import { type ProblemResponse, problem } from './problem.ts';

export const tagOfVersion = (version: number): string => `"v${version}"`;

/** Of a part of a document, which has no version of its own. */
export function tagOfContent(content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  return `"${digest.slice(0, 22)}"`;
}

/**
 * Null when the manager knows what she is about to change. Otherwise what to answer: 428 when she did not say, 412 with
 * how it stands now, when that is something else than she read.
 */
export function unlessKnown(c: ApiC, tag: string, current: unknown): ProblemResponse | null {
  const given = c.req.header('if-match');
  if (given === undefined) return problem(c, 'say-which-version');
  // A proxy that compresses may have made it weak; the content is the same.
  const tags = given.split(',').map(each => each.trim().replace(/^W\//, ''));
  if (tags.includes(tag) || tags.includes('*')) return null;
  c.header('etag', tag);
  return problem(c, 'changed-meanwhile', { current });
}

/** Somebody was faster in the moment between reading and writing. */
export function changedMeanwhile(c: ApiC, tag: string | null, current: unknown): ProblemResponse {
  if (tag !== null) c.header('etag', tag);
  return problem(c, 'changed-meanwhile', { current });
}
