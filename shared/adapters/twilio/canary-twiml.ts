// What the two ends of the canary's call do by themselves: one listens, the other presses 1.
// Must never speak: nobody is there to hear it.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

/** The canary's own call is ended by whoever placed it; this is how long it waits at most. */
const LISTEN_SECONDS = 50;

/** Half a second each. The question may still be on its way when the call is picked up, so the key comes twice. */
const KEYS = 'wwww1wwwwwwwwwwww1';

export function listeningTwiml(): string {
  const response = new VoiceResponse();
  response.pause({ length: LISTEN_SECONDS });
  response.hangup();
  return response.toString();
}

/** Picks up, presses 1 at the question, and stays until the other side hangs up. */
export function confirmingTwiml(): string {
  const response = new VoiceResponse();
  response.play({ digits: KEYS });
  response.pause({ length: LISTEN_SECONDS });
  response.hangup();
  return response.toString();
}

/** Whoever else calls there has the wrong number. */
export function rejectingTwiml(): string {
  const response = new VoiceResponse();
  response.reject();
  return response.toString();
}
