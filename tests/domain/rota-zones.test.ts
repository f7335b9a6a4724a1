// A shift across every change of the clocks of twenty years, in every zone that this machine knows: it lasts as long as the
// system's own zdump says that the wall took for it.
import { expect, test } from 'vitest';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { isZone, parseLocalDate } from '../../shared/domain/local-time.ts';
import { dutyWindows } from '../../shared/domain/rota.ts';
import { dated, none, rotaIn } from '../support/rota-parts.ts';
import { changesOf, hasZdump, type ZoneChange } from '../support/rota-zdump.ts';

const HOUR = 3600;
const NOON = 12 * HOUR;
const SHIFT = 23 * HOUR;

/** The noon before a change, as the wall had it then; null when the shift would not hold the whole change. */
function noonBefore({
  before,
  after,
}: ZoneChange): { readonly day: string; readonly epochSeconds: number } | null {
  const wallSeconds = Date.parse(`${before.wall}Z`) / 1000;
  const noon = Math.floor((wallSeconds - NOON) / 86_400) * 86_400 + NOON;
  const later = Date.parse(`${after.wall}Z`) / 1000;
  if (Math.max(wallSeconds, later) >= noon + SHIFT || later <= noon) return null;
  return { day: new Date(noon * 1000).toISOString().slice(0, 10), epochSeconds: noon - before.offsetSeconds };
}

test.skipIf(!hasZdump())(
  'from noon to eleven, in every zone, across every change from 2005 to 2025',
  () => {
    let looked = 0;
    const lives = new Set<string>();
    for (const zone of Intl.supportedValuesOf('timeZone').filter(isZone)) {
      const changes = changesOf(zone, 2005, 2025);
      // Many change together: one of them stands for all.
      const life = JSON.stringify(changes);
      if (lives.has(life)) continue;
      lives.add(life);
      changes.forEach((change, index) => {
        const noon = noonBefore(change);
        const beforeThat = changes[index - 1]?.after.epochSeconds ?? 0;
        const afterThat = changes[index + 1]?.before.epochSeconds ?? Number.POSITIVE_INFINITY;
        const { before, after } = change;
        const isAlone = noon && beforeThat < noon.epochSeconds && afterThat > after.epochSeconds + SHIFT;
        if (!isAlone || parseLocalDate(noon.day) === null) return;
        looked += 1;
        const rota = rotaIn(zone, { dated: [dated(noon.day, '12:00', '11:00')] });
        const from = instant(noon.epochSeconds * 1000);
        const lasts = SHIFT - (after.offsetSeconds - before.offsetSeconds);
        const window = { from, until: addSeconds(from, lasts) };
        const name = `${zone} ${before.wall}`;
        expect(dutyWindows(rota, none, from, window.until), name).toEqual([window]);
      });
    }
    console.log(`${looked} changes of clocks looked at`);
    expect(looked).toBeGreaterThan(1_500);
  },
  120_000,
);
