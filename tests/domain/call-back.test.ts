// She is to be called back: what holds between her hanging up and the moment in which her number is pressed.
import { describe, expect, test } from 'vitest';
import { agreementCarried, carriedFrom } from '../../shared/domain/carried.ts';
import { agreementOf } from '../../shared/domain/contact-rules.ts';
import type { Event } from '../../shared/domain/event.ts';
import { stillWanted } from '../../shared/domain/outbox.ts';
import {
  askedOf,
  at,
  byManager,
  callSid,
  chose,
  given,
  helperTexted,
  herLegEnded,
  herSid,
  hungUp,
  kindsOf,
  legEnded,
  legSid,
  looked,
  offerTo,
  onDuty,
  performed,
  phaseOf,
  pickedUp,
  pressed,
  rang,
  type Story,
  shePressed,
  survivor,
  texted,
  waited,
} from '../support/given.ts';
import { fullLine, plainLine, smallNetwork } from '../support/small-network.ts';

const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const HOUR = 3600;
const NOT_HERS = '6';

/** At ten in the morning; `part` is her key: 1 soon, 2 morning, 3 from twelve to five, 4 from five to nine. */
function agreed(part: string, opening: Event = rang()): Story {
  return given(opening, { roster: [aigul] })
    .when(1, waited('8', 1))
    .when(2, waited(part, 2))
    .when(3, waited('5', 3));
}

const gone = (part = '1'): Story => agreed(part).when(5, hungUp).performed(6);
const sought = gone().when(65, looked).performed(66);
const { seq } = offerTo(aigul.volunteerId, sought);
/** Somebody has said yes and waits; her phone rings. */
const ringing = sought.when(70, pressed(seq, '1')).performed(71);
const reached = ringing.when(75, pickedUp(seq)).when(78, shePressed(seq, '5'));

/** By text, and taken. */
const writing = given(texted('Здравствуйте'), { roster: [aigul] })
  .when(5, texted('1'))
  .performed(6);
const talking = writing
  .when(20, helperTexted(aigul.volunteerId, offerTo(aigul.volunteerId, writing).code ?? ''))
  .performed(21);

describe('asked for by keys', () => {
  test('when she hangs up the request waits for her hours instead of ending, and phones stop ringing', () => {
    const story = agreed('4').performed(4).when(5, hungUp);
    expect(phaseOf(story, 'calling-back').nextTryAt).toBe(at(7 * HOUR));
    expect(kindsOf(story.actions)).toContain('end-leg');
    expect(story.dueIn).toBeLessThanOrEqual(7 * HOUR - 5);
    expect(story.performed(6).dueIn).toBe(7 * HOUR - 6);
  });

  test('soon is a minute after she has hung up: whoever made her do so is still there', () => {
    expect(phaseOf(gone(), 'calling-back').nextTryAt).toBe(at(65));
  });

  test('a question that she does not answer is put once more, and nothing is agreed', () => {
    const silent = given(rang(), { roster: [aigul] }).when(1, waited('8', 1));
    const left = silent.when(9, waited(null, 2)).when(18, waited(null, 3));
    expect(phaseOf(left, 'searching').callQuestion).toBeNull();
    expect(phaseOf(left.when(20, hungUp), 'closed').because).toBe('left-waiting');
  });

  test('a key that comes late, pressed before she was asked anew, neither answers it nor ends her call', () => {
    const asked = given(rang(), { roster: [aigul] }).when(1, waited('8', 1));
    const anew = asked.when(3, waited(null, 0)); // her call was fetched back to the wait
    const turn = anew.reply.kind === 'ask' && anew.reply.next.to === 'wait' ? anew.reply.next.turn : 0;
    const late = anew.when(4, waited('0', 2));
    expect(phaseOf(late, 'searching').callQuestion).toMatchObject({ ask: 'hours', times: 1 });
    const answered = late.when(5, waited('0', turn));
    expect(phaseOf(answered.when(6, waited('0', 2)), 'searching').callQuestion).toBeNull();
    expect(phaseOf(answered.when(9, waited('0', turn + 1)), 'closed').because).toBe('ended');
  });

  test('somebody is found while she is still there: a talk replaces the call, a moment does not', () => {
    const together = agreed('1').when(4, pressed(1, '1')).when(6, waited(null, 4));
    expect(phaseOf(together.when(300, hungUp), 'closed').because).toBe('talked');
    expect(together.when(12, hungUp).request.phase.kind).toBe('calling-back');
  });
});

describe('agreed in a talk', () => {
  const talking = given(rang(), { roster: [aigul] })
    .when(3, pressed(1, '1'))
    .when(5, waited());

  test('a volunteer writes down the evening: when they have hung up, that is when she is called', () => {
    const later = talking.when(60, helperTexted(aigul.volunteerId, '96 5 18-21')).when(90, hungUp);
    expect(phaseOf(later, 'calling-back').nextTryAt).toBe(at(8 * HOUR));
    expect(later.request.preferred).toBe(aigul.volunteerId);
  });

  test('only writing was agreed: the end of the talk is the end', () => {
    const over = talking.when(60, helperTexted(aigul.volunteerId, '96 18-21')).when(90, hungUp);
    expect(phaseOf(over, 'closed').because).toBe('talked');
  });
});

describe('by text', () => {
  const appointed = talking.when(60, helperTexted(aigul.volunteerId, '96 5 13-15')).performed(61);

  test('what a volunteer noted is kept when the conversation ends: she is called then, and texts are none of it', () => {
    const over = appointed.when(100, helperTexted(aigul.volunteerId, '90'));
    expect(phaseOf(over, 'calling-back').nextTryAt).toBe(at(3 * HOUR));
    expect(over.request).toMatchObject({ channel: 'voice', callSid: null, preferred: aigul.volunteerId });
    expect(over.when(110, texted('Вы здесь?')).request).toEqual(over.request);
    const rings = over
      .performed(101)
      .when(3 * HOUR, looked)
      .performed(3 * HOUR + 1);
    expect(offerTo(aigul.volunteerId, rings).by).toBe('call');
  });

  test('her last words still reach whoever wrote with her', () => {
    const said = appointed.when(99, texted('Спасибо')).when(100, helperTexted(aigul.volunteerId, '90'));
    const relayed = said.request.outbox.flatMap(({ action }) => (action.kind === 'relay' ? [action] : []));
    expect(relayed).toHaveLength(1);
    for (const action of relayed) expect(stillWanted(said.request, action)).toBe(true);
  });

  test('a no to the neutral question, and stop, are silence: nothing of an agreement is left', () => {
    expect(phaseOf(appointed.when(70, texted('СТОП')), 'closed').because).toBe('stopped');
    const quiet = appointed.when(7000, helperTexted(aigul.volunteerId, 'Вы здесь?'));
    expect(phaseOf(quiet.when(7010, texted('2')), 'closed').because).toBe('not-now');
  });

  test('she has agreed while she waits: in her hours whoever is found is found for a call, and reads what she wrote', () => {
    const asked = writing.when(25, {
      ...byManager,
      kind: 'manager-set-contact-rules',
      agreement: agreementOf('5', null, at(25)),
    });
    const called = asked.performed(26).when(27, looked);
    expect(called.request.channel).toBe('voice');
    const search = called.when(28, looked).performed(29);
    const of = offerTo(aigul.volunteerId, search).seq;
    const hers = search
      .when(35, pressed(of, '1'))
      .performed(36)
      .when(40, pickedUp(of))
      .when(43, shePressed(of, '5'));
    expect(hers.reply).toMatchObject({ kind: 'join', as: 'survivor' });
    expect(kindsOf(hers.actions)).toContain('relay');
  });
});

describe('93, a volunteer who writes with her wants to talk', () => {
  const wished = (agreement: string, known: Parameters<Story['when']>[2] = {}): Story =>
    talking
      .when(60, helperTexted(aigul.volunteerId, agreement))
      .performed(61)
      .when(62, helperTexted(aigul.volunteerId, '93'), known);
  const readBy = (story: Story) =>
    story.actions.flatMap(action => (action.kind === 'text-helper' ? [action.text.text] : []));

  test.each([
    ['96 0', 'call-refused', 'not-agreed'],
    ['96 9-12', 'call-refused', 'not-agreed'],
    ['96 5 18-21', 'call-not-now', 'outside-hours'],
  ])('after %s: nobody is rung, the volunteer reads %s, and the timeline says why', (said, text, verdict) => {
    const story = wished(said);
    expect(readBy(story)).toEqual([text]);
    expect(story.notes).toEqual([{ note: 'call-wished', to: aigul.volunteerId, verdict }]);
    expect(phaseOf(story, 'connected').offer.by).toBe('text');
  });

  test('she has agreed to it: the volunteer is asked by phone first, and hers rings only after the yes', () => {
    const story = wished('96 5');
    expect(readBy(story)).toEqual(['calling']);
    expect(kindsOf(story.actions)).toContain('ring');
    expect(kindsOf(story.actions)).not.toContain('ring-survivor');
    const of = offerTo(aigul.volunteerId, story).seq;
    expect(kindsOf(story.performed(63).when(70, pressed(of, '1')).actions)).toContain('ring-survivor');
  });

  test('nobody else is asked before this volunteer has had time to pick up', () => {
    const story = wished('96 5', { roster: [aigul, bota] }).performed(63);
    expect(askedOf(story.when(70, looked))).toEqual([aigul.volunteerId]);
    expect(askedOf(story.when(85, looked))).toContain(bota.volunteerId);
  });

  test('who writes with somebody else besides, or is off duty, reads so: a call wants all of her', () => {
    const story = wished('96 5', { conflicts: 1 });
    expect(readBy(story)).toEqual(['call-busy']);
    expect(phaseOf(story, 'connected').offer.by).toBe('text');
  });
});

describe('before her phone rings', () => {
  test('somebody who speaks with her has said yes; the police and lawyers are left out', () => {
    const danger = agreed('1').when(4, waited('9', 4)).when(5, hungUp).performed(6);
    const nobody = danger.when(65, looked, { roster: [] });
    const asked = nobody.notes.flatMap(each => (each.note === 'offered' ? [each.to as string] : []));
    expect(asked).toEqual(['con_manager']);
    expect(nobody.notes).toContainEqual({ note: 'rung-passed', rung: 4, because: 'she-is-away' });
    expect(kindsOf(sought.actions)).not.toContain('ring-survivor');
    expect(kindsOf(sought.when(70, pressed(seq, '1')).actions)).toContain('ring-survivor');
  });

  test('her hours end while somebody is looked for: phones are let go, and the next day is next', () => {
    const late = gone('2')
      .when(2 * HOUR - 30, looked)
      .performed(2 * HOUR - 29);
    expect(offerTo(aigul.volunteerId, late).by).toBe('call');
    const over = late.when(2 * HOUR, looked);
    expect(phaseOf(over, 'calling-back').nextTryAt).toBe(at(23 * HOUR));
    expect(kindsOf(over.actions)).toContain('end-leg');
  });

  test('her hours were all that she agreed to: managers hear that she was not reached', () => {
    const over = gone('3')
      .when(6 * HOUR, looked)
      .when(7 * HOUR, looked);
    expect(phaseOf(over, 'closed').because).toBe('not-reached');
    expect(over.notes).toContainEqual({ note: 'alerted', reason: 'call-back-failed', severity: 'warning' });
  });

  test('a try that what she agreed to refuses is none: it is not counted, and whoever waits is let go', () => {
    const entry = ringing.request.outbox.find(({ action }) => action.kind === 'ring-survivor');
    expect(entry).toBeUndefined();
    const waiting = sought.when(70, pressed(seq, '1'));
    const ring = waiting.request.outbox.find(({ action }) => action.kind === 'ring-survivor');
    const refused = waiting.when(
      71,
      performed({ id: ring?.id ?? 0, outcome: 'failed', reason: 'outside-hours' }),
    );
    expect(refused.request.callBack?.tries).toBe(0);
    expect(kindsOf(refused.actions)).toContain('redirect-helper');
  });
});

describe('her phone', () => {
  test('whoever picks up is told nothing, and no key is asked for in words', () => {
    const silent = ringing.when(75, pickedUp(seq));
    expect(silent.reply).toMatchObject({ kind: 'ask', say: [], next: { to: 'called', seq, turn: 1 } });
    expect(silent.when(85, shePressed(seq, null)).reply).toMatchObject({ kind: 'ask', say: [] });
    expect(silent.when(76, shePressed(seq, NOT_HERS)).reply).toMatchObject({ kind: 'ask', say: [] });
  });

  test('her number brings her to whoever waits, as in any other call', () => {
    expect(reached.reply).toMatchObject({ kind: 'join', as: 'survivor', seq });
    expect(reached.request).toMatchObject({ callSid: herSid(seq), callBack: null, called: null });
    expect(kindsOf(reached.actions)).toEqual(['redirect-helper']);
    const over = reached.when(400, herLegEnded(seq));
    expect(phaseOf(over, 'closed').because).toBe('talked');
  });

  test('the helper hangs up on her afterwards: she is not dropped, somebody else is sought', () => {
    const left = reached.when(200, legEnded(seq, 'completed'), { roster: [aigul, bota] });
    expect(left.request.phase.kind).toBe('searching');
    expect(left.request.callSid).toBe(herSid(seq));
  });

  test('it was picked up when the helper hung up: her number brings her to the wait', () => {
    const alone = ringing.when(75, pickedUp(seq)).when(77, legEnded(seq, 'completed'));
    const here = alone.when(79, shePressed(seq, '5'));
    expect(here.reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
    expect(here.request.callSid).toBe(herSid(seq));
  });

  test('keys of somebody else: a wrong number, no call again; a manager may agree anew', () => {
    const other = ringing.when(75, pickedUp(seq)).when(77, shePressed(seq, NOT_HERS));
    const over = other.when(79, shePressed(seq, '1', 2));
    expect(over.reply).toEqual({ kind: 'hang-up', language: 'ru', say: [{ say: 'wrong-number' }] });
    expect(over.request.rules).toBeNull();
    const anew = over.when(500, {
      ...byManager,
      kind: 'manager-set-contact-rules',
      agreement: agreementOf('7', null, at(500)),
    });
    expect(anew.when(501, looked).request.phase.kind).toBe('searching');
    const lapsed = over.performed(80).when(3 * HOUR, looked);
    expect(phaseOf(lapsed, 'closed').because).toBe('not-reached');
  });

  test('who agreed that nothing is said to others: nothing is said, whatever is pressed', () => {
    const quiet = { ...agreementOf('5', null, at(7)), otherHears: 'nothing' as const };
    const told = gone().when(7, { ...byManager, kind: 'manager-set-contact-rules', agreement: quiet });
    const rings = told.performed(8);
    const of = offerTo(aigul.volunteerId, rings).seq;
    const other = rings.when(9, pressed(of, '1')).performed(10).when(15, pickedUp(of));
    const over = other.when(17, shePressed(of, '1')).when(19, shePressed(of, '1', 2));
    expect(over.reply).toMatchObject({ kind: 'hang-up', say: [] });
  });

  test('its reports are lost: the try ends by itself, and its leg is ended', () => {
    const lost = ringing.when(71 + 60, looked);
    expect(lost.request.phase.kind).toBe('calling-back');
    expect(lost.request.callBack?.tries).toBe(1);
    expect(lost.actions).toContainEqual({ kind: 'end-leg', callSid: herSid(seq) });
  });

  test('as often as the settings say, and then managers hear of it and she reads nothing', () => {
    const settings = { ...smallNetwork.settings, callBackTries: 1 };
    const once = ringing.when(90, herLegEnded(seq), { network: { ...smallNetwork, settings } });
    expect(phaseOf(once, 'closed').because).toBe('not-reached');
    expect(kindsOf(once.actions)).toEqual(['redirect-helper', 'alert']);
  });
});

describe('what comes late', () => {
  test.each([
    ['her hanging up of the first call', { kind: 'caller-hung-up', callSid }],
    ['the end of a leg that nobody knows', { kind: 'survivor-leg-ended', seq, callSid: legSid(999) }],
    ['the wait of the first call', { kind: 'caller-waited', turn: 9, digit: '0' }],
    ['its danger key', { kind: 'caller-waited', turn: 9, digit: '9' }],
    ['a menu of it', chose('1')],
  ] as const)('%s ends neither the waiting nor the ringing', (_what, event) => {
    for (const [story, seconds] of [
      [gone(), 10],
      [sought, 67],
      [ringing, 72],
    ] as const) {
      const after = story.when(seconds, event as Event);
      expect(after.notes).toEqual([{ note: 'ignored', event: event.kind }]);
      expect(after.request.phase).toEqual(story.request.phase);
    }
  });

  test('the first call ends once more while she talks: it is not that call', () => {
    expect(reached.when(200, hungUp).request.phase.kind).toBe('connected');
  });

  test('her phone was rung after she said stop: it stops as soon as its name is known', () => {
    const waiting = sought.when(70, pressed(seq, '1'));
    const ring = waiting.request.outbox.find(({ action }) => action.kind === 'ring-survivor');
    const stopped = waiting.when(71, { kind: 'survivor-stopped' });
    expect(phaseOf(stopped, 'closed').because).toBe('stopped');
    const known = stopped.when(72, performed({ id: ring?.id ?? 0, outcome: 'done', sid: herSid(seq) }));
    expect(kindsOf(known.actions)).toEqual(['end-leg']);
  });
});

describe('she calls by herself meanwhile', () => {
  const again = gone('4').when(2 * HOUR, { kind: 'caller-called-again' });

  test('that call replaces what was planned, and takes over what was agreed', () => {
    expect(phaseOf(again, 'closed').because).toBe('called-again');
    const carried = agreementCarried(again.request, at(2 * HOUR));
    expect(carried).toMatchObject({ rules: { callDigit: '5' }, callBack: { tries: 0, since: null } });
  });

  test('soon after she left it goes on as any call again does; later nothing tells that there was one', () => {
    const { settings } = smallNetwork;
    const soon = gone('4').when(300, { kind: 'caller-called-again' });
    expect(carriedFrom(soon.request, at(300), settings)).toMatchObject({ language: 'ru' });
    expect(carriedFrom(again.request, at(2 * HOUR), settings)).toBeNull();
  });

  test('whoever holds her phone hears what anybody hears, with an agreement and without', () => {
    const carried = agreementCarried(again.request, at(2 * HOUR));
    const calls = (on: typeof plainLine, standing: typeof carried) =>
      given({ ...(rang(on) as Extract<Event, { kind: 'caller-rang' }>), agreed: standing });
    for (const on of [plainLine, fullLine]) {
      const [her, anybody] = [calls(on, carried), calls(on, null)];
      expect(her.reply).toEqual(anybody.reply);
      const keys = (story: Story) =>
        [1, 2, 3, 4, 5, 6, 7].map(
          turn => story.when(turn * 9, on === plainLine ? waited(null, turn) : chose(null, turn)).reply,
        );
      expect(keys(her)).toEqual(keys(anybody));
    }
  });

  test('an agreement with another number replaces hers, at her hours: it is not she who would be put through', () => {
    const standing = agreementCarried(again.request, at(2 * HOUR));
    const other = given({ ...(rang() as Extract<Event, { kind: 'caller-rang' }>), agreed: standing })
      .when(1, waited('8', 1))
      .when(2, waited('4', 2))
      .when(3, waited(NOT_HERS, 3));
    expect(other.request.rules).toMatchObject({ callDigit: NOT_HERS, hours: standing?.rules.hours });
  });

  test('an agreement that is over by then is not taken over', () => {
    expect(agreementCarried(again.request, at(25 * HOUR))).toBeNull();
  });
});

test('a number that is withheld can not be called, whoever writes down that it may', () => {
  const withheld = given(
    { ...(rang() as Extract<Event, { kind: 'caller-rang' }>), from: null },
    { roster: [aigul] },
  );
  const asked = withheld.when(1, waited('8', 1));
  expect(phaseOf(asked, 'searching').callQuestion).toBeNull();
  const agreement = agreementOf('5', null, at(2));
  const set = withheld
    .when(2, { ...byManager, kind: 'manager-set-contact-rules', agreement })
    .when(3, hungUp);
  expect(phaseOf(set, 'closed').because).toBe('left-waiting');
  expect(survivor).not.toBeNull();
});
