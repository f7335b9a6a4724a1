// What a manager does to a request by hand. Each act is on record with who did it and what came of it, done or not.
// Must never do what the ladder itself may not: whoever is kept away, her language and her consent bind a manager too.

import { isCanary } from './canary.ts';
import type { NeedsRoster } from './climb.ts';
import { coolDown } from './decide-after-talk.ts';
import { assign } from './decide-assign.ts';
import { closeByHand } from './decide-close.ts';
import { setContactRules } from './decide-contact-rules.ts';
import { escalate } from './decide-escalate.ts';
import { joinByHand } from './decide-join.ts';
import { exclude, flag } from './flags.ts';
import type { HelperId, VolunteerId } from './ids.ts';
import { letOut } from './let-out.ts';
import {
  aboutWhom,
  type ManagerEvent,
  type ManagerEventOf,
  NOTES_AT_MOST,
  type Refusal,
} from './manager-act.ts';
import { joinedOffers } from './request.ts';
import { sendAway } from './settle-joining.ts';
import { alertManagers, change, type Input, note, type Step, stepIsIn } from './step.ts';

type Kind = ManagerEvent['kind'];
type Did = Step | NeedsRoster | Refusal;
type Acts = { readonly [K in Kind]: (step: Step, event: ManagerEventOf<K>, input: Input) => Did };

const acts: Acts = {
  'manager-assigned': (step, { volunteerId }, input) => assign(step, volunteerId, input),
  'manager-excluded': (step, { volunteerId }, input) => keepAway(step, volunteerId, input),
  'manager-readmitted': (step, { volunteerId }) => readmit(step, volunteerId),
  'manager-released': (step, { helper }, input) => release(step, helper, input),
  'manager-escalated': (step, { rung }, input) => escalate(step, rung, input),
  'manager-joined': (step, { contactId }, input) => joinByHand(step, contactId, input),
  'manager-closed': (step, { forced }, input) => closeByHand(step, forced, input),
  'manager-noted': (step, event, input) => noteDown(step, event, input),
  'manager-decided-danger': (step, { danger }, input) => decideDanger(step, danger, input),
  'manager-set-contact-rules': (step, { agreement }, input) =>
    setContactRules(step, agreement, 'manager', input),
  'manager-flagged-minor': (step, _event, input) =>
    step.request.minor ? 'already' : flag(step, 'minor', 'manager', input),
  'manager-reviewed-abuse': (step, { until }, input) => coolDown(step, until, 'manager', input),
};

/** What is said of a talk afterwards is kept for whoever calls next, and for the record. */
const afterTheEnd: ReadonlySet<Kind> = new Set<Kind>([
  'manager-excluded',
  'manager-readmitted',
  'manager-noted',
  'manager-flagged-minor',
  'manager-reviewed-abuse',
]);

export function actByHand(step: Step, event: ManagerEvent, input: Input): Step | NeedsRoster {
  const { seen } = event;
  const { version } = step.request;
  if (isCanary(step.request)) return onRecord(step, event, 'canary');
  if (stepIsIn(step, 'closed') && !afterTheEnd.has(event.kind)) return onRecord(step, event, 'over');
  if (seen !== null && seen !== version) return onRecord(step, event, 'changed');
  const act = acts[event.kind] as (step: Step, event: ManagerEvent, input: Input) => Did;
  const did = act(onRecord(step, event, 'done'), event, input);
  return typeof did === 'string' ? onRecord(step, event, did) : did;
}

function onRecord(step: Step, event: ManagerEvent, came: 'done' | Refusal): Step {
  const { kind: act, by } = event;
  return note(step, { note: 'by-hand', act, by, about: aboutWhom(event), came });
}

/** Whoever is with her is let out. */
function keepAway(step: Step, volunteerId: VolunteerId, input: Input): Step | Refusal {
  if (step.request.excluded.includes(volunteerId)) return 'already';
  const excluded = exclude(step, volunteerId, 'manager', input);
  const let_ = release(excluded, volunteerId, input, 'passed-on');
  return typeof let_ === 'string' ? excluded : let_;
}

function readmit(step: Step, volunteer: VolunteerId): Step | Refusal {
  const { excluded, excludedByHand } = step.request;
  if (!excluded.includes(volunteer)) return 'already';
  if (!excludedByHand.includes(volunteer)) return 'not-by-hand';
  const without = (ids: readonly VolunteerId[]) => ids.filter(each => each !== volunteer);
  return note(change(step, { excluded: without(excluded), excludedByHand: without(excludedByHand) }), {
    note: 'readmitted',
    volunteer,
  });
}

function release(
  step: Step,
  helper: HelperId | null,
  input: Input,
  how: 'passed-on' | 'released' = 'released',
): Step | Refusal {
  if (!stepIsIn(step, 'connected')) return 'nobody-has-it';
  if (helper === null || step.request.phase.offer.to === helper) return letOut(step, how, input);
  const joined = joinedOffers(step.request).find(({ to }) => to === helper);
  return joined ? sendAway(step, joined.seq, input) : 'nobody-has-it';
}

function noteDown(step: Step, { by, body }: ManagerEventOf<'manager-noted'>, input: Input): Step | Refusal {
  const { private: kept } = step.request;
  if (kept.notes === null) return 'nothing-kept';
  if (kept.notes.length >= NOTES_AT_MOST) return 'too-many-notes';
  return change(step, { private: { ...kept, notes: [...kept.notes, { by, at: input.now, body }] } });
}

/** People hear of it; she hears nothing, and whom she has agreed to stays as she said. */
function decideDanger(step: Step, danger: boolean, input: Input): Step | Refusal {
  if (step.request.danger === danger) return 'already';
  const decided = change(step, { danger });
  return danger ? alertManagers(decided, 'danger', 'critical', input) : decided;
}
