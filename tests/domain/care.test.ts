// When a volunteer is left to rest, and when she is asked all the same: only before a survivor would have nobody.
import { describe, expect, test } from 'vitest';
import { type Care, nothingCarried, type Talk, talksEnded, tiredBecause } from '../../shared/domain/care.ts';
import { addSeconds } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import {
  answered,
  askedOf,
  at,
  given,
  helperTexted,
  hungUp,
  nothingYet,
  offerTo,
  onDuty,
  pressed,
  rang,
  type Story,
  start,
  sure,
  texted,
  verdictsOf,
  waited,
} from '../support/given.ts';
import { astana, ladder, plainLine, smallNetwork } from '../support/small-network.ts';

const care: Care = {
  talksInARow: 2,
  restSeconds: 900,
  talksADay: 4,
  minutesADay: 60,
  hardRestSeconds: 3_600,
  abuseSeconds: 86_400,
};
const network: Network = { ...smallNetwork, settings: { ...smallNetwork.settings, care } };

/** A talk that ended so many minutes ago. */
const talk = (minutesAgo: number, minutes = 5): Talk => ({
  endedAt: addSeconds(start, -minutesAgo * 60),
  seconds: minutes * 60,
});
const carried = (...talks: readonly Talk[]) => ({ ...nothingCarried, talks });
const because = (...talks: readonly Talk[]) => tiredBecause(carried(...talks), care, start);

describe('a volunteer should rest', () => {
  test('after a row of talks, until she has had a pause as long as the one that would have ended it', () => {
    expect(because(talk(12), talk(2))).toBe('in-a-row');
    expect(because(talk(24), talk(14))).toBe('in-a-row');
    expect(because(talk(25), talk(15))).toBeNull();
  });

  test('a pause between two talks ends the row: what counts is the time without one, not that between their ends', () => {
    expect(because(talk(30), talk(2))).toBeNull();
    expect(because(talk(30), talk(2, 20))).toBe('in-a-row');
  });

  test('after so many talks in any 24 hours: no midnight forgives them', () => {
    expect(because(talk(1400), talk(1000), talk(600), talk(200))).toBe('talks-a-day');
    expect(because(talk(1440), talk(1000), talk(600), talk(200))).toBeNull();
  });

  test('after so many minutes in any 24 hours', () => {
    expect(because(talk(600, 40), talk(200, 20))).toBe('minutes-a-day');
    expect(because(talk(600, 40), talk(200, 19))).toBeNull();
  });

  test('after a talk that she marked as hard, for as long as that says', () => {
    const load = { talks: [talk(1)], restUntil: at(60) };
    expect(tiredBecause(load, care, at(59))).toBe('hard-talk');
    expect(tiredBecause(load, care, at(60))).toBeNull();
  });

  test('not for having talked as any organisation expects', () => {
    expect(because()).toBeNull();
    expect(because(talk(2))).toBeNull();
  });
});

describe('who is asked', () => {
  const tired = onDuty('a-tired', { load: carried(talk(12), talk(2)) });
  const rested = onDuty('rested', { lastOfferedAt: at(-5) });
  const far = onDuty('far', { region: astana });
  const begun = (...roster: readonly ReturnType<typeof onDuty>[]) => given(rang(), { roster, network });

  test('the rested before the tired, whoever was asked longest ago', () => {
    const story = begun(tired, rested).when(1, waited());
    expect(askedOf(story)).toEqual([rested.volunteerId]);
  });

  test('somebody rested in another region before the tired of her own', () => {
    const story = begun(tired, far).when(1, waited());
    expect(askedOf(story)).toEqual([far.volunteerId]);
    expect(verdictsOf(begun(tired, far))[tired.volunteerId]).toBe('tired');
  });

  test('while a rested phone rings the tired are left alone', () => {
    const story = begun(tired, far).when(1, waited()).when(4, waited()).when(8, waited());
    expect(askedOf(story)).toEqual([far.volunteerId]);
  });

  test('the tired, when there is nobody else in the whole country; and the timeline says so', () => {
    const story = begun(tired);
    expect(askedOf(story)).toEqual([tired.volunteerId]);
    expect(story.request.phase).toMatchObject({ rung: 2 });
    expect(story.notes).toContainEqual({ note: 'limits-bent', to: tired.volunteerId, because: 'in-a-row' });
  });

  test('the tired too on the last rung, where everybody is asked', () => {
    const short: Network = { ...network, ladders: [{ ...ladder, rungs: [] }], contacts: [] };
    const story = given(rang(), { roster: [tired], network: short });
    expect(askedOf(story)).toEqual([tired.volunteerId]);
  });

  test('nothing is noted of limits while there are rested ones', () => {
    const story = begun(rested);
    expect(story.notes.map(({ note }) => note)).not.toContain('limits-bent');
  });

  test('whoever has just talked with her and was cut off is no more tired than before: it is the same talk', () => {
    const again = given(rang(plainLine, { ...nothingYet, preferred: tired.volunteerId }), {
      roster: [tired, rested],
      network,
    });
    expect(askedOf(again)).toEqual([tired.volunteerId]);
  });

  test('but not when she marked it as hard', () => {
    const hard = onDuty('hard', { load: { talks: [], restUntil: at(600) } });
    const again = given(rang(plainLine, { ...nothingYet, preferred: hard.volunteerId }), {
      roster: [hard, rested],
      network,
    });
    expect(askedOf(again)).toEqual([rested.volunteerId]);
  });
});

describe('what counts as a talk', () => {
  const aigul = onDuty('aigul');
  const ended = (before: Story, after: Story, seconds: number) =>
    talksEnded(before.request, after.request, at(seconds));
  const ringing = given(rang(), { roster: [aigul] }).performed(1);
  const { seq } = offerTo(aigul.volunteerId, ringing);
  const talking = ringing.when(5, answered(seq)).when(10, pressed(seq, '1')).performed(11).when(12, waited());

  test('a call that was taken, from the yes to its end', () => {
    const over = talking.when(310, hungUp);
    expect(ended(talking, over, 310)).toEqual([
      { volunteerId: aigul.volunteerId, talk: { endedAt: at(310), seconds: 300 } },
    ]);
  });

  test('not an offer that was declined, and nothing while it goes on', () => {
    expect(ended(ringing, ringing.when(8, pressed(seq, '2')), 8)).toEqual([]);
    expect(ended(talking, talking.when(60, waited()), 60)).toEqual([]);
  });

  test('a conversation in writing, to its last word: hours of silence are no work', () => {
    const offered = given(texted('салем'), { roster: [aigul] })
      .when(5, texted('1'))
      .performed(6);
    const code = sure(offerTo(aigul.volunteerId, offered).code);
    const writing = offered.when(10, helperTexted(aigul.volunteerId, code));
    const written = writing.when(130, helperTexted(aigul.volunteerId, 'да, слушаю'));
    const over = written.when(7_000, helperTexted(aigul.volunteerId, '90'));
    expect(ended(written, over, 7_000)[0]?.talk).toEqual({ endedAt: at(130), seconds: 120 });
  });
});
