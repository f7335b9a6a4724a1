// By which way a helper is asked: one function for every ladder and every line.
import { describe, expect, test } from 'vitest';
import type { Line } from '../../shared/domain/network.ts';
import { phoneNumberIn } from '../../shared/domain/phone.ts';
import {
  type Capabilities,
  helperAddress,
  lineAddress,
  type TextBy,
  usualCapabilities,
  wayTo,
} from '../../shared/domain/ways.ts';
import { survivor } from '../support/given.ts';
import { manager, plainLine } from '../support/small-network.ts';

const nothing = { receives: false, reaches: [] } as const;
const lineWith = (changes: Partial<Capabilities>, more: Partial<Line> = {}): Line => ({
  ...plainLine,
  capabilities: { ...usualCapabilities, ...changes },
  ...more,
});
const lines = {
  'every way': lineWith({}),
  'no SMS': lineWith({ sms: nothing }),
  'SMS that only goes out': lineWith({ sms: { receives: false, reaches: ['+'] } }),
  'no WhatsApp': lineWith({}, { whatsappNumber: null }),
  'calls alone': lineWith({ sms: nothing, whatsapp: nothing }),
  'texts alone': lineWith({ voice: nothing }),
};

type Case = readonly [
  line: keyof typeof lines,
  channel: 'voice' | 'text',
  textBy: TextBy,
  callAsked: boolean,
  way: ReturnType<typeof wayTo>,
];
const cases: readonly Case[] = [
  ['every way', 'voice', 'none', false, 'call'],
  ['every way', 'text', 'sms', false, 'text'],
  ['every way', 'text', 'none', false, 'call'],
  ['every way', 'text', 'none', true, null],
  ['no SMS', 'text', 'sms', false, 'call'],
  ['no SMS', 'text', 'whatsapp', false, 'text'],
  ['SMS that only goes out', 'text', 'sms', false, 'call'],
  ['no WhatsApp', 'text', 'whatsapp', false, 'text'],
  ['calls alone', 'voice', 'whatsapp', false, 'call'],
  ['calls alone', 'text', 'whatsapp', true, null],
  ['texts alone', 'voice', 'sms', false, null],
  ['texts alone', 'text', 'none', false, null],
];

describe('a helper is asked', () => {
  test.each(cases)(
    'on a line with %s, for a request by %s, who takes texts by %s (call asked: %s): %s',
    (...row) => {
      const [line, channel, textBy, callAsked, way] = row;
      expect(wayTo({ channel, callAsked }, lines[line], { textBy, takesCalls: true })).toBe(way);
    },
  );

  test('never by call where there is no number to call', () => {
    expect(
      wayTo({ channel: 'voice', callAsked: false }, plainLine, { textBy: 'sms', takesCalls: false }),
    ).toBeNull();
  });
});

describe('an address', () => {
  test('of the line is on the channel of whoever is written to, and in a country that it reaches', () => {
    const abroad = lineWith({ sms: { receives: true, reaches: ['+996'] } });
    expect(lineAddress(plainLine, survivor)).toBe(plainLine.number);
    expect(lineAddress(abroad, survivor)).toBeNull();
    const onWhatsapp = helperAddress(plainLine, phoneNumberIn(survivor), 'whatsapp');
    expect(onWhatsapp).toBe(`whatsapp:${survivor}`);
    expect(onWhatsapp && lineAddress(plainLine, onWhatsapp)).toBe(`whatsapp:${plainLine.whatsappNumber}`);
    expect(onWhatsapp && lineAddress(lines['no WhatsApp'], onWhatsapp)).toBeNull();
  });

  test('of a helper is none where the line and she have no way in common', () => {
    const number = manager.textNumber ?? phoneNumberIn(survivor);
    expect(helperAddress(lines['no SMS'], number, 'sms')).toBeNull();
    expect(helperAddress(plainLine, number, 'none')).toBeNull();
    expect(helperAddress(lines['no WhatsApp'], number, 'whatsapp')).toBe(number);
  });
});
