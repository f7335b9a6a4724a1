// What a line says it can do, checked when it is configured: each refusal says what to do instead.
import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { parseNetwork } from '../../shared/app/network-document.ts';
import { volunteerWayProblems } from '../../shared/domain/capability-rules.ts';
import type { Line, Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import { parsePhoneNumber } from '../../shared/domain/phone.ts';
import { type Capabilities, usualCapabilities } from '../../shared/domain/ways.ts';
import { sure } from '../support/given.ts';
import { manager, plainLine, smallNetwork } from '../support/small-network.ts';

const twoWay = { receives: true, reaches: ['+7'] } as const;
const nothing = { receives: false, reaches: [] } as const;
const everyWord = { prompts: () => true, audioFor: () => [], naming: () => [] };
const lineWith = (changes: Partial<Capabilities>, more: Partial<Line> = {}): Line => ({
  ...plainLine,
  capabilities: { ...usualCapabilities, ...changes },
  ...more,
});
const told = (line: Line, more: Partial<Network> = {}) =>
  problemsOfNetwork({ ...smallNetwork, lines: [line], ...more }, everyWord);

describe('refused by the name of its field', () => {
  test.each([
    [
      'two-way SMS on a number of Kazakhstan at Twilio',
      lineWith({ carrier: 'twilio', sms: twoWay }),
      'sms',
      /WhatsApp.*another country.*carrier: other/,
    ],
    [
      'SMS that only goes out there',
      lineWith({ carrier: 'twilio', sms: { ...twoWay, receives: false } }),
      'sms',
      /Kazakhstan/,
    ],
    [
      'texts that nobody can answer',
      lineWith({ sms: { receives: true, reaches: [] } }),
      'sms.reaches',
      /answered/,
    ],
    [
      'WhatsApp that nobody can answer',
      lineWith({ whatsapp: { receives: true, reaches: [] } }),
      'whatsapp.reaches',
      /answered/,
    ],
    [
      'calls for which nobody can be called',
      lineWith({ voice: { receives: true, reaches: [] } }),
      'voice.reaches',
      /volunteers/,
    ],
    [
      'calls to a country that is not allowed',
      lineWith({ voice: { receives: true, reaches: ['+7', '+996'] } }),
      'voice.reaches[1]',
      /allowedPrefixes/,
    ],
    [
      'calls that reach no manager',
      lineWith({ voice: { receives: true, reaches: ['+76'] } }),
      'voice.reaches',
      /manager/,
    ],
    [
      'what is no beginning of a number',
      lineWith({ sms: { receives: true, reaches: ['8701'] } }),
      'sms.reaches[0]',
      /E\.164/,
    ],
  ] as const)('%s', (_what, line, field, says) => {
    const found = told(line).find(({ path }) => path === `lines[0].capabilities.${field}`);
    expect(found?.problem).toMatch(says);
  });

  test('a line that nothing reaches', () => {
    const deaf = lineWith({ voice: { ...nothing, reaches: ['+'] }, sms: nothing, whatsapp: nothing });
    expect(told(deaf).map(({ path }) => path)).toEqual(['lines[0].capabilities']);
  });

  test('a line that takes texts on which no manager can write back', () => {
    const byWhatsapp = lineWith({ sms: nothing });
    expect(told(byWhatsapp)).toEqual([
      { path: 'lines[0].capabilities', problem: expect.stringContaining('textBy') },
    ]);
    const contacts = smallNetwork.contacts.map(each =>
      each === manager ? { ...each, textBy: 'whatsapp' as const } : each,
    );
    expect(told(byWhatsapp, { contacts })).toEqual([]);
  });

  test('SMS on a number of Kazakhstan with a carrier in the country is its customer’s to know', () => {
    expect(told(lineWith({ carrier: 'other', sms: twoWay }))).toEqual([]);
  });
});

describe('a volunteer', () => {
  const abroad = { number: sure(parsePhoneNumber('+996700123456')) };

  test('in a country that may not be called is refused when she is written down, without her number', () => {
    const problems = volunteerWayProblems(smallNetwork, abroad);
    expect(problems).toEqual([{ path: 'number', problem: expect.stringContaining('allowedPrefixes') }]);
    expect(JSON.stringify(problems)).not.toMatch(/\d{5}/);
  });

  test('in one that no line can call, too', () => {
    const limits = { ...smallNetwork.settings.limits, allowedPrefixes: ['+'] };
    const network = {
      ...smallNetwork,
      lines: [lineWith({ voice: twoWay })],
      settings: { ...smallNetwork.settings, limits },
    };
    expect(volunteerWayProblems(network, abroad)).toEqual([
      { path: 'number', problem: expect.stringContaining('capabilities.voice.reaches') },
    ]);
    expect(volunteerWayProblems({ ...network, lines: [plainLine] }, abroad)).toEqual([]);
  });
});

test('a network that was written before there were capabilities does what it always did', () => {
  const before = JSON.parse(JSON.stringify(smallNetwork));
  for (const line of before.lines) delete line.capabilities;
  for (const contact of before.contacts) delete contact.textBy;
  expect(parseNetwork(before)).toEqual(smallNetwork);
});

test('the lines of Kazakhstan claim no SMS, and whoever writes reaches a manager by WhatsApp', () => {
  for (const { capabilities } of kazakhstan.lines) {
    expect(capabilities).toMatchObject({ carrier: 'twilio', sms: nothing });
  }
  expect(kazakhstan.contacts.filter(({ kind }) => kind === 'manager').map(({ textBy }) => textBy)).toEqual([
    'whatsapp',
    'whatsapp',
  ]);
});
