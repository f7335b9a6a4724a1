// A word of thanks after a shift in which somebody was talked with. Once: it is lost rather than said twice, and
// nobody waits for it. Must never say whom she talked with, nor how often.
import type { VolunteerId } from '../domain/ids.ts';
import { faultOf } from './fault.ts';
import type { Ports } from './ports.ts';
import { textToVolunteer } from './text-to-volunteer.ts';

export async function debrief(ports: Ports, volunteers: readonly VolunteerId[]): Promise<void> {
  for (const id of volunteers) {
    try {
      await thank(ports, id);
    } catch (error) {
      ports.log.error('debrief-failed', { volunteer: id, fault: faultOf(error) });
    }
  }
}

async function thank(ports: Ports, id: VolunteerId): Promise<void> {
  const [network, volunteer] = await Promise.all([ports.networks.network(), ports.directory.volunteer(id)]);
  if (!volunteer) return;
  const outcome = await textToVolunteer(ports, network, volunteer, { text: 'debrief' });
  ports.log.info('debriefed', { volunteer: id, outcome });
}
