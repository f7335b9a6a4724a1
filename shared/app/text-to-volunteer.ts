// A text to a volunteer that belongs to no request and answers nothing: a reminder, news of a shift, a word of thanks.
// Nobody waits for it. Must never say anything of a survivor.
import type { Line, Network } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { helperAddress } from '../domain/ways.ts';
import type { Text } from '../domain/wording.ts';
import { words } from './perform.ts';
import type { Ports } from './ports.ts';
import { type TextOutcome, wordsToHelper } from './text-to-helper.ts';

/** `no-way`: no line may write to her, or WhatsApp does not let us before she writes. */
export type Reached = TextOutcome | 'no-way';

export function textToVolunteer(
  ports: Ports,
  network: Network,
  volunteer: Volunteer,
  text: Text,
): Promise<Reached> {
  return writeToVolunteer(ports, network, volunteer, language => words(language, text, network));
}

export async function writeToVolunteer(
  ports: Ports,
  network: Network,
  volunteer: Volunteer,
  bodyIn: (language: Volunteer['languages'][number]) => string | Promise<string>,
): Promise<Reached> {
  const way = wayToWrite(network, volunteer);
  const [language] = volunteer.languages;
  if (way === null || language === undefined) return 'no-way';
  const told = await wordsToHelper(ports, network, { ...way, language, body: await bodyIn(language) });
  return told === null ? 'no-way' : told.outcome;
}

/** Null: nothing that is written reaches her. */
export function wayToWrite(
  network: Network,
  { languages, number, textBy }: Volunteer,
): { readonly line: Line; readonly to: Address } | null {
  const line = lineFor(network, languages);
  const to = line && helperAddress(line, number, textBy);
  return line && to ? { line, to } : null;
}

/** She serves all lines: the one that speaks her language writes to her. */
function lineFor({ lines }: Network, languages: Volunteer['languages']): Line | undefined {
  return lines.find(line => line.languages.some(language => languages.includes(language))) ?? lines[0];
}
