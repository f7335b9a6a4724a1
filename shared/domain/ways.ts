// What a line can do by phone, SMS and WhatsApp, and what follows: by which way a helper is asked, and by which the two
// then go on. One function chooses the way; nobody without one is asked. Must never look at more of a number than its
// beginning.
import { type Limits, mayReachNumber } from './limits.ts';
import type { Line } from './network.ts';
import {
  type Address,
  isWhatsapp,
  type PhoneNumber,
  phoneNumberIn,
  smsAddress,
  whatsappAddress,
} from './phone.ts';
import type { Request } from './request.ts';

export type Capability = {
  /** What people send to the line this way arrives. */
  readonly receives: boolean;
  /** Beginnings of the E.164 numbers that the line reaches this way; `+` is everybody, an empty list nobody. */
  readonly reaches: readonly string[];
};

export type Capabilities = {
  /** What Twilio offers in a country is known and checked; what another carrier does, only its customer knows. */
  readonly carrier: 'twilio' | 'other';
  readonly voice: Capability;
  readonly sms: Capability;
  readonly whatsapp: Capability;
};

export type Channel = Exclude<keyof Capabilities, 'carrier'>;

const everything: Capability = { receives: true, reaches: ['+'] };

/** Of a line that does not say: all that it has a number for, as it always was. */
export const usualCapabilities: Capabilities = {
  carrier: 'other',
  voice: everything,
  sms: everything,
  whatsapp: everything,
};

/** How somebody takes texts; `none`: a phone that only rings. */
export type TextBy = 'sms' | 'whatsapp' | 'none';

/** How a helper is asked. */
export type Way = 'call' | 'text';

export type Reachable = { readonly textBy: TextBy; readonly takesCalls: boolean };

/**
 * The way to a helper. Whoever cannot write on this line is called, also for a survivor who writes: then only a call can
 * bring the two together, for which she is asked once. Null: there is none.
 */
export function wayTo(
  { channel, callAsked }: Pick<Request, 'channel' | 'callAsked'>,
  line: Line,
  { textBy, takesCalls }: Reachable,
): Way | null {
  const canBeCalled = takesCalls && canCallOut(line);
  if (channel === 'voice') return canBeCalled ? 'call' : null;
  if (textChannel(line, textBy) !== null) return 'text';
  return canBeCalled && !callAsked ? 'call' : null;
}

export function canCallOut({ capabilities }: Line): boolean {
  return capabilities.voice.reaches.length > 0;
}

/** She can be called from this line, if she agrees to it. */
export function canCallHer(line: Line, survivor: Address | null, limits: Limits): boolean {
  if (survivor === null) return false;
  const number = phoneNumberIn(survivor);
  return mayReachNumber(number, limits) && reaches(line, 'voice', number);
}

/** By what a helper and the line write to each other, both ways; whoever prefers WhatsApp has SMS too. */
export function textChannel(line: Line, textBy: TextBy): 'sms' | 'whatsapp' | null {
  if (textBy === 'none') return null;
  if (textBy === 'whatsapp' && talksBy(line, 'whatsapp')) return 'whatsapp';
  return talksBy(line, 'sms') ? 'sms' : null;
}

/** Both ways. */
export function talksBy(line: Line, channel: Channel): boolean {
  const { receives, reaches } = line.capabilities[channel];
  return has(line, channel) && receives && reaches.length > 0;
}

/** Without a number on WhatsApp there is nothing to be able to do. */
export function has({ whatsappNumber }: Line, channel: Channel): boolean {
  return channel !== 'whatsapp' || whatsappNumber !== null;
}

export function reaches({ capabilities }: Line, channel: Channel, number: PhoneNumber): boolean {
  return capabilities[channel].reaches.some(beginning => number.startsWith(beginning));
}

/** The line's own address on the channel of whoever is written to; null when it does not reach there. */
export function lineAddress(line: Line, to: Address): Address | null {
  const channel = isWhatsapp(to) ? 'whatsapp' : 'sms';
  if (!reaches(line, channel, phoneNumberIn(to))) return null;
  if (channel === 'sms') return smsAddress(line.number);
  return line.whatsappNumber === null ? null : whatsappAddress(line.whatsappNumber);
}

/** Where a helper is written to; null when nothing that is written on this line reaches her. */
export function helperAddress(line: Line, number: PhoneNumber, textBy: TextBy): Address | null {
  const channel = textChannel(line, textBy);
  if (channel === null) return null;
  return channel === 'whatsapp' ? whatsappAddress(number) : smsAddress(number);
}
