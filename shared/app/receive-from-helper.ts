// A helper writes: to an offer, into a conversation, about herself, or what means nothing to us. She is told when nobody
// reads what she wrote. Must never pass on a code as words, nor words to a person whom she may not have meant.
import { confirmationOf, type DutyWish, dutyWishOf } from '../domain/duty-wish.ts';
import { type HelperId, isVolunteer, type LineId, requestIdOf, type VolunteerId } from '../domain/ids.ts';
import { capReached, type Reached, severityOf } from '../domain/limits.ts';
import { contactOf } from '../domain/network.ts';
import { type Conversation, nameOfPlace } from '../domain/places.ts';
import { type ShiftWish, shiftWishOf } from '../domain/shift-wish.ts';
import { DECLINE_CODE, digitsOf, isOfferCode, isStop } from '../domain/text-words.ts';
import { codeIn } from '../domain/volunteer-codes.ts';
import type { Text } from '../domain/wording.ts';
import { counted } from './counting.ts';
import { handleEvent } from './handle-event.ts';
import { meantBy } from './helper-routes.ts';
import { ownActOnRecord } from './own-acts.ts';
import type { Alert, HelperRoute, Ports } from './ports.ts';
import { aboutShifts } from './receive-about-shifts.ts';
import type { IncomingText } from './receive-text.ts';
import { tellPeople } from './telling.ts';
import { textToHelper } from './text-to-helper.ts';

/** A person seldom forgets the number more often; two machines that answer each other would. */
const WHICH_ONE_AN_HOUR = 20;

export async function receiveFromHelper(ports: Ports, text: IncomingText, helper: HelperId): Promise<void> {
  const { words, routes, isNamed, unclear } = await meantBy(ports, helper, text.body, text.writtenAt);
  const code = codeIn(words);
  const said = { ...text, body: words };
  const once = (answer: () => Promise<void>) => answeredOnce(ports, text, answer);
  if (code?.code === 'list') return once(() => hint(ports, said, helper, { text: 'codes' }));
  const wish = code && isVolunteer(helper) ? dutyWishOf(code) : null;
  if (wish !== null && isVolunteer(helper)) return once(() => changeDuty(ports, said, helper, wish));
  const aboutHers = code && isVolunteer(helper) ? shiftWishOf(code) : null;
  if (aboutHers !== null && isVolunteer(helper))
    return once(() => answerAboutShifts(ports, said, helper, aboutHers));
  if (unclear.length > 0) return once(() => askWhichOne(ports, said, helper, unclear));
  if (await takeIn(ports, said, helper, routes, isNamed ? null : text.line.id)) return;
  if (code?.code === 'unsafe') return once(() => unsafeByItself(ports, said, helper));
  await once(() => hint(ports, said, helper, whatItMayHaveMeant(words)));
}

/**
 * However often a text is heard of: by a repeat, which may come when what it led to is closed already, or by the
 * reconciler, which leaves alone what has its name on record. Else it would mean something new once things have changed.
 */
async function answeredOnce(ports: Ports, text: IncomingText, answer: () => Promise<void>): Promise<void> {
  const { messageSid, webhookId } = text;
  const [isAnswered] = await ports.requests.areKnown([{ requestId: requestIdOf(messageSid), webhookId }]);
  if (isAnswered) return;
  await answer();
  await ports.requests.noteAnswered(webhookId, ports.clock.now());
}

/** About no talk of hers that anybody knows of. The alert names nobody: the log says who. */
async function unsafeByItself(ports: Ports, text: IncomingText, helper: HelperId): Promise<void> {
  ports.log.warn('helper-unsafe', { helper });
  await tellPeople(
    ports,
    { ...toManagers, severity: 'critical', reason: 'helper-unsafe' },
    { lineId: text.line.id, about: helper },
  );
  await tell(ports, text, helper, { text: 'unsafe-noted' });
}

/**
 * True when it meant something in one of them. The last goes by the name of the webhook, which says that all have had
 * their effect; the others by names of their own, so that a repeat has none twice.
 */
async function takeIn(
  ports: Ports,
  { messageSid, body, hasMedia, webhookId }: IncomingText,
  from: HelperId,
  routes: readonly HelperRoute[],
  lineId: LineId | null,
): Promise<boolean> {
  const event = { kind: 'helper-texted', messageSid, lineId, from, body, hasMedia } as const;
  let hasEffect = false;
  for (const [place, { requestId }] of routes.entries()) {
    const name = place === routes.length - 1 ? webhookId : `${webhookId}:${requestId}`;
    const { ignored } = await handleEvent(ports, { requestId, event, webhookId: name });
    hasEffect ||= !ignored;
  }
  return hasEffect;
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
  await ownActOnRecord(ports, volunteerId, wish.wish, 'text');
}

async function answerAboutShifts(
  ports: Ports,
  text: IncomingText,
  volunteerId: VolunteerId,
  wish: ShiftWish,
): Promise<void> {
  ports.log.info('shift-wished', { volunteer: volunteerId, wish: wish.wish });
  const answer = await aboutShifts(ports, volunteerId, wish);
  if (answer === null) return;
  await tell(ports, text, volunteerId, answer);
  // The two answers that say that something has been done.
  if (answer.text === 'shift' || answer.text === 'number-verified')
    await ownActOnRecord(ports, volunteerId, wish.wish, 'text');
}

/** Not asked of the conversations that she may have besides: there the code means nothing. */
async function leaveOffer(ports: Ports, text: IncomingText, from: VolunteerId): Promise<void> {
  const route = await ports.directory.routeOf(from, DECLINE_CODE, ports.clock.now());
  // A name of its own: that of the text says that she has been answered.
  const declined = { ...text, body: DECLINE_CODE, hasMedia: false, webhookId: `${text.webhookId}:offer` };
  if (route !== null) await takeIn(ports, declined, from, [route], text.line.id);
}

/** A number of an offer that is open no more, or anything else. */
function whatItMayHaveMeant(body: string): Text {
  const isLateYes = codeIn(body)?.code === 'take' || (isOfferCode(body) && digitsOf(body) !== DECLINE_CODE);
  return { text: isLateYes ? 'taken' : 'unknown-word' };
}

/** Said of each text: she would believe that somebody reads it. */
async function askWhichOne(
  ports: Ports,
  text: IncomingText,
  helper: HelperId,
  among: readonly Conversation[],
): Promise<void> {
  const codes = among.map(({ place }) => nameOfPlace(place)).sort();
  const asked = await counted(ports, { of: 'texts-of-number', number: text.from });
  if (asked <= WHICH_ONE_AN_HOUR) await tell(ports, text, helper, { text: 'which-one', codes });
  else await leftUnanswered(ports, text, helper);
}

/** What a helper can write, when what she wrote means nothing now. Rarely: the other side may be a robot. */
async function hint(ports: Ports, text: IncomingText, helper: HelperId, said: Text): Promise<void> {
  if (isStop(text.body)) return;
  const may = await ports.directory.mayHint(helper, ports.clock.now(), text.webhookId);
  if (may === 'yes') await tell(ports, text, helper, said);
  if (may === 'too-often') await leftUnanswered(ports, text, helper);
}

/** She goes on writing and is answered no more: perhaps she means something that we do not understand. */
async function leftUnanswered(ports: Ports, { line }: IncomingText, helper: HelperId): Promise<void> {
  ports.log.warn('helper-unanswered', { helper });
  await tellPeople(
    ports,
    { ...toManagers, severity: 'warning', reason: 'helper-unanswered' },
    {
      lineId: line.id,
      about: helper,
    },
  );
}

/** To a helper, about no request. */
async function tell(ports: Ports, { line, from }: IncomingText, helper: HelperId, said: Text): Promise<void> {
  const network = await ports.networks.network();
  const volunteer = isVolunteer(helper) ? await ports.directory.volunteer(helper) : null;
  const language = isVolunteer(helper) ? volunteer?.languages[0] : contactOf(network, helper)?.language;
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

const toManagers = { requestId: null, audience: 'manager', region: null } as const;

function spent({ reason }: Reached): Alert {
  return { ...toManagers, severity: severityOf[reason], reason };
}
