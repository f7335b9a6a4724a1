// A reply of the domain as TwiML: keys become words or recordings in her language, next steps become addresses.
import { type Instruction, voiceTwiml } from '../adapters/twilio/twiml.ts';
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import { nextPath, paths, roomName } from '../app/paths.ts';
import type { Log } from '../app/ports.ts';
import type { LanguageId } from '../domain/ids.ts';
import type { Network } from '../domain/network.ts';
import type { Reply } from '../domain/reply.ts';
import type { Request } from '../domain/request.ts';
import type { Spoken } from '../domain/wording.ts';
import { promptLanguageFor } from '../prompts/languages.ts';
import { sayable } from '../prompts/loading.ts';
import { type Speech, speechFor } from '../prompts/speech.ts';

export async function twimlFor(
  request: Request,
  reply: Reply,
  network: Network,
  { publicBase, ports }: Pick<Context, 'publicBase' | 'ports'>,
): Promise<string> {
  return voiceTwiml(await instructionFor(request, reply, network, ports.log), publicBase);
}

async function instructionFor(
  { id }: Request,
  reply: Reply,
  network: Network,
  log: Log,
): Promise<Instruction> {
  if (reply.kind === 'nothing') throw new Error('a leg must be told something');
  const speech = await speak(reply.language, reply.say, network, log);
  switch (reply.kind) {
    case 'ask':
      return { kind: 'ask', speech, listenSeconds: reply.listenSeconds, next: nextPath(id, reply.next) };
    case 'join': {
      const { seq, added } = reply;
      const next = reply.as === 'survivor' ? paths.survivorRoom(id, seq) : paths.helperRoom(id, added ?? seq);
      return { kind: 'join', speech, room: roomName(id, seq), endsRoom: added === null, next };
    }
    case 'hang-up':
      return { kind: 'hang-up', speech };
  }
}

/** A sentence that cannot be made is left out, and the log names it: what her call leads to matters more. */
export async function speak(
  language: LanguageId,
  say: readonly Spoken[],
  network: Network,
  log: Log,
): Promise<readonly Speech[]> {
  try {
    return await speakAll(language, say, network);
  } catch {
    const each = say.map(async item => {
      try {
        return await speakAll(language, [item], network);
      } catch (error) {
        const prompt = 'say' in item ? item.say : (Object.keys(item)[0] ?? null);
        log.error('prompt-failed', { prompt, language, fault: faultOf(error) });
        return [];
      }
    });
    return (await Promise.all(each)).flat();
  }
}

async function speakAll(
  language: LanguageId,
  say: readonly Spoken[],
  network: Network,
): Promise<readonly Speech[]> {
  const spoken = promptLanguageFor(language);
  return speechFor(spoken, say, network, await sayable(spoken, say));
}
