// How each telephone number of a hotline is set up at the telephone network: where it calls, texts and reports. One list
// for the network on this machine and for whoever sets up the real one.
// Must never depend on what is set up there now.
import type { Line, Network } from '../domain/network.ts';
import type { PhoneNumber } from '../domain/phone.ts';
import type { Capabilities } from '../domain/ways.ts';
import { paths, voiceUrl as retried } from './paths.ts';

export type NumberSetting = {
  /** Whose number it is, in words that hold none. */
  readonly owner: string;
  readonly number: PhoneNumber;
  /** All by POST, and null where there is nothing to be asked. */
  readonly voiceUrl: string | null;
  readonly smsUrl: string | null;
  readonly statusCallback: string | null;
  /** By GET: a document that stands still. */
  readonly voiceFallbackUrl: string | null;
  /** What the network says that the number can do; null: it takes or places calls, and nothing else is asked of it. */
  readonly capabilities: Capabilities | null;
};

/** `fallbackOf`: the address of the line's document that answers when we do not; null when there is none. */
export function numberSettings(
  network: Network,
  publicBase: string,
  fallbackOf: (line: Line) => string | null,
): readonly NumberSetting[] {
  const lines = network.lines.map(line => ({
    owner: line.id,
    number: line.number,
    voiceUrl: retried(publicBase, paths.voiceIncoming),
    smsUrl: retried(publicBase, paths.textIncoming),
    statusCallback: retried(publicBase, paths.callStatus),
    voiceFallbackUrl: fallbackOf(line),
    capabilities: line.capabilities,
  }));
  return [...lines, ...canarySettings(network, publicBase)];
}

/** One places calls and asks nothing; the other answers with what we say. */
export function canarySettings({ canary, contacts }: Network, publicBase: string): readonly NumberSetting[] {
  const answering = contacts.find(({ id }) => id === canary?.contactId)?.callNumber;
  if (!canary || !answering) return [];
  const callsAlone = { smsUrl: null, statusCallback: null, voiceFallbackUrl: null, capabilities: null };
  return [
    { ...callsAlone, owner: 'canary', number: canary.survivorNumber, voiceUrl: null },
    {
      ...callsAlone,
      owner: "canary's contact",
      number: answering,
      voiceUrl: retried(publicBase, paths.canaryContact),
    },
  ];
}
