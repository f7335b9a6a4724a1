import { describe, expect, it } from 'vitest';
import {
  parseCallStatus,
  parseText,
  parseTextStatus,
  parseVoice,
} from '../../shared/adapters/twilio/inbound.ts';
import { accountSid, callSid, hex, lineNumber, messageSid, survivorNumber } from './adapter-values.ts';

const voice = {
  AccountSid: accountSid,
  ApiVersion: '2010-04-01',
  CallSid: callSid,
  CallStatus: 'ringing',
  Direction: 'inbound',
  From: survivorNumber,
  To: lineNumber,
  FromCity: '',
  SomethingNew: 'added by Twilio next year',
};
const text = {
  AccountSid: accountSid,
  MessageSid: messageSid,
  From: survivorNumber,
  To: lineNumber,
  Body: 'сәлем',
  NumMedia: '0',
};
const textStatus = { AccountSid: accountSid, MessageSid: messageSid, MessageStatus: 'delivered' };

describe('a voice webhook', () => {
  it('is read with its extra fields ignored', () => {
    expect(parseVoice(voice, accountSid)).toEqual({
      callSid,
      from: survivorNumber,
      to: lineNumber,
      state: 'ringing',
      digits: null,
    });
  });

  it.each([
    '+266696687',
    '+7378742833',
    '+2562533',
    '+8656696',
    '+86282452253',
    'anonymous',
    'Restricted',
    '',
  ])('serves a caller whose number is withheld as %j', From => {
    expect(parseVoice({ ...voice, From }, accountSid)).toMatchObject({ from: null });
  });

  it.each(['87051234567', 'sip:somebody@example.org', '+0'])(
    'serves a caller whose network shows %j, which is no number',
    From => {
      expect(parseVoice({ ...voice, From }, accountSid)).toMatchObject({ from: null });
    },
  );

  it.each(['1', '9', '*', '#', '0123456789*#'])('reads the keys %s', Digits => {
    expect(parseVoice({ ...voice, Digits }, accountSid)).toMatchObject({ digits: Digits });
  });

  it('reads empty digits as no key', () => {
    expect(parseVoice({ ...voice, Digits: '' }, accountSid)).toMatchObject({ digits: null });
  });

  it.each([
    ['another account', { AccountSid: `AC${'0'.repeat(32)}` }],
    ['a call SID that is too long', { CallSid: `${callSid}0` }],
    ['a call SID in capitals', { CallSid: `CA${hex.toUpperCase()}` }],
    ['a call SID with a line break', { CallSid: `${callSid}\n` }],
    ['a line that is not a number', { To: 'somewhere' }],
    ['an unknown status', { CallStatus: 'singing' }],
    ['digits with a letter', { Digits: '1a' }],
    ['too many digits', { Digits: '1'.repeat(21) }],
    ['an endless From', { From: 'x'.repeat(101) }],
  ])('is refused with %s', (_, change) => {
    expect(parseVoice({ ...voice, ...change }, accountSid)).toBeNull();
  });

  it('is refused without its status', () => {
    const { CallStatus: _, ...rest } = voice;
    expect(parseVoice(rest, accountSid)).toBeNull();
  });
});

describe('a call status', () => {
  it.each(['completed', 'busy', 'no-answer', 'failed', 'canceled'])('%s is how a leg ended', CallStatus => {
    expect(parseCallStatus({ ...voice, CallStatus }, accountSid)).toMatchObject({ outcome: CallStatus });
  });

  it.each(['queued', 'initiated', 'ringing', 'in-progress'])('%s is not an end', CallStatus => {
    expect(parseCallStatus({ ...voice, CallStatus }, accountSid)).toMatchObject({
      outcome: null,
      state: CallStatus,
    });
  });
});

describe('an inbound text', () => {
  it('is read', () => {
    expect(parseText(text, accountSid)).toEqual({
      messageSid,
      from: survivorNumber,
      to: lineNumber,
      body: 'сәлем',
      hasMedia: false,
    });
  });

  it('from WhatsApp keeps that in its sender and names our plain number', () => {
    const whatsapp = { ...text, From: `whatsapp:${survivorNumber}`, To: `whatsapp:${lineNumber}` };
    expect(parseText(whatsapp, accountSid)).toMatchObject({
      from: `whatsapp:${survivorNumber}`,
      to: lineNumber,
    });
  });

  it('with a picture and no words says so', () => {
    expect(parseText({ ...text, Body: '', NumMedia: '2' }, accountSid)).toMatchObject({
      body: '',
      hasMedia: true,
    });
  });

  it('is cut at 4,096 characters, which no network passes on, never through one', () => {
    const parsed = parseText({ ...text, Body: `${'a'.repeat(4_095)}😀 and more` }, accountSid);
    expect(parsed?.body).toBe('a'.repeat(4_095));
  });

  it.each([
    ['a sender who withholds the number', { From: 'anonymous' }],
    ['a sender that is a name', { From: 'KASPI' }],
    ['a message SID of a call', { MessageSid: callSid }],
    ['a count of media that is none', { NumMedia: '-1' }],
    ['another account', { AccountSid: `AC${'f'.repeat(32)}` }],
  ])('is refused with %s', (_, change) => {
    expect(parseText({ ...text, ...change }, accountSid)).toBeNull();
  });
});

describe('a delivery report', () => {
  it.each(['queued', 'sent', 'delivered', 'read'])('%s is no failure', MessageStatus => {
    expect(parseTextStatus({ ...textStatus, MessageStatus }, accountSid)).toEqual({
      messageSid,
      failed: false,
      badNumber: false,
      windowClosed: false,
      errorCode: null,
    });
  });

  it.each([
    ['30006', true],
    ['30005', true],
    ['30003', false],
    ['30007', false],
    ['', false],
  ])('undelivered with code %j blames the number: %s', (ErrorCode, badNumber) => {
    const parsed = parseTextStatus({ ...textStatus, MessageStatus: 'undelivered', ErrorCode }, accountSid);
    expect(parsed).toMatchObject({ failed: true, badNumber });
  });

  it('is refused with an unknown status or a code that is no number', () => {
    expect(parseTextStatus({ ...textStatus, MessageStatus: 'lost' }, accountSid)).toBeNull();
    expect(parseTextStatus({ ...textStatus, ErrorCode: '30x' }, accountSid)).toBeNull();
  });
});
