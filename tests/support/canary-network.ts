// The small country with a canary of its own: a line, a number that calls it and one that answers.
import { contactId, ladderId, lineId, seedNumber } from '../../infra/local/seed/seed-values.ts';
import type { Ladder } from '../../shared/domain/ladder.ts';
import type { Contact, Line, Network } from '../../shared/domain/network.ts';
import { manager, plainLine, smallNetwork } from './small-network.ts';

const wave = { waveSize: 1, ringSeconds: 20, replySeconds: 30 } as const;

export const canaryLadder: Ladder = {
  id: ladderId('lad_canary'),
  purpose: 'canary',
  rungs: [
    { kind: 'contact', contactKind: 'canary', consent: 'assumed', forNeed: null, rungSeconds: 40, ...wave },
  ],
  last: { repeatSeconds: 60, ...wave },
};

export const canaryContact: Contact = {
  ...manager,
  id: contactId('con_canary'),
  kind: 'canary',
  name: 'canary',
  callNumber: seedNumber(95),
  textNumber: null,
};

export const canaryLine: Line = {
  ...plainLine,
  id: lineId('line_canary'),
  number: seedNumber(9),
  whatsappNumber: null,
  ladder: canaryLadder.id,
  fallbackNumber: seedNumber(95),
};

export const canaryNumber = seedNumber(96);

export const canaryNetwork: Network = {
  ...smallNetwork,
  lines: [...smallNetwork.lines, canaryLine],
  ladders: [...smallNetwork.ladders, canaryLadder],
  contacts: [...smallNetwork.contacts, canaryContact],
  canary: { lineId: canaryLine.id, survivorNumber: canaryNumber, contactId: canaryContact.id },
};
