// Which numbers the account may call and text: Twilio's geographic permissions, as a list of beginnings.
// Must never judge whether a number exists.
import type { Network } from './network.ts';

export function isAllowed(network: Network, number: string): boolean {
  const bare = number.replace('whatsapp:', '');
  return network.allowedPrefixes?.some(prefix => bare.startsWith(prefix)) ?? true;
}

/** Calls have a permission by country besides; of two that share a code either one is enough here. */
export function mayBeDialled(network: Network, number: string): boolean {
  if (!isAllowed(network, number)) return false;
  const countries = [...network.countries.values()];
  return countries.length === 0 || countries.some(each => each.mayBeDialled && number.startsWith(each.code));
}

export function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}
