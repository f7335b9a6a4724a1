// What a network must keep to so that its canary can reach no person, and no person is left to the canary.
// Must never repeat a phone number in a problem.
import { CANARY_AT_MOST_SECONDS } from './canary.ts';
import type { Ladder, Rung } from './ladder.ts';
import type { Canary, Line, Network } from './network.ts';
import { type PhoneNumber, parsePhoneNumber } from './phone.ts';
import { type Problems, refuse } from './rule-parts.ts';

/** Room for the call itself after the last rung, and for a phone that rings to its end. */
const RUNGS_AT_MOST_SECONDS = CANARY_AT_MOST_SECONDS - 15;

export function canaryProblems(network: Network): Problems {
  return [
    ...network.ladders.flatMap((ladder, index) => ladderProblems(ladder, `ladders[${index}]`)),
    ...network.lines.flatMap((line, index) => strayLineProblems(network, line, `lines[${index}]`)),
    ...network.contacts.flatMap(({ id, kind }, index) =>
      refuse(
        (kind === 'canary') !== (id === network.canary?.contactId),
        `contacts[${index}].kind`,
        'the contact of the canary, and no other, is of the kind canary',
      ),
    ),
    ...(network.canary === null ? [] : settingsProblems(network, network.canary)),
  ];
}

function ladderProblems({ purpose, rungs }: Ladder, path: string): Problems {
  const seconds = rungs.reduce((sum, { rungSeconds }) => sum + rungSeconds, 0);
  return [
    ...rungs.flatMap((rung, index) =>
      refuse(
        (purpose === 'canary') !== isForCanary(rung),
        `${path}.rungs[${index}]`,
        'a ladder for the canary asks the canary alone, by assumed consent, and no other ladder asks it',
      ),
    ),
    ...refuse(
      purpose === 'canary' && seconds > RUNGS_AT_MOST_SECONDS,
      `${path}.rungs`,
      `last longer than ${RUNGS_AT_MOST_SECONDS} seconds together: the canary would not come through in time`,
    ),
  ];
}

function isForCanary(rung: Rung): boolean {
  return (
    rung.kind === 'contact' &&
    rung.contactKind === 'canary' &&
    rung.consent === 'assumed' &&
    rung.forNeed === null
  );
}

function strayLineProblems({ ladders, canary }: Network, line: Line, path: string): Problems {
  const climbsAsCanary = ladders.some(({ id, purpose }) => id === line.ladder && purpose === 'canary');
  return refuse(
    climbsAsCanary !== (line.id === canary?.lineId),
    `${path}.ladder`,
    'the line of the canary, and no other, has a ladder for the canary: people would reach nobody there',
  );
}

function settingsProblems(network: Network, { lineId, survivorNumber, contactId }: Canary): Problems {
  const line = network.lines.find(({ id }) => id === lineId);
  const contact = network.contacts.find(({ id }) => id === contactId);
  return [
    ...refuse(line === undefined, 'canary.lineId', 'there is no such line'),
    ...refuse(contact === undefined, 'canary.contactId', 'there is no such contact'),
    ...refuse(
      parsePhoneNumber(survivorNumber) === null || usersOf(network, survivorNumber) > 0,
      'canary.survivorNumber',
      'is not an E.164 number that nothing else uses',
    ),
    ...refuse(
      usersOf(network, contact?.callNumber ?? null) > 2, // the contact itself, and the fallback of its line
      'canary.contactId',
      'has a number that a line or another contact has too: it would ring a person, or a person would reach it',
    ),
    ...refuse(
      network.lines.every(({ id }) => id === lineId),
      'lines',
      'there is no line for people beside that of the canary',
    ),
    ...(line && contact ? pairProblems(network, line, contact) : []),
  ];
}

/** How often a number stands at lines and contacts. */
function usersOf({ lines, contacts }: Network, number: PhoneNumber | null): number {
  const all = [
    ...lines.flatMap(each => [each.number, each.whatsappNumber, each.fallbackNumber]),
    ...contacts.flatMap(each => [each.callNumber, each.textNumber]),
  ];
  return number === null ? 0 : all.filter(each => each === number).length;
}

/** Numbers of the account that no volunteer may have: the lines, and those with which the canary calls and answers. */
export function ownNumbers({ lines, contacts, canary }: Network): readonly PhoneNumber[] {
  const contact = contacts.find(({ id }) => id === canary?.contactId);
  const all = [
    ...lines.flatMap(each => [each.number, each.whatsappNumber]),
    canary?.survivorNumber ?? null,
    contact?.callNumber ?? null,
  ];
  return all.filter(number => number !== null);
}

function pairProblems(network: Network, line: Line, contact: Network['contacts'][number]): Problems {
  const at = `lines[${network.lines.indexOf(line)}]`;
  const asks = line.languages.length !== 1 || line.needs.length > 0 || line.region === null;
  const isFree =
    contact.callNumber !== null &&
    contact.textNumber === null &&
    contact.regions.length === 0 &&
    contact.hours.length === 0;
  return [
    ...refuse(asks || line.whatsappNumber !== null, at, 'the canary presses no keys: its line has no menus'),
    ...refuse(
      line.fallbackNumber !== contact.callNumber,
      `${at}.fallbackNumber`,
      'is not the number of the canary contact: a fault would ring a person every few minutes',
    ),
    ...refuse(!isFree, 'canary.contactId', 'can be called at any hour, about any region, and not written to'),
  ];
}
