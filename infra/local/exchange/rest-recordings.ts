// What was spoken into a <Record>: fetched as audio, and deleted. Nothing else is ever recorded here.
import type { Network } from './network.ts';
import type { RestAnswer } from './rest-answers.ts';
import { RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';

export function deleteRecording({ network, ids, values, path, missing }: RestContext): RestAnswer {
  new RestParams(values, []);
  if (!network.recordings.delete(ids[0] ?? '')) throw missing(path);
  return { status: 204, body: undefined };
}

/** The audio behind a path, or undefined when there is none. No sound: a tag that holds the words. */
export function mediaAt(network: Network, path: string): Buffer | undefined {
  const base = `/2010-04-01/Accounts/${network.accountSid}/Recordings/`;
  const [, sid = ''] =
    /^(RE[0-9a-f]{32})\.mp3$/.exec(path.startsWith(base) ? path.slice(base.length) : '') ?? [];
  const words = network.recordings.get(sid);
  return words === undefined ? undefined : titled(words);
}

function titled(words: string): Buffer {
  const text = Buffer.concat([Buffer.from([3]), Buffer.from(words, 'utf8')]);
  const frame = Buffer.concat([Buffer.from('TIT2'), sized(text.length), Buffer.from([0, 0]), text]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([4, 0, 0]), sized(frame.length), frame]);
}

/** Seven bits a byte, as ID3v2.4 counts. */
function sized(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map(bits => (length >> bits) & 0x7f));
}
