// The phone in the terminal: what can be typed, what is understood of what it hears, what it prints as a scenario.
import { expect, it } from 'vitest';
import { recordedWords } from '../../infra/local/demo/recorded-words.ts';
import type { ExchangeEvent, ExchangeEventBody } from '../../infra/local/exchange/events.ts';
import { commandFrom } from '../../infra/local/phone/commands.ts';
import { shownOf } from '../../infra/local/phone/display.ts';
import { scenarioFrom } from '../../infra/local/phone/scenario.ts';
import { understanding } from '../../infra/local/phone/understanding.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { en } from '../../shared/prompts/en.ts';
import { kk } from '../../shared/prompts/kk.ts';
import { ru } from '../../shared/prompts/ru.ts';

const LINE = '+77991000003';
const HER = '+77991500001';
const HELPER = '+77991001005';
const MANAGER = '+77991000130';

it.each([
  ['call +77991000003', { kind: 'call', to: LINE, withheld: false }],
  ['  CALL +7799 1000 003 ', { kind: 'call', to: LINE, withheld: false }],
  ['withheld +77991000003', { kind: 'call', to: LINE, withheld: true }],
  ['press 1', { kind: 'press', digits: '1' }],
  ['9', { kind: 'press', digits: '9' }],
  ['answer', { kind: 'answer' }],
  ['hang up', { kind: 'hang-up' }],
  [
    'text whatsapp:+77991000002 One  and  two',
    { kind: 'text', to: 'whatsapp:+77991000002', body: 'One  and  two' },
  ],
  ['behave voicemail 5', { kind: 'behave', as: { kind: 'voicemail', afterSeconds: 5 } }],
  ['behave no-answer', { kind: 'behave', as: { kind: 'no-answer' } }],
  ['', { kind: 'nothing' }],
  ['quit', { kind: 'quit' }],
])('"%s" is understood', (typed, command) => {
  expect(commandFrom(typed)).toEqual(command);
});

it.each([
  'call',
  'call 102',
  'press x',
  'text +77991000003',
  'text hello',
  'behave badly',
  'behave voicemail soon',
  'sing',
])('"%s" is answered with what to type instead', typed => {
  expect(commandFrom(typed)).toMatchObject({ kind: 'mistake', why: expect.stringMatching(/\.$/) });
});

it('words are understood back to keys, names and digits, in their order', () => {
  const understand = understanding(kazakhstan);
  const text = `${en.spoken.sentences['numbers-to-dial']} one, zero, two, or one, one, two.`;
  expect(understand({ kind: 'say', text, language: 'en-GB', at: 0 })).toEqual({
    language: 'en',
    said: [
      { say: 'numbers-to-dial' },
      ...['1', '0', '2'].map(dial => ({ dial })),
      { say: 'or' },
      ...['1', '1', '2'].map(dial => ({ dial })),
    ],
    rest: '',
  });
});

it('a recording is understood by its name, and shown with its words', () => {
  const heard = { kind: 'play', url: 'http://127.0.0.1:1/audio/kk/press-3.mp3', at: 0 } as const;
  expect(understanding(kazakhstan)(heard)).toEqual({ language: 'kk', said: [{ press: '3' }], rest: '' });
  const shown = shownOf(
    { type: 'heard', phone: HER, callSid: 'CA1', heard, seq: 1, at: 0 },
    recordedWords(kazakhstan),
  );
  expect(shown).toBe(`hears [kk/press-3]: ${kk.spoken.press[3]}`);
});

it('what no catalog holds is not made up', () => {
  const understood = understanding(kazakhstan)({
    kind: 'say',
    text: `Strange. ${en.spoken.sentences.goodbye}`,
    language: 'en',
    at: 0,
  });
  expect(understood).toEqual({ language: 'en', said: [{ say: 'goodbye' }], rest: 'Strange' });
});

/** Events a second apart, unless a pause is given. */
function life(...bodies: readonly (ExchangeEventBody & { readonly after?: number })[]): ExchangeEvent[] {
  let at = Date.UTC(2026, 10, 23, 5);
  return bodies.map(({ after = 1, ...body }, index) => {
    at += after * 1000;
    return { ...(body as ExchangeEventBody), seq: index + 1, at };
  });
}

const helpers = new Map([
  [HELPER, 'Ayzada T.'],
  [MANAGER, 'Duty manager A.'],
]);

function stepsOf(events: readonly ExchangeEvent[]): readonly string[] {
  const code = scenarioFrom({ events, network: kazakhstan, helpers });
  return code
    .slice(code.indexOf('\n\n', code.indexOf('const world =')))
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && line !== '});');
}

it('a scenario waits as long as people did, and does not expect what is said over and over', () => {
  const on = { phone: HER, callSid: 'CA1' };
  const said = (text: string) =>
    ({ type: 'heard', ...on, heard: { kind: 'say', text, language: 'ru-RU', at: 0 } }) as const;
  const ringing = { phone: MANAGER, callSid: 'CA2' };
  expect(
    stepsOf(
      life(
        { type: 'dialled', ...on, line: LINE, showing: 'anonymous' },
        { type: 'answered', ...on },
        said(ru.spoken.sentences['still-searching']),
        { type: 'rang', ...ringing, showing: LINE, after: 58 },
        { type: 'rang-out', ...ringing, status: 'no-answer', after: 20 },
        { type: 'hung-up', ...on, by: 'phone', status: 'completed', after: 0.2 },
      ),
    ),
  ).toEqual([
    "await caller.dials(almatyLine, { withheld: 'anonymous' });",
    'await dutyManagerA.rings(65);',
    'await dutyManagerA.stopsRinging(25);',
    'await caller.hangsUp();',
  ]);
});

it('the code of an offer is read in the scenario, for it is another one each time', () => {
  const texts = { messageSid: 'SM1', to: LINE, from: LINE };
  expect(
    stepsOf(
      life(
        { type: 'text-written', phone: HER, ...texts, body: "It's me" },
        {
          type: 'text-received',
          phone: HELPER,
          ...texts,
          body: 'Request: English. Reply 65 to take it, 0 to decline.',
        },
        { type: 'text-written', phone: HELPER, ...texts, body: '65' },
        { type: 'text-received', phone: HER, ...texts, body: 'Hello, I am here now.' },
      ),
    ),
  ).toEqual([
    'await caller.writes(almatyLine, "It\'s me");',
    'const ayzadaTCode = await ayzadaT.readsOffer();',
    'await world.pass(1);',
    'await ayzadaT.writes(almatyLine, ayzadaTCode);',
    "await caller.reads('Hello, I am here now.');",
  ]);
});

it('a phone that is busy or off is set so before anything happens', () => {
  const ring = { phone: HELPER, callSid: 'CA2', status: 'busy' } as const;
  const dialled = { type: 'dialled', phone: HER, callSid: 'CA1', line: LINE, showing: HER } as const;
  expect(stepsOf(life(dialled, { type: 'rang-out', ...ring }))[0]).toBe(
    "ayzadaT.phone.behaviour = { kind: 'busy' };",
  );
});

it('nothing played is said to be nothing', () => {
  expect(scenarioFrom({ events: [], network: kazakhstan, helpers })).toBe('// Nothing was played yet.\n');
});
