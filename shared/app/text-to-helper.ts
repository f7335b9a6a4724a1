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

type ToHelper = {
  readonly line: Line;
  readonly to: Address;
  readonly language: LanguageId;
};

export type TextOutcome = Sent<unknown>['outcome'] | 'opted-out';
/** With how many texts there were today; null when she can not be written to from this line, or not now. */
export type Texted = { readonly outcome: TextOutcome; readonly textsToday: number } | null;

export async function textToHelper(
  ports: Ports,
  network: Network,
  { text, ...to }: ToHelper & { readonly text: Text },
): Promise<Texted> {
  return wordsToHelper(ports, network, { ...to, body: await words(to.language, text, network) });
}

export async function wordsToHelper(
  ports: Ports,
  network: Network,
  { line, to, language, body }: ToHelper & { readonly body: string },
): Promise<Texted> {
  const from = lineAddress(line, to);
  if (from === null || !mayReachNumber(to, network.settings.limits)) return null;
  const content = await contentFor(ports, line, to, { body, action: null, language });
  if (content === null) return null;
  const message = { requestId: null, entryId: 0, from, to, ...content, validSeconds: VALID_SECONDS };
  const [sent, textsToday] = await Promise.all([
    ports.telephone.text(message),
    counted(ports, { of: 'texts' }),
  ]);
  const isOptedOut = sent.outcome === 'failed' && sent.optedOut === true;
  return { outcome: isOptedOut ? 'opted-out' : sent.outcome, textsToday };
}
