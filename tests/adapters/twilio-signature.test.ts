import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSigned, parseForm, readSigned } from '../../shared/adapters/twilio/signature.ts';
import { publicBase } from './adapter-values.ts';

const token = 'a'.repeat(32);
const path = '/voice/incoming';
const fields = { CallSid: 'CA1', Digits: '', From: '+77051234567', Body: 'көмек & 1+1=2' };
const body = new URLSearchParams(fields).toString();
const signatureBy = (authToken: string, url = `${publicBase}${path}`, params: object = fields) =>
  getExpectedTwilioSignature(authToken, url, { ...params });

function read(changes: Partial<Parameters<typeof readSigned>[0]> = {}, authTokens = [token]) {
  return readSigned(
    { path, query: '', body, signature: signatureBy(token), ...changes },
    { publicBase, authTokens },
  );
}

describe('the signature of a webhook', () => {
  it("accepts Twilio's published example", () => {
    const example = {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
      params: {
        CallSid: 'CA1234567890ABCDE',
        Caller: '+14158675309',
        Digits: '1234',
        From: '+14158675309',
        To: '+18005551212',
      },
    };
    expect(isSigned({ ...example, authTokens: ['12345'] })).toBe(true);
    expect(isSigned({ ...example, authTokens: ['12346'] })).toBe(false);
  });

  it('gives back the fields of a signed body, empty ones too', () => {
    expect(read()).toEqual(fields);
  });

  it('refuses a body of which one letter was changed', () => {
    expect(read({ body: body.replace('CA1', 'CA2') })).toBeNull();
  });

  it('refuses a body whose empty field was left out and accepts it when it was signed so', () => {
    const { Digits: _, ...rest } = fields;
    const without = new URLSearchParams(rest).toString();
    expect(read({ body: without, signature: signatureBy(token, `${publicBase}${path}`, rest) })).toEqual(
      rest,
    );
  });

  it('accepts the previous token while it is rotated', () => {
    expect(read({}, ['b'.repeat(32), token])).toEqual(fields);
    expect(read({}, ['b'.repeat(32)])).toBeNull();
  });

  it('refuses no signature, an empty one and one of another length', () => {
    expect(read({ signature: null })).toBeNull();
    expect(read({ signature: '' })).toBeNull();
    expect(read({ signature: `${signatureBy(token)}=` })).toBeNull();
  });

  it('refuses what was signed for another path or another host', () => {
    expect(read({ path: '/voice/other' })).toBeNull();
    expect(read({ signature: signatureBy(token, `https://elsewhere.example.org${path}`) })).toBeNull();
  });

  it('refuses a query string even if it was signed', () => {
    const signature = signatureBy(token, `${publicBase}${path}?again=1`);
    expect(read({ query: 'again=1', signature })).toBeNull();
    expect(read({ path: `${path}?again=1`, signature })).toBeNull();
  });

  it.each(['/voice/../texts', '//voice/incoming', '/voice/incoming/', '/voice/%69ncoming', 'voice'])(
    'refuses the path %s, which could be read in two ways',
    twisted => {
      expect(read({ path: twisted, signature: signatureBy(token, `${publicBase}${twisted}`) })).toBeNull();
    },
  );

  it('refuses a key that comes twice, even when the values are the same', () => {
    expect(read({ body: `${body}&CallSid=CA1` })).toBeNull();
    expect(parseForm('a=1&a=2')).toBeNull();
  });

  it('refuses a body far larger than any webhook', () => {
    expect(read({ body: `Body=${'x'.repeat(200_000)}` })).toBeNull();
  });

  it('reads a field named like a part of every object as a plain field', () => {
    const params = parseForm('__proto__=1&constructor=2');
    expect(Object.entries(params ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});
