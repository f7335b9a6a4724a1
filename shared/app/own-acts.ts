// What a volunteer does about her own duty and shifts, put into the trail of acts beside what managers do.
// Must never keep her from doing it: it is done by then, and whoever is rung goes by that.
import type { VolunteerId } from '../domain/ids.ts';
import type { Ports } from './ports.ts';

/** By which way; of her machine nothing is kept. */
export type OwnWay = 'text' | 'own-page';

/** `action`: as `off-duty`. What stood in her rota before is kept with the edit. */
export async function ownActOnRecord(
  { shifts, clock, log }: Pick<Ports, 'shifts' | 'clock' | 'log'>,
  id: VolunteerId,
  action: string,
  from: OwnWay,
): Promise<void> {
  const who = { at: clock.now(), actor: id, role: 'volunteer', target: id } as const;
  const none = { fields: [], reason: null, begun: null, created: [] };
  try {
    await shifts.putOnRecord({ ...who, ...none, is: 'done', action, from, status: 200 });
  } catch {
    log.error('own-act-not-on-record', { volunteer: id, action });
  }
}
