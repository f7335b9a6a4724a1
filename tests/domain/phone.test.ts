// Numbers as they arrive: what is a number, what is a withheld one, and that the two are never confused.
import { describe, expect, test } from 'vitest';
import {
  isWhatsapp,
  isWithheld,
  parseAddress,
  parsePhoneNumber,
  smsAddress,
  whatsappAddress,
} from '../../shared/domain/phone.ts';
import { sure } from '../support/given.ts';

const withheld = ['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253'];
const words = ['anonymous', 'Restricted', 'BLOCKED', 'unknown', 'unavailable', 'private', '', ' Anonymous '];

describe('phone numbers', () => {
  test.each(['+77995550001', '+4915112345678', '+1234567'])('%s is one', number => {
    expect(parsePhoneNumber(number)).toBe(number);
    expect(isWithheld(number)).toBe(false);
  });

  test.each([
    ['without +', '77995550001'],
    ['short code', '102'],
    ['short code with +', '+102'],
    ['country beginning with 0', '+07995550001'],
    ['too long', '+1234567890123456'],
    ['blanks', '+7 799 555 00 01'],
    ['a line break behind it', '+77995550001\n'],
    ['other digits', '+٧٧٩٩٥٥٥٠٠٠١'],
    ['a name', 'client:aigul'],
    ['SIP', 'sip:+77995550001@example.com'],
  ])('%s is none', (_what, text) => {
    expect(parsePhoneNumber(text)).toBeNull();
  });
});

describe('withheld numbers', () => {
  test.each([...withheld, ...words])('"%s" is withheld, and never a number or an address', from => {
    expect(isWithheld(from)).toBe(true);
    expect(parsePhoneNumber(from)).toBeNull();
    expect(parseAddress(from)).toBeNull();
    expect(parseAddress(`whatsapp:${from}`)).toBeNull();
  });

  test('a number that only begins like one is a number', () => {
    expect(isWithheld('+73787428330')).toBe(false);
    expect(parsePhoneNumber('+73787428330')).toBe('+73787428330');
  });
});

describe('addresses', () => {
  const number = sure(parsePhoneNumber('+77995550001'));

  test('a number by SMS, the same behind whatsapp:', () => {
    expect(parseAddress('+77995550001')).toBe(smsAddress(number));
    expect(parseAddress('whatsapp:+77995550001')).toBe(whatsappAddress(number));
    expect(isWhatsapp(smsAddress(number))).toBe(false);
    expect(isWhatsapp(whatsappAddress(number))).toBe(true);
  });

  test.each(['whatsapp:', 'whatsapp:whatsapp:+77995550001', 'WhatsApp:+77995550001', 'whatsapp:102'])(
    '%s is none',
    text => expect(parseAddress(text)).toBeNull(),
  );
});
