// Values that the adapter tests share, and a log that keeps its lines.
import type { Log, LogFields } from '../../shared/app/ports.ts';
import { type CallSid, parseCallSid, parseMessageSid, requestIdOf } from '../../shared/domain/ids.ts';
import { type Address, type PhoneNumber, parseAddress, parsePhoneNumber } from '../../shared/domain/phone.ts';

export const hex = '0123456789abcdef'.repeat(2);
export const accountSid = `AC${hex}`;
export const callSid = known(parseCallSid(`CA${hex}`));
export const messageSid = known(parseMessageSid(`SM${hex}`));
export const requestId = requestIdOf(callSid);
export const publicBase = 'https://pana.example.org';

export const lineNumber = number('+77172123456');
export const helperNumber = number('+77011234567');
export const survivorNumber = number('+77051234567');

export function number(text: string): PhoneNumber {
  return known(parsePhoneNumber(text));
}

export function address(text: string): Address {
  return known(parseAddress(text));
}

export function callSidOf(digit: string): CallSid {
  return known(parseCallSid(`CA${digit.repeat(32)}`));
}

export function known<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('a test value does not parse');
  return value;
}

export type LogLine = {
  readonly level: string;
  readonly event: string;
  readonly fields: LogFields | undefined;
};

export function keepingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (event: string, fields?: LogFields) =>
    void lines.push({ level, event, fields });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
