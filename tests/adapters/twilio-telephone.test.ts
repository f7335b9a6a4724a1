import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTelephone } from '../../shared/adapters/twilio/telephone.ts';
import { type ContentSid, parseContentSid } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/instant.ts';
import { checkTwilioRequest } from '../support/twilio-openapi.ts';
import {
  accountSid,
  address,
  callSid,
  callSidOf,
  helperNumber,
  keepingLog,
  known,
  lineNumber,
  messageSid,
  publicBase,
  requestId,
  survivorNumber,
} from './adapter-values.ts';
import { type Answer, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const secrets = { accountSid, apiKey: `SK${'1'.repeat(32)}`, apiSecret: 'a-secret-of-some-length' };
const ringing = { requestId, seq: 3, from: lineNumber, to: helperNumber, ringSeconds: 20 };
const message = {
  template: null,
  requestId,
  entryId: 7,
  from: address(lineNumber),
  to: address(survivorNumber),
  body: 'Сәлем',
  validSeconds: 180,
};
const folder = `/2010-04-01/Accounts/${accountSid}`;
const overrides = '#rc=2&rp=ct,rt,5xx';
const since = instant(Date.UTC(2026, 10, 22, 10, 0, 5, 400));

let server: ScriptedServer;
let log = keepingLog();

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.reset();
  log = keepingLog();
});

function telephone(twilioApi = server.url) {
  return createTelephone({ ...secrets, twilioApi, publicBase, log, limitMs: 300 });
}

const made = (sid: string): Answer => ({ status: 201, body: { sid } });
const refusal = (status: number, code: number): Answer => ({
  status,
  body: { status, code, message: `The number ${helperNumber} is wrong`, more_info: '' },
});

/** The one request that arrived, held against Twilio's own description of it. */
function asked() {
  expect(server.received).toHaveLength(1);
  const { method, path, query, form, headers } = known(server.received[0]);
  const params: Record<string, string | string[]> = {};
  for (const name of new Set([...query.keys(), ...form.keys()])) {
    const values = [...query.getAll(name), ...form.getAll(name)];
    params[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  expect(checkTwilioRequest({ method, path, params })).toEqual([]);
  return { method, path, params, headers };
}

describe('ringing her', () => {
  it('asks for a call that is silent and reports as hers, showing the number of the line', async () => {
    server.answerWith(made(callSid));
    expect(await telephone().ringSurvivor(ringing)).toEqual({ outcome: 'done', sid: callSid });
    const { params } = asked();
    expect(params).toMatchObject({
      From: lineNumber,
      Url: `${publicBase}/voice/requests/${requestId}/called/3/0${overrides}`,
      StatusCallback: `${publicBase}/status/requests/${requestId}/called/3`,
    });
  });
});

describe('ringing a helper', () => {
  it('asks for a call with screening, callbacks and retries', async () => {
    server.answerWith(made(callSid));
    expect(await telephone().ring(ringing)).toEqual({ outcome: 'done', sid: callSid });
    const { method, path, params, headers } = asked();
    expect([method, path]).toEqual(['POST', `${folder}/Calls.json`]);
    expect(params).toEqual({
      From: lineNumber,
      To: helperNumber,
      Url: `${publicBase}/voice/requests/${requestId}/offers/3/screen/0${overrides}`,
      Method: 'POST',
      Timeout: '20',
      StatusCallback: `${publicBase}/status/requests/${requestId}/offers/3`,
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: ['answered', 'completed'],
    });
    const login = Buffer.from(`${secrets.apiKey}:${secrets.apiSecret}`).toString('base64');
    expect(headers.authorization).toBe(`Basic ${login}`);
  });

  it('uses one connection for several calls', async () => {
    server.answerWith(made(callSid));
    const phone = telephone();
    await phone.ring(ringing);
    await phone.ring(ringing);
    expect(server.received.map(one => one.connection)).toEqual([
      server.received[0]?.connection,
      server.received[0]?.connection,
    ]);
  });

  it('opens a new connection after a sleep, for the old one may be dead', async () => {
    server.answerWith(made(callSid));
    const phone = telephone();
    await phone.ring(ringing);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    await phone.ring(ringing).finally(() => vi.useRealTimers());
    const [first, second] = server.received.map(one => one.connection);
    expect(second).not.toBe(first);
  });

  it('opens a new one beside one in use, for a second that has long been idle', async () => {
    server.answerWith(made(callSid));
    const phone = telephone();
    await Promise.all([phone.ring(ringing), phone.ring(ringing)]);
    const start = Date.now();
    const at = (seconds: number) =>
      vi.useFakeTimers({ toFake: ['Date'], now: start + seconds * 1000 }) && phone.ring(ringing);
    await at(15);
    await at(30);
    await Promise.all([at(45), at(45)]).finally(() => vi.useRealTimers());
    const [first, second, ...later] = server.received.map(one => one.connection);
    const inUse = later[0];
    expect([first, second]).toContain(inUse);
    expect(later.filter(connection => connection === first || connection === second)).toEqual(
      Array(3).fill(inUse),
    );
  });

  it('keeps the path of a carrier that has one', async () => {
    server.answerWith(made(callSid));
    await telephone(`${server.url}/compatible`).ring(ringing);
    expect(server.received[0]?.path).toBe(`/compatible${folder}/Calls.json`);
  });

  it.each([
    [400, 21_211, { outcome: 'failed', reason: 'bad-number' }],
    [400, 21_214, { outcome: 'failed', reason: 'bad-number' }],
    [400, 21_217, { outcome: 'failed', reason: 'bad-number' }],
    [400, 21_614, { outcome: 'failed', reason: 'bad-number' }],
    [400, 21_215, { outcome: 'failed', reason: 'refused' }],
    [400, 21_610, { outcome: 'failed', reason: 'refused', optedOut: true }],
    [403, 21_408, { outcome: 'failed', reason: 'refused' }],
    [400, 13_224, { outcome: 'failed', reason: 'refused' }],
    [400, 99_999, { outcome: 'failed', reason: 'refused' }],
    [404, 20_404, { outcome: 'failed', reason: 'refused' }],
    [401, 20_003, { outcome: 'temporary' }],
    [429, 20_429, { outcome: 'temporary' }],
    [500, 20_500, { outcome: 'temporary' }],
    [503, 20_503, { outcome: 'temporary' }],
    [302, 0, { outcome: 'temporary' }],
    [502, 0, { outcome: 'unknown' }],
    [504, 0, { outcome: 'unknown' }],
  ])('status %i with code %i is %j, and is asked once', async (status, code, expected) => {
    server.answerWith(refusal(status, code));
    expect(await telephone().ring(ringing)).toEqual(expected);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['silence', 'silence'],
    ['a closed connection', 'reset'],
    ['an answer that is not JSON', { status: 201, body: '<html>' }],
    ['an answer without a SID', { status: 201, body: { sid: 'something' } }],
  ] as const)('does not know what %s means, and asks once', async (_, answer) => {
    server.answerWith(answer);
    expect(await telephone().ring(ringing)).toEqual({ outcome: 'unknown' });
    expect(server.received).toHaveLength(1);
  });

  it('gives up within its time limit', async () => {
    const phone = telephone();
    await phone.warm();
    const startedAt = performance.now();
    await phone.ring(ringing);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const closed = await startScriptedServer();
    await closed.stop();
    expect(await telephone(closed.url).ring(ringing)).toEqual({ outcome: 'temporary' });
  });

  it('knows that nothing was sent when the host is not known', async () => {
    expect(await telephone('http://carrier.invalid').ring(ringing)).toEqual({ outcome: 'temporary' });
  });

  it('logs codes only, never a number or a message', async () => {
    server.answerWith(refusal(400, 21_211));
    await telephone().ring(ringing);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        event: 'telephone-failed',
        fields: { operation: 'ring', outcome: 'failed', reason: 'bad-number', status: 400, code: 21_211 },
      },
    ]);
  });
});

describe('finding a ring whose answer was lost', () => {
  const call = (digit: string, created: string, changes: object = {}) => ({
    sid: callSidOf(digit),
    direction: 'outbound-api',
    status: 'ringing',
    date_created: `Sun, 22 Nov 2026 ${created} +0000`,
    ...changes,
  });
  const find = () => telephone().findRing({ requestId, seq: 3, to: helperNumber, since });
  const inTheBooks = (...calls: object[]) => server.answerWith({ status: 200, body: { calls, page: 0 } });

  it('asks for the calls to that number', async () => {
    inTheBooks();
    expect(await find()).toBeNull();
    const { method, path, params } = asked();
    expect([method, path]).toEqual(['GET', `${folder}/Calls.json`]);
    expect(params).toEqual({ To: helperNumber, PageSize: '20' });
  });

  it('finds one created since, in the same second too, started or not', async () => {
    inTheBooks(call('a', '10:00:05', { status: 'queued', start_time: null }));
    expect(await find()).toBe(callSidOf('a'));
  });

  it('does not take one from before, nor a call from that number or dialled for somebody else', async () => {
    inTheBooks(
      call('a', '10:00:04'),
      call('b', '10:00:06', { direction: 'inbound' }),
      call('c', '10:00:06', { direction: 'outbound-dial' }),
    );
    expect(await find()).toBeNull();
  });

  it('prefers the leg that goes on, then the newest', async () => {
    inTheBooks(call('a', '10:00:09', { status: 'busy' }), call('b', '10:00:06'), call('c', '10:00:07'));
    expect(await find()).toBe(callSidOf('c'));
  });

  it('says so when the books can not be read: a second ring is better than none', async () => {
    server.answerWith(refusal(500, 20_500));
    expect(await find()).toBe('unknown');
    expect(log.lines[0]).toMatchObject({ event: 'telephone-failed', fields: { operation: 'find-ring' } });
  });
});

describe('a live leg', () => {
  it('is sent to ask again, each time at an address of its own', async () => {
    server.answerWith({ status: 200, body: { sid: callSid } });
    const phone = telephone();
    expect(await phone.redirect(callSid, { requestId, seq: null, entryId: 9, tries: 0 })).toEqual({
      outcome: 'done',
      sid: callSid,
    });
    const { path, params } = asked();
    expect(path).toBe(`${folder}/Calls/${callSid}.json`);
    expect(params).toEqual({
      Url: `${publicBase}/voice/requests/${requestId}/redirected/9/0${overrides}`,
      Method: 'POST',
    });
    server.received.length = 0;
    await phone.redirect(callSid, { requestId, seq: 3, entryId: 12, tries: 2 });
    expect(asked().params['Url']).toBe(
      `${publicBase}/voice/requests/${requestId}/offers/3/redirected/12/2${overrides}`,
    );
  });

  it('is ended', async () => {
    server.answerWith({ status: 200, body: { sid: callSid } });
    expect(await telephone().hangUp(callSid)).toEqual({ outcome: 'done', sid: callSid });
    expect(asked().params).toEqual({ Status: 'completed' });
  });

  it.each([
    [404, 20_404],
    [400, 21_220],
  ])('that has ended answers %i with %i: gone', async (status, code) => {
    server.answerWith(refusal(status, code));
    const phone = telephone();
    expect(await phone.hangUp(callSid)).toEqual({ outcome: 'failed', reason: 'gone' });
    expect(await phone.redirect(callSid, { requestId, seq: 1, entryId: 2, tries: 0 })).toEqual({
      outcome: 'failed',
      reason: 'gone',
    });
  });
});

describe('a text', () => {
  it('is sent with an end of validity and a delivery report', async () => {
    server.answerWith(made(messageSid));
    expect(await telephone().text(message)).toEqual({ outcome: 'done', sid: messageSid });
    const { path, params } = asked();
    expect(path).toBe(`${folder}/Messages.json`);
    expect(params).toEqual({
      From: lineNumber,
      To: survivorNumber,
      Body: 'Сәлем',
      ValidityPeriod: '180',
      StatusCallback: `${publicBase}/status/requests/${requestId}/texts/7`,
    });
  });

  it('that belongs to no request has no delivery report', async () => {
    server.answerWith(made(messageSid));
    await telephone().text({ ...message, requestId: null, to: address(`whatsapp:${survivorNumber}`) });
    expect(asked().params).not.toHaveProperty('StatusCallback');
  });

  it("after WhatsApp's window has closed is refused", async () => {
    server.answerWith(refusal(400, 63_016));
    expect(await telephone().text(message)).toEqual({ outcome: 'failed', reason: 'window-closed' });
  });

  it('as an approved template goes by its name and what stands in it, without words', async () => {
    server.answerWith(made(messageSid));
    const template = { sid: parseContentSid(`HX${'a'.repeat(32)}`) as ContentSid, variables: { 1: '41' } };
    await telephone().text({ ...message, body: null, template });
    const { params } = asked();
    expect(params).toMatchObject({ ContentSid: template.sid, ContentVariables: '{"1":"41"}' });
    expect(params).not.toHaveProperty('Body');
  });
});
