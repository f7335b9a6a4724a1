// What a volunteer writes after a talk, what a manager says, and what it means for whoever calls then.
import { describe, expect, test } from 'vitest';
import { carriedFrom } from '../../shared/domain/carried.ts';
import type { CallSid } from '../../shared/domain/ids.ts';
import { takenOffer } from '../../shared/domain/request.ts';
import { talksBehind, textRoutesOf } from '../../shared/domain/standing.ts';
import { AFTER_TALK } from '../../shared/domain/text-words.ts';
import {
  answered,
  askedOf,
  at,
  byManager,
  given,
  helperTexted,
  hungUp,
  kindsOf,
  offerTo,
  onDuty,
  phaseOf,
  pressed,
  rang,
  verdictsOf,
  waited,
} from '../support/given.ts';
import { manager, police, smallNetwork } from '../support/small-network.ts';

const aigul = onDuty('aigul');
const bota = onDuty('bota');
const ringing = given(rang(), { roster: [aigul, bota] }).performed(1);
const { seq } = offerTo(aigul.volunteerId, ringing);
const talking = ringing.when(5, answered(seq)).when(10, pressed(seq, '1')).performed(11).when(12, waited());
const over = talking.when(600, hungUp).performed(601);
const writes = (code: string) => over.when(700, helperTexted(aigul.volunteerId, code));

describe('after a talk', () => {
  test('her text finds it for an hour, also when she hung up first and the search goes on', () => {
    const route = { helper: aigul.volunteerId, code: AFTER_TALK, place: 0, seq: 0, until: at(600 + 3600) };
    expect(textRoutesOf(over.request, smallNetwork.settings)).toEqual([route]);
    const callSid = takenOffer(talking.request)?.callSid as CallSid;
    const left = talking.when(300, { kind: 'leg-ended', seq, callSid, outcome: 'completed' });
    expect(left.request.phase.kind).toBe('searching');
    expect(talksBehind(left.request)).toEqual([{ helper: aigul.volunteerId, at: at(300) }]);
    expect(textRoutesOf(left.request, smallNetwork.settings)).toContainEqual({
      ...route,
      until: at(300 + 3600),
    });
  });

  test('a hard one (71): she rests, and is told so', () => {
    const said = writes('71');
    expect(said.actions).toContainEqual({
      kind: 'rest-volunteer',
      volunteerId: aigul.volunteerId,
      until: at(700 + smallNetwork.settings.care.hardRestSeconds),
    });
    expect(said.actions).toContainEqual({
      kind: 'text-helper',
      to: aigul.volunteerId,
      text: { text: 'rest-noted' },
    });
  });

  test('she feels unsafe (95): managers are told, and the same person is never put through to her again', () => {
    const said = writes('95');
    const alert = {
      kind: 'alert',
      audience: 'manager',
      severity: 'critical',
      reason: 'helper-unsafe',
      about: null,
    };
    expect(said.actions).toContainEqual(alert);
    const carried = carriedFrom(said.request, at(700), smallNetwork.settings);
    expect(carried?.excluded).toEqual([aigul.volunteerId]);
    expect(carriedFrom(over.request, at(700), smallNetwork.settings)?.preferred).toBe(aigul.volunteerId);
  });

  test('an abusive caller (72): the number cools down, and a manager is to review it', () => {
    const said = writes('72');
    expect(said.actions).toContainEqual({ kind: 'cool-down', until: at(700 + 86_400) });
    expect(JSON.stringify(said.actions)).toContain('abuse-reported');
    const lifted = said
      .performed(701)
      .when(800, { ...byManager, kind: 'manager-reviewed-abuse', until: null });
    expect(lifted.actions).toEqual([{ kind: 'cool-down', until: null }]);
  });

  test('she may know her (92): kept apart when she calls again', () => {
    expect(writes('92').request.excluded).toEqual([aigul.volunteerId]);
  });

  test('somebody who never talked with her can say nothing about it', () => {
    const said = over.when(700, helperTexted(bota.volunteerId, '72'));
    expect(said.actions).toEqual([]);
  });
});

describe('a number of which abuse was reported', () => {
  const cooling = given({ ...rang(), coolingDown: true } as ReturnType<typeof rang>, { roster: [aigul] });

  test('reaches a manager, no volunteer, and hears what anybody hears', () => {
    expect(askedOf(cooling)).toEqual([manager.id]);
    expect(cooling.reply).toMatchObject({ kind: 'ask', say: [{ say: 'searching' }, {}] });
    let story = cooling;
    for (let seconds = 20; seconds < 900; seconds += 20) {
      story = story.when(seconds, waited());
      expect(askedOf(story)).not.toContain(aigul.volunteerId);
    }
    expect(phaseOf(story, 'searching').rung).toBe(story.request.ladder.rungs.length);
    expect(verdictsOf(story)[aigul.volunteerId] ?? 'cooling-down').toBe('cooling-down');
  });

  test('key 9 still calls the police', () => {
    expect(askedOf(cooling.when(3, waited('9')).when(5, waited()))).toContain(police.id);
  });

  test('silence alone never makes it so', () => {
    const silent = given(rang(), { roster: [] }).when(60, waited()).when(120, hungUp);
    expect(silent.request.coolingDown).toBe(false);
    expect(kindsOf(silent.actions)).not.toContain('cool-down');
  });
});

describe('a manager keeps somebody away', () => {
  test('while she waits: the phone is let go', () => {
    const said = ringing.when(3, { ...byManager, kind: 'manager-excluded', volunteerId: aigul.volunteerId });
    expect(askedOf(said)).not.toContain(aigul.volunteerId);
    expect(kindsOf(said.actions)).toContain('end-leg');
  });

  test('while they talk: both legs are fetched out of the room, and somebody else is asked', () => {
    const said = talking.when(60, { ...byManager, kind: 'manager-excluded', volunteerId: aigul.volunteerId });
    expect(kindsOf(said.actions)).toEqual(expect.arrayContaining(['redirect-survivor', 'redirect-helper']));
    expect(askedOf(said.when(70, waited()))).toEqual([bota.volunteerId]);
  });
});

test('who hangs up before anybody is found is counted in one of two bands', () => {
  const closedAfter = (seconds: number) =>
    given(rang(), { roster: [aigul] })
      .when(seconds, hungUp)
      .notes.find(({ note }) => note === 'closed');
  expect(closedAfter(9)).toMatchObject({ abandoned: 'at-once' });
  expect(closedAfter(10)).toMatchObject({ abandoned: 'later' });
  expect(over.request.phase).toMatchObject({ because: 'talked' });
});
