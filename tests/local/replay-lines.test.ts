// How a timeline reads: one line a note, asked, rung, answered and confirmed apart, reasons grouped, nobody named.
import { describe, expect, test } from 'vitest';
import { replayLines } from '../../infra/local/replay/replay-lines.ts';
import { languageId, skillId, volunteerId } from '../../infra/local/seed/seed-values.ts';
import { noteLines } from '../../shared/app/timeline-words/note-words.ts';
import { verdictLines } from '../../shared/app/timeline-words/verdict-words.ts';
import type { Verdict } from '../../shared/domain/matching.ts';
import type { Note } from '../../shared/domain/timeline.ts';
import { at } from '../support/given.ts';
import { ladder, manager, police } from '../support/small-network.ts';

const aigul = volunteerId('vol_aigul');
const options = {
  zone: 'Asia/Almaty',
  rungs: ladder.rungs,
  language: languageId('ru'),
  need: null,
  namesAll: false,
};
const linesOf = (...entries: readonly (readonly [number, ...Note[]])[]) =>
  replayLines(
    entries.map(([seconds, ...notes]) => ({ at: at(seconds), notes })),
    options,
  );
const verdicts = (count: number, verdict: Verdict['verdict']): readonly Verdict[] =>
  Array.from({ length: count }, (_, index) => ({ helper: volunteerId(`vol_n${index}`), verdict }));

describe('the lines', () => {
  test('tell asked, rung, answered and confirmed apart, each with wall time and seconds since the opening', () => {
    const lines = linesOf(
      [0, { note: 'opened', channel: 'voice', withheld: false, again: false }],
      [0, { note: 'search-started', rung: 0 }, { note: 'rung-reached', rung: 0 }],
      [
        0,
        {
          note: 'offered',
          seq: 1,
          to: aigul,
          by: 'call',
          as: 'helper',
          rung: 0,
          consent: null,
          inLanguage: null,
        },
      ],
      [0.4, { note: 'rung', seq: 1, to: aigul }],
      [7, { note: 'answered', seq: 1, to: aigul }],
      [12.5, { note: 'confirmed', seq: 1, to: aigul }],
      [75, { note: 'closed', because: 'talked', abandoned: null }],
    );
    expect(lines).toEqual([
      '2026-11-23 10:00:00      +0.0 s  opened by a call',
      '2026-11-23 10:00:00      +0.0 s  search started at rung 1 of 7 (the volunteers of her region)',
      '2026-11-23 10:00:00      +0.0 s  reached rung 1 of 7 (the volunteers of her region)',
      '2026-11-23 10:00:00      +0.0 s  asked vol_aigul by call (offer 1, rung 1 of 7)',
      '2026-11-23 10:00:00      +0.4 s  rung vol_aigul (offer 1): the network has taken the call',
      '2026-11-23 10:00:07      +7.0 s  answered by vol_aigul (offer 1): picked up, not confirmed',
      '2026-11-23 10:00:12     +12.5 s  confirmed by vol_aigul (offer 1)',
      '2026-11-23 10:01:15     +75.0 s  closed: talked',
      '',
      'rung 1 of 7 (the volunteers of her region): asked 1, rung or texted 1, answered 1, confirmed by vol_aigul',
      'Confirmed by vol_aigul, 12.5 s after it was opened.',
    ]);
  });

  test('say of a rung that was left that nobody there confirmed, even when somebody picked up', () => {
    const lines = linesOf(
      [0, { note: 'opened', channel: 'voice', withheld: true, again: false }],
      [1, { note: 'rung-reached', rung: 4 }],
      [
        1,
        {
          note: 'offered',
          seq: 3,
          to: police.id,
          by: 'call',
          as: 'helper',
          rung: 4,
          consent: 'given',
          inLanguage: null,
        },
      ],
      [9, { note: 'answered', seq: 3, to: police.id }],
      [31, { note: 'rung-passed', rung: 4, because: 'time-over' }],
    );
    expect(lines).toContainEqual(
      expect.stringContaining('left rung 5 of 7 (the police), not confirmed: its time is over'),
    );
    expect(lines.at(-2)).toBe(
      'rung 5 of 7 (the police): asked 1, rung or texted 0, answered 1, not confirmed',
    );
    expect(lines.at(-1)).toBe('Not confirmed by anybody yet.');
  });

  test('a helper who confirms after the rung was left confirms for the rung that asked', () => {
    const lines = linesOf(
      [0, { note: 'rung-reached', rung: 0 }],
      [
        0,
        {
          note: 'offered',
          seq: 1,
          to: aigul,
          by: 'call',
          as: 'helper',
          rung: 0,
          consent: null,
          inLanguage: null,
        },
      ],
      [45, { note: 'rung-passed', rung: 0, because: 'time-over' }, { note: 'rung-reached', rung: 1 }],
      [50, { note: 'confirmed', seq: 1, to: aigul }],
    );
    expect(lines.slice(-3, -1).map(line => line.split(', ').at(-1))).toEqual([
      'confirmed by vol_aigul',
      'not confirmed',
    ]);
  });

  test('judge by the language and the need that she had chosen by then', () => {
    const judged: Note = {
      note: 'judged',
      rung: 0,
      verdicts: [
        { helper: aigul, verdict: 'language' },
        { helper: manager.id, verdict: 'skill' },
      ],
    };
    const lines = linesOf(
      [0, { note: 'language-chosen', language: languageId('kk') }],
      [1, { note: 'need-chosen', need: skillId('legal') }, judged],
    );
    expect(lines).toContainEqual(expect.stringMatching(/^ {33} {2}does not speak kk: vol_aigul$/));
    expect(lines).toContainEqual(expect.stringContaining('lacks the skill legal: con_manager'));
  });

  test('a note from another version or a damaged one is one line and stops nothing', () => {
    const odd = [
      { note: 'from-tomorrow' },
      { note: 'judged', rung: 0 },
      { note: 'closed', because: 'talked\u001b[2J' },
    ] as unknown as Note[];
    const lines = linesOf([0, ...odd]);
    expect(lines.map(line => line.slice(33))).toEqual([
      'a note that this version does not know: from-tomorrow',
      'a damaged note: judged',
      'closed: talked�[2J',
      '',
      '',
    ]);
  });

  test('without a ladder rungs are told by their number', () => {
    const telling = { ...options, rungs: null };
    expect(noteLines({ note: 'rung-reached', rung: 4 }, telling)).toEqual(['reached rung 5']);
  });
});

describe('the reasons', () => {
  test('200 people off duty are one line, and all of them are named when that is wished for', () => {
    const many = [...verdicts(1, 'chosen'), ...verdicts(200, 'off-duty')];
    const [chosen, offDuty, ...more] = verdictLines(many, options, { namesAll: false });
    expect([chosen, more]).toEqual(['chosen: vol_n0', []]);
    expect(offDuty).toMatch(/^off duty: vol_n0 .*vol_n7 and 192 more$/);
    expect(verdictLines(many, options, { namesAll: true })[1]).toMatch(/vol_n199$/);
  });

  test('each reason has words of its own', () => {
    const reasons = [
      'chosen',
      'eligible',
      'off-duty',
      'language',
      'skill',
      'region',
      'busy',
      'paused',
      'excluded',
      'unreachable',
      'asked-before',
      'closed-now',
    ] as const;
    const lines = reasons.flatMap(reason => verdictLines(verdicts(1, reason), options, { namesAll: false }));
    expect(new Set(lines).size).toBe(reasons.length);
    expect(verdictLines([], options, { namesAll: false })).toEqual(['nobody was there to be judged']);
  });
});
