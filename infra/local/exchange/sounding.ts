// How a prompt sounds on the phone and how long it lasts. Durations are a model: simple and always the same.
// Must never wait: it says how long, the session waits.
import type { Heard } from './events.ts';
import type { Leg } from './leg.ts';
import type { Network } from './network.ts';
import type { Prompt } from './twiml-document.ts';

const SPOKEN_CHARACTERS_PER_SECOND = 15;
const SHORTEST_SPEECH_MS = 1_000;
const UNKNOWN_PLAY_SECONDS = 3;

/** Lets the phone hear it and returns how many milliseconds it takes. */
export function sound(network: Network, leg: Leg, prompt: Prompt, documentUrl: string): number {
  switch (prompt.verb) {
    case 'Pause':
      return prompt.seconds * 1000;
    case 'Say':
      hear(network, leg, {
        kind: 'say',
        text: prompt.text,
        ...(prompt.language === undefined ? {} : { language: prompt.language }),
        ...(prompt.voice === undefined ? {} : { voice: prompt.voice }),
      });
      return speechMs(prompt.text);
    case 'Play': {
      if (prompt.digits !== undefined) return pressKeys(network, leg, prompt.digits);
      const url = resolveUrl(prompt.url, documentUrl);
      hear(network, leg, { kind: 'play', url });
      return (network.playSeconds(url) ?? UNKNOWN_PLAY_SECONDS) * 1000;
    }
  }
}

const SILENCE_MS = 500;
const KEY_MS = 250;

/** The other end of the call hears keys, each in its turn. A phone of a person has no other end here that listens. */
function pressKeys(network: Network, leg: Leg, digits: string): number {
  let ms = 0;
  for (const digit of digits) {
    if (digit !== 'w')
      network.later(ms, async () => {
        if (leg.ended || !leg.otherEnd || leg.otherEnd.ended) return;
        await leg.otherEnd.keyPressed(digit).effect?.();
      });
    ms += digit === 'w' ? SILENCE_MS : KEY_MS;
  }
  return ms;
}

export function speechMs(text: string): number {
  return Math.max(SHORTEST_SPEECH_MS, Math.ceil((text.length * 1000) / SPOKEN_CHARACTERS_PER_SECOND));
}

export function hear(network: Network, leg: Leg, what: Omit<Heard, 'at'>): void {
  const heard: Heard = { ...what, at: network.now() };
  leg.call?.heard.push(heard);
  network.feed.emit({ type: 'heard', phone: leg.phoneNumber, callSid: leg.sid, heard });
}

/** An empty reference means the document itself, as in TwiML. */
export function resolveUrl(reference: string, documentUrl: string): string {
  if (reference === '') return documentUrl.split('#')[0] ?? documentUrl;
  try {
    return new URL(reference, documentUrl || undefined).toString();
  } catch {
    return reference;
  }
}
