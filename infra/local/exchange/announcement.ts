// An announcement to one participant of a conference, who stays in it and alone hears it. Only <Say>, <Play> and
// <Pause> are understood. Must never end the call: when the document fails there is silence.
import type { Leg, Target } from './leg.ts';
import type { Network } from './network.ts';
import { sound } from './sounding.ts';
import type { Verb } from './twiml-document.ts';
import { fetchTwiml } from './twiml-fetch.ts';

export function announce(network: Network, leg: Leg, target: Target): void {
  network.soon(async () => {
    const document = await fetchTwiml(network, leg, target, {});
    if (document) say(network, leg, document.verbs, document.url);
  });
}

function say(network: Network, leg: Leg, [verb, ...rest]: readonly Verb[], url: string): void {
  if (verb === undefined || leg.ended || !leg.conference) return;
  if (verb.verb !== 'Say' && verb.verb !== 'Play' && verb.verb !== 'Pause') {
    network.fail(12_200, `<${verb.verb}> cannot be announced`, { sid: leg.sid, url });
    return;
  }
  network.later(sound(network, leg, verb, url), () => say(network, leg, rest, url));
}
