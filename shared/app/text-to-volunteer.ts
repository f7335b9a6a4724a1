// A text to a volunteer that belongs to no request and answers nothing: a reminder, news of a shift, a word of thanks.
// Nobody waits for it. Must never say anything of a survivor.
import type { Line, Network } from '../domain/network.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { helperAddress } from '../domain/ways.ts';
import type { Text } from '../domain/wording.ts';
import type { Ports, Sent } from './ports.ts';
import { textToHelper } from './text-to-helper.ts';

/** `no-way`: no line may write to her, or WhatsApp does not let us before she writes. */
export type Reached = Sent<unknown>['outcome'] | 'opted-out' | 'no-way';

export async function textToVolunteer(
  ports: Ports,
  network: Network,
  volunteer: Volunteer,
  text: Text,
): Promise<Reached> {
  const line = lineFor(network, volunteer);
  const [language] = volunteer.languages;
  const to = line && helperAddress(line, volunteer.number, volunteer.textBy);
  if (!line || !to || language === undefined) return 'no-way';
  const told = await textToHelper(ports, network, { line, to, language, text });
  return told === null ? 'no-way' : told.outcome;
}

/** She serves all lines: the one that speaks her language writes to her. */
export function lineFor({ lines }: Network, { languages }: Pick<Volunteer, 'languages'>): Line | undefined {
  return lines.find(line => line.languages.some(language => languages.includes(language))) ?? lines[0];
}
