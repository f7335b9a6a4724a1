// The stories' lines and people beside those of another network, so that its machine can play them too.
// Must never change how a request on another line begins: they are only three regions' people more.
import type { LineId } from '../../../shared/domain/ids.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Seed } from '../machine-table.ts';
import { demoNetwork, demoVolunteers } from './demo-network.ts';

/** The network must hold the regions and skills of the stories already, as Kazakhstan's does. */
export function withStories({ network, volunteers }: Seed): Seed {
  const regions = demoNetwork.regions.map(({ id }) => id);
  // Desks of these regions alone: they are asked before those of the whole country, and never instead of them.
  const contacts = demoNetwork.contacts.map(contact => ({ ...contact, regions }));
  return {
    network: {
      ...network,
      lines: [...network.lines, ...demoNetwork.lines],
      ladders: [...network.ladders, ...demoNetwork.ladders],
      contacts: [...network.contacts, ...contacts],
    },
    volunteers: [...volunteers, ...Object.values(demoVolunteers)],
  };
}

/** False for a table that was filled before there were stories, or with another country. */
export function hasStories({ lines }: Network): boolean {
  return demoNetwork.lines.every(({ id }) => lines.some(line => line.id === id));
}

export function isStoryLine(id: LineId): boolean {
  return demoNetwork.lines.some(line => line.id === id);
}
