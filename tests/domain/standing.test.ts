// What is kept beside a request, for each of its phases: when it is due, whom it holds, which texts lead to it.
import { describe, expect, test } from 'vitest';
import { claimsOf, textRoutesOf } from '../../shared/domain/standing.ts';
import {
  answered,
  at,
  doneOf,
  given,
  helperTexted,
  hungUp,
  looked,
  offerTo,
  onDuty,
  performed,
  pressed,
  rang,
  type Story,
  sure,
  texted,
} from '../support/given.ts';
import { fullLine, manager, smallNetwork } from '../support/small-network.ts';

const { settings } = smallNetwork;
const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const claims = ({ request }: Story) => claimsOf(request, settings);
const routes = ({ request }: Story) => textRoutesOf(request, settings);

const menu = given(rang(fullLine));
const ringing = given(rang(), { roster: [aigul] });
const two = given(rang(), { roster: [aigul, bota] }).when(1, looked);
const greeted = given(texted('привет'), { roster: [aigul, bota] });
const offered = greeted.when(60, texted('1')).performed(61);
const code = sure(offerTo(aigul.volunteerId, offered).code);
const writing = offered.when(70, helperTexted(aigul.volunteerId, code)).performed(71);
const talking = ringing.performed(1).when(5, pressed(1, '1')).performed(6);

describe('due', () => {
  test('in the menus: when they have lasted too long', () => {
    expect(menu.dueIn).toBe(120);
  });

  test('before her yes: when the first question lapses', () => {
    expect(greeted.performed(1).dueIn).toBe(1_799);
  });

  test('in the search: the next offer of a wave that is not full', () => {
    expect(ringing.dueIn).toBe(1);
  });

  test('in the search, the wave full: the first offer that ends', () => {
    expect(two.performed(2).dueIn).toBe(25);
  });

  test('in the search, the wave full and its phones picked up: the end of the rung', () => {
    const screened = two.performed(2).when(10, answered(1)).when(20, answered(3));
    expect(screened.dueIn).toBe(45 - 20);
  });

  test('on the last rung, nobody left to ask: the next look for whoever has come', () => {
    const last = given(rang()).performed(1).when(30, looked).performed(30);
    expect(last.request.phase).toMatchObject({ rung: 6, offers: [], repeatAt: at(150) });
    expect(last.dueIn).toBe(10);
    expect(last.when(145, looked).performed(145).dueIn).toBe(5);
  });

  test('in a conversation by voice: when no call lasts longer; once its room ended, a moment later', () => {
    expect(talking.dueIn).toBe(4 * 3_600 + 60 - 1);
    expect(talking.when(60, { kind: 'helper-left-room', seq: 1 }).dueIn).toBe(8);
  });

  test("in a conversation by text: four hours after the helper's last word, ten minutes after hers", () => {
    const answered = writing.when(100, helperTexted(aigul.volunteerId, 'да')).performed(100);
    expect(answered.dueIn).toBe(4 * 3_600);
    expect(answered.when(500, texted('да')).performed(500).dueIn).toBe(600);
  });

  test('whatever the phase: when the lease of something not yet done is over', () => {
    expect(greeted.dueIn).toBe(12);
    const gone = two.performed(2).when(3, hungUp);
    expect(gone.request.phase.kind).toBe('closed');
    expect(gone.dueIn).toBe(12);
  });

  test('never, once it is closed and everything is done', () => {
    const gone = two.performed(2).when(3, hungUp);
    expect(gone.when(4, performed(...gone.request.outbox.map(doneOf))).dueIn).toBeNull();
  });
});

/** Twice five minutes of a wrong clock, and a minute. */
const MARGIN = 1_800;

describe('held volunteers', () => {
  test('everybody whose phone rings, until half an hour after the ring at the latest', () => {
    const ring = { place: 0, for: 'call', language: 'ru' };
    expect(claims(two)).toEqual([
      { ...ring, volunteerId: aigul.volunteerId, seq: 1, leaseUntil: at(27 + MARGIN) },
      { ...ring, volunteerId: bota.volunteerId, seq: 3, leaseUntil: at(28 + MARGIN) },
    ]);
  });

  test('longer for whoever picked up', () => {
    expect(claims(two.when(10, answered(1)))[0]?.leaseUntil).toBe(at(10 + 45 + MARGIN));
  });

  test('only the one who took it, while they talk', () => {
    const took = two.when(5, pressed(3, '1'));
    const [held, ...others] = claims(took);
    expect(others).toEqual([]);
    expect(held).toMatchObject({
      volunteerId: bota.volunteerId,
      leaseUntil: at(5 + 4 * 3_600 + 60 + MARGIN),
    });
  });

  test('by text, until half an hour after the conversation is idle', () => {
    expect(claims(offered)[0]?.for).toBe('text-offer');
    expect(claims(writing)[0]).toMatchObject({
      for: 'conversation',
      leaseUntil: at(70 + 4 * 3_600 + MARGIN),
    });
  });

  test('contacts are never held: a duty desk has more than one phone', () => {
    const alone = given(rang());
    expect(offerTo(manager.id, alone)).toBeDefined();
    expect(claims(alone)).toEqual([]);
  });

  test('nobody before the search, and nobody after the end', () => {
    for (const story of [menu, greeted, two.when(3, hungUp)]) expect(claims(story)).toEqual([]);
  });
});

describe('ways for texts', () => {
  test('each offer by its code, and by the word that declines it', () => {
    const { seq, endsAt } = offerTo(aigul.volunteerId, offered);
    const mine = routes(offered).filter(({ helper }) => helper === aigul.volunteerId);
    expect(mine).toEqual([
      { helper: aigul.volunteerId, code, place: 0, seq, until: endsAt },
      { helper: aigul.volunteerId, code: '0', place: 0, seq, until: endsAt },
    ]);
  });

  test('a conversation: whatever its helper writes, the code once more too, and nobody else', () => {
    const { seq, endsAt } = offerTo(aigul.volunteerId, offered);
    const mine = { helper: aigul.volunteerId, place: 0, seq };
    expect(routes(writing)).toEqual([
      { ...mine, code: null, until: at(70 + 4 * 3_600 + MARGIN) },
      { ...mine, code, until: endsAt },
    ]);
  });

  test('none for calls, before the search, or after the end', () => {
    const stopped = writing.when(80, texted('stop'));
    for (const story of [two, greeted]) expect(routes(story)).toEqual([]);
    // Only what a volunteer says of the talk afterwards still finds it.
    expect(routes(stopped)).toMatchObject([{ code: 'after' }]);
  });

  test('to a talk by phone only the code for what she agreed to about being reached', () => {
    expect(routes(talking)).toMatchObject([{ helper: aigul.volunteerId, code: '96' }]);
  });

  test('to a talk of a duty desk none: it may have several, and one must not keep it from the next', () => {
    const rung = given(rang());
    const taken = rung.performed(1).when(5, pressed(sure(offerTo(manager.id, rung)).seq, '1'));
    expect(taken.request.phase.kind).toBe('connected');
    expect(routes(taken)).toEqual([]);
  });
});
