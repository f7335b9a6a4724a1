// A text comes in on a line: from a helper it belongs to an offer or a conversation, from anybody else to her
// open request or to a new one. Never tells a writer anything about another request.
import { aboutATalk } from '../domain/decide-after-talk.ts';
import { onOffer } from '../domain/decide-helper-code.ts';
import { confirmationOf, type DutyWish, dutyWishOf } from '../domain/duty-wish.ts';
import type { Event } from '../domain/event.ts';
import {
  type HelperId,
  isVolunteer,
  type MessageSid,
  type RequestId,
  requestIdOf,
  type VolunteerId,
} from '../domain/ids.ts';
import { capReached, type Limited, type Reached, severityOf } from '../domain/limits.ts';
import { contactOf, type Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import {
  AFTER_TALK,
  CONTACT_CODE,
  contactCodeWith,
  DECLINE_CODE,
  digitsOf,
  isOfferCode,
  isStop,
  passable,
} from '../domain/text-words.ts';
import { codeIn, type HelperCode } from '../domain/volunteer-codes.ts';
import type { Text } from '../domain/wording.ts';
import { DamagedRecord } from './damaged-record.ts';
import { type Happening, handleEvent, OpenedMeanwhile } from './handle-event.ts';
import { limitOnText } from './limiting.ts';
import type { Alert, Known, Ports, WebhookId } from './ports.ts';
import { tellPeople } from './telling.ts';
import { textToHelper } from './text-to-helper.ts';

export type IncomingText = {
  readonly messageSid: MessageSid;
  readonly line: Line;
  readonly from: Address;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly webhookId: WebhookId;
};

export async function receiveText(ports: Ports, received: IncomingText): Promise<void> {
  const text = { ...received, body: passable(received.body) };
  const { helper, ...known } = await ports.directory.who(text.from, ports.clock.now());
  if (helper !== null) return receiveFromHelper(ports, text, helper);
  const limited = limitOnText(ports, text.line, text.from);
  if (await isReceived(ports, text, known, limited)) return;
  // Her other text, sent in the same breath, has just opened a request: this one belongs to it.
  const meanwhile = await ports.directory.who(text.from, ports.clock.now());
  if (!(await isReceived(ports, text, meanwhile, limited))) throw new Error('two requests of one number');
}

/** False when another text of hers has opened a request at the same time. */
async function isReceived(
  ports: Ports,
  text: IncomingText,
  { requests, coolingDown }: Pick<Known, 'requests' | 'coolingDown'>,
  counting: Promise<Limited | null>,
): Promise<boolean> {
  const open = requests.find(({ lineId, channel }) => lineId === text.line.id && channel === 'text');
  const { messageSid, line, from, body, hasMedia, webhookId } = text;
  const [limited, isOpen] = await Promise.all([counting, open ? goesOn(ports, open.requestId) : false]);
  const event: Event = {
    kind: 'survivor-texted',
    messageSid,
    lineId: line.id,
    from,
    body,
    hasMedia,
    limited,
    coolingDown,
  };
  if (open && isOpen && (await isTaken(ports, { requestId: open.requestId, event, webhookId }))) return true;
  try {
    await handleEvent(ports, { requestId: requestIdOf(messageSid), event, webhookId });
    return true;
  } catch (error) {
    if (error instanceof OpenedMeanwhile) return false;
    throw error;
  }
}

/**
 * False when her earlier request is closed, if only since a moment ago: then the text opens a new one. When it is the
 * text itself that closed it, the store knows it for a repeat, and nothing is opened.
 */
async function isTaken(ports: Ports, happening: Happening): Promise<boolean> {
  const { request: after } = await handleEvent(ports, happening);
  return after !== null && after.phase.kind !== 'closed';
}

/** A damaged request must not swallow what she writes: she gets a new one, and the log names the old. */
async function goesOn(ports: Ports, id: RequestId): Promise<boolean> {
  try {
    const { request } = await ports.requests.load(id, null);
    return request !== null && request.phase.kind !== 'closed';
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
    return false;
  }
}

async function receiveFromHelper(ports: Ports, text: IncomingText, helper: HelperId): Promise<void> {
  const { messageSid, body, hasMedia, webhookId } = text;
  const code = codeIn(body);
  const said = code?.code ?? null;
  if (said === 'list') return hint(ports, text, helper, { text: 'codes' });
  const wish = code && isVolunteer(helper) ? dutyWishOf(code) : null;
  if (wish !== null && isVolunteer(helper)) return changeDuty(ports, text, helper, wish);
  const word = isStop(body) || meansAnOffer(said) ? DECLINE_CODE : routeWordIn(body);
  const now = ports.clock.now();
  const about = said !== null && aboutATalk[said] !== undefined;
  const route =
    (await ports.directory.routeOf(helper, word, now)) ??
    (about ? await ports.directory.routeOf(helper, AFTER_TALK, now) : null);
  const event = { kind: 'helper-texted', messageSid, from: helper, body, hasMedia } as const;
  const meansNothing = route
    ? (await handleEvent(ports, { requestId: route.requestId, event, webhookId })).ignored
    : await isNew(ports, text);
  if (meansNothing) await hint(ports, text, helper, whatItMayHaveMeant(body));
}

/** A conversation goes on, whatever she says about her duty; an offer that is open to her goes to somebody else. */
async function changeDuty(
  ports: Ports,
  text: IncomingText,
  volunteerId: VolunteerId,
  wish: DutyWish,
): Promise<void> {
  const now = ports.clock.now();
  await ports.roster.wishDuty(volunteerId, wish, now);
  ports.log.info('duty-wished', { volunteer: volunteerId, wish: wish.wish });
  if (wish.wish !== 'on-duty') await leaveOffer(ports, text, volunteerId);
  await tell(ports, text, volunteerId, confirmationOf(wish));
}

/** Not asked of the conversation that she may have instead of an offer: there the code means nothing. */
async function leaveOffer(
  ports: Ports,
  { messageSid, webhookId }: IncomingText,
  from: VolunteerId,
): Promise<void> {
  const route = await ports.directory.routeOf(from, DECLINE_CODE, ports.clock.now());
  if (route === null) return;
  const event = { kind: 'helper-texted', messageSid, from, body: DECLINE_CODE, hasMedia: false } as const;
  await handleEvent(ports, { requestId: route.requestId, event, webhookId });
}

/** What leads to a request: the number of an offer, or the code about a talk on the phone. */
function routeWordIn(body: string): string | null {
  return contactCodeWith(body) === null ? digitsOf(body) : CONTACT_CODE;
}

/** Said without a number: about the offer that is open to her, if there is one. */
function meansAnOffer(said: HelperCode | null): boolean {
  return said === 'take' || (said !== null && onOffer[said] !== undefined);
}

/** A number of an offer that is open no more, or anything else. */
function whatItMayHaveMeant(body: string): Text {
  const isLateYes = codeIn(body)?.code === 'take' || (isOfferCode(body) && digitsOf(body) !== DECLINE_CODE);
  return { text: isLateYes ? 'taken' : 'unknown-word' };
}

/** A repeat may come when what it led to is closed already: then it has had its effect, and means no more. */
async function isNew(ports: Ports, { messageSid, webhookId }: IncomingText): Promise<boolean> {
  return (await ports.requests.load(requestIdOf(messageSid), webhookId)).storedReply === null;
}

/** What a helper can write, when what she wrote means nothing now. Rarely: the other side may be a robot. */
async function hint(ports: Ports, text: IncomingText, helper: HelperId, said: Text): Promise<void> {
  const { body, webhookId } = text;
  if (isStop(body) || !(await ports.directory.mayHint(helper, ports.clock.now(), webhookId))) return;
  await tell(ports, text, helper, said);
}

/** To a helper, about no request. */
async function tell(ports: Ports, { line, from }: IncomingText, helper: HelperId, said: Text): Promise<void> {
  const network = await ports.networks.network();
  const volunteer = isVolunteer(helper) ? await ports.directory.volunteer(helper) : null;
  const language = isVolunteer(helper) ? volunteer?.languages[0] : contactOf(network, helper).language;
  const [fallback] = line.languages;
  const chosen = language ?? fallback;
  if (chosen === undefined) return;
  const told = await textToHelper(ports, network, { line, to: from, language: chosen, text: said });
  if (told === null) return;
  ports.log.info('hinted', { outcome: told.outcome });
  const reached = capReached('texts', told.textsToday, network.settings.limits.textsADay);
  // It belongs to no request that could keep the alert until it is published: the next one tells it again.
  if (reached !== null) await tellPeople(ports, spent(reached), { lineId: line.id, about: reached.about });
}

function spent({ reason }: Reached): Alert {
  return { requestId: null, audience: 'manager', severity: severityOf[reason], reason, region: null };
}
