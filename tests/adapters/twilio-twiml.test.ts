import { readdirSync, readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { emptyTwiml, type Instruction, sayable, voiceTwiml } from '../../shared/adapters/twilio/twiml.ts';
import { paths, roomName } from '../../shared/app/paths.ts';
import type { Speech } from '../../shared/prompts/speech.ts';
import { helperNumber, known, lineNumber, publicBase, requestId, survivorNumber } from './adapter-values.ts';

const said: Speech = { kind: 'say', text: 'Подождите', voice: 'Google.ru-RU-Wavenet-A', locale: 'ru-RU' };
const played: Speech = { kind: 'play', path: '/audio/kk/searching.mp3' };
const speech = [said, played];

const instructions: readonly Instruction[] = [
  { kind: 'ask', speech, listenSeconds: 5, next: paths.wait(requestId, 3) },
  {
    kind: 'join',
    speech,
    room: roomName(requestId, 4),
    endsRoom: true,
    next: paths.helperRoom(requestId, 4),
  },
  { kind: 'tell', speech },
  { kind: 'hang-up', speech },
  { kind: 'dial-out', speech, number: helperNumber, callerId: lineNumber, next: '/voice/incoming' },
];

function responseOf(instruction: Instruction) {
  const root = new DOMParser().parseFromString(
    voiceTwiml(instruction, publicBase),
    'text/xml',
  ).documentElement;
  return known(root);
}
function instructionOf(kind: Instruction['kind']): Instruction {
  return known(instructions.find(one => one.kind === kind));
}
function only(root: ReturnType<typeof responseOf>, name: string) {
  const found = root.getElementsByTagName(name);
  expect(found.length).toBe(1);
  return known(found.item(0));
}
function attributes(element: ReturnType<typeof only>): Record<string, string> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
}
function childNames(element: ReturnType<typeof only>): string[] {
  return [...element.childNodes].map(node => node.nodeName);
}

describe('TwiML', () => {
  it('asks with the speech inside, so that a key can interrupt it', () => {
    const root = responseOf(instructionOf('ask'));
    const gather = only(root, 'Gather');
    expect(childNames(root)).toEqual(['Gather']);
    expect(childNames(gather)).toEqual(['Say', 'Play']);
    expect(attributes(gather)).toEqual({
      input: 'dtmf',
      numDigits: '1',
      finishOnKey: '',
      timeout: '5',
      actionOnEmptyResult: 'true',
      action: `${publicBase}/voice/requests/${requestId}/wait/3#rc=2&rp=ct,rt,5xx`,
      method: 'POST',
    });
  });

  it('speaks with the given voice and plays from our own address', () => {
    const root = responseOf(instructionOf('ask'));
    expect(attributes(only(root, 'Say'))).toEqual({ voice: 'Google.ru-RU-Wavenet-A', language: 'ru-RU' });
    expect(only(root, 'Say').textContent).toBe('Подождите');
    expect(only(root, 'Play').textContent).toBe(`${publicBase}/audio/kk/searching.mp3`);
  });

  it('joins a silent room that ends with either side', () => {
    const root = responseOf(instructionOf('join'));
    expect(childNames(root)).toEqual(['Say', 'Play', 'Dial']);
    expect(attributes(only(root, 'Dial'))).toEqual({
      action: `${publicBase}/voice/requests/${requestId}/offers/4/left#rc=2&rp=ct,rt,5xx`,
      method: 'POST',
      hangupOnStar: 'false',
    });
    expect(attributes(only(root, 'Conference'))).toEqual({
      beep: 'false',
      startConferenceOnEnter: 'true',
      endConferenceOnExit: 'true',
      waitUrl: '',
      maxParticipants: '4',
    });
    expect(only(root, 'Conference').textContent).toBe(`${requestId}-4`);
  });

  it('hangs up after the last word', () => {
    expect(childNames(responseOf(instructionOf('hang-up')))).toEqual(['Say', 'Play', 'Hangup']);
  });

  it("dials out under the line's number", () => {
    const root = responseOf(instructionOf('dial-out'));
    expect(attributes(only(root, 'Dial'))['callerId']).toBe(lineNumber);
    expect(only(root, 'Number').textContent).toBe(helperNumber);
    expect(root.toString()).not.toContain(survivorNumber);
  });

  it('shows the number of the line on every leg that it dials: without it Twilio shows the caller’s own', () => {
    const dialled = instructions.flatMap(one =>
      [...responseOf(one).getElementsByTagName('Dial')].filter(dial =>
        ['Number', 'Client', 'Sip'].some(noun => dial.getElementsByTagName(noun).length > 0),
      ),
    );
    expect(dialled.map(dial => dial.getAttribute('callerId'))).toEqual([lineNumber]);
    expect(dialled.map(dial => dial.textContent)).toEqual([helperNumber]);
  });

  it('survives every text, however broken', () => {
    const broken = 'a\u0000b\u0008\u001f\ud800c\udc00\ufffe\uffff<&>"\' 😀\u007f';
    const root = responseOf({ kind: 'hang-up', speech: [{ ...said, text: broken }] });
    expect(only(root, 'Say').textContent).toBe('a b   c   <&>"\' 😀');
  });

  it('leaves out a sentence of which nothing is left: Twilio refuses an empty one', () => {
    expect(sayable('\u0000 \ufffe')).toBe('');
    expect(childNames(responseOf({ kind: 'hang-up', speech: [{ ...said, text: '\u0000' }] }))).toEqual([
      'Hangup',
    ]);
  });

  it('answers texts with nothing', () => {
    expect(emptyTwiml).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  it('never records or transcribes, in what it emits and in its source', () => {
    const emitted = instructions.map(one => voiceTwiml(one, publicBase)).join();
    const folder = new URL('../../shared/adapters/twilio/', import.meta.url);
    // The recorder's two are used by the recorder alone, which no survivor's call can reach: `npm run check` sees to it.
    const others = readdirSync(folder).filter(file => !/^recorder-(twiml|media)\.ts$/.test(file));
    const sources = others.map(file => readFileSync(new URL(file, folder), 'utf8'));
    // `Record<…>` is a TypeScript type.
    const words = [emitted, ...sources].join('\n').replaceAll('Record<', '');
    expect(words).not.toMatch(/record|transcri|siprec|<Stream|machineDetection/i);
  });
});
