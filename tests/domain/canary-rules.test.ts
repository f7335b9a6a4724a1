// A network whose canary could reach a person, or whose people could reach the canary, is refused.
import { describe, expect, test } from 'vitest';
import { isRefused, parseNetwork } from '../../shared/app/network-document.ts';
import type { Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import type { PhoneNumber } from '../../shared/domain/phone.ts';
import {
  canaryContact,
  canaryLadder,
  canaryLine,
  canaryNetwork,
  canaryNumber,
} from '../support/canary-network.ts';
import { sure } from '../support/given.ts';
import { manager, plainLine, police, smallNetwork } from '../support/small-network.ts';

const everyWord = { prompts: () => true, audioFor: () => [], naming: () => [] };
const pathsIn = (network: Network) => problemsOfNetwork(network, everyWord).map(({ path }) => path);
const canary = { lineId: canaryLine.id, survivorNumber: plainLine.number, contactId: canaryContact.id };

const withLine = (changes: Partial<typeof canaryLine>): Network => ({
  ...canaryNetwork,
  lines: canaryNetwork.lines.map(line => (line === canaryLine ? { ...line, ...changes } : line)),
});
const withLadder = (changes: Partial<typeof canaryLadder>): Network => ({
  ...canaryNetwork,
  ladders: canaryNetwork.ladders.map(each => (each === canaryLadder ? { ...each, ...changes } : each)),
});
const withContact = (changes: Partial<typeof canaryContact>): Network => ({
  ...canaryNetwork,
  contacts: canaryNetwork.contacts.map(each => (each === canaryContact ? { ...each, ...changes } : each)),
});
const withAnswering = (number: PhoneNumber): Network => {
  const answering = withContact({ callNumber: number });
  const lines = answering.lines.map(line =>
    line === canaryLine ? { ...line, fallbackNumber: number } : line,
  );
  return { ...answering, lines };
};
const [onlyRung] = canaryLadder.rungs;
if (onlyRung?.kind !== 'contact') throw new Error('the ladder of these tests has one contact rung');

test('a network with a canary of its own is fine, and so is one without', () => {
  expect(pathsIn(canaryNetwork)).toEqual([]);
  expect(pathsIn(smallNetwork)).toEqual([]);
});

describe('refused:', () => {
  const refused: readonly (readonly [string, Network, string])[] = [
    [
      'a rung of police on its ladder',
      withLadder({ rungs: [{ ...onlyRung, contactKind: 'police' }] }),
      'ladders[1].rungs[0]',
    ],
    [
      'a manager on its ladder',
      withLadder({
        rungs: [
          onlyRung,
          { kind: 'manager', waveSize: 1, ringSeconds: 20, replySeconds: 30, rungSeconds: 5 },
        ],
      }),
      'ladders[1].rungs[1]',
    ],
    [
      'rungs that outlast its time',
      withLadder({ rungs: [{ ...onlyRung, rungSeconds: 50 }] }),
      'ladders[1].rungs',
    ],
    [
      'a ladder for people that asks the canary',
      {
        ...canaryNetwork,
        ladders: canaryNetwork.ladders.map(each => ({ ...each, rungs: [...each.rungs, onlyRung] })),
      },
      'ladders[0].rungs[6]',
    ],
    [
      'people on its ladder',
      { ...withLine({}), lines: [{ ...plainLine, ladder: canaryLadder.id }, canaryLine] },
      'lines[0].ladder',
    ],
    ['its line on a ladder for people', withLine({ ladder: plainLine.ladder }), 'lines[2].ladder'],
    ['a menu on its line', withLine({ region: null }), 'lines[2]'],
    [
      'a desk of people behind its line',
      withLine({ fallbackNumber: plainLine.fallbackNumber }),
      'lines[2].fallbackNumber',
    ],
    ['a person as its contact', withContact({ kind: 'manager' }), 'contacts[3].kind'],
    [
      'a second contact of its kind',
      {
        ...canaryNetwork,
        contacts: [...canaryNetwork.contacts, { ...police, id: manager.id, kind: 'canary' }],
      },
      'contacts[4].kind',
    ],
    [
      'a contact that closes at night',
      withContact({ hours: [{ weekdays: [1], from: 0, until: 600 }] }),
      'canary.contactId',
    ],
    ['the number of a manager as its contact', withAnswering(sure(manager.callNumber)), 'canary.contactId'],
    ['the number of a line as its contact', withAnswering(plainLine.number), 'canary.contactId'],
    [
      'the fallback desk of people as its contact',
      withAnswering(plainLine.fallbackNumber),
      'canary.contactId',
    ],
    ['its own number as its contact', withAnswering(canaryNumber), 'canary.survivorNumber'],
    ['the number of a line as its own', { ...canaryNetwork, canary }, 'canary.survivorNumber'],
    ['no line for people', { ...canaryNetwork, lines: [canaryLine] }, 'lines'],
    ['a line that is not there', { ...canaryNetwork, lines: smallNetwork.lines }, 'canary.lineId'],
    [
      'its ladder and contact left behind when it goes',
      { ...canaryNetwork, canary: null },
      'lines[2].ladder',
    ],
  ];

  test.each(refused)('%s', (_what, network, path) => {
    expect(pathsIn(network)).toContain(path);
  });
});

test('no problem repeats a number', () => {
  const told = JSON.stringify(problemsOfNetwork({ ...canaryNetwork, canary }, everyWord));
  expect(told).not.toMatch(/\+\d{6}/);
});

test('a document from before there was a canary has none, and its ladders are for people', () => {
  const { canary: _none, ...before } = smallNetwork;
  const ladders = before.ladders.map(({ purpose: _purpose, ...ladder }) => ladder);
  const read = parseNetwork(JSON.parse(JSON.stringify({ ...before, ladders })));
  expect(isRefused(read)).toBe(false);
  expect(read).toMatchObject({ canary: null, ladders: [{ purpose: 'people' }] });
});
