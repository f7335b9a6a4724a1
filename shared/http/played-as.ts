// What is heard of a clip: what a manager has spoken takes the place of the file that came with the code.
// Must never fail for want of the former: a placeholder is heard rather than nothing.
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import type { Recordings } from '../app/recordings.ts';

export type Player = Pick<Context, 'recording' | 'ports'> & { readonly recordings: Recordings };

/** `clip` as `kk/searching`; null when there is neither. */
export async function playedAs(player: Player, clip: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await spokenBySomebody(player, clip)) ?? (await player.recording(`${clip}.mp3`));
}

async function spokenBySomebody(
  { recordings, ports }: Player,
  clip: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await recordings.read(clip);
  } catch (error) {
    ports.log.error('recording-not-read', { clip, fault: faultOf(error) });
    return null;
  }
}
