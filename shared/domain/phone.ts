// Phone numbers and text addresses as they arrive from the telephone network.
// Must never print a number: errors here name the kind of fault only.
import type { Branded } from './ids.ts';

/** E.164, as `+77001234567`. */
export type PhoneNumber = Branded<string, 'PhoneNumber'>;
/** Where a text goes: an E.164 number, or the same behind `whatsapp:`. */
export type Address = Branded<string, 'Address'>;

const e164 = /^\+[1-9]\d{6,14}$/;
const whatsapp = 'whatsapp:';

/**
 * What Twilio puts in `From` when the caller withholds the number: words, or the letters of those words as
 * digits. They must be recognised before any country is read: one of them begins with +7.
 */
const withheldNumbers: ReadonlySet<string> = new Set([
  '+266696687', // ANONYMOUS
  '+7378742833', // RESTRICTED
  '+2562533', // BLOCKED
  '+8656696', // UNKNOWN
  '+86282452253', // UNAVAILABLE
]);
const withheldWords = /^(anonymous|restricted|blocked|unknown|unavailable|private|)$/i;

export function parsePhoneNumber(text: string): PhoneNumber | null {
  return e164.test(text) && !withheldNumbers.has(text) ? (text as PhoneNumber) : null;
}

/** True when `From` says that the caller withheld the number. */
export function isWithheld(from: string): boolean {
  return withheldNumbers.has(from) || withheldWords.test(from.trim());
}

export function parseAddress(text: string): Address | null {
  const number = text.startsWith(whatsapp) ? text.slice(whatsapp.length) : text;
  return parsePhoneNumber(number) ? (text as Address) : null;
}

export function isWhatsapp(address: Address): boolean {
  return address.startsWith(whatsapp);
}

/** The number behind an address, however it is reached. */
export function phoneNumberIn(address: Address): PhoneNumber {
  return (isWhatsapp(address) ? address.slice(whatsapp.length) : address) as string as PhoneNumber;
}

export function smsAddress(number: PhoneNumber): Address {
  return number as string as Address;
}

export function whatsappAddress(number: PhoneNumber): Address {
  return `${whatsapp}${number}` as Address;
}
