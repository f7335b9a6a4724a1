// A word of thanks after a shift in which somebody was talked with. Once: it is lost rather than said twice, and
// nobody waits for it. Must never say whom she talked with, nor how often.
import type { VolunteerId } from '../domain/ids.ts';
import type { Line, Network } from '../domain/network.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { helperAddress } from '../domain/ways.ts';
import { faultOf } from './fault.ts';
import type { Ports } from './ports.ts';
import { textToHelper } from './text-to-helper.ts';

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
  const line = volunteer && lineFor(network, volunteer);
  const [language] = volunteer?.languages ?? [];
  if (!volunteer || !line || language === undefined) return;
  const to = helperAddress(line, volunteer.number, volunteer.textBy);
  if (to === null) return;
  const told = await textToHelper(ports, network, { line, to, language, text: { text: 'debrief' } });
  if (told !== null) ports.log.info('debriefed', { volunteer: id, outcome: told.outcome });
}

/** She serves all lines: the one that speaks her language writes to her. */
function lineFor({ lines }: Network, { languages }: Volunteer): Line | undefined {
  return lines.find(line => line.languages.some(language => languages.includes(language))) ?? lines[0];
}
