// The lines of a network as a telephone company would have them set up: where it calls, texts and reports.
// Must never say anything that an operator would not enter by hand in Twilio's console.
import { paths, voiceUrl } from '../../shared/app/paths.ts';
import { recorderPaths } from '../../shared/app/recorder-paths.ts';
import type { LineId } from '../../shared/domain/ids.ts';
import type { Network } from '../../shared/domain/network.ts';
import { recordings } from '../../shared/prompts/audio.ts';
import type { Line } from './exchange/exchange.ts';
import { seedNumber } from './seed/seed-values.ts';

/** `fallbacks`: where each line's document stands that answers when we do not. */
export function exchangeLines(
  network: Network,
  publicBase: string,
  fallbacks: ReadonlyMap<LineId, string>,
): Record<string, Line> {
  const texted = { smsUrl: `${publicBase}${paths.textIncoming}` };
  const called = {
    ...texted,
    voiceUrl: voiceUrl(publicBase, paths.voiceIncoming),
    statusCallbackUrl: `${publicBase}${paths.callStatus}`,
  };
  return {
    ...canaryNumbers(network, publicBase),
    ...recorderNumber(publicBase),
    ...Object.fromEntries(
      network.lines.flatMap(({ id, number, whatsappNumber }) => [
        [number, { ...called, ...fallenBackTo(fallbacks.get(id)) }],
        ...(whatsappNumber === null ? [] : [[`whatsapp:${whatsappNumber}`, texted]]),
      ]),
    ),
  };
}

function fallenBackTo(voiceFallbackUrl: string | undefined): Partial<Line> {
  return voiceFallbackUrl ? { voiceFallbackUrl, voiceFallbackMethod: 'GET' } : {};
}

/** What managers call to speak prompts: the one number on which anything is recorded. */
export function recorderNumber(publicBase: string): Record<string, Line> {
  return { [RECORDER]: { voiceUrl: `${publicBase}${recorderPaths.incoming}`, mayRecord: true } };
}

export const RECORDER = seedNumber(97);

/** One places calls and has no address; the other answers with ours. */
export function canaryNumbers({ canary, contacts }: Network, publicBase: string): Record<string, Line> {
  const answering = contacts.find(({ id }) => id === canary?.contactId)?.callNumber;
  if (!canary || !answering) return {};
  return {
    [canary.survivorNumber]: {},
    [answering]: { voiceUrl: voiceUrl(publicBase, paths.canaryContact) },
  };
}

/** The recordings are made with 8 kbit/s. */
const BYTES_A_SECOND = 1000;

/** How long a recording of ours lasts. */
export function playSeconds(url: string): number | undefined {
  const clip = /\/audio\/(.+)\.mp3$/.exec(url)?.[1] ?? '';
  const recording = recordings[clip];
  return recording && recording.bytes / BYTES_A_SECOND;
}
