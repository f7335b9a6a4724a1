// Whether a change of rotas leaves fewer on duty than there should be, where before there were enough, or fewer still where
// there were not. Must never look beyond the time that is asked about.
import { levelsInHours, sorted } from './coverage.ts';
import { type Person, personOf } from './coverage-people.ts';
import { type Floor, floorsOf } from './coverage-settings.ts';
import type { RotaChange } from './decide-swap.ts';
import { holidaysOf, type Network } from './network.ts';
import type { DutyWindow } from './rota.ts';
import type { Volunteer } from './volunteer.ts';

export function sinks(
  network: Network,
  volunteers: readonly Volunteer[],
  changes: readonly RotaChange[],
  window: DutyWindow,
): boolean {
  const changed = new Map(changes.map(({ after }) => [after.id, after]));
  const asNow = volunteers.map(each => person(each, network, window));
  const asThen = volunteers.map(each => person(changed.get(each.id) ?? each, network, window));
  const [before, after] = [sorted(asNow), sorted(asThen)];
  return floorsOf(network).some(
    floor => missing(floor, after(floor), network, window) > missing(floor, before(floor), network, window),
  );
}

const person = (volunteer: Volunteer, network: Network, { from, until }: DutyWindow): Person =>
  personOf(volunteer, holidaysOf(network), from, until);

/** People that are not there, times how long. */
function missing(floor: Floor, people: readonly Person[], network: Network, window: DutyWindow): number {
  return levelsInHours(floor, people, network, window).reduce(
    (sum, { from, until, onDuty }) => sum + Math.max(0, floor.atLeast - onDuty) * (until - from),
    0,
  );
}
