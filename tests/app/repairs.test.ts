// Which reports a request has missed, from what the network's books say of its legs.
import { describe, expect, test } from 'vitest';
import { legsOf, repairsFor } from '../../shared/app/repairs.ts';
import type { LegOutcome } from '../../shared/domain/event.ts';
import type { CallSid } from '../../shared/domain/ids.ts';
import {
  answered,
  at,
  callSid,
  given,
  hungUp,
  legSid,
  onDuty,
  pressed,
  rang,
  type Story,
  texted,
} from '../support/given.ts';

const roster = [onDuty('aigul'), onDuty('bota')];
/** Two phones ring, offers 1 and 3, by legs named after them. */
const searching = given(rang(), { roster }).performed(0).when(1, { kind: 'looked' }).performed(1);
const connected = searching.when(5, answered(1)).when(9, pressed(1, '1')).performed(9);
const ended = (...legs: readonly (readonly [CallSid, LegOutcome])[]) => new Map(legs);
const repairs = (story: Story, ...legs: readonly (readonly [CallSid, LegOutcome])[]) =>
  repairsFor(story.request, ended(...legs));

describe('a request lacks', () => {
  test('nothing while all of its legs go on', () => {
    expect(repairs(searching)).toEqual([]);
    expect(repairs(connected)).toEqual([]);
  });

  test('her hanging up, and then nothing else: that lets everybody go', () => {
    expect(repairs(searching, [callSid, 'completed'], [legSid(1), 'busy'])).toEqual([hungUp]);
    expect(repairs(connected, [legSid(1), 'completed'], [callSid, 'completed'])).toEqual([hungUp]);
  });

  test('the end of each phone that no longer rings, with how it ended', () => {
    expect(repairs(searching, [legSid(3), 'busy'], [legSid(1), 'no-answer'])).toEqual([
      { kind: 'leg-ended', seq: 1, callSid: legSid(1), outcome: 'no-answer' },
      { kind: 'leg-ended', seq: 3, callSid: legSid(3), outcome: 'busy' },
    ]);
  });

  test('the end of the leg of whoever took it', () => {
    expect(repairs(connected, [legSid(1), 'completed'], [legSid(3), 'canceled'])).toEqual([
      { kind: 'leg-ended', seq: 1, callSid: legSid(1), outcome: 'completed' },
    ]);
  });

  test('nothing of legs that are none of its own', () => {
    expect(repairs(searching, [legSid(7), 'completed'])).toEqual([]);
  });

  test('nothing once it is closed, and nothing when she writes', () => {
    expect(repairs(connected.when(60, hungUp), [callSid, 'completed'])).toEqual([]);
    expect(repairs(given(texted('Здравствуйте')), [callSid, 'completed'])).toEqual([]);
  });

  test('what brings it up to date: afterwards it lacks nothing', () => {
    const legs = [[legSid(1), 'no-answer'] as const];
    const [event] = repairs(searching, ...legs);
    expect(event).toBeDefined();
    if (event) expect(repairs(searching.when(60, event), ...legs)).toEqual([]);
  });
});

describe('the legs to look for', () => {
  test('are her own and those of the phones that ring', () => {
    expect(legsOf(searching.request, at(60))).toEqual([callSid, legSid(1), legSid(3)]);
    expect(legsOf(connected.request, at(60))).toEqual([callSid, legSid(1)]);
  });

  test('are not those that have only just begun, nor those whose name we do not know', () => {
    expect(legsOf(searching.request, at(0))).toEqual([callSid, legSid(1)]);
    expect(legsOf(searching.request, at(-1))).toEqual([]);
    expect(legsOf(given(rang(), { roster }).request, at(60))).toEqual([callSid]);
  });

  test('are none once it is closed, and none when she writes', () => {
    expect(legsOf(connected.when(60, hungUp).request, at(90))).toEqual([]);
    expect(legsOf(given(texted('Здравствуйте')).request, at(90))).toEqual([]);
  });
});
