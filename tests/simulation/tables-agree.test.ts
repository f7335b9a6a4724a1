// The table of the simulator is a double. Here it answers for itself: a whole world with its faults and collisions,
// and the edges by hand, are made again call by call on the real store, which must answer the same.
import { beforeEach, describe, expect, test } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import type { CommitOutcome } from '../../shared/app/ports.ts';
import type { HelperId, VolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { type Address, smsAddress, whatsappAddress } from '../../shared/domain/phone.ts';
import type { Offer, Request } from '../../shared/domain/request.ts';
import { claimsOf, textRoutesOf } from '../../shared/domain/standing.ts';
import { createWorld, type World as StoreWorld } from '../contracts/store/store-world.ts';
import { useEngine } from '../support/engine.ts';
import {
  address,
  buildOffer,
  buildRequest,
  closed,
  connected,
  next,
  searching,
} from '../support/request-builder.ts';
import { Figures } from './figures.ts';
import { type Call, RecordedTables } from './recorded-tables.ts';
import { replayed } from './replay-on-store.ts';
import { allTriggers, type Story, simulatedNetwork, storyOf, volunteersOf } from './story.ts';
import { ByHand, DUTY, desk, first, START, second } from './tables-by-hand.ts';
import { outsidePromises } from './virtual-time.ts';
import { runStory } from './world.ts';

const MINUTE_MS = 60_000;
const { settings } = simulatedNetwork;

const engine = useEngine();
let store: StoreWorld;
beforeEach(async () => {
  store = await createWorld(engine);
});

async function expectAgreement(calls: readonly Call[]): Promise<void> {
  let place = 0;
  for await (const { call, answer } of replayed(calls, store)) {
    const where = `call ${place++}, ${call.call}`;
    expect(comparable(call, answer), where).toEqual(comparable(call, answerTo(call)));
  }
  expect(place).toBe(calls.length);
  expect(store.reported).toEqual([]);
}

function answerTo(call: Call): unknown {
  if ('answer' in call) return call.answer;
  return call.call === 'putVolunteer' ? 'stored' : undefined;
}

/** The order of what is due, and of what a number leads to, is nobody's promise. */
function comparable({ call }: Call, answer: unknown): unknown {
  if (call === 'due') return inOrder(answer as readonly object[]);
  if (call !== 'who') return answer;
  const known = answer as { readonly requests: readonly object[] };
  return { ...known, requests: inOrder(known.requests) };
}

const inOrder = (rows: readonly object[]): readonly string[] =>
  rows.map(row => JSON.stringify(Object.entries(row).sort())).sort();

describe('a world', () => {
  type Kind = Call['call'] | CommitOutcome;
  /** What a world shows by itself when it is crowded enough; the other outcomes are made by hand below. */
  const shown: readonly Kind[] = [
    'committed',
    'version-conflict',
    'claim-conflict',
    'due',
    'onDuty',
    'routeOf',
    'areKnown',
    'summary',
  ];

  /** Too few volunteers, and much that fails. */
  function crowded(seed: number): Story {
    const measure = { people: 12, volunteers: 3, faultRate: 0.1, lostMessages: 0.1, triggers: allTriggers };
    const story = storyOf(seed, measure);
    const wholeMinutes = (ms: number) => Math.round(ms / MINUTE_MS) * MINUTE_MS; // a rota knows no others
    return { ...story, edits: story.edits.map(edit => ({ ...edit, atMs: wholeMinutes(edit.atMs) })) };
  }

  function recorded(story: Story): readonly Call[] {
    const made: RecordedTables[] = [];
    runStory(story, new Figures(), now => {
      const tables = new RecordedTables(now);
      made.push(tables);
      return tables;
    });
    return withoutRepeats(made.flatMap(({ calls }) => calls));
  }

  /** The same version of a request is loaded many times, and one sweep lists all shards sixteen times. */
  function withoutRepeats(calls: readonly Call[]): readonly Call[] {
    const made = new Set<string>();
    return calls.filter(call => {
      if (call.call !== 'load' && call.call !== 'due') return true;
      const name =
        call.call === 'due'
          ? `due ${call.at}`
          : `${call.id} ${call.answer.request?.version} ${call.webhookId} ${call.answer.storedReply !== null}`;
      return !made.has(name) && made.add(name);
    });
  }

  const kindOf = (call: Call): Kind => (call.call === 'commit' ? call.answer : call.call);

  /** The first of them in which everything happens that can be hoped for. */
  function eventful(): readonly Call[] {
    for (let seed = 1; seed <= 40; seed += 1) {
      const calls = recorded(crowded(seed));
      const kinds = new Set(calls.map(kindOf));
      if (shown.every(kind => kinds.has(kind))) return calls;
    }
    throw new Error('no world is crowded enough: have fewer volunteers');
  }

  test('of people who want too few volunteers at once is the same on the real store', async () => {
    const calls = await outsidePromises(eventful);
    await expectAgreement(calls);
    const count = (kind: Kind) => calls.filter(call => kindOf(call) === kind).length;
    for (const kind of shown) expect(count(kind), kind).toBeGreaterThan(0);
    expect(count('committed')).toBeGreaterThan(100);
  });
});

let hand: ByHand;
beforeEach(() => {
  hand = new ByHand();
});

const opened = (serial: number, changes: Partial<Request> = {}): Request =>
  buildRequest({
    serial,
    openedAt: hand.now,
    language: languageId('ru'),
    phase: searching([], hand.now),
    private: { survivor: null, texts: {}, notes: [] },
    ...changes,
  });

const offers = (request: Request, ...made: readonly Offer[]): Request =>
  next(request, { phase: searching(made, hand.now) });

const offerTo = (to: HelperId, changes: Partial<Offer> = {}): Offer =>
  buildOffer(to, { madeAt: hand.now, endsAt: addSeconds(hand.now, 27), ...changes });

const leaseEnd = (request: Request): Instant => claimsOf(request, settings)[0]?.leaseUntil as Instant;

/** Opens it, and then makes the offers. */
function offering(serial: number, ...made: readonly Offer[]): readonly [CommitOutcome, Request] {
  const request = opened(serial);
  hand.commit(null, request);
  const after = offers(request, ...made);
  return [hand.commit(request, after), after];
}

describe('by hand', () => {
  test('a volunteer is held to the millisecond of her lease, and not by whoever lost her', async () => {
    const [held, holder] = offering(1, offerTo(first.id));
    const end = leaseEnd(holder);
    const outcomes = [
      held,
      offering(2, offerTo(first.id))[0],
      hand.at(instant(end - 1)) && offering(3, offerTo(first.id))[0],
      hand.at(end) && offering(4, offerTo(first.id))[0],
      // The one who held her picks up too late.
      hand.commit(holder, next(holder, { phase: connected(offerTo(first.id), hand.now) })),
      hand.commit(holder, offers(holder)),
    ];
    expect(outcomes).toEqual([
      'committed',
      'claim-conflict',
      'claim-conflict',
      'committed',
      'claim-conflict',
      'committed',
    ]);
    await expectAgreement(hand.calls);
  });

  test('a conversation goes on although its lease has lapsed and was lost, and its end frees nobody', async () => {
    const [, offered] = offering(1, offerTo(first.id, { by: 'text', code: '11' }));
    const word = (from: Request, at: Instant) =>
      next(from, { channel: 'text', phase: connected(offerTo(first.id, { by: 'text', code: '11' }), at) });
    const begins = word(offered, hand.at(addSeconds(START, 5)).now);
    const outcomes = [hand.commit(offered, begins)];
    const talk = word(begins, hand.at(addSeconds(START, 10)).now);
    outcomes.push(hand.commit(begins, talk), offering(2, offerTo(first.id))[0]);
    hand.at(leaseEnd(talk));
    outcomes.push(offering(3, offerTo(first.id))[0]);
    const goesOn = word(talk, hand.now);
    outcomes.push(hand.commit(talk, goesOn));
    outcomes.push(hand.commit(goesOn, next(goesOn, { phase: closed(hand.now) })));
    outcomes.push(offering(4, offerTo(first.id))[0]);
    expect(outcomes).toEqual([
      'committed',
      'committed',
      'claim-conflict',
      'committed',
      'committed',
      'committed',
      'claim-conflict',
    ]);
    await expectAgreement(hand.calls);
  });

  test('beside a conversation there is room for one offer by text at another place, and for no call', async () => {
    const text = (place: number, code: string) => offerTo(first.id, { by: 'text', place, code });
    const [, offered] = offering(1, text(0, '11'));
    const talk = next(offered, { channel: 'text', phase: connected(text(0, '11'), hand.now) });
    const outcomes = [hand.commit(offered, talk)];
    outcomes.push(offering(2, offerTo(first.id, { place: 1 }))[0], offering(3, text(0, '22'))[0]);
    const [beside, second_] = offering(4, text(1, '22'));
    outcomes.push(beside, offering(5, text(2, '33'))[0]);
    const both = next(second_, { channel: 'text', phase: connected(text(1, '22'), hand.now) });
    outcomes.push(hand.commit(second_, both), offering(6, offerTo(first.id))[0]);
    outcomes.push(hand.commit(talk, next(talk, { phase: closed(hand.now) })));
    outcomes.push(offering(7, offerTo(first.id))[0], offering(8, text(0, '44'))[0]);
    hand.at(addSeconds(hand.now, 600));
    outcomes.push(offering(9, text(0, '55'))[0]);
    expect(outcomes).toEqual([
      'committed',
      'claim-conflict',
      'claim-conflict',
      'committed',
      'claim-conflict',
      'committed',
      'claim-conflict',
      'committed',
      'claim-conflict',
      'claim-conflict', // its number may still be meant for the one that has ended
      'committed',
    ]);
    await expectAgreement(hand.calls);
  });

  test('an edit frees nobody', async () => {
    const outcomes = [offering(1, offerTo(first.id))[0]];
    hand.put(first);
    outcomes.push(offering(2, offerTo(first.id))[0]);
    expect(outcomes).toEqual(['committed', 'claim-conflict']);
    await expectAgreement(hand.calls);
  });

  test('nobody is held of whom there is no duty entry', async () => {
    const nobody = volunteersOf(3)[2]?.id as VolunteerId;
    expect(offering(1, offerTo(nobody))[0]).toBe('claim-conflict');
    await expectAgreement(hand.calls);
  });

  test('one offer after another to the same volunteer passes her on within the request', async () => {
    const [, offered] = offering(1, offerTo(first.id));
    const again = offers(offered, offerTo(first.id, { seq: 2 }), offerTo(second.id, { seq: 3 }));
    expect(hand.at(addSeconds(hand.now, 5)).commit(offered, again)).toBe('committed');
    expect(hand.commit(again, offers(again))).toBe('committed');
    await expectAgreement(hand.calls);
  });

  test('nobody is asked in a language that is not hers, and who is asked already goes on', async () => {
    const inKazakh = { inLanguage: { [second.id]: languageId('kk') } };
    const request = opened(1);
    hand.commit(null, request);
    const asks = next(request, { phase: searching([offerTo(second.id)], hand.now), ...inKazakh });
    expect(hand.commit(request, asks)).toBe('claim-conflict');
    const [, offered] = offering(2, offerTo(second.id));
    const again = next(offers(offered, offerTo(second.id, { seq: 2 })), inKazakh);
    expect(hand.commit(offered, again)).toBe('committed');
    await expectAgreement(hand.calls);
  });

  test('nobody is asked before her pause, her dead number or her time off is over', async () => {
    const ask = (serial: number, to: VolunteerId) => offering(serial, offerTo(to))[0];
    const pause = addSeconds(START, 600);
    hand.put(first, { pausedUntil: pause });
    const back = hand.unreachable(second.id);
    const paused = [
      hand.at(instant(pause - 1)) && ask(1, first.id),
      hand.at(pause) && ask(2, first.id),
      ask(3, second.id),
    ];
    // An edit vouches for the number, and sends her home until half past eleven.
    const shift = addSeconds(START, 5_400);
    hand.put(second, { duty: { from: shift, until: addSeconds(shift, 3_600) } });
    const off = [
      hand.at(instant(shift - 1)) && ask(4, second.id),
      hand.at(shift) && ask(5, second.id),
      hand.at(addSeconds(shift, 3_600)) && ask(6, second.id),
    ];
    expect(paused).toEqual(['claim-conflict', 'committed', 'claim-conflict']);
    expect(off).toEqual(['claim-conflict', 'committed', 'claim-conflict']);
    hand.put(first, { duty: { from: DUTY.from, until: addSeconds(back, 86_400) } });
    const again = hand.unreachable(first.id);
    const dead = [hand.at(instant(again - 1)) && ask(7, first.id), hand.at(again) && ask(8, first.id)];
    expect(dead).toEqual(['claim-conflict', 'committed']);
    await expectAgreement(hand.calls);
  });

  test('two texts in one breath open one request, and a call always opens its own', async () => {
    const private_ = { survivor: address(), texts: {}, notes: [] };
    const text = (serial: number) => opened(serial, { channel: 'text', private: private_ });
    const call = opened(4, { private: private_ });
    const last = text(6);
    const outcomes = [
      hand.commit(null, text(1)),
      hand.commit(null, text(2)),
      hand.at(addSeconds(START, 29)) && hand.commit(null, text(3)),
      hand.commit(null, call),
      hand.commit(null, opened(5, { private: private_ })),
      // The call before hers: its end says nothing of the one that goes on.
      hand.commit(call, next(call, { phase: closed(hand.now) })),
      hand.at(addSeconds(START, 30)) && hand.commit(null, last),
      // What is over keeps nobody out.
      hand.commit(last, next(last, { phase: closed(hand.now) })),
      hand.commit(null, text(7)),
    ];
    const all = Array.from(outcomes, (): CommitOutcome => 'committed');
    expect(outcomes).toEqual(all.fill('opened-meanwhile', 1, 3));
    expect(hand.who(address()).requests.map(({ requestId }) => requestId)).toContain(opened(5).id);
    await expectAgreement(hand.calls);
  });

  test('a number leads to what was closed for the grace time, and to another way of writing never', async () => {
    const sms = smsAddress(first.number);
    const whatsapp = whatsappAddress(first.number);
    const text = (serial: number, survivor: Address) =>
      opened(serial, { channel: 'text', private: { survivor, texts: {}, notes: [] } });
    const call = opened(3, { private: { survivor: sms, texts: {}, notes: [] } });
    const [one, two] = [text(1, sms), text(2, whatsapp)];
    const opens = [one, two, call].map(each => hand.commit(null, each));
    hand.at(instant(START + 1_234));
    const over = next(one, { phase: closed(hand.now) });
    hand.commit(one, over);
    hand.commit(over, next(over, { outbox: [] }));
    const graceEnd = addSeconds(hand.now, settings.graceSeconds);
    for (const ms of [-1, 0, 765, 766, 767]) hand.at(instant(graceEnd + ms)).look(one);
    const again = hand.commit(null, text(4, sms));
    expect([...opens, again]).toEqual(['committed', 'committed', 'committed', 'committed']);
    expect(hand.who(sms).requests.map(({ requestId }) => requestId)).not.toContain(two.id);
    await expectAgreement(hand.calls);
  });

  test('a code leads to one request until it lapses, and the word that declines to the latest offer', async () => {
    const text = (seq: number, code: string) => offerTo(desk, { seq, code, by: 'text' });
    const [one, holder] = offering(1, text(1, '11'), text(2, '22'));
    const outcomes = [one, offering(2, text(1, '11'))[0]];
    const [three, other] = offering(3, text(1, '33'));
    expect(hand.routeOf(desk, '0')).toBe(other.id);
    // What has not changed is not written: the word to decline stays with the later offer of the other request.
    const same = next(holder, { danger: true });
    outcomes.push(three, hand.commit(holder, same));
    expect(hand.routeOf(desk, '0')).toBe(other.id);
    const fewer = next(same, { phase: searching([text(1, '11')], hand.now) });
    outcomes.push(hand.commit(same, fewer));
    expect(hand.routeOf(desk, '0')).toBe(holder.id);
    const until = textRoutesOf(fewer, settings)[0]?.until as Instant;
    outcomes.push(hand.at(instant(until - 1)) && offering(4, text(1, '11'))[0]);
    outcomes.push(hand.at(until) && offering(5, text(1, '11'))[0]);
    outcomes.push(hand.commit(fewer, offers(fewer)));
    expect(outcomes).toEqual([
      'committed',
      'claim-conflict',
      'committed',
      'committed',
      'committed',
      'claim-conflict',
      'committed',
      'committed',
    ]);
    await expectAgreement(hand.calls);
  });

  test('a repeat outranks an older version, which outranks whatever else is refused', async () => {
    const [, holder] = offering(1, offerTo(first.id));
    const request = opened(2, { channel: 'text', private: { survivor: address(), texts: {}, notes: [] } });
    const wanting = offers(request, offerTo(first.id));
    const later = next(request, { danger: true });
    const outcomes = [
      hand.commit(null, request, 'hook-1'),
      hand.commit(request, later, 'hook-2'),
      hand.commit(request, wanting, 'hook-2'),
      hand.commit(null, request, 'hook-1'),
      hand.commit(request, wanting, 'hook-3'),
      hand.commit(null, request, 'hook-3'),
      hand.commit(null, opened(3, { ...request, id: opened(3).id, phase: wanting.phase }), 'hook-3'),
      hand.commit(later, next(later, { phase: wanting.phase }), 'hook-3'),
      hand.commit(holder, next(holder, { phase: closed(hand.now) }), 'hook-3'),
    ];
    expect(outcomes).toEqual([
      'committed',
      'committed',
      'repeated',
      'repeated',
      'version-conflict',
      'version-conflict',
      'opened-meanwhile',
      'claim-conflict',
      'committed',
    ]);
    await expectAgreement(hand.calls);
  });
});
