// The places of a volunteer: each holds one person whom she writes with, or one offer, or a call. The number of the place
// is the number by which she names the conversation. Must never guess which one she means.
import type { RequestId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { NUMBERED_AFTER_SECONDS } from './timing.ts';

/** As many as have a place in the table, whatever the settings say. */
export const PLACES_AT_MOST = 4;
export const places: readonly number[] = Array.from({ length: PLACES_AT_MOST }, (_, place) => place);

/** A conversation of hers, or one that ended within the last hour and whose place nobody has taken since. */
export type Conversation = {
  readonly place: number;
  readonly requestId: RequestId;
  readonly seq: number;
  /** Null while it goes on. */
  readonly overAt: Instant | null;
};

/** As they were at an earlier instant: what has ended since went on then. */
export function asTheyWere(conversations: readonly Conversation[], at: Instant): readonly Conversation[] {
  return conversations.map(each =>
    each.overAt !== null && each.overAt > at ? { ...each, overAt: null } : each,
  );
}

/** How a place is named, to her and by her. */
export const nameOfPlace = (place: number): string => `#${place + 1}`;

/** What stands before a text when it has to be said which conversation it belongs to. */
export const numberedText = (place: number, body: string): string => `${nameOfPlace(place)}: ${body}`;
export const LONGEST_NUMBER = numberedText(PLACES_AT_MOST - 1, '').length;

/** A text that begins with the number of a conversation; null: it does not. */
export function numberIn(body: string): { readonly place: number; readonly words: string } | null {
  const [, number = '', words = ''] = /^\s*[#№]\s?(\d)(?!\d)[\s:.,)-]*(.*)$/su.exec(body) ?? [];
  return number === '' ? null : { place: Number(number) - 1, words: words.trim() };
}

/** The conversation at this place has ended so lately that its number may lead to nobody else yet. */
export function isResting(leftAt: Instant, now: Instant): boolean {
  return addSeconds(leftAt, NUMBERED_AFTER_SECONDS) > now;
}

/**
 * The conversations among which a text without a number could be meant: those that go on and, since she may not have
 * seen their end yet, those that have just ended. One: it is meant. Whoever is with her again at another place is the
 * same person.
 */
export function mayBeMeant(conversations: readonly Conversation[], now: Instant): readonly Conversation[] {
  const goOn = conversations.filter(({ overAt }) => overAt === null);
  const isBack = ({ requestId }: Conversation) => goOn.some(each => each.requestId === requestId);
  return conversations.filter(each => each.overAt === null || (isResting(each.overAt, now) && !isBack(each)));
}

/** The place to be named with a text of this request; null: she can only mean this one. */
export function placeToName(
  conversations: readonly Conversation[],
  requestId: RequestId,
  now: Instant,
): number | null {
  const hers = conversations.filter(each => each.requestId === requestId);
  const mine = hers.find(({ overAt }) => overAt === null) ?? hers[0];
  const others = mayBeMeant(conversations, now).filter(each => each.requestId !== requestId);
  return mine === undefined || others.length === 0 ? null : mine.place;
}
