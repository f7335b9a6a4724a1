// What is sealed opens where it was sealed, with its key, unchanged; and nowhere else.
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSealer } from '../../../shared/adapters/system/sealer.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone.ts';
import { sure } from './store-world.ts';

const [dataKey, lookupKey] = [randomBytes(32), randomBytes(32)];
const sealer = createSealer({ dataKey, lookupKey });
const words = 'қауіпсіз жер 🙏';
const refused = 'a sealed value can not be opened';

describe('sealing', () => {
  test.each(['', words, 'x'.repeat(100_000)])('opens again', plain => {
    expect(sealer.open(sealer.seal(plain, 'table|a|b'), 'table|a|b')).toBe(plain);
  });

  test('never looks the same twice', () => {
    expect(sealer.seal(words, 'p')).not.toEqual(sealer.seal(words, 'p'));
  });

  test('does not open elsewhere', () => {
    expect(() => sealer.open(sealer.seal(words, 'table|a|b'), 'table|a|c')).toThrow();
  });

  test('does not open when any bit of it was changed, or a part is missing', () => {
    const sealed = sealer.seal(words, 'p');
    for (const place of sealed.keys()) {
      const changed = Uint8Array.from(sealed);
      changed[place] = sure(changed[place]) ^ 1;
      expect(() => sealer.open(changed, 'p')).toThrow();
    }
    for (const length of [0, 1, 20, 32, sealed.length - 1]) {
      expect(() => sealer.open(sealed.subarray(0, length), 'p')).toThrow();
    }
  });

  test('does not open with another key, and says nothing of either', () => {
    const other = createSealer({ dataKey: randomBytes(32), lookupKey });
    expect(() => other.open(sealer.seal(words, 'p'), 'p')).toThrow(refused);
  });

  test('opens after the key was rotated', () => {
    const rotated = createSealer({ dataKey: randomBytes(32), lookupKey, formerDataKeys: [dataKey] });
    expect(rotated.open(sealer.seal(words, 'p'), 'p')).toBe(words);
    expect(() => sealer.open(rotated.seal(words, 'p'), 'p')).toThrow(refused);
  });

  test('refuses keys of another length', () => {
    expect(() => createSealer({ dataKey: randomBytes(16), lookupKey })).toThrow('32 bytes');
  });
});

describe('looking numbers up', () => {
  const number = sure(parsePhoneNumber('+77995550199'));

  test('is HMAC-SHA-256 of the number', () => {
    const expected = createHmac('sha256', lookupKey).update('+77995550199').digest('base64url');
    expect(sealer.lookup(number)).toBe(expected);
  });

  test('gives another text under another key', () => {
    expect(createSealer({ dataKey, lookupKey: dataKey }).lookup(number)).not.toBe(sealer.lookup(number));
  });
});
