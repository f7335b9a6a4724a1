// Phones in another process: everything a person can do, over HTTP, and the stream of what happens to one phone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AIGUL, DANA, LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

let world: SmallWorld;
beforeEach(async () => {
  world = await smallWorld();
  world.on('/voice', '<Gather numDigits="1" action="/menu"><Say>Press a key</Say></Gather>');
  world.on('/menu', '<Say>Thank you</Say><Pause length="60"/>');
  world.on('/text', '');
});
afterEach(() => world.close());

async function post(number: string, deed: string, json: unknown = {}) {
  const response = await fetch(`${world.exchange.url}/phones/${encodeURIComponent(number)}/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
  });
  const body = (await response.json()) as {
    call: { state: string; incoming: boolean } | null;
    error?: string;
  };
  await world.clock.runDue();
  return { status: response.status, body };
}

it('a phone dials, presses and hangs up', async () => {
  const dialled = await post(AIGUL, 'dial', { to: LINE, withheld: 'anonymous' });
  expect([dialled.status, dialled.body.call?.incoming]).toEqual([202, false]);
  await post(AIGUL, 'press', { digits: '1' });
  expect(world.hooksAt('/menu')[0]?.params).toMatchObject({ Digits: '1', From: 'anonymous' });
  await post(AIGUL, 'hang-up');
  expect(world.exchange.liveLegs()).toEqual([]);
});

it('a phone is rung and answers, or behaves as set', async () => {
  const ring = () => world.client.calls.create({ from: LINE, to: DANA, url: `${PUBLIC}/voice` });
  await ring();
  await world.clock.runDue();
  await post(DANA, 'answer');
  expect(world.exchange.phone(DANA).said).toEqual(['Press a key']);
  await post(DANA, 'hang-up');
  await post(DANA, 'behaviour', { call: { kind: 'busy' }, text: { failure: 30_003 } });
  await ring();
  await world.clock.runDue();
  expect(world.exchange.calls.at(-1)?.status).toBe('busy');
  expect(world.exchange.phone(DANA).textBehaviour).toEqual({ failure: 30_003 });
});

it('a phone writes a text', async () => {
  await post(AIGUL, 'text', { to: LINE, body: 'Hello' });
  expect(world.hooksAt('/text')[0]?.params['Body']).toBe('Hello');
});

it.each([
  ['answer', {}, 'is not ringing'],
  ['press', {}, '"digits" must be text'],
  ['fly', {}, 'cannot fly'],
  ['dial', { to: '+77009999999' }, 'none of this exchange'],
  ['behaviour', { call: { kind: 'sings' } }, 'kind'],
])('a deed that cannot be done is refused with a reason: %s', async (deed, json, reason) => {
  const { status, body } = await post(AIGUL, deed, json);
  expect(status).toBe(400);
  expect(body.error).toContain(reason);
});

it('a web page of another origin cannot act as a phone', async () => {
  const form = await fetch(`${world.exchange.url}/phones/${encodeURIComponent(AIGUL)}/dial`, {
    method: 'POST',
    body: new URLSearchParams({ to: LINE }),
  });
  expect(form.status).toBe(400);
  expect(world.exchange.calls).toEqual([]);
});

it('the stream tells one phone’s events, those already past included when asked', async () => {
  await world.exchange.phone(DANA).dial(LINE);
  await world.exchange.phone(AIGUL).dial(LINE);
  const stop = new AbortController();
  const url = `${world.exchange.url}/phones/${encodeURIComponent(AIGUL)}/events?after=0`;
  const response = await fetch(url, { signal: stop.signal });
  if (!response.body) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (word: string) => {
    while (!text.includes(word)) text += (await reader.read()).value ?? '';
  };
  await until('event: heard');
  await world.exchange.phone(AIGUL).hangUp();
  await until('event: hung-up');
  const events = [...text.matchAll(/^event: (.+)$/gm)].map(match => match[1]);
  expect(events).toEqual(['dialled', 'answered', 'heard', 'hung-up']);
  expect(text).not.toContain(DANA);
  stop.abort();
});

it('the list shows every phone', async () => {
  world.exchange.phone(AIGUL);
  world.exchange.phone(DANA);
  const response = await fetch(`${world.exchange.url}/phones`);
  expect(await response.json()).toMatchObject({ phones: [{ number: AIGUL }, { number: DANA }] });
});
