// A volunteer is held by one request at a time, only while she may be, and never for longer than her lease.
import { beforeEach, describe, expect, test } from 'vitest';
import { languageId } from '../../../infra/local/seed/seed-values.ts';
import { addSeconds, type Instant } from '../../../shared/domain/instant.ts';
import type { Offer, Request } from '../../../shared/domain/request.ts';
import { claimsOf } from '../../../shared/domain/standing.ts';
import { CLAIM_MARGIN_SECONDS } from '../../../shared/domain/timing.ts';
import { useEngine } from '../../support/engine.ts';
import {
  buildOffer,
  buildRequest,
  closed,
  connected,
  next,
  noon,
  network as oneAtOnce,
  searching,
} from '../../support/request-builder.ts';
import {
  buildVolunteer,
  createWorld,
  never,
  region,
  rotaOf,
  sure,
  volunteerIdFrom,
  type World,
} from './store-world.ts';

const settings = { ...oneAtOnce.settings, conversationsAtOnce: 4 };
const network = { ...oneAtOnce, settings };

const engine = useEngine();
let world: World;
const volunteer = volunteerIdFrom(1);

beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  await world.roster.rollDuty(noon);
});

const commit = (before: Request | null, after: Request) =>
  world.requests.commit(
    { before, after, at: world.now(), notes: [{ note: 'danger' }], webhook: null },
    network,
  );

async function candidate() {
  const [found] = await world.roster.onDuty([region], world.now());
  return sure(found);
}

async function open(serial: number): Promise<Request> {
  const request = buildRequest({ serial });
  await commit(null, request);
  return request;
}

function offering(request: Request, changes: Partial<Offer> = {}): Request {
  const offer = buildOffer(volunteer, { endsAt: addSeconds(world.now(), 27), ...changes });
  return next(request, { phase: searching([offer], world.now()) });
}

const leaseOf = (request: Request): Instant => sure(claimsOf(request, settings)[0]).leaseUntil;

/** A ring, and the margin that a claim outlives it by. */
const AFTER_THE_LEASE = CLAIM_MARGIN_SECONDS + 60;

describe('holding', () => {
  test('an offer holds her and counts as her last', async () => {
    const first = await open(1);
    const offered = offering(first);
    expect((await candidate()).lastOfferedAt).toBeNull();
    expect(await commit(first, offered)).toBe('committed');
    expect(await candidate()).toMatchObject({ busyUntil: leaseOf(offered), lastOfferedAt: noon });
  });

  test('of fifty requests that want her at once, one gets her and nothing of the others is written', async () => {
    const requests = await Promise.all(Array.from({ length: 50 }, (_, serial) => open(serial + 1)));
    const outcomes = await Promise.all(requests.map(request => commit(request, offering(request))));
    expect(outcomes.filter(outcome => outcome === 'committed')).toHaveLength(1);
    const loaded = await Promise.all(requests.map(({ id }) => world.requests.load(id, null)));
    expect(loaded.filter(({ request }) => request?.version === 2)).toHaveLength(1);
    const timelines = await Promise.all(requests.map(({ id }) => world.requests.timeline(id)));
    expect(timelines.flat()).toHaveLength(51);
  });

  test('two volunteers in one commit are both held or neither', async () => {
    await world.registry.putVolunteer(buildVolunteer(2), noon);
    const [first, second] = [await open(1), await open(2)];
    await commit(first, offering(first));
    const both = next(second, {
      phase: searching([buildOffer(volunteerIdFrom(2)), buildOffer(volunteer, { seq: 3 })]),
    });
    expect(await commit(second, both)).toBe('claim-conflict');
    const free = (await world.roster.onDuty([region], noon)).filter(({ busyUntil }) => busyUntil === null);
    expect(free.map(({ volunteerId }) => volunteerId)).toEqual([volunteerIdFrom(2)]);
  });

  test('a lease lapses by itself', async () => {
    const [first, second] = [await open(1), await open(2)];
    const offered = offering(first);
    await commit(first, offered);
    world.advance((leaseOf(offered) - noon) / 1000 - 1);
    expect(await commit(second, offering(second))).toBe('claim-conflict');
    world.advance(1);
    expect((await candidate()).busyUntil).toBeNull();
    expect(await commit(second, offering(second))).toBe('committed');
  });

  test('taking the offer holds her for the conversation and is no new offer', async () => {
    const first = await open(1);
    const offered = offering(first);
    await commit(first, offered);
    world.advance(10);
    const taken = next(offered, { phase: connected(buildOffer(volunteer), world.now()) });
    expect(await commit(offered, taken)).toBe('committed');
    expect(await candidate()).toMatchObject({ busyUntil: leaseOf(taken), lastOfferedAt: noon });
  });

  test('an offer whose volunteer was lost can not be taken', async () => {
    const [first, second] = [await open(1), await open(2)];
    const offered = offering(first);
    await commit(first, offered);
    world.advance(AFTER_THE_LEASE);
    await commit(second, offering(second));
    const taken = next(offered, { phase: connected(buildOffer(volunteer), world.now()) });
    expect(await commit(offered, taken)).toBe('claim-conflict');
  });

  test('but a conversation goes on, and leaves the claim to whoever has it', async () => {
    const first = buildRequest({ serial: 1, channel: 'text' });
    await commit(null, first);
    const offered = offering(first);
    await commit(first, offered);
    const taken = next(offered, { phase: connected(buildOffer(volunteer), world.now()) });
    await commit(offered, taken);
    world.advance((leaseOf(taken) - noon) / 1000 + 1);
    const second = await open(2);
    const theirs = offering(second);
    expect(await commit(second, theirs)).toBe('committed');
    const talking = next(taken, { phase: connected(buildOffer(volunteer), world.now()) });
    expect(await commit(taken, talking)).toBe('committed');
    expect((await candidate()).busyUntil).toBe(leaseOf(theirs));
  });
});

describe('letting go', () => {
  test('the end of the offer frees her at once', async () => {
    const first = await open(1);
    const offered = offering(first);
    await commit(first, offered);
    expect(await commit(offered, next(offered, { phase: searching() }))).toBe('committed');
    expect(await candidate()).toMatchObject({ busyUntil: null, lastOfferedAt: noon });
  });

  test('what is no longer ours stays with whoever has it, and does not hold up the end', async () => {
    const [first, second] = [await open(1), await open(2)];
    const offered = offering(first);
    await commit(first, offered);
    world.advance(AFTER_THE_LEASE);
    const theirs = offering(second);
    await commit(second, theirs);
    expect(await commit(offered, next(offered, { phase: closed(world.now()) }))).toBe('committed');
    expect((await candidate()).busyUntil).toBe(leaseOf(theirs));
  });

  test('a second offer of the same request to the same volunteer is a new one', async () => {
    const first = await open(1);
    const offered = offering(first);
    await commit(first, offered);
    world.advance(5);
    const again = offering(offered, { seq: 5 });
    expect(await commit(offered, again)).toBe('committed');
    expect((await candidate()).lastOfferedAt).toBe(world.now());
    expect(await commit(again, next(again, { phase: searching() }))).toBe('committed');
    expect((await candidate()).busyUntil).toBeNull();
  });

  test('a wave of fifty texts that is taken fits into one transaction', async () => {
    const ids = Array.from({ length: 50 }, (_, serial) => volunteerIdFrom(serial + 1));
    await Promise.all(ids.map((_, serial) => world.registry.putVolunteer(buildVolunteer(serial + 1), noon)));
    let request = buildRequest({ serial: 1, channel: 'text' });
    await commit(null, request);
    const offers = ids.map((to, seq) => buildOffer(to, { by: 'text', seq, code: String(10 + seq) }));
    for (let made = 10; made <= 50; made += 10) {
      const after = next(request, { phase: searching(offers.slice(0, made)) });
      expect(await commit(request, after)).toBe('committed');
      request = after;
    }
    const taken = next(request, { phase: connected(sure(offers[49])) });
    expect(await commit(request, taken)).toBe('committed');
    const everybody = await world.roster.onDuty([region], noon);
    const writing = everybody.filter(({ writesAt }) => writesAt.length > 0);
    expect(writing.map(({ volunteerId }) => volunteerId)).toEqual([ids[49]]);
    expect(everybody.filter(({ busyUntil }) => busyUntil !== null).length).toBeLessThan(10);
    const conversations = await world.directory.conversationsOf(sure(ids[49]), noon);
    expect(conversations).toEqual([{ place: 0, requestId: request.id, seq: 49, overAt: null }]);
  });
});

describe('several conversations at once, each at a place of its own', () => {
  const by = 'text' as const;
  const text = (serial: number) =>
    buildRequest({ serial, channel: 'text', private: { survivor: null, texts: {}, notes: [] } });
  const offers = (request: Request, changes: Partial<Offer>) =>
    offering(request, { by, code: '41', ...changes });

  /** She writes with the survivor of this request, at this place. */
  async function writes(serial: number, place: number): Promise<Request> {
    const request = text(serial);
    await commit(null, request);
    const changes = { place, code: `6${serial}` };
    const offered = offers(request, changes);
    expect(await commit(request, offered)).toBe('committed');
    const talking = next(offered, {
      phase: connected(buildOffer(volunteer, { by, ...changes }), world.now()),
    });
    expect(await commit(offered, talking)).toBe('committed');
    return talking;
  }

  async function opened(request: Request): Promise<Request> {
    await commit(null, request);
    return request;
  }

  test('beside a conversation there may be one offer by text, and no call', async () => {
    await writes(1, 0);
    expect(await candidate()).toMatchObject({ busyUntil: null, writesAt: [0] });
    const call = await opened(buildRequest({ serial: 2 }));
    for (const place of [0, 1]) expect(await commit(call, offering(call, { place }))).toBe('claim-conflict');
    const [third, fourth] = [await opened(text(3)), await opened(text(4))];
    expect(await commit(third, offers(third, { place: 0 }))).toBe('claim-conflict');
    const beside = offers(third, { place: 1 });
    expect(await commit(third, beside)).toBe('committed');
    expect(await candidate()).toMatchObject({ busyUntil: leaseOf(beside), writesAt: [0] });
    expect(await commit(fourth, offers(fourth, { place: 2, code: '52' }))).toBe('claim-conflict');
  });

  test('beside a call, or an offer of one, there is nothing', async () => {
    const call = await open(1);
    const offered = offering(call);
    await commit(call, offered);
    const beside = await opened(text(2));
    expect(await commit(beside, offers(beside, { place: 1 }))).toBe('claim-conflict');
    await commit(offered, next(offered, { phase: connected(buildOffer(volunteer), world.now()) }));
    expect(await commit(beside, offers(beside, { place: 1 }))).toBe('claim-conflict');
  });

  test('of thirty that want her at once, by call and by text, at any place, one gets her', async () => {
    await writes(1, 0);
    const wanting = await Promise.all(
      Array.from({ length: 30 }, (_, each) =>
        opened(each % 3 === 0 ? buildRequest({ serial: each + 10 }) : text(each + 10)),
      ),
    );
    const outcomes = await Promise.all(
      wanting.map((request, each) =>
        commit(
          request,
          request.channel === 'voice'
            ? offering(request)
            : offers(request, { place: each % 4, code: String(10 + each) }),
        ),
      ),
    );
    expect(outcomes.filter(outcome => outcome === 'committed')).toHaveLength(1);
  });

  test('one ends: its place is free, the other goes on, and each counts as a talk', async () => {
    const [first, second] = [await writes(1, 0), await writes(2, 1)];
    world.advance(60);
    await commit(first, next(first, { phase: closed(world.now()) }));
    expect(await candidate()).toMatchObject({ busyUntil: null, writesAt: [1] });
    await commit(second, next(second, { phase: closed(world.now()) }));
    expect(await candidate()).toMatchObject({ writesAt: [], load: { talks: [{}, {}] } });
    const call = await open(3);
    expect(await commit(call, offering(call))).toBe('committed');
  });

  test('a place whose conversation has just ended is nobody else’s, for ten minutes', async () => {
    const first = await writes(1, 0);
    await commit(first, next(first, { phase: closed(world.now()) }));
    expect(await candidate()).toMatchObject({ writesAt: [], restsAt: [0] });
    const second = await opened(text(2));
    expect(await commit(second, offers(second, { place: 0 }))).toBe('claim-conflict');
    world.advance(599);
    expect(await commit(second, offers(second, { place: 0 }))).toBe('claim-conflict');
    world.advance(1);
    expect((await candidate()).restsAt).toEqual([]);
    expect(await commit(second, offers(second, { place: 0 }))).toBe('committed');
  });

  test('nor when the two go on by phone; and the call, which has no number, may take it', async () => {
    const first = await writes(1, 0);
    const call = next(first, { channel: 'voice', phase: searching([buildOffer(volunteer, { seq: 9 })]) });
    expect(await commit(first, call)).toBe('committed');
    expect((await candidate()).restsAt).toEqual([0]);
    await commit(call, next(call, { phase: closed(world.now()) }));
    const second = await opened(text(2));
    expect(await commit(second, offers(second, { place: 0 }))).toBe('claim-conflict');
    const third = await open(3);
    expect(await commit(third, offering(third))).toBe('committed');
  });

  test.each([1, 2, 3, 4])(
    'never more than %i of them where the setting says so',
    async conversationsAtOnce => {
      for (let serial = 1; serial <= conversationsAtOnce - 1; serial += 1) await writes(serial, 4 - serial);
      const within = { ...network, settings: { ...settings, conversationsAtOnce } };
      const request = await opened(text(9));
      const offered = offers(request, { place: 0, code: '55' });
      const commitWithin = (settingOf: typeof network) =>
        world.requests.commit(
          { before: request, after: offered, at: world.now(), notes: [], webhook: null },
          settingOf,
        );
      if (conversationsAtOnce > 1) {
        const fewer = { ...within.settings, conversationsAtOnce: conversationsAtOnce - 1 };
        expect(await commitWithin({ ...within, settings: fewer })).toBe('claim-conflict');
      }
      expect(await commitWithin(within)).toBe('committed');
    },
  );

  test('another offer of the same request may take another place, and frees the one before', async () => {
    const request = await opened(text(1));
    const first = offers(request, { place: 0 });
    await commit(request, first);
    const moved = offers(first, { seq: 5, place: 1, code: '51' });
    expect(await commit(first, moved)).toBe('committed');
    expect(await commit(moved, next(moved, { phase: searching() }))).toBe('committed');
    expect(await candidate()).toMatchObject({ busyUntil: null, writesAt: [] });
  });
});

describe('who may not be held, judged in the same transaction', () => {
  test.each([
    ['off duty', { rota: never }],
    ['not on duty yet', { rota: rotaOf([15 * 60 + 1, 18 * 60]) }],
    ['off duty since now', { rota: rotaOf([9 * 60, 15 * 60]) }],
    ['paused', { pausedUntil: addSeconds(noon, 1) }],
  ])('%s', async (_, changes) => {
    await world.registry.putVolunteer(buildVolunteer(1, changes), noon);
    const first = await open(1);
    expect(await commit(first, offering(first))).toBe('claim-conflict');
  });

  test('unknown to us', async () => {
    const first = await open(1);
    const stranger = next(first, { phase: searching([buildOffer(volunteerIdFrom(77))]) });
    expect(await commit(first, stranger)).toBe('claim-conflict');
    expect(await world.directory.volunteer(volunteerIdFrom(77))).toBeNull();
  });

  test('without a working number, for a day or until she is edited', async () => {
    await world.roster.markUnreachable(volunteer);
    await world.roster.markUnreachable(volunteerIdFrom(77));
    expect((await candidate()).reachable).toBe(false);
    const first = await open(1);
    expect(await commit(first, offering(first))).toBe('claim-conflict');
    world.advance(24 * 3600);
    await world.roster.rollDuty(world.now());
    expect((await candidate()).reachable).toBe(true);
    await world.roster.markUnreachable(volunteer);
    expect(await world.registry.putRota(buildVolunteer(1), world.now(), 1, null)).toBe('stored');
    expect((await candidate()).reachable).toBe(false);
    await world.registry.putVolunteer(buildVolunteer(1), world.now());
    expect((await candidate()).reachable).toBe(true);
    expect(await commit(first, offering(first))).toBe('committed');
  });

  test('without the language that she was to be asked in: it was taken from her a moment ago', async () => {
    const first = await open(1);
    const inKazakh = offering(first);
    const inRussian = next(first, { phase: inKazakh.phase, inLanguage: { [volunteer]: languageId('ru') } });
    await world.registry.putVolunteer(buildVolunteer(1, { languages: [languageId('ru')] }), world.now());
    expect(await commit(first, inKazakh)).toBe('claim-conflict');
    expect(await commit(first, inRussian)).toBe('committed');
    // Who is asked already, or talks, goes on, whatever she is said to speak by now.
    await world.registry.putVolunteer(buildVolunteer(1, { languages: [languageId('en')] }), world.now());
    const again = next(inRussian, { phase: searching([buildOffer(volunteer, { seq: 9 })]) });
    expect(await commit(inRussian, again)).toBe('committed');
  });

  test('paused until a minute ago is free, and so is who began this instant', async () => {
    const rota = rotaOf([15 * 60, 18 * 60]);
    await world.registry.putVolunteer(buildVolunteer(1, { rota, pausedUntil: noon }), noon);
    const first = await open(1);
    expect(await commit(first, offering(first))).toBe('committed');
  });
});
