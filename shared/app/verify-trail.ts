// Walks the trail of some days link by link and says whether it is whole: each as it was written, none missing in between,
// before or after. Must never take what has only expired for what was taken out.
import { addSeconds, type Instant, instant } from '../domain/instant.ts';
import { type Broken, brokenBy, type Head, type Link, START, type Walked } from './audit-trail.ts';
import type { Audit } from './office.ts';

/** A page of links, and how many of them a call walks: some megabytes, some seconds. */
const PAGE = 500;
const LINKS_AT_MOST = 5_000;
const DAY_SECONDS = 24 * 3600;

/** Where a call has stopped, to be gone on from. */
export type TrailPlace = { readonly day: string; readonly after: string | null; readonly walked: Walked };

export type Verified = {
  readonly checked: number;
  /** Null: whole as far as it was walked. */
  readonly broken: Broken | null;
  readonly last: Walked;
  /** Null: all of it was walked. */
  readonly next: TrailPlace | null;
};

type Trail = Pick<Audit, 'links' | 'link' | 'head' | 'keptSeconds'>;

/** `until` is included. */
export async function verifyTrail(
  audit: Trail,
  from: TrailPlace,
  until: string,
  now: Instant,
): Promise<Verified> {
  const head = await audit.head();
  let { day, after, walked } = from;
  for (let checked = 0; ; ) {
    const { links, next } = await audit.links(day, PAGE, after);
    for (const link of links) {
      const isFirst = walked === null;
      const broken =
        brokenBy(walked, link) ??
        (isFirst ? await brokenBefore(audit, link, addSeconds(now, -audit.keptSeconds)) : null) ??
        brokenAtHead(head, link);
      if (broken) return { checked, broken, last: walked, next: null };
      walked = { number: link.number, hash: link.hash };
      checked += 1;
    }
    const isOver = next === null && day >= until;
    if (isOver) return { checked, broken: cutOff(head, walked, from, until), last: walked, next: null };
    [day, after] = next === null ? [dayAfter(day), null] : [day, next];
    if (checked >= LINKS_AT_MOST)
      return { checked, broken: null, last: walked, next: { day, after, walked } };
  }
}

/** The first that is walked follows on the last of an earlier day, unless that is past its time and gone. */
async function brokenBefore(audit: Trail, link: Link, keptSince: Instant): Promise<Broken | null> {
  const formerAt = (JSON.parse(link.text) as { formerAt: Instant | null }).formerAt;
  if (formerAt === null) return link.number === 1 && link.former === START ? null : altered(link.number);
  const former = await audit.link(link.number - 1, formerAt);
  if (former === null) return formerAt < keptSince ? null : { number: link.number - 1, why: 'missing' };
  return former.hash === link.former ? null : altered(link.number);
}

const altered = (number: number): Broken => ({ number, why: 'altered' });

/** Entries that came while it was walked are beyond the head that was read before, and are no fault. */
const brokenAtHead = (head: Head | null, { number, hash }: Link): Broken | null =>
  head?.number === number && head.hash !== hash ? altered(number) : null;

/** The head says how many there must be, and of which day the last one is. */
function cutOff(head: Head | null, walked: Walked, from: TrailPlace, until: string): Broken | null {
  if (head === null) return walked && { number: walked.number, why: 'altered' };
  const headDay = dayOf(head.at);
  const isWithin = headDay <= until && (walked !== null || headDay >= from.day);
  if (!isWithin || (walked !== null && walked.number >= head.number)) return null;
  return { number: walked ? walked.number + 1 : head.number, why: 'missing' };
}

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

function dayAfter(day: string): string {
  return dayOf(addSeconds(instant(Date.parse(`${day}T00:00:00Z`)), DAY_SECONDS));
}
