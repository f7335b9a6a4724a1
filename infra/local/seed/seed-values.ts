// Small makers of branded values for the seed: a slip in a seed file stops at import, not in a call.
// Every phone number of the seed comes from `seedNumber`; no number that could ring a real phone may stand here.
import {
  type ContactId,
  type LadderId,
  type LanguageId,
  type LineId,
  parseContactId,
  parseLadderId,
  parseLanguageId,
  parseLineId,
  parseRegionId,
  parseSkillId,
  parseVolunteerId,
  type RegionId,
  type SkillId,
  type VolunteerId,
} from '../../../shared/domain/ids.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../../shared/domain/phone.ts';

/**
 * Nobody can be reached here: no operator holds the code 799. Kazakhstan's mobile codes in use are 700-702,
 * 705-708, 747, 760-764, 771, 775-778 and 785, its landlines begin with 71 or 72, and no number of Russia, which
 * shares +7, begins with 7.
 */
export const seedNumberPrefix = '+77991';

export function seedNumber(serial: number): PhoneNumber {
  return sure(parsePhoneNumber(`${seedNumberPrefix}${String(serial).padStart(6, '0')}`), `number ${serial}`);
}

export const contactId = (text: string): ContactId => sure(parseContactId(text), text);
export const ladderId = (text: string): LadderId => sure(parseLadderId(text), text);
export const languageId = (text: string): LanguageId => sure(parseLanguageId(text), text);
export const lineId = (text: string): LineId => sure(parseLineId(text), text);
export const regionId = (text: string): RegionId => sure(parseRegionId(text), text);
export const skillId = (text: string): SkillId => sure(parseSkillId(text), text);
export const volunteerId = (text: string): VolunteerId => sure(parseVolunteerId(text), text);

export function sure<Value>(value: Value | null, text: string): Value {
  if (value === null) throw new Error(`the seed holds a bad value: ${text}`);
  return value;
}
