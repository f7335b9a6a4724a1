// What a leg hears when something of ours has failed: a sentence, another try, and at last the line's fallback
// desk. A caller is never dropped for a fault of ours; a helper is let go.

import { type Instruction, voiceTwiml } from '../adapters/twilio/twiml.ts';
import type { Context } from '../app/context.ts';
import { firstPath, parseAgain, paths } from '../app/paths.ts';
import type { Log } from '../app/ports.ts';
import { servingLine } from '../domain/canary.ts';
import { usualCare } from '../domain/care.ts';
import { usualCoverage } from '../domain/coverage-settings.ts';
import type { LanguageId } from '../domain/ids.ts';
import { usualLimits } from '../domain/limits.ts';
import { type Line, lineByNumber, type Network } from '../domain/network.ts';
import { type Address, parseAddress, parsePhoneNumber } from '../domain/phone.ts';
import { usualSelfService } from '../domain/self-service.ts';
import { numbersToDial } from '../domain/survivor-reply.ts';
import type { Spoken } from '../domain/wording.ts';
import { commonLanguage } from '../prompts/languages.ts';
import type { Speech } from '../prompts/speech.ts';
import { speak } from './answer.ts';
import { answered, xml } from './lambda.ts';
import type { SignedContext } from './signed.ts';

/** Three tries, two seconds apart and ten for each: a cold start or a failover is over by then. */
const TRIES = 3;
const PAUSE_SECONDS = 2;

export async function keepOnTheLine(c: SignedContext, context: Context): Promise<Response> {
  const instruction = await instructionAfterFault(c, context);
  return answered(voiceTwiml(instruction, context.publicBase), 200, xml);
}

async function instructionAfterFault(c: SignedContext, context: Context): Promise<Instruction> {
  const network = await networkIfAny(context);
  const { ours, theirs } = endsOf(c);
  const lineNumber = parsePhoneNumber(ours.replace(/^whatsapp:/, ''));
  const called = network && lineNumber && lineByNumber(network, lineNumber);
  const caller = parseAddress(theirs);
  const line = network && called && servingLine(network, called.id, caller);
  const say = (...spoken: readonly Spoken[]) => sentences(spoken, line, network, context.ports.log);
  const from = firstPath(c.req.path);
  // Whoever has picked up the phone that we call may hear nothing, whatever happens.
  const isSilent = from.includes('/called/');
  const { count, digit } = againOf(c);
  if (count < TRIES) {
    const next = paths.again(count + 1, digit, from);
    // A key is heard meanwhile too: she may be in danger now.
    const speech = isSilent ? [] : await say({ say: 'try-again' });
    return { kind: 'ask', speech, listenSeconds: PAUSE_SECONDS, next };
  }
  if (isSilent) return { kind: 'hang-up', speech: [] };
  const desk = line?.fallbackNumber ?? context.fallbackNumber;
  const isHelper = from.includes('/offers/');
  const isNobody = isCanaryCall(context, network, from, caller);
  if (isHelper || isNobody || desk === null || lineNumber === null)
    return { kind: 'hang-up', speech: await say({ say: 'goodbye' }) };
  const speech = await say({ say: 'to-fallback' }, ...(line ? numbersToDial(line) : []));
  // A desk that does not answer is no end either: we try ourselves again, and then the desk again.
  const next = paths.again(1, null, from);
  return { kind: 'dial-out', speech, number: desk, callerId: lineNumber, next };
}

/** On a leg that we have begun the line is where it comes from, also when it is hers. */
function endsOf(c: SignedContext): { readonly ours: string; readonly theirs: string } {
  const { From = '', To = '', Direction = '' } = c.get('params');
  return Direction.startsWith('outbound') ? { ours: From, theirs: To } : { ours: To, theirs: From };
}

/** The canary is put through to nobody: a fault of ours must not ring a desk every few minutes. */
function isCanaryCall(
  { canaryNumber }: Context,
  network: Network | null,
  path: string,
  caller: Address | null,
): boolean {
  const numbers: readonly (string | undefined)[] = [
    canaryNumber ?? undefined,
    network?.canary?.survivorNumber,
  ];
  return path.startsWith('/voice/canary/') || (caller !== null && numbers.includes(caller));
}

/** How often it has failed already, and the key that was pressed: the network does not say it a second time. */
export function againOf(c: SignedContext): { readonly count: number; readonly digit: string | null } {
  const said = (c.req.param() as { count?: string }).count;
  const again = said === undefined ? { count: 0, digit: null } : parseAgain(said);
  const pressed = /^\d$/.exec(c.get('params')['Digits'] ?? '');
  return { count: again?.count ?? TRIES, digit: pressed?.[0] ?? again?.digit ?? null };
}

async function networkIfAny({ ports }: Context): Promise<Network | null> {
  try {
    return await ports.networks.network();
  } catch {
    return null;
  }
}

const emptyNetwork: Network = {
  regions: [],
  skills: [],
  lines: [],
  ladders: [],
  contacts: [],
  settings: {
    secondsBetweenOffers: 1,
    graceSeconds: 0,
    idleSeconds: 0,
    greetingSeconds: 0,
    quietSeconds: 0,
    conversationsAtOnce: 1,
    callBackTries: 1,
    callBackEverySeconds: 0,
    minorSkill: null,
    interpreterSkill: null,
    organisationNames: [],
    care: usualCare,
    limits: usualLimits,
    coverage: usualCoverage,
    selfService: usualSelfService,
  },
  canary: null,
  holidays: [],
};

/** Her language is not known here: the line's first one, or the one that most people understand. */
function sentences(
  spoken: readonly Spoken[],
  line: Line | null,
  network: Network | null,
  log: Log,
): Promise<readonly Speech[]> {
  const language = line?.languages[0] ?? (commonLanguage as LanguageId);
  return speak(language, spoken, network ?? emptyNetwork, log);
}
