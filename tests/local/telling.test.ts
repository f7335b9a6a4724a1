// How the demo tells what happens: in order, by name, with what a display shows.
import { expect, it } from 'vitest';
import { castOf } from '../../infra/local/demo/cast.ts';
import { demoLines, demoNetwork, demoVolunteers } from '../../infra/local/demo/demo-network.ts';
import { startNarrator, timed } from '../../infra/local/demo/narrator.ts';
import { recordedWords } from '../../infra/local/demo/recorded-words.ts';
import { teller } from '../../infra/local/demo/sentences.ts';
import { timelineSentence } from '../../infra/local/demo/timeline-sentences.ts';
import type { ExchangeEventBody } from '../../infra/local/exchange/events.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import { wordingsFor } from '../../shared/prompts/audio.ts';

const { aigul } = demoVolunteers;
const line = demoLines.zhetisu.number;
const cast = castOf(demoNetwork, Object.values(demoVolunteers), { '+77991500001': 'A caller' });
const tell = teller({ cast, recorded: recordedWords(demoNetwork), tellsHeard: true });
const told = (event: ExchangeEventBody) => tell({ ...event, seq: 1, at: 0 });

it('the demo’s network obeys the rules of every other', () => {
  expect(problemsOfNetwork(demoNetwork, wordingsFor(demoNetwork))).toEqual([]);
});

it('an event is told by who does what', () => {
  const her = { phone: '+77991500001', callSid: 'CA1' };
  const helper = { phone: aigul.number, callSid: 'CA2' };
  expect(told({ type: 'dialled', ...her, line, showing: her.phone })).toBe(
    `A caller calls ${line} (the line)`,
  );
  expect(told({ type: 'answered', ...her })).toBe('the line answers A caller');
  expect(told({ type: 'rang', ...helper, showing: line })).toBe(
    `Aigul's phone rings, showing ${line} (the line)`,
  );
  expect(told({ type: 'answered', ...helper })).toBe("Aigul's phone is picked up");
  expect(told({ type: 'pressed', ...helper, digits: '1', taken: true })).toBe('Aigul presses 1');
  expect(told({ type: 'conference-started', conference: 'x', with: [her.phone, aigul.number] })).toBe(
    'A caller and Aigul talk with each other',
  );
  expect(told({ type: 'interrupted', ...helper })).toBeNull();
});

it('the timeline says where the ladder is, and why', () => {
  const telling = { helper: () => 'Aigul', rungs: demoNetwork.ladders[0]?.rungs ?? [] };
  expect(timelineSentence({ note: 'rung-passed', rung: 1, because: 'not-answered' }, telling)).toBe(
    'the police is passed over: she has not said yes',
  );
  expect(timelineSentence({ note: 'rung-reached', rung: 9 }, telling)).toContain('never ends');
});

it('what is told late still stands where it happened', () => {
  const lines: string[] = [];
  const narrator = startNarrator(1000, printed => void lines.push(printed));
  narrator.tell(3000, 'second');
  narrator.tell(2000, 'first');
  narrator.close();
  expect(lines).toEqual(['  +1.0 s  first', '  +2.0 s  second']);
});

it('a long line goes on under its words', () => {
  const [first = '', second = ''] = timed(12_345, 'word '.repeat(30).trim()).split('\n');
  expect(first.startsWith(' +12.3 s  word')).toBe(true);
  expect(second).toMatch(/^ {12}word/);
});
