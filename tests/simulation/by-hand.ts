// A manager who acts by hand in the middle of everything, sensibly or not; and what no hand may do, judged a second time,
// with none of the functions that decide.
import type { Commit } from '../../shared/app/ports.ts';
import type { ManagerEvent } from '../../shared/domain/manager-act.ts';
import type { Request } from '../../shared/domain/request.ts';
import { manager } from '../support/small-network.ts';
import { Chance } from './chance.ts';
import type { Scene } from './scene.ts';

export type HandAct = {
  readonly atMs: number;
  readonly kind: ManagerEvent['kind'];
  /** Which of the open requests, and which volunteer. */
  readonly which: number;
  readonly volunteer: number;
  readonly rung: number | null;
};

const kinds: readonly HandAct['kind'][] = [
  'manager-assigned',
  'manager-assigned',
  'manager-assigned',
  'manager-excluded',
  'manager-readmitted',
  'manager-released',
  'manager-escalated',
  'manager-joined',
  'manager-joined',
  'manager-closed',
  'manager-noted',
  'manager-decided-danger',
];

/** From a stream of their own: who calls and what fails is the same without them. */
export function handActsOf(seed: number, count: number, untilMs: number): readonly HandAct[] {
  const chance = new Chance(seed, 'by hand');
  return Array.from({ length: count }, () => ({
    atMs: chance.between(0, untilMs),
    kind: chance.pick(kinds),
    which: chance.between(0, 99),
    volunteer: chance.between(0, 99),
    rung: chance.is(0.3) ? chance.between(1, 7) : null,
  }));
}

export function actByHand({ tables, volunteers, cloud, time }: Scene, act: HandAct): void {
  const open = [...tables.requests.values()].filter(({ phase }) => phase.kind !== 'closed');
  const request = open[act.which % Math.max(1, open.length)];
  // Whoever is kept away is the one that a hurried hand must not reach.
  const away = act.volunteer % 2 === 0 ? request?.excluded[0] : undefined;
  const volunteer = away ?? [...volunteers.keys()][act.volunteer % Math.max(1, volunteers.size)];
  if (request === undefined || volunteer === undefined) return;
  const event = eventOf(act, request, volunteer, time.now);
  if (event !== null) cloud.byHand(request.id, event);
}

/** A talk is ended by force only when it has been one: whoever was not reached would be stranded, and nobody else's fault. */
const TALKED_MS = 60_000;

function eventOf(
  { kind, rung, which }: HandAct,
  { version, phase, channel }: Request,
  volunteerId: Extract<ManagerEvent, { kind: 'manager-assigned' }>['volunteerId'],
  now: number,
): ManagerEvent | null {
  const hand = { by: 'sub-of-a-manager', seen: null };
  switch (kind) {
    case 'manager-assigned':
    case 'manager-excluded':
    case 'manager-readmitted':
      return { ...hand, kind, volunteerId };
    case 'manager-released':
      return { ...hand, kind, helper: null };
    case 'manager-escalated':
      return { ...hand, kind, rung };
    case 'manager-joined':
      return { ...hand, kind, contactId: manager.id };
    case 'manager-closed': {
      const talked = phase.kind === 'connected' && phase.lastWordBy === 'helper';
      const isTalk = phase.kind === 'connected' && now - phase.since > TALKED_MS;
      if (channel === 'text') return talked ? { by: hand.by, seen: version, kind, forced: true } : null;
      return phase.kind === 'calling-back' ? null : { by: hand.by, seen: version, kind, forced: isTalk };
    }
    case 'manager-noted':
      return { ...hand, kind, body: 'S: for the record' };
    case 'manager-decided-danger':
      return { ...hand, kind, danger: which % 2 === 0 };
    default:
      return null;
  }
}

/** What was done by hand and should not have been; null: all is well. */
export function wrongByHand({ before, after, notes }: Commit): string | null {
  if (before === null || !notes.some(({ note }) => note === 'by-hand')) return null;
  if (JSON.stringify(after.consent) !== JSON.stringify(before.consent)) return 'consent was given for her';
  const isOver = after.phase.kind === 'closed' && before.phase.kind !== 'closed';
  if (isOver && before.callSid !== null && before.phase.kind !== 'connected')
    return 'a call that waits was closed';
  const asked = notes.flatMap(each => (each.note === 'offered' && each.as === 'assigned' ? [each.to] : []));
  if (asked.some(to => (after.excluded as readonly string[]).includes(to)))
    return 'assigned to somebody excluded';
  return asked.length > 1 ? 'two were asked for one word' : null;
}
