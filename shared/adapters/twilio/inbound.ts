// Twilio's webhooks as typed values, from form fields whose signature has been checked.
// Patterns are strict because the signature has no delimiters: a field must not be able to hold a piece of its
// neighbour. Fields that Twilio adds are ignored. Must never throw, nor quote what it refuses.
import * as z from 'zod/mini';
import type { LegOutcome } from '../../domain/event.ts';
import { type CallSid, type MessageSid, parseCallSid, parseMessageSid } from '../../domain/ids.ts';
import {
  type Address,
  isWithheld,
  type PhoneNumber,
  parseAddress,
  parsePhoneNumber,
} from '../../domain/phone.ts';
import { isBadNumber, isWindowClosed } from './errors.ts';
import type { Params } from './signature.ts';

export type CallState =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

export type Voice = {
  readonly callSid: CallSid;
  /** The caller; null when the number is withheld or is not one that we could call. */
  readonly from: Address | null;
  /** Our line when she calls, the helper's number when we do. */
  readonly to: PhoneNumber;
  readonly state: CallState;
  /** The keys pressed; null when none was. */
  readonly digits: string | null;
};

export type CallStatus = {
  readonly callSid: CallSid;
  readonly from: Address | null;
  readonly to: PhoneNumber;
  readonly state: CallState;
  /** How the leg ended; null while it goes on. */
  readonly outcome: LegOutcome | null;
};

export type InboundText = {
  readonly messageSid: MessageSid;
  readonly from: Address;
  /** Our number; whether it is WhatsApp shows in `from`. */
  readonly to: PhoneNumber;
  readonly body: string;
  readonly hasMedia: boolean;
};

export type TextStatus = {
  readonly messageSid: MessageSid;
  readonly failed: boolean;
  readonly badNumber: boolean;
  /** WhatsApp's 24 hours for free words are over. */
  readonly windowClosed: boolean;
  readonly errorCode: number | null;
};

/** The longest that a network brings: by WhatsApp. It is passed on in parts. */
const BODY_AT_MOST = 4_096;

const ended: ReadonlySet<string> = new Set<LegOutcome>([
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
]);

const parsedWith = <Value>(parse: (text: string) => Value | null) =>
  z.pipe(
    z.string().check(z.refine(text => parse(text) !== null)),
    z.transform((text: string) => parse(text) as Value),
  );

const callSid = parsedWith(parseCallSid);
const messageSid = parsedWith(parseMessageSid);
const address = parsedWith(parseAddress);
/** Of a line: `whatsapp:` is put aside. */
const number = parsedWith(text => parsePhoneNumber(text.replace(/^whatsapp:/, '')));
/** Whoever calls is served, even when her network shows something that is not a number. */
const caller = z.pipe(z.string().check(z.maxLength(100)), z.transform(addressOfCaller));
const digits = z.string().check(z.regex(/^[0-9*#]{0,20}$/));
const count = z.string().check(z.regex(/^\d{1,2}$/));
const errorCode = z.string().check(z.regex(/^\d{0,6}$/));
const callState = z.enum([
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
]);
const messageState = z.enum([
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'receiving',
  'received',
  'delivered',
  'partially_delivered',
  'undelivered',
  'failed',
  'canceled',
  'read',
]);

const common = { AccountSid: z.string() };

const voiceFields = z.object({
  ...common,
  CallSid: callSid,
  From: caller,
  To: number,
  CallStatus: callState,
  Digits: z.optional(digits),
});

const textFields = z.object({
  ...common,
  MessageSid: messageSid,
  From: address,
  To: number,
  Body: z.optional(z.string()),
  NumMedia: z.optional(count),
});

const textStatusFields = z.object({
  ...common,
  MessageSid: messageSid,
  MessageStatus: messageState,
  ErrorCode: z.optional(errorCode),
});

/** A leg asks what to do next. */
export function parseVoice(params: Params, accountSid: string): Voice | null {
  const fields = ours(voiceFields, params, accountSid);
  if (!fields) return null;
  return {
    callSid: fields.CallSid,
    from: fields.From,
    to: fields.To,
    state: fields.CallStatus,
    digits: fields.Digits || null,
  };
}

/** A leg was answered, or has ended. */
export function parseCallStatus(params: Params, accountSid: string): CallStatus | null {
  const voice = parseVoice(params, accountSid);
  if (!voice) return null;
  const { callSid, from, to, state } = voice;
  return { callSid, from, to, state, outcome: isOutcome(state) ? state : null };
}

/** A text came. One that is too long is cut: half of her words are better than none. */
export function parseText(params: Params, accountSid: string): InboundText | null {
  const fields = ours(textFields, params, accountSid);
  if (!fields) return null;
  return {
    messageSid: fields.MessageSid,
    from: fields.From,
    to: fields.To,
    body: bodyWithinBounds(fields.Body ?? ''),
    hasMedia: Number(fields.NumMedia ?? 0) > 0,
  };
}

/** What became of a text of ours. */
export function parseTextStatus(params: Params, accountSid: string): TextStatus | null {
  const fields = ours(textStatusFields, params, accountSid);
  if (!fields) return null;
  const code = fields.ErrorCode ? Number(fields.ErrorCode) : null;
  const failed = ['failed', 'undelivered', 'canceled'].includes(fields.MessageStatus);
  return {
    messageSid: fields.MessageSid,
    failed,
    badNumber: failed && isBadNumber(code),
    windowClosed: failed && isWindowClosed(code),
    errorCode: code,
  };
}

function ours<Fields extends { AccountSid: string }>(
  schema: z.ZodMiniType<Fields>,
  params: Params,
  accountSid: string,
): Fields | null {
  const { success, data } = schema.safeParse(params);
  return success && data.AccountSid === accountSid ? data : null;
}

/** Null when the number is withheld or is not one that we could call. */
export function addressOfCaller(from: string): Address | null {
  return isWithheld(from) ? null : parseAddress(from);
}

export function isOutcome(state: string): state is LegOutcome {
  return ended.has(state);
}

/** Cut where it is too long; never through the middle of a character: half of one is not valid text. */
export function bodyWithinBounds(body: string): string {
  if (body.length <= BODY_AT_MOST) return body;
  return body.slice(0, BODY_AT_MOST).replace(/[\uD800-\uDBFF]$/, '');
}
