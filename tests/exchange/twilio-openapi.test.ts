// That the check against Twilio's OpenAPI document finds what it is there for; that the exchange passes it is
// asserted at the end of every other test here.
import { expect, it } from 'vitest';
import { checkTwilioRequest, checkTwilioResponse } from '../support/twilio-openapi.ts';

const BASE = `/2010-04-01/Accounts/AC${'a'.repeat(32)}`;
const call = { To: '+77011111111', From: '+77001000000', Url: 'https://pana.example/voice' };
const text = { To: '+77011111111', From: '+77001000000', Body: 'Hello' };
const request = (path: string, params: Record<string, string | string[]>, method = 'POST') =>
  checkTwilioRequest({ method, path: BASE + path, params });

it('good requests have no problems', () => {
  const more = {
    Timeout: '25',
    StatusCallback: 'https://pana.example/s',
    StatusCallbackEvent: ['answered', 'completed'],
  };
  expect(request('/Calls.json', { ...call, ...more })).toEqual([]);
  expect(request('/Calls.json', { ...call, ...more, StatusCallbackEvent: 'completed' })).toEqual([]);
  expect(request('/Messages.json', { ...text, ValidityPeriod: '300' })).toEqual([]);
  expect(request('/Messages.json', { ...text, To: 'whatsapp:+77011111111' })).toEqual([]);
  expect(request(`/Calls/CA${'b'.repeat(32)}.json`, { Status: 'canceled' })).toEqual([]);
  expect(request('/Calls.json', { To: '+77011111111', 'StartTime>': '2026-01-31T12:00:00Z' }, 'GET')).toEqual(
    [],
  );
});

it.each([
  ['an unknown parameter', '/Calls.json', { ...call, TimeOut: '25' }, 'TimeOut'],
  ['a missing parameter', '/Calls.json', { To: call.To, Url: call.Url }, 'From'],
  ['a value of the wrong type', '/Calls.json', { ...call, Timeout: 'soon' }, 'Timeout'],
  ['two sources of TwiML', '/Calls.json', { ...call, Twiml: '<Response/>' }, 'exactly one of Url'],
  [
    'an unknown event',
    '/Calls.json',
    { ...call, StatusCallback: call.Url, StatusCallbackEvent: 'done' },
    'done',
  ],
  ['a recording', '/Calls.json', { ...call, Record: 'true' }, 'Record'],
  ['an unknown status', `/Calls/CA${'b'.repeat(32)}.json`, { Status: 'ended' }, 'Status'],
  ['a bad SID', '/Calls/CA12.json', { Status: 'completed' }, 'Sid'],
  ['a text without content', '/Messages.json', { To: text.To, From: text.From }, 'one of Body'],
  ['a text too long', '/Messages.json', { ...text, Body: 'x'.repeat(1601) }, '1600'],
  ['a resource that is not there', '/Sms.json', text, 'no such operation'],
])('a request with %s is found out', (_, path, params, part) => {
  expect(request(path, params).join('\n')).toContain(part);
});

it('an answer with a field too many, or of another form, is found out', () => {
  const answer = (body: unknown, status = 201) =>
    checkTwilioResponse({ method: 'POST', path: `${BASE}/Messages.json`, status, body });
  expect(answer({ sid: `SM${'c'.repeat(32)}`, status: 'queued' })).toEqual([]);
  expect(answer({ colour: 'red' }).join()).toContain('colour');
  expect(answer({ sid: 'SM12' }).join()).toContain('sid');
  expect(answer({ date_created: '2026-01-31' }).join()).toContain('date_created');
  expect(answer({}, 200).join()).toContain('not documented');
  expect(answer({ code: 21_211, message: 'no' }, 400)).not.toEqual([]);
});
