// The parts of Twilio's client that we load, held against the whole of it: the same requests, the same errors.
import twilio from 'twilio';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Connection } from '../../shared/adapters/twilio/connection.ts';
import { type Account, createRest } from '../../shared/adapters/twilio/rest.ts';
import { accountSid, callSid, helperNumber, lineNumber } from './adapter-values.ts';
import { type Answer, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const key = { apiKey: `SK${'1'.repeat(32)}`, apiSecret: 'a-secret-of-some-length' };
const roomSid = `CF${'2'.repeat(32)}`;
const textSid = `SM${'3'.repeat(32)}`;

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

function whole(): Account {
  const httpClient = new Connection(server.url, 500) as unknown as twilio.RequestClient;
  const client = twilio(key.apiKey, key.apiSecret, { accountSid, httpClient });
  return client.api.v2010.accounts(accountSid);
}
const ours = (): Account => createRest({ ...key, accountSid, twilioApi: server.url, limitMs: 500 });

const from = lineNumber;
const to = helperNumber;
const url = 'https://hotline.example/voice/x#rc=2&rp=ct,rt,5xx';
const since = new Date(Date.UTC(2026, 10, 22, 10, 0, 5));

/** Each thing that the adapters do, in the fields that they use. */
const doings: Readonly<Record<string, (account: Account) => Promise<unknown>>> = {
  ring: ({ calls }) =>
    calls.create({
      from,
      to,
      url,
      method: 'POST',
      timeout: 20,
      statusCallback: 'https://hotline.example/status',
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['answered', 'completed'],
    }),
  redirect: ({ calls }) => calls(callSid).update({ url, method: 'POST' }),
  'hang up': ({ calls }) => calls(callSid).update({ status: 'completed' }),
  'how a call ended': ({ calls }) => calls(callSid).fetch(),
  'delete a call': ({ calls }) => calls(callSid).remove(),
  'list calls': ({ calls }) => calls.list({ to, limit: 20, pageSize: 20 }),
  'list calls since': ({ calls }) => calls.list({ to, startTimeAfter: since, pageSize: 1000 }),
  'send a text': ({ messages }) => messages.create({ from, to, body: 'Сәлем', validityPeriod: 180 }),
  'send a template': ({ messages }) =>
    messages.create({ from, to, contentSid: `HX${'4'.repeat(32)}`, contentVariables: '{"1":"a & b"}' }),
  'list texts': ({ messages }) => messages.list({ to, dateSentAfter: since, pageSize: 1000 }),
  'delete a text': ({ messages }) => messages(textSid).remove(),
  'find a room': ({ conferences }) =>
    conferences.list({ friendlyName: 'room', status: 'in-progress', limit: 1 }),
  'tell in a room': ({ conferences }) =>
    conferences(roomSid).participants(callSid).update({ announceUrl: url, announceMethod: 'POST' }),
};

const failures: readonly Answer[] = [
  { status: 400, body: { status: 400, code: 21_211, message: 'no', more_info: '' } },
  { status: 429, body: { status: 429, code: 20_429, message: 'slower', more_info: '' } },
  { status: 404, body: { type: 'https://x.example', title: 'Gone', status: 404, code: 20_404 } },
  { status: 502, body: '<html>bad gateway</html>' },
  { status: 200, body: 'no JSON' },
  'reset',
  'silence',
];

async function outcomeOf(doing: Promise<unknown>): Promise<unknown> {
  try {
    await doing;
    return 'done';
  } catch (error) {
    const { name, status, code } = error as { name?: string; status?: number; code?: number | string };
    return { name, status, code };
  }
}

async function seen(account: Account, doing: (account: Account) => Promise<unknown>, answer: Answer) {
  server.reset();
  server.answerWith(answer);
  const outcome = await outcomeOf(doing(account));
  const requests = server.received.map(({ method, path, query, form, headers }) => {
    const { 'user-agent': agent, host, ...rest } = headers;
    return { method, path, query: query.toString(), form: form.toString(), headers: rest };
  });
  return { outcome, requests };
}

test.each(Object.entries(doings))('%s is asked for as the whole client does', async (_, doing) => {
  const done: Answer = { status: 200, body: { sid: callSid, calls: [], messages: [], conferences: [] } };
  const expected = await seen(whole(), doing, done);
  expect(expected.requests).toHaveLength(1);
  expect(await seen(ours(), doing, done)).toEqual(expected);
});

test.each(failures)('%j is the same failure', async answer => {
  const ring = doings['ring'] as (typeof doings)[string];
  const expected = await seen(whole(), ring, answer);
  expect(expected.outcome).not.toBe('done');
  expect(await seen(ours(), ring, answer)).toEqual(expected);
});
