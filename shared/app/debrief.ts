// A word of thanks after a shift in which somebody was talked with. Once: it is lost rather than said twice, and
// nobody waits for it. Must never say whom she talked with, nor how often.
import type { VolunteerId } from '../domain/ids.ts';
import { mayReachNumber } from '../domain/limits.ts';
import type { Line, Network } from '../domain/network.ts';
import { smsAddress, whatsappAddress } from '../domain/phone.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { counted } from './counting.ts';
import { faultOf } from './fault.ts';
import { lineAddress, words } from './perform.ts';
import type { Ports } from './ports.ts';

const VALID_SECONDS = 300;

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
  if (!mayReachNumber(volunteer.number, network.settings.limits)) return;
  const byWhatsapp = volunteer.textBy === 'whatsapp' && line.whatsappNumber !== null;
  const to = byWhatsapp ? whatsappAddress(volunteer.number) : smsAddress(volunteer.number);
  const from = lineAddress(line, to);
  if (from === null) return;
  const body = words(language, { text: 'debrief' }, network);
  const message = { requestId: null, entryId: 0, from, to, body, validSeconds: VALID_SECONDS };
  const [{ outcome }] = await Promise.all([ports.telephone.text(message), counted(ports, { of: 'texts' })]);
  ports.log.info('debriefed', { volunteer: id, outcome });
}

/** She serves all lines: the one that speaks her language writes to her. */
function lineFor({ lines }: Network, { languages }: Volunteer): Line | undefined {
  return lines.find(line => line.languages.some(language => languages.includes(language))) ?? lines[0];
}
