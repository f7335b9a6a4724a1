// Holes in the rota, told to managers days and hours before they begin. Looked for now and then: nobody needs to know to
// the minute, and reading every rota costs. Must never alert with a name or a number, nor stop at a volunteer that cannot
// be read.
import { holes } from '../domain/coverage.ts';
import { personOf } from '../domain/coverage-people.ts';
import { floorsOf } from '../domain/coverage-settings.ts';
import { holesToTell, type NewHole, toldOf } from '../domain/holes-told.ts';
import { addSeconds } from '../domain/instant.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { holesInWords } from '../prompts/managers/manager-words.ts';
import type { HolesTold } from './office.ts';
import type { Alert, Ports, Registry } from './ports.ts';

export type CoveragePorts = Pick<Ports, 'clock' | 'log' | 'alerts' | 'networks'> & {
  readonly registry: Pick<Registry, 'volunteers'>;
  readonly holesTold: HolesTold;
};

/** 3,000 volunteers are 400 read units: at this pace less than a dollar a month. */
const EVERY_SECONDS = 900;
const DAY_SECONDS = 24 * 3600;
/** A hole is told whole: of one that goes on for longer its first week. */
const BEYOND_DAYS = 7;
/** An alert is read on a phone: it names some, and says how many more. */
const NAMED_AT_MOST = 3;

export type Watched = { readonly looked: boolean; readonly told: number; readonly failed: number };

export async function watchCoverage(ports: CoveragePorts): Promise<Watched> {
  const now = ports.clock.now();
  const before = await ports.holesTold.begin(now, EVERY_SECONDS);
  if (before === null) return { looked: false, told: 0, failed: 0 };
  const network = await ports.networks.network();
  const { coverage } = network.settings;
  const until = addSeconds(now, (coverage.tellDaysAhead + BEYOND_DAYS) * DAY_SECONDS);
  const people = (await everybody(ports, network)).map(each =>
    personOf(each, holidaysOf(network), now, until),
  );
  const found = holes(floorsOf(network), people, network, { from: now, until });
  const { toTell, stillTold } = holesToTell(found, before, now, coverage);
  const told: NewHole[] = [];
  for (const group of grouped(toTell)) {
    // What could not be told now is told the next time.
    if ((await ports.alerts.publish(alertOf(group, network))) === 'done') told.push(...group);
  }
  await ports.holesTold.keep([...stillTold, ...told.map(toldOf)], now);
  const watched = { looked: true, told: told.length, failed: toTell.length - told.length };
  ports.log.info('coverage-watched', { holes: found.length, told: watched.told, failed: watched.failed });
  return watched;
}

/** Of all regions: a shift may be in another one than she lives in. */
export async function everybody(
  { registry }: Pick<CoveragePorts, 'registry'>,
  { regions }: Network,
): Promise<readonly Volunteer[]> {
  return (await Promise.all(regions.map(({ id }) => registry.volunteers(id)))).flat();
}

/** One alert for each region: whoever subscribed to hers gets no others. Those that begin soon apart. */
function grouped(found: readonly NewHole[]): readonly (readonly [NewHole, ...NewHole[]])[] {
  const groups = new Map<string, [NewHole, ...NewHole[]]>();
  for (const hole of found) {
    const name = `${hole.stage} ${hole.region}`;
    const group = groups.get(name);
    if (group) group.push(hole);
    else groups.set(name, [hole]);
  }
  return [...groups.values()];
}

function alertOf(group: readonly [NewHole, ...NewHole[]], network: Network): Alert {
  const [{ stage, region }] = group;
  const isUrgent = stage === 'hours' && group.some(({ onDuty }) => onDuty === 0);
  return {
    requestId: null,
    audience: 'manager',
    severity: isUrgent ? 'critical' : 'warning',
    reason: 'coverage-hole',
    region,
    words: holesInWords(group, network, 'en', NAMED_AT_MOST),
  };
}
