// With several conversations a volunteer is told which one a text belongs to: by its number before the words. Asked at the
// last moment, since another may have begun or ended. Where nobody ever has several, nothing is read for it.
import { type HelperId, isVolunteer } from '../domain/ids.ts';
import type { Network } from '../domain/network.ts';
import { nameOfPlace, numberedText, placeToName } from '../domain/places.ts';
import type { Request } from '../domain/request.ts';
import type { Text } from '../domain/wording.ts';
import type { Ports } from './ports.ts';

/** Null: she can mean and be meant by this one only, or has no conversation in this request. */
export async function placeNamedTo(
  ports: Ports,
  { settings }: Network,
  { id }: Request,
  helper: HelperId,
): Promise<number | null> {
  if (settings.conversationsAtOnce === 1 || !isVolunteer(helper)) return null;
  const now = ports.clock.now();
  return placeToName(await ports.directory.conversationsOf(helper, now), id, now);
}

/** What all she writes would go to is said otherwise when she writes with others too. */
export function textBeside(place: number | null, text: Text): Text {
  if (place === null || text.text !== 'accepted') return text;
  return { text: 'accepted-beside', number: nameOfPlace(place) };
}

export const numberedIf = (place: number | null, body: string): string =>
  place === null ? body : numberedText(place, body);
