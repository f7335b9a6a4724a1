// Which requests a helper's text is about: by the number of a conversation, by the code of an offer, else by there being
// one only; all of it as things were when she wrote. Must never guess between two people: what may be meant for either
// goes to neither.
import { aboutATalk } from '../domain/decide-after-talk.ts';
import { onOffer } from '../domain/decide-helper-code.ts';
import { type HelperId, isVolunteer } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { asTheyWere, type Conversation, mayBeMeant, numberIn } from '../domain/places.ts';
import {
  AFTER_TALK,
  CONTACT_CODE,
  contactCodeWith,
  DECLINE_CODE,
  digitsOf,
  isOfferCode,
  isStop,
} from '../domain/text-words.ts';
import { codeIn, type HelperCode } from '../domain/volunteer-codes.ts';
import type { HelperRoute, Ports } from './ports.ts';

export type Meant = {
  /** What she says, without the number of a conversation. */
  readonly words: string;
  readonly routes: readonly HelperRoute[];
  /** By its number: then it does not matter on which line she says it. */
  readonly isNamed: boolean;
  /** When it could be several, and nothing says which: these. */
  readonly unclear: readonly Conversation[];
};

/** `writtenAt`: null for what has just come. */
export async function meantBy(
  ports: Ports,
  helper: HelperId,
  body: string,
  writtenAt: Instant | null,
): Promise<Meant> {
  const now = ports.clock.now();
  const kept = await ports.directory.conversationsOf(helper, now);
  // What has ended since leaves her with one only: words that were for either must not go to that one now.
  return writtenAt === null
    ? meantAmong(ports, helper, kept, body, now)
    : meantAmong(ports, helper, asTheyWere(kept, writtenAt), body, writtenAt);
}

async function meantAmong(
  ports: Ports,
  helper: HelperId,
  conversations: readonly Conversation[],
  body: string,
  now: Instant,
): Promise<Meant> {
  const numbered = (await areNumbered(ports, helper, conversations)) ? numberIn(body) : null;
  if (numbered !== null) return withNumber(numbered, conversations, now);
  const said = codeIn(body)?.code ?? null;
  if (isStop(body) || said === 'unsafe') return everything(ports, helper, conversations, body, now);
  const offered = await offerMeant(ports, helper, body, said, now);
  const open = conversations.filter(isOpen);
  // What is said of a person may be about the one that she is offered, or one whom she writes with.
  if (offered !== null && said === 'may-know-them' && open.length > 0) return unclear(body, open);
  if (offered !== null) return meant(body, offered);
  return said !== null && aboutATalk[said] !== undefined
    ? ofATalk(ports, helper, conversations, body, now)
    : ofConversation(conversations, body, now);
}

const meant = (words: string, ...routes: readonly HelperRoute[]): Meant => ({
  words,
  routes,
  isNamed: false,
  unclear: [],
});
const unclear = (words: string, among: readonly Conversation[]): Meant => ({
  words,
  routes: [],
  isNamed: false,
  unclear: among,
});
const isOpen = ({ overAt }: Conversation): boolean => overAt === null;

/** Where nobody ever has several, a number at the beginning is one of her words. */
async function areNumbered(
  ports: Ports,
  helper: HelperId,
  conversations: readonly Conversation[],
): Promise<boolean> {
  const { settings } = await ports.networks.network();
  const mayBeSeveral = settings.conversationsAtOnce > 1 || conversations.some(({ place }) => place > 0);
  return isVolunteer(helper) && mayBeSeveral;
}

function withNumber(
  { place, words }: { readonly place: number; readonly words: string },
  conversations: readonly Conversation[],
  now: Instant,
): Meant {
  const named = conversations.find(each => each.place === place);
  const said = codeIn(words)?.code;
  const isAboutATalk = said !== undefined && aboutATalk[said] !== undefined;
  // A number alone is nothing yet, and does not hold for her next text.
  if (named && words !== '' && (isOpen(named) || isAboutATalk))
    return { ...meant(words, named), isNamed: true };
  return unclear(words, mayBeMeant(conversations, now).filter(isOpen));
}

/** She is to be let go from everything, at once, or wants no more texts at all. */
async function everything(
  ports: Ports,
  helper: HelperId,
  conversations: readonly Conversation[],
  body: string,
  now: Instant,
): Promise<Meant> {
  // A stop is about texts: it ends no call.
  const codes = isStop(body) ? [DECLINE_CODE] : [DECLINE_CODE, CONTACT_CODE];
  const found = await Promise.all(codes.map(code => ports.directory.routeOf(helper, code, now)));
  const hers = [...found.filter(route => route !== null), ...conversations.filter(isOpen)];
  if (hers.length > 0 || isStop(body)) return meant(body, ...hers);
  // She has nobody any more: managers learn which talk was her last.
  const last = await ports.directory.routeOf(helper, AFTER_TALK, now);
  return last === null ? meant(body) : meant(body, last);
}

/** By its number; or said without one, of the offer that is open to her. */
async function offerMeant(
  ports: Ports,
  helper: HelperId,
  body: string,
  said: HelperCode | null,
  now: Instant,
): Promise<HelperRoute | null> {
  const code = codeOfOffer(body, said);
  return code === null ? null : ports.directory.routeOf(helper, code, now);
}

function codeOfOffer(body: string, said: HelperCode | null): string | null {
  // She is on the phone with somebody: what is about the talk leads there, as what was agreed does.
  if (contactCodeWith(body) !== null || said === 'escalate') return CONTACT_CODE;
  if (said === 'take' || (said !== null && onOffer[said] !== undefined)) return DECLINE_CODE;
  return isOfferCode(body) ? digitsOf(body) : null;
}

/** A code about a talk, also for a while after its end; with none in writing, of the latest on the phone. */
async function ofATalk(
  ports: Ports,
  helper: HelperId,
  conversations: readonly Conversation[],
  body: string,
  now: Instant,
): Promise<Meant> {
  const [only, ...others] = conversations;
  if (others.length > 0) return unclear(body, conversations);
  if (only && isOpen(only)) return meant(body, only);
  const last = await ports.directory.routeOf(helper, AFTER_TALK, now);
  return last === null ? meant(body) : meant(body, last);
}

function ofConversation(conversations: readonly Conversation[], body: string, now: Instant): Meant {
  const possible = mayBeMeant(conversations, now);
  const open = possible.filter(isOpen);
  // The number of an offer that is over is about none of them.
  if (open.length === 0 || (possible.length > 1 && isOfferCode(body))) return meant(body);
  return possible.length === 1 ? meant(body, ...open) : unclear(body, open);
}
