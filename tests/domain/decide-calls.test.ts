// A call from its first ring to its end: menus, keys while waiting, helpers' legs, the room and its ends.
import { describe, expect, test } from 'vitest';
import type { CallSid } from '../../shared/domain/ids.ts';
import { stillWanted } from '../../shared/domain/outbox.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import {
  answered,
  askedOf,
  at,
  callSid,
  chose,
  given,
  hungUp,
  kindsOf,
  legEnded,
  legSid,
  looked,
  offerTo,
  onDuty,
  performed,
  phaseOf,
  pressed,
  rang,
  type Story,
  sure,
  survivor,
  waited,
} from '../support/given.ts';
import { almaty, astana, fullLine, police } from '../support/small-network.ts';

const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const leftRoom = (seq: number) => ({ kind: 'caller-left-room', seq }) as const;
const helperLeftRoom = (seq: number) => ({ kind: 'helper-left-room', seq }) as const;
const saidIn = (reply: Reply): string => JSON.stringify('say' in reply ? reply.say : []);
const turnIn = (reply: Reply): number => (reply.kind === 'ask' ? reply.next.turn : 0);

/** Aigul has been rung, has picked up and pressed 1 at second 5; the legs' names are known. */
const ringing = given(rang(), { roster: [aigul, bota] }).performed(1);
const taken = ringing.when(4, answered(1)).when(5, pressed(1, '1'));
const talking = taken.when(6, waited(null, 1)).performed(7);

describe('menus', () => {
  const menu = given(rang(fullLine));

  test('language, need and region in turn, then the search with what she chose', () => {
    expect(menu.reply).toMatchObject({ kind: 'ask', next: { to: 'menu', turn: 1 } });
    const need = menu.when(5, chose('2'));
    expect(phaseOf(need, 'intake').step).toBe('need');
    const region = need.when(10, chose('2', 2));
    expect(phaseOf(region, 'intake').step).toBe('region');
    const search = region.when(15, chose('1', 3));
    expect(search.request).toMatchObject({ language: 'ru', need: 'legal', region: almaty });
    expect(search.reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
  });

  test('0 goes on without an answer', () => {
    const search = [5, 10, 15].reduce((so, second, turn) => so.when(second, chose('0', turn + 1)), menu);
    expect(search.request).toMatchObject({ language: 'kk', need: null, region: null });
    expect(search.request.phase.kind).toBe('searching');
  });

  test('silence and keys that mean nothing are asked once more, then it goes on without an answer', () => {
    const once = menu.when(10, chose(null));
    expect(phaseOf(once, 'intake')).toMatchObject({ step: 'language', silences: 1 });
    expect(phaseOf(once.when(20, chose('7', 2)), 'intake')).toMatchObject({ step: 'need', silences: 0 });
  });

  test('9 in a menu is danger: the police are rung before anything else is asked', () => {
    const danger = menu.when(5, chose('9'));
    expect(danger.request.danger).toBe(true);
    expect(askedOf(danger)).toEqual([police.id]);
    expect(danger.reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
  });

  test('a menu whose webhooks are lost ends by itself after two minutes, and the search begins', () => {
    expect(menu.dueIn).toBe(120);
    expect(menu.when(119, looked).request.phase.kind).toBe('intake');
    expect(menu.when(120, looked).request.phase.kind).toBe('searching');
  });

  test('a key for a menu that time has ended is late, and she is told to wait', () => {
    const late = menu.when(120, looked).when(121, chose('2'));
    expect(late.notes).toContainEqual({ note: 'ignored', event: 'caller-chose' });
    expect(late.reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
  });

  test('a landline suggests its region, and one key takes it', () => {
    const from = sure(parseAddress('+77172123456'));
    const story = given({ ...rang(fullLine), from } as ReturnType<typeof rang>)
      .when(5, chose('2'))
      .when(9, chose('1', 2));
    expect(saidIn(story.reply)).toContain('region-suggested');
    expect(story.when(12, chose('1', 3)).request.region).toBe(astana);
  });

  test('hanging up in a menu closes it, and nobody was asked', () => {
    const gone = menu.when(3, hungUp);
    expect(gone.request.phase).toMatchObject({ kind: 'closed', because: 'left-menu' });
    expect(gone.dueIn).toBeNull();
  });
});

describe('a helper on the line', () => {
  test('picking up is not yet a yes: she hears language and need, and no number', () => {
    const picked = ringing.when(4, answered(1));
    expect(picked.reply).toMatchObject({ kind: 'ask', next: { to: 'screen', seq: 1, turn: 1 } });
    expect(saidIn(picked.reply)).not.toContain(survivor.slice(2));
    expect(picked.request.phase.kind).toBe('searching');
  });

  test('a voicemail presses nothing: after two questions the next one is asked', () => {
    const first = ringing.when(4, answered(1)).when(12, pressed(1, null, 1));
    expect(first.reply).toMatchObject({ kind: 'ask', next: { to: 'screen', turn: 2 } });
    const second = first.when(20, pressed(1, null, 2));
    expect(second.reply).toMatchObject({ kind: 'hang-up' });
    expect(second.request.asked[aigul.volunteerId]?.outcome).toBe('no-answer');
    expect(askedOf(second)).toEqual([bota.volunteerId]);
  });

  test('1 takes it: everybody else is let go and the survivor is fetched', () => {
    const both = ringing.when(2, looked).performed(3);
    const took = both.when(4, answered(1)).when(5, pressed(1, '1'));
    expect(took.reply).toMatchObject({ kind: 'join', as: 'helper', seq: 1 });
    expect(took.actions).toContainEqual({ kind: 'redirect-survivor', callSid, seq: 1 });
    expect(took.actions).toContainEqual({
      kind: 'end-leg',
      callSid: offerTo(bota.volunteerId, both).callSid,
    });
    expect(took.request.asked[bota.volunteerId]?.outcome).toBe('withdrawn');
  });

  test('of two who press 1, the first has it and the second hears that it is taken', () => {
    const both = ringing.when(2, looked).performed(3);
    const second = offerTo(bota.volunteerId, both).seq;
    const raced = both.when(5, pressed(1, '1')).when(5, pressed(second, '1'));
    expect(raced.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'taken' }] });
    expect(phaseOf(raced, 'connected').offer.to).toBe(aigul.volunteerId);
  });

  test('1 pressed twice is one yes', () => {
    const twice = taken.when(6, pressed(1, '1'));
    expect(twice.reply).toEqual(taken.reply);
    expect(twice.actions).toEqual([]);
  });

  test('1 pressed after her time, but before anybody looked, is still a yes', () => {
    expect(ringing.when(300, pressed(1, '1')).request.phase.kind).toBe('connected');
  });

  test('1 pressed after the survivor has hung up: she is told', () => {
    const late = ringing.when(4, hungUp).when(5, pressed(1, '1'));
    expect(late.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'caller-gone' }] });
  });

  // Known fault: her reply is made before the request is brought up to date with the time.
  test('is not sent into a room that ended meanwhile', () => {
    const ended = talking.when(60, helperLeftRoom(1));
    const late = ended.when(69, pressed(1, '1'));
    expect(late.request.phase.kind).toBe('searching');
    expect(late.reply.kind).toBe('hang-up');
  });

  test('a contact that takes it is reported to the managers', () => {
    const danger = given(rang()).when(1, waited('9', 1)).when(2, looked).performed(3);
    const took = danger.when(9, pressed(offerTo(police.id, danger).seq, '1'));
    expect(took.actions).toContainEqual(
      expect.objectContaining({ kind: 'alert', reason: 'contact-confirmed' }),
    );
  });
});

describe('she waits', () => {
  test('and her loop alone brings her to whoever took it', () => {
    expect(talking.reply).toEqual({ kind: 'nothing' });
    expect(taken.when(6, waited(null, 1)).reply).toMatchObject({ kind: 'join', as: 'survivor', seq: 1 });
    expect(phaseOf(taken.when(6, waited(null, 1)), 'connected').joined).toBe(true);
  });

  test('the first webhook again is answered from where the request stands', () => {
    expect(taken.when(6, rang()).reply).toMatchObject({ kind: 'join', as: 'survivor' });
  });

  test('0 ends it at once, without a word', () => {
    const ended = ringing.when(3, waited('0', 1));
    expect(ended.reply).toEqual({ kind: 'hang-up', language: 'ru', say: [] });
    expect(ended.request.phase).toMatchObject({ kind: 'closed', because: 'ended' });
    expect(kindsOf(ended.actions)).toEqual(['end-leg']);
  });

  test('no turn of her leg comes twice: back from a room, they begin anew', () => {
    const seen = [1, 2, 3].map(turn => turnIn(ringing.when(3, waited(null, turn)).reply));
    const back = talking.when(60, leftRoom(1));
    expect(saidIn(back.reply)).toContain('helper-left');
    expect(turnIn(back.reply)).toBeGreaterThan(Math.max(...seen) + 1000);
  });
});

describe('the end of a conversation', () => {
  test('she hangs up: closed, and the room ends with her', () => {
    const over = talking.when(300, hungUp);
    expect(over.request.phase).toMatchObject({ because: 'talked', lastHelper: aigul.volunteerId });
    expect(over.actions).toEqual([]);
  });

  test('she hangs up before both are in the room: the helper is told', () => {
    expect(taken.when(6, hungUp).actions).toEqual([{ kind: 'redirect-helper', callSid: legSid(1), seq: 1 }]);
  });

  test('the helper is gone within seconds: somebody else is asked at once, and she is fetched back', () => {
    const again = talking.when(20, legEnded(1, 'completed'));
    expect(again.request.asked[aigul.volunteerId]?.outcome).toBe('left');
    expect(askedOf(again)).toEqual([bota.volunteerId]);
    expect(again.actions).toContainEqual({ kind: 'redirect-survivor', callSid, seq: null });
  });

  test('the helper hangs up after talking: nobody is woken until she has had time to hang up too', () => {
    const left = talking.when(300, legEnded(1, 'completed'));
    expect(askedOf(left)).toEqual([]);
    expect(left.dueIn).toBe(6);
    const gone = left.when(303, hungUp);
    expect(gone.request.phase.kind).toBe('closed');
    expect(askedOf(left.when(306, looked))).toEqual([bota.volunteerId]);
  });

  test('the helper hangs up first and she a moment later: they talked', () => {
    const gone = talking.when(300, legEnded(1, 'completed')).when(303, hungUp);
    expect(gone.request.phase).toMatchObject({ because: 'talked', lastHelper: aigul.volunteerId });
  });

  test('her side of the room ended: she most likely hung up, and only if not the search begins again', () => {
    const ended = talking.when(300, helperLeftRoom(1));
    expect(ended.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'call-over' }] });
    expect(ended.dueIn).toBe(8);
    expect(ended.when(302, hungUp).request.phase).toMatchObject({ because: 'talked' });
    expect(ended.when(302, legEnded(1, 'completed')).request.phase.kind).toBe('connected');
    expect(ended.when(308, looked).request.phase.kind).toBe('searching');
  });

  test('a room that ended long ago ends nothing now', () => {
    const again = talking.when(20, leftRoom(1)).when(21, looked);
    const second = again.when(30, pressed(offerTo(bota.volunteerId, again).seq, '1'));
    const late = second.when(31, leftRoom(1)).when(32, legEnded(1));
    expect(phaseOf(late, 'connected').offer.to).toBe(bota.volunteerId);
  });

  test('her leg had ended before she could be brought to the helper: the request is over, not stuck', () => {
    const redirect = sure(taken.work.find(({ action }) => action.kind === 'redirect-survivor'));
    const gone = taken.when(6, performed({ id: redirect.id, outcome: 'failed', reason: 'gone' }));
    expect(gone.request.phase).toMatchObject({ kind: 'closed', because: 'left-waiting' });
    expect(kindsOf(gone.actions)).toEqual(['redirect-helper']);
  });

  test('no call lasts longer than the network allows', () => {
    const long = talking.when(5 + 4 * 3600 + 60, looked);
    expect(long.request.phase).toMatchObject({ because: 'talked', at: at(5 + 4 * 3600 + 60) });
  });
});

test('what comes after the end changes nothing', () => {
  const over: Story = talking.when(300, hungUp);
  const late = [
    hungUp,
    looked,
    rang(),
    chose('9'),
    waited('9', 8),
    leftRoom(1),
    legEnded(1),
    pressed(1, '1'),
  ];
  for (const event of late) {
    const after = over.when(301, event);
    expect(after.request).toEqual(over.request);
    expect(['hang-up', 'nothing']).toContain(after.reply.kind);
  }
});

describe('an offer that rang twice, because nobody knew whether the first ring went out', () => {
  const other = legSid(99);
  const answeredBy = (callSid: CallSid) => ({ kind: 'helper-answered', seq: 1, callSid }) as const;

  test('the end of the other leg ends neither the offer nor the talk', () => {
    const busy = { kind: 'leg-ended', seq: 1, callSid: other, outcome: 'busy' } as const;
    const known = ringing;
    expect(known.when(3, busy).request.phase).toEqual(known.request.phase);
    const talk = known.when(4, answered(1)).when(5, pressed(1, '1')).performed(6);
    expect(talk.when(40, busy).request.phase).toEqual(talk.request.phase);
  });

  test('the leg on which 1 is pressed is hers, and the other is let go', () => {
    const both = ringing.when(3, answered(1)).when(4, answeredBy(other));
    const took = both.when(5, { kind: 'helper-pressed', seq: 1, callSid: other, turn: 1, digit: '1' });
    expect(took.request.phase).toMatchObject({ kind: 'connected', offer: { callSid: other } });
    expect(took.actions).toContainEqual({ kind: 'end-leg', callSid: legSid(1) });
  });

  test('a leg whose name was never reported is known once it is picked up', () => {
    const picked = given(rang(), { roster: [aigul, bota] }).when(3, answeredBy(other));
    expect(offerTo(aigul.volunteerId, picked).callSid).toBe(other);
  });
});

test('once she has come to the room by herself she is not sent there again', () => {
  const redirect = sure(taken.work.find(({ action }) => action.kind === 'redirect-survivor')).action;
  expect(stillWanted(taken.request, redirect)).toBe(true);
  expect(stillWanted(taken.when(6, waited(null, 3)).request, redirect)).toBe(false);
});

test('in danger the search begins again where the police are', () => {
  const inDanger = ringing.when(2, waited('9', 2)).performed(2);
  const talk = inDanger.when(4, answered(1)).when(5, pressed(1, '1')).performed(5);
  const left = talk.when(20, legEnded(1, 'completed'));
  expect(left.notes).toContainEqual({ note: 'search-started', rung: 4 });
});
