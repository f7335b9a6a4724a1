// What a manager's phone does while a prompt is recorded: the one place where anything is. A rule of the imports lets
// only the recorder use it, which no survivor's call can reach: it answers a number of its own, managers alone, by code.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

export type RecorderSpeech =
  | { readonly kind: 'say'; readonly text: string; readonly voice: string; readonly locale: string }
  | { readonly kind: 'play'; readonly url: string };

export type RecorderStep =
  /** Keys until # (`count` null), or that many; `next` is asked with or without them. */
  | { readonly kind: 'keys'; readonly count: number | null; readonly next: string }
  | { readonly kind: 'speak'; readonly next: string }
  /** The same question again in a moment. */
  | { readonly kind: 'wait'; readonly next: string }
  | { readonly kind: 'hang-up' };

const SPOKEN_AT_MOST_SECONDS = 60;
const LISTEN_SECONDS = 10;

/** Addresses are whole. */
export function recorderTwiml(speech: readonly RecorderSpeech[], step: RecorderStep): string {
  const response = new VoiceResponse();
  const speaker =
    step.kind === 'keys'
      ? response.gather({
          input: ['dtmf'],
          ...(step.count === null ? { finishOnKey: '#' } : { numDigits: step.count, finishOnKey: '' }),
          timeout: LISTEN_SECONDS,
          actionOnEmptyResult: true,
          action: step.next,
          method: 'POST',
        })
      : response;
  for (const part of speech) {
    if (part.kind === 'play') speaker.play(part.url);
    else
      speaker.say(
        { voice: part.voice, language: part.locale } as Parameters<typeof speaker.say>[0],
        part.text,
      );
  }
  if (step.kind === 'speak')
    response.record({
      action: step.next,
      method: 'POST',
      maxLength: SPOKEN_AT_MOST_SECONDS,
      finishOnKey: '#',
      playBeep: true,
      trim: 'trim-silence',
      timeout: LISTEN_SECONDS,
    });
  // Only silence leads on from there without its action.
  if (step.kind === 'speak') response.redirect({ method: 'POST' }, step.next);
  if (step.kind === 'wait') {
    response.pause({ length: 1 });
    response.redirect({ method: 'POST' }, step.next);
  }
  if (step.kind === 'hang-up') response.hangup();
  return response.toString();
}
