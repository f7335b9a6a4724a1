// The names that phones and lines get in a printed scenario.
// Must never give two of them the same name.
import { lineByNumber, type Network } from '../../../shared/domain/network.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';

/** Variable by number, in the order in which the phones come in. */
export type PhoneNames = ReadonlyMap<string, string>;

export type LineName = { readonly name: string; readonly id: string };
/** By address, as `+7…` or `whatsapp:+7…`. */
export type LineNames = ReadonlyMap<string, LineName>;

export function phonesIn(events: readonly ExchangeEvent[], helpers: ReadonlyMap<string, string>): PhoneNames {
  const names = new Map<string, string>();
  for (const event of events) {
    if (!('phone' in event) || names.has(event.phone)) continue;
    const helper = helpers.get(event.phone);
    names.set(event.phone, unlike([...names.values()], helper === undefined ? 'caller' : camel(helper)));
  }
  return names;
}

export function linesIn(events: readonly ExchangeEvent[], network: Network): LineNames {
  const found = new Map<string, LineName>();
  for (const event of events) {
    const address = event.type === 'dialled' ? event.line : event.type === 'text-written' ? event.to : null;
    const number = address === null ? null : parsePhoneNumber(address.replace(/^whatsapp:/, ''));
    const line = number === null ? null : lineByNumber(network, number);
    if (address !== null && line)
      found.set(address, { id: line.id, name: camel(`${line.id.replace(/^line_/, '')} line`) });
  }
  return found;
}

function camel(text: string): string {
  const [first = 'somebody', ...rest] = text
    .normalize('NFD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  const joined = [first, ...rest.map(word => word.charAt(0).toUpperCase() + word.slice(1))].join('');
  return /^\d/.test(joined) ? `the${joined}` : joined;
}

function unlike(taken: readonly string[], name: string): string {
  if (!taken.includes(name)) return name;
  for (let count = 2; ; count += 1) if (!taken.includes(`${name}${count}`)) return `${name}${count}`;
}
