// What a limit does to a call and to texts: she is served more slowly or answered less, everything stays on record,
// people hear of it once, and key 9 knows no limit.
import { describe, expect, test } from 'vitest';
import type { Action } from '../../shared/domain/action.ts';
import type { Limited } from '../../shared/domain/limits.ts';
import {
  askedOf,
  at,
  chose,
  given,
  helperTexted,
  hungUp,
  looked,
  nothingYet,
  offerTo,
  onDuty,
  performed,
  phaseOf,
  pressed,
  rang,
  type Story,
  sure,
  texted,
  waited,
} from '../support/given.ts';
import { fullLine, ladder, plainLine, police, smallNetwork } from '../support/small-network.ts';

const aigul = onDuty('aigul');
const everywhere = { roster: [aigul] };
const flood: Limited = { limit: 'calls-of-number', isNew: false };
const newFlood: Limited = { limit: 'calls-of-number', isNew: true };
const otherCall: Limited = { limit: 'other-call', isNew: false };
const textFlood: Limited = { limit: 'texts-of-number', isNew: false };
const lineFlood: Limited = { limit: 'texts-of-line', isNew: false };
const newTextFlood: Limited = { limit: 'texts-of-number', isNew: true };

const saidIn = ({ reply }: Story): readonly string[] =>
  reply.kind === 'ask'
    ? reply.say.map(each => ('say' in each ? each.say : 'dial' in each ? each.dial : '-'))
    : [];
const alertsIn = ({ actions }: Story): readonly (readonly [string, string])[] =>
  actions.flatMap(action => (action.kind === 'alert' ? [[action.reason, action.severity] as const] : []));
const textsIn = ({ actions }: Story): readonly string[] =>
  actions.flatMap(action => (action.kind === 'text-survivor' ? [action.text.text] : []));

describe('a call in a flood', () => {
  const slowed = given(rang(plainLine, null, flood), everywhere);

  test('is on record with the limit; she hears the numbers to dial first, and no phone rings', () => {
    expect(saidIn(slowed)).toEqual([
      'searching',
      'numbers-to-dial',
      '102',
      'or',
      '112',
      'keys-while-waiting',
    ]);
    expect(askedOf(slowed)).toEqual([]);
    expect(slowed.notes).toContainEqual({ note: 'limited', limit: 'calls-of-number' });
    expect(alertsIn(slowed)).toEqual([]);
  });

  test('is served when she stays: the first phone a minute later than usual, on the first rung', () => {
    expect(askedOf(slowed.when(59, waited()))).toEqual([]);
    const served = slowed.when(60, looked);
    expect(askedOf(served)).toEqual([aigul.volunteerId]);
    expect(phaseOf(served, 'searching')).toMatchObject({ rung: 0, rungSince: at(60) });
  });

  test('is looked at again exactly then, whatever else happens', () => {
    expect(slowed.dueIn).toBe(60);
  });

  test('costs nobody a ring when it hangs up within that minute', () => {
    const gone = slowed.when(50, hungUp).when(70, looked);
    expect(gone.request).toMatchObject({ phase: { kind: 'closed' }, outbox: [], asked: {} });
  });

  test('that is the first over the limit tells managers; the next one does not', () => {
    expect(alertsIn(given(rang(plainLine, null, newFlood), everywhere))).toEqual([['flood', 'warning']]);
    expect(alertsIn(slowed)).toEqual([]);
  });

  test('hears its menus first, and then the numbers; the minute begins after the menus', () => {
    const menus = given(rang(fullLine, null, flood), everywhere)
      .when(5, chose('2'))
      .when(10, chose('1'));
    const searching = menus.when(20, chose('1'));
    expect(saidIn(searching)).toContain('numbers-to-dial');
    expect(askedOf(searching.when(79, looked))).toEqual([]);
    expect(askedOf(searching.when(80, looked))).toEqual([aigul.volunteerId]);
  });

  test('whose menus were left by time is slowed all the same', () => {
    const speaksKazakh = onDuty('bota', { languages: fullLine.languages });
    const late = given(rang(fullLine, null, flood), { roster: [speaksKazakh] }).when(120, looked);
    expect(askedOf(late)).toEqual([]);
    expect(askedOf(late.when(180, looked))).toEqual([speaksKazakh.volunteerId]);
  });

  test.each([
    ['in a menu', given(rang(fullLine, null, flood), everywhere).when(3, chose('9'))],
    ['while she waits', slowed.when(3, waited('9'))],
  ])('key 9 %s: the police are rung at once', (_, danger) => {
    expect(askedOf(danger)).toEqual([police.id]);
  });

  test('key 9 ends the waiting also where no police are on the ladder', () => {
    const network = { ...smallNetwork, ladders: [{ ...ladder, rungs: ladder.rungs.slice(0, 3) }] };
    const danger = given(rang(plainLine, null, flood), { ...everywhere, network }).when(3, waited('9'));
    expect(askedOf(danger)).toEqual([aigul.volunteerId]);
  });

  test('of somebody who was in danger a moment ago is not slowed', () => {
    const carried = { ...nothingYet, danger: true };
    expect(askedOf(given(rang(plainLine, carried, flood), everywhere))).toEqual([aigul.volunteerId]);
  });
});

test('a second call of one phone waits half a minute: by then a lost first one is over', () => {
  const second = given(rang(plainLine, null, otherCall), everywhere);
  expect(saidIn(second)).toContain('numbers-to-dial');
  expect(askedOf(second.when(29, looked))).toEqual([]);
  expect(askedOf(second.when(30, looked))).toEqual([aigul.volunteerId]);
  expect(alertsIn(second)).toEqual([]);
});

test('after a conversation nobody is slowed any more', () => {
  const taken = given(rang(plainLine, null, flood), everywhere)
    .when(60, looked)
    .performed(60);
  const talking = taken.when(70, pressed(offerTo(aigul.volunteerId, taken).seq, '1')).when(71, waited());
  const bota = onDuty('bota');
  const left = talking.when(
    80,
    { kind: 'caller-left-room', seq: offerTo(aigul.volunteerId, taken).seq },
    { roster: [bota] },
  );
  expect(askedOf(left)).toEqual([bota.volunteerId]);
});

describe('texts in a flood', () => {
  const late = given(texted('Здравствуйте', plainLine, false, lineFlood));

  test('of the line: a first one opens a request and is kept; its question waits until the flood is over', () => {
    expect(textsIn(late)).toEqual(['safe-question']);
    expect(late.work).toEqual([]);
    expect(late.when(59, looked).work).toEqual([]);
    expect(late.when(60, looked).work.map(({ action }) => action)).toEqual(late.actions);
    expect(Object.values(late.request.private.texts)).toEqual(['Здравствуйте']);
    expect(late.notes).toContainEqual({ note: 'limited', limit: 'texts-of-line' });
  });

  test('who is asked late has as long to answer as anybody', () => {
    const asked = late.when(60, looked).performed(61);
    expect(asked.when(1859, looked).request.phase.kind).toBe('greeting');
    expect(asked.when(1859, texted('1')).request.phase.kind).toBe('searching');
    expect(asked.when(1860, looked).request.phase).toMatchObject({ kind: 'closed', because: 'silent' });
  });

  test('not all at once: each question has its own moment in the minute after the flood', () => {
    const lucky = given(texted('Здравствуйте', plainLine, false, lineFlood), { luck: 0.5 });
    expect(lucky.when(89, looked).work).toEqual([]);
    expect(lucky.when(90, looked).work).toHaveLength(1);
  });

  test('her next text in the flood puts no second question; one after it puts hers at once', () => {
    const again = late.when(10, texted('Вы тут?', plainLine, false, lineFlood));
    expect([textsIn(again), again.work]).toEqual([[], []]);
    const after = again.when(30, texted('Вы тут?'));
    expect(after.work.map(({ action }) => action)).toEqual(late.actions);
    expect(after.performed(31).when(60, looked).work).toEqual([]);
  });

  test('a stop before the question is put is silence', () => {
    expect(late.when(10, texted('СТОП')).request.outbox).toEqual([]);
  });

  test('of her own number: she is asked at once, and as rarely as ever', () => {
    const own = given(texted('Здравствуйте', plainLine, false, textFlood));
    expect(own.work.map(({ action }) => action)).toMatchObject([{ text: { text: 'safe-question' } }]);
  });

  test('the one that passes the limit tells managers, in a new request and in an open one', () => {
    expect(alertsIn(given(texted('а', plainLine, false, newTextFlood)))).toEqual([['flood', 'warning']]);
    const open = given(texted('Здравствуйте'));
    expect(alertsIn(open.when(5, texted('а', plainLine, false, newTextFlood)))).toEqual([
      ['flood', 'warning'],
    ]);
    expect(alertsIn(open.when(5, texted('а', plainLine, false, textFlood)))).toEqual([]);
  });

  test('a 9, a yes and a stop mean what they always mean', () => {
    const open = given(texted('Здравствуйте'), everywhere);
    expect(phaseOf(open.when(5, texted('1', plainLine, false, textFlood)), 'searching').offers).toHaveLength(
      1,
    );
    expect(open.when(5, texted('9', plainLine, false, textFlood)).request.danger).toBe(true);
    expect(open.when(5, texted('СТОП', plainLine, false, textFlood)).request.phase).toMatchObject({
      because: 'stopped',
    });
  });

  test('a picture is not answered when the flood is her own', () => {
    const searching = given(texted('Здравствуйте'), everywhere).when(5, texted('1'));
    expect(textsIn(searching.when(6, texted('', plainLine, true, textFlood)))).toEqual([]);
    expect(textsIn(searching.when(6, texted('', plainLine, true, lineFlood)))).toEqual(['no-media']);
  });
});

describe('pictures', () => {
  test('are answered twice in a request, whatever happens in between, and then no more', () => {
    const searching = given(texted('Здравствуйте'), everywhere).when(5, texted('1'));
    const first = searching.when(6, texted('', plainLine, true));
    const second = first.when(7, texted('', plainLine, true));
    const third = second.when(8, texted('смотрите', plainLine, true));
    expect([first, second, third].map(textsIn)).toEqual([['no-media'], ['no-media'], []]);
    expect(Object.values(third.request.private.texts)).toContain('смотрите');
  });
});

describe('words to a helper in a flood', () => {
  const asked = given(texted('Здравствуйте'), everywhere).when(5, texted('1'));
  const talking = asked
    .when(10, helperTexted(aigul.volunteerId, sure(offerTo(aigul.volunteerId, asked).code)))
    .performed(11);
  const relaysIn = ({ work }: Story): readonly Action[] =>
    work.map(({ action }) => action).filter(({ kind }) => kind === 'relay');
  const writes = (story: Story, second: number, body: string) =>
    story.when(second, texted(body, plainLine, false, textFlood));

  test('are gathered for a minute and passed on as one text, none of them lost', () => {
    const three = writes(writes(writes(talking, 20, 'раз'), 21, 'два'), 22, 'три');
    expect(relaysIn(three)).toEqual([]);
    expect(Object.values(three.request.private.texts)).toEqual(['раз\nдва\nтри']);
    const sent = three.when(80, looked);
    expect(relaysIn(sent)).toHaveLength(1);
    expect(relaysIn(writes(three, 79, 'четыре'))).toEqual([]);
  });

  test('keep their order: a word after the flood joins those that still wait', () => {
    const story = writes(talking, 20, 'раз').when(30, texted('два'));
    expect(relaysIn(story)).toEqual([]);
    expect(Object.values(story.request.private.texts)).toEqual(['раз\nдва']);
  });

  test('once they are on their way, the next ones are gathered anew', () => {
    const sent = writes(talking, 20, 'раз').when(80, looked);
    const next = writes(sent, 81, 'два');
    expect(Object.values(next.request.private.texts)).toEqual(['раз', 'два']);
    expect(relaysIn(next.when(141, looked))).toHaveLength(2); // the first was never reported: it is done again
  });

  test('that were not passed on when the helper hands her on reach the next one', () => {
    const bota = onDuty('bota');
    const passedOn = writes(talking, 20, 'раз').when(25, helperTexted(aigul.volunteerId, '91'), {
      roster: [bota],
    });
    const next = passedOn.when(
      30,
      helperTexted(bota.volunteerId, sure(offerTo(bota.volunteerId, passedOn).code)),
    );
    expect(relaysIn(next)).toEqual([{ kind: 'relay', to: bota.volunteerId, textKey: expect.any(String) }]);
    expect(Object.values(next.request.private.texts)).toEqual(['раз']);
  });

  test.each([
    ['the helper ends it', helperTexted(aigul.volunteerId, '90')],
    ['she says stop', texted('СТОП')],
  ])(
    'that still wait when %s go out at once, before the goodbye: never into the next conversation',
    (_, end) => {
      const over = writes(talking, 20, 'раз').when(25, end);
      expect(over.request.phase.kind).toBe('closed');
      expect(over.work.map(({ action }) => action)).toMatchObject([
        { kind: 'relay', to: aigul.volunteerId },
        { kind: 'text-helper', text: { text: 'closed' } },
      ]);
      expect(over.performed(26).when(90, looked).work).toEqual([]);
    },
  );

  test('are passed on at once when it is the flood of others on the line', () => {
    expect(relaysIn(talking.when(20, texted('раз', plainLine, false, lineFlood)))).toHaveLength(1);
  });

  test("the helper's own words go out at once", () => {
    const story = writes(talking, 20, 'раз').when(21, helperTexted(aigul.volunteerId, 'Я тут'));
    expect(relaysIn(story)).toMatchObject([{ to: 'survivor' }]);
  });
});

describe('what a limit held back', () => {
  const asked = given(texted('Здравствуйте'));
  const { id } = sure(asked.work[0]);
  const held = asked.when(1, performed({ id, outcome: 'held-back', until: at(3000) }));

  test('waits for its time, however long, and is put then; she may answer as long as anybody', () => {
    expect(held.notes).toEqual([{ note: 'not-performed', entryId: id, because: 'limited' }]);
    expect(held.when(2999, looked).request.phase.kind).toBe('greeting');
    const put = held.when(3000, looked);
    expect(put.work.map(({ action }) => action)).toMatchObject([{ text: { text: 'safe-question' } }]);
    expect(put.performed(3001).when(4799, looked).request.phase.kind).toBe('greeting');
  });

  test('is tried at once when she writes again, and never twice', () => {
    const again = held.when(30, texted('Вы тут?'));
    expect(again.work.map(entry => entry.id)).toEqual([id]);
    expect(again.performed(31).when(3000, looked).work).toEqual([]);
  });

  test('however often it is held back it is not given up', () => {
    let story = held;
    for (let time = 1; time <= 30; time += 1)
      story = story
        .when(3000 * time, looked)
        .when(3000 * time + 1, performed({ id, outcome: 'held-back', until: at(3000 * (time + 1)) }));
    expect(story.when(3000 * 31, looked).work).toHaveLength(1);
  });

  test('for the first time in the hour: managers are told of a robot', () => {
    const reached = [{ reason: 'robot-loop', about: null }] as const;
    const story = asked.when(1, performed({ id, outcome: 'held-back', until: at(3000), reached }));
    expect(alertsIn(story)).toEqual([['robot-loop', 'info']]);
  });

  test.each(['refused', 'bad-number'] as const)('what can not reach her (%s) people hear of', reason => {
    const failed = asked.when(1, performed({ id, outcome: 'failed', reason }));
    expect(alertsIn(failed)).toEqual([['left-unanswered', 'warning']]);
    expect(textsIn(failed.when(60, texted('Вы тут?')))).toEqual(['safe-question']);
    expect(alertsIn(failed.when(1800, looked))).toEqual([]);
  });

  test('a cap that was reached by doing something is told of, also when the request is closed by then', () => {
    const closed = asked.when(1, texted('СТОП'));
    const told = closed.when(
      2,
      performed({ id: 1, outcome: 'done', sid: null, reached: [{ reason: 'spend-cap', about: 'texts' }] }),
    );
    expect(alertsIn(told)).toEqual([['spend-cap', 'critical']]);
  });
});

describe('from where we may not write to', () => {
  const network = {
    ...smallNetwork,
    settings: {
      ...smallNetwork.settings,
      limits: { ...smallNetwork.settings.limits, allowedPrefixes: ['+996'] },
    },
  };
  const foreign = given(texted('Здравствуйте'), { network });

  test('a text is on record, managers are told once, and nothing is sent', () => {
    expect(foreign.actions.map(({ kind }) => kind)).toEqual(['alert']);
    expect(alertsIn(foreign)).toEqual([['not-allowed-country', 'warning']]);
    const again = foreign.when(60, texted('Вы тут?'));
    expect(again.actions).toEqual([]);
    expect(Object.values(again.request.private.texts)).toEqual(['Здравствуйте', 'Вы тут?']);
    expect(again.when(1800, looked).request).toMatchObject({
      phase: { kind: 'closed', because: 'silent' },
    });
    expect(alertsIn(again.when(1800, looked))).toEqual([]);
  });
});

test.each([
  ['a volunteer', given(rang(), { roster: [aigul] }), aigul.volunteerId],
  ['a desk', given(rang()).when(1, waited('9')), police.id],
] as const)(
  '%s whose number we may not ring: our settings are to blame, managers hear of them, she is not marked',
  (_, story, helper) => {
    const ring = sure(story.work.find(({ action }) => action.kind === 'ring'));
    const refused = story.when(2, performed({ id: ring.id, outcome: 'failed', reason: 'not-allowed' }));
    expect(refused.request.asked[helper]?.outcome).toBe('unreachable');
    expect(refused.actions.map(({ kind }) => kind)).not.toContain('mark-unreachable');
    expect(alertsIn(refused)).toContainEqual(['helper-not-allowed', 'warning']);
    expect(alertsIn(refused)).not.toContainEqual(['volunteer-unreachable', 'info']);
  },
);
