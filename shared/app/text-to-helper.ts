// A text to a helper that belongs to no request: a hint, a confirmation, a word of thanks. Nobody waits for it, and it is
// not tried again. Must never say anything of a survivor.
import type { LanguageId } from '../domain/ids.ts';
import { mayReachNumber } from '../domain/limits.ts';
import type { Line, Network } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import { lineAddress } from '../domain/ways.ts';
import type { Text } from '../domain/wording.ts';
import { counted } from './counting.ts';
import { words } from './perform.ts';
import type { Ports, Sent } from './ports.ts';
import { contentFor } from './whatsapp.ts';

/** Not delivered by then, it is not worth reading any more. */
const VALID_SECONDS = 300;

export type ToHelper = {
  readonly line: Line;
  readonly to: Address;
  readonly language: LanguageId;
  readonly text: Text;
};

/** With how many texts there were today; null when she can not be written to from this line. */
export async function textToHelper(
  ports: Ports,
  network: Network,
  { line, to, language, text }: ToHelper,
): Promise<{ readonly outcome: Sent<unknown>['outcome']; readonly textsToday: number } | null> {
  const from = lineAddress(line, to);
  if (from === null || !mayReachNumber(to, network.settings.limits)) return null;
  const body = words(language, text, network);
  const content = await contentFor(ports, line, to, { body, action: null, language });
  if (content === null) return null;
  const message = { requestId: null, entryId: 0, from, to, ...content, validSeconds: VALID_SECONDS };
  const [{ outcome }, textsToday] = await Promise.all([
    ports.telephone.text(message),
    counted(ports, { of: 'texts' }),
  ]);
  return { outcome, textsToday };
}
