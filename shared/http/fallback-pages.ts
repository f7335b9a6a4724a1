// The site that answers when nothing of ours can: one document a line, and the recordings that they play. Whoever calls
// hears what numbers to dial, and is put through to the line's desk.
// Must never hold anything that is not for every caller to hear, nor a name that tells whose it is.
import { fallbackTwiml } from '../adapters/twilio/fallback-twiml.ts';
import type { Log } from '../app/ports.ts';
import type { LanguageId, LineId } from '../domain/ids.ts';
import type { Line, Network } from '../domain/network.ts';
import { numbersToDial } from '../domain/survivor-reply.ts';
import type { Speech } from '../prompts/speech.ts';
import { speak } from './answer.ts';

export type FallbackPage = {
  readonly lineId: LineId;
  /** Below the site's address. */
  readonly path: string;
  readonly twiml: string;
  /** Paths of the recordings that it plays, as `/audio/kk/or.mp3`. */
  readonly audio: readonly string[];
};

/** `nameOf`: what nobody can guess who does not know the secrets, because the document names the line's desk. */
export function fallbackPages(
  network: Network,
  nameOf: (line: Line) => string,
  log: Log,
): Promise<readonly FallbackPage[]> {
  return Promise.all(network.lines.map(line => pageOf(line, fallbackPath(line, nameOf), network, log)));
}

/** Below the site's address. */
export function fallbackPath(line: Line, nameOf: (line: Line) => string): string {
  return `${nameOf(line)}.xml`;
}

// Which language is hers is not known here. Each is told in its turn that she is put through; the numbers to dial are
// told once before the desk is rung, because digits are understood in any, and in all of them afterwards.
async function pageOf(line: Line, path: string, network: Network, log: Log): Promise<FallbackPage> {
  const numbers = numbersToDial(line);
  const inEach = async (say: (language: LanguageId) => Parameters<typeof speak>[1]) =>
    (await Promise.all(line.languages.map(language => speak(language, say(language), network, log)))).flat();
  const first = await inEach(language => [
    { say: 'to-fallback' },
    ...(language === line.languages[0] ? numbers : []),
  ]);
  const then = await inEach(() => numbers);
  const call = { first, then, desk: line.fallbackNumber, callerId: line.number, itself: path };
  return { lineId: line.id, path, twiml: fallbackTwiml(call), audio: recordingsIn([...first, ...then]) };
}

function recordingsIn(speech: readonly Speech[]): readonly string[] {
  return [...new Set(speech.flatMap(part => (part.kind === 'play' ? [part.path] : [])))];
}
