// Texts the product sends: queued at the pace of the sender, sent, delivered or failed as the phone's text behaviour
// says, with a status callback at each step. Must never deliver one after its validity period: a late text reaches
// the wrong reader.
import type { MessageStatus } from './books.ts';
import type { Network } from './network.ts';
import type { Phone } from './phone.ts';
import { TextMessage } from './text-message.ts';
import { messageStatusParams } from './webhook-params.ts';

export interface OutgoingText {
  from: string;
  to: string;
  body: string;
  media: readonly string[];
  /** The words are those of an approved template. */
  isTemplate: boolean;
  statusCallback?: string | undefined;
  validitySeconds: number;
}

const DELIVERY_MS = 1_000;
const WINDOW_MS = 24 * 3_600_000;
const WINDOW_CLOSED = 63_016;
const VALIDITY_EXPIRED = 30_036;
/** WhatsApp refuses these before sending; the others come back from the carrier. */
const REFUSED_BEFORE_SENDING: ReadonlySet<number> = new Set([WINDOW_CLOSED, 63_003, 63_024]);

export function sendText(network: Network, text: OutgoingText): TextMessage {
  const now = network.now();
  const message = new TextMessage({
    ...text,
    sid: network.sids.next(text.media.length > 0 ? 'MM' : 'SM'),
    direction: 'outbound-api',
    createdAt: now,
    status: 'queued',
  });
  network.messages.push(message);
  tell(network, message);
  const at = network.textPacer.slot(message.from, now);
  network.later(at - now, () => transmit(network, message, text.isTemplate));
  return message;
}

function transmit(network: Network, message: TextMessage, isTemplate: boolean): void {
  const phone = network.phone(message.to.replace('whatsapp:', ''));
  const { failure, delaySeconds = 0 } = phone.textBehaviour;
  if (isLate(network, message)) {
    setStatus(network, message, 'failed', VALIDITY_EXPIRED);
    return;
  }
  if (!isTemplate && isWindowClosed(network, message)) {
    setStatus(network, message, 'failed', WINDOW_CLOSED);
    return;
  }
  if (failure !== undefined && REFUSED_BEFORE_SENDING.has(failure)) {
    setStatus(network, message, 'failed', failure);
    return;
  }
  message.sentAt = network.now();
  setStatus(network, message, 'sent');
  network.later(DELIVERY_MS + delaySeconds * 1000, () => arrive(network, message, phone, failure));
}

function arrive(network: Network, message: TextMessage, phone: Phone, failure: number | undefined): void {
  const errorCode = failure ?? (isLate(network, message) ? VALIDITY_EXPIRED : undefined);
  if (errorCode !== undefined) {
    setStatus(network, message, 'undelivered', errorCode);
    return;
  }
  const { sid, from, to, body, media } = message;
  phone.texts.push({ sid, from, to, body, media, at: network.now() });
  network.feed.emit({ type: 'text-received', phone: phone.number, messageSid: sid, from, body });
  setStatus(network, message, 'delivered');
}

/** WhatsApp passes on free words for a day after the last word from the other side, and says so only afterwards. */
function isWindowClosed(network: Network, { from, to }: TextMessage): boolean {
  if (!to.startsWith('whatsapp:')) return false;
  const wroteAt = network.lastWrote(to, from);
  return wroteAt === undefined || network.now() - wroteAt >= WINDOW_MS;
}

function isLate(network: Network, message: TextMessage): boolean {
  return network.now() - message.createdAt > message.validitySeconds * 1000;
}

function setStatus(network: Network, message: TextMessage, status: MessageStatus, errorCode?: number): void {
  message.status = status;
  message.errorCode = errorCode;
  message.updatedAt = network.now();
  message.history.push({ status, at: network.now() });
  tell(network, message);
}

function tell(network: Network, message: TextMessage): void {
  network.feed.emit({
    type: 'text-status',
    phone: message.to.replace('whatsapp:', ''),
    messageSid: message.sid,
    status: message.status,
    ...(message.errorCode === undefined ? {} : { errorCode: message.errorCode }),
  });
  if (message.statusCallback === undefined) return;
  network.statuses.send({
    kind: 'message-status',
    url: message.statusCallback,
    method: 'POST',
    sid: message.sid,
    params: messageStatusParams(network, message),
  });
}
