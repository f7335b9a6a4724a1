// The lines of a network as a telephone company would have them set up: where it calls, texts and reports.
// Must never say anything that an operator would not enter by hand in Twilio's console.
import { canarySettings, type NumberSetting, numberSettings } from '../../shared/app/number-settings.ts';
import { paths } from '../../shared/app/paths.ts';
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
  const fallbackOf = ({ id }: { readonly id: LineId }) => fallbacks.get(id) ?? null;
  const settings = numberSettings(network, publicBase, fallbackOf);
  const texted = { smsUrl: `${publicBase}${paths.textIncoming}` };
  return {
    ...recorderNumber(publicBase),
    ...Object.fromEntries(settings.map(setting => [setting.number, lineAt(setting)])),
    ...Object.fromEntries(
      network.lines.flatMap(({ whatsappNumber }) =>
        whatsappNumber === null ? [] : [[`whatsapp:${whatsappNumber}`, texted]],
      ),
    ),
  };
}

function lineAt({ voiceUrl, voiceFallbackUrl, smsUrl, statusCallback }: NumberSetting): Line {
  return {
    ...(voiceUrl && { voiceUrl }),
    ...(voiceFallbackUrl && { voiceFallbackUrl, voiceFallbackMethod: 'GET' }),
    ...(smsUrl && { smsUrl }),
    ...(statusCallback && { statusCallbackUrl: statusCallback }),
  };
}

/** What managers call to speak prompts: the one number on which anything is recorded. */
export function recorderNumber(publicBase: string): Record<string, Line> {
  return { [RECORDER]: { voiceUrl: `${publicBase}${recorderPaths.incoming}`, mayRecord: true } };
}

export const RECORDER = seedNumber(97);

/** One places calls and has no address; the other answers with ours. */
export function canaryNumbers(network: Network, publicBase: string): Record<string, Line> {
  const settings = canarySettings(network, publicBase);
  return Object.fromEntries(settings.map(setting => [setting.number, lineAt(setting)]));
}

/** The recordings are made with 8 kbit/s. */
const BYTES_A_SECOND = 1000;

/** How long a recording of ours lasts. */
export function playSeconds(url: string): number | undefined {
  const clip = /\/audio\/(.+)\.mp3$/.exec(url)?.[1] ?? '';
  const recording = recordings[clip];
  return recording && recording.bytes / BYTES_A_SECOND;
}
