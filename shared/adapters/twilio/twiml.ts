// What a phone does next, as TwiML.
// Must never keep anything that is said: no verb or attribute here stores sound or turns it into text. Must never
// show the caller's number to whoever is dialled.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { voiceUrl } from '../../app/paths.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import type { Speech } from '../../prompts/speech.ts';

/** Paths are ours, as in `paths`; they become full addresses here. */
export type Instruction =
  /** Speak, and hear one key meanwhile or within `listenSeconds` after; `next` is fetched with or without it. */
  | {
      readonly kind: 'ask';
      readonly speech: readonly Speech[];
      readonly listenSeconds: number;
      readonly next: string;
    }
  /** Join the room; `next` is fetched when this side of it has ended and the call goes on. */
  | {
      readonly kind: 'join';
      readonly speech: readonly Speech[];
      readonly room: string;
      /** Its leaving ends the room for everybody. */
      readonly endsRoom: boolean;
      readonly next: string;
    }
  /** Speak into a room, to one leg in it that stays there. */
  | { readonly kind: 'tell'; readonly speech: readonly Speech[] }
  | { readonly kind: 'hang-up'; readonly speech: readonly Speech[] }
  /**
   * Hand over to the line's fallback desk. `callerId` is the line's own number. When the desk does not answer, or has
   * hung up and she has not, `next` is fetched: she is not cut off there either.
   */
  | {
      readonly kind: 'dial-out';
      readonly speech: readonly Speech[];
      readonly number: PhoneNumber;
      readonly callerId: PhoneNumber;
      readonly next: string;
    };

/** The survivor, the helper, and room for a manager and one contact more. */
const ROOM_AT_MOST = 4;
export const FALLBACK_RING_SECONDS = 60;

/** The answer to a text or a status callback. */
export const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export function voiceTwiml(instruction: Instruction, publicBase: string): string {
  const response = new VoiceResponse();
  const speaker = instruction.kind === 'ask' ? askedOn(response, instruction, publicBase) : response;
  speak(speaker, instruction.speech, publicBase);
  switch (instruction.kind) {
    case 'ask':
    case 'tell':
      break;
    case 'join':
      join(response, instruction, publicBase);
      break;
    case 'hang-up':
      response.hangup();
      break;
    case 'dial-out':
      dialOut(response, instruction, publicBase);
      break;
  }
  return response.toString();
}

type InstructionOf<Kind extends Instruction['kind']> = Extract<Instruction, { kind: Kind }>;
type Speaker = Pick<VoiceResponse, 'say' | 'play'>;

// Whatever is spoken stands inside, so that a key is heard while it is. No key finishes: # and * are keys too.
function askedOn(
  response: VoiceResponse,
  { listenSeconds, next }: InstructionOf<'ask'>,
  publicBase: string,
): Speaker {
  return response.gather({
    input: ['dtmf'],
    numDigits: 1,
    finishOnKey: '',
    timeout: listenSeconds,
    actionOnEmptyResult: true,
    action: voiceUrl(publicBase, next),
    method: 'POST',
  });
}

// Either side's leaving ends the room, so that the other hears what comes next instead of silence. Whoever was added
// may go without parting them.
function join(
  response: VoiceResponse,
  { room, endsRoom, next }: InstructionOf<'join'>,
  publicBase: string,
): void {
  response.dial({ action: voiceUrl(publicBase, next), method: 'POST', hangupOnStar: false }).conference(
    {
      beep: 'false',
      startConferenceOnEnter: true,
      endConferenceOnExit: endsRoom,
      waitUrl: '',
      maxParticipants: ROOM_AT_MOST,
    },
    room,
  );
}

function dialOut(
  response: VoiceResponse,
  { number, callerId, next }: InstructionOf<'dial-out'>,
  publicBase: string,
): void {
  response.dial({ callerId, timeout: FALLBACK_RING_SECONDS, hangupOnStar: false }).number(number);
  response.redirect({ method: 'POST' }, voiceUrl(publicBase, next));
}

/** Clips stand at `publicBase`; empty: where the document itself stands. */
export function speak(speaker: Speaker, speech: readonly Speech[], publicBase: string): void {
  for (const part of speech) {
    if (part.kind === 'play') {
      speaker.play(`${publicBase}${part.path}`);
      continue;
    }
    const text = sayable(part.text);
    if (text === '') continue;
    // The library's list of voices is older than Twilio's.
    speaker.say({ voice: part.voice, language: part.locale } as Parameters<Speaker['say']>[0], text);
  }
}

/** Without what XML can not hold: control characters, lone halves of characters, U+FFFE and its like. */
export function sayable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, ' ').trim();
}
