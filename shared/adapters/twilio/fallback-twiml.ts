// What a caller hears when nothing of ours can answer: a document that stands still, so that nothing has to run for it.
// Must never need anything but the place where it stands, nor show the caller's number to whoever is dialled.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { PhoneNumber } from '../../domain/phone.ts';
import type { Speech } from '../../prompts/speech.ts';
import { FALLBACK_RING_SECONDS, speak } from './twiml.ts';

export type FallbackCall = {
  readonly first: readonly Speech[];
  readonly desk: PhoneNumber;
  /** The line's own number. */
  readonly callerId: PhoneNumber;
  /** When the desk does not answer, or has hung up and she has not. */
  readonly then: readonly Speech[];
  /** Its own name, as fetched from beside itself: afterwards it begins again, until she hangs up. */
  readonly itself: string;
};

/** Every address in it is relative: Twilio takes them from where it fetched the document. */
export function fallbackTwiml({ first, desk, callerId, then, itself }: FallbackCall): string {
  const response = new VoiceResponse();
  speak(response, first, '');
  response.dial({ callerId, timeout: FALLBACK_RING_SECONDS, hangupOnStar: false }).number(desk);
  speak(response, then, '');
  response.redirect({ method: 'GET' }, itself);
  return response.toString();
}
