// Who is behind a number, for whoever watches this machine: lines, volunteers, contacts.
// Must never be shown to a phone: on the real network nobody learns another's name or number.
import type { Stores } from '../../../shared/adapters/dynamodb/stores.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';

/** Name by number, without `whatsapp:`. */
export type Cast = ReadonlyMap<string, string>;

export async function volunteersOf({ registry }: Stores, network: Network): Promise<readonly Volunteer[]> {
  const byRegion = await Promise.all(network.regions.map(({ id }) => registry.volunteers(id)));
  return byRegion.flat();
}

export function castOf(
  network: Network,
  volunteers: readonly Volunteer[],
  others: Readonly<Record<string, string>> = {},
): Cast {
  return new Map<string, string>([
    ...network.lines.flatMap(({ number, whatsappNumber }): [string, string][] => [
      [number, 'the line'],
      ...(whatsappNumber === null ? [] : [[whatsappNumber, 'the line'] as [string, string]]),
    ]),
    ...network.contacts.flatMap(({ name, callNumber, textNumber }): [string, string][] =>
      [callNumber, textNumber].flatMap(number => (number === null ? [] : [[number, name]])),
    ),
    ...volunteers.map(({ name, number }): [string, string] => [number, name]),
    ...Object.entries(others),
  ]);
}

/** `Aigul`, or the number itself when nobody is known there. */
export function nameOf(cast: Cast, address: string): string {
  const number = address.replace(/^whatsapp:/, '');
  return cast.get(number) ?? number;
}

/** `+77991000001 (the line)`: what a display shows, and who that is. */
export function shown(cast: Cast, address: string): string {
  const number = address.replace(/^whatsapp:/, '');
  const name = cast.get(number);
  return name === undefined ? number : `${number} (${name})`;
}
