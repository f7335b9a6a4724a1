// What the network's books know and we did not: a call that never reached us, a text that was found late. Both are put
// on record and told to managers. Nobody is called back.
import { servingLine } from './canary.ts';
import { blank } from './decide-intake.ts';
import type { EventOf } from './event.ts';
import { requestIdOf } from './ids.ts';
import { ladderOf } from './network.ts';
import { alertManagers, begin, close, type Input, note, type Step } from './step.ts';

/**
 * Opened and closed at once. Her number is not kept: nobody may call her back, and what a number leads to must stay
 * with the call that she has made since.
 */
export function openMissedCall(event: EventOf<'caller-missed'>, input: Input): Step {
  const line = servingLine(input.network, event.lineId, event.from);
  const opened = blank(line, ladderOf(input.network, line.ladder), {
    id: requestIdOf(event.callSid),
    channel: 'voice',
    openedAt: input.now,
    callSid: event.callSid,
    suggestedRegion: null,
    phase: { kind: 'intake', step: 'language', page: 0, silences: 0, since: input.now, slowedSeconds: 0 },
    private: { survivor: null, texts: {}, notes: [] },
  });
  const noted = note(begin(opened), {
    note: 'opened',
    channel: 'voice',
    withheld: event.from === null,
    again: false,
  });
  return alertManagers(close(noted, 'missed', input), 'call-missed', 'critical', input);
}

/** What the text led to has been decided already, as if it had just come. */
export function textMissed(step: Step, input: Input): Step {
  return alertManagers(step, 'text-missed', 'warning', input);
}
