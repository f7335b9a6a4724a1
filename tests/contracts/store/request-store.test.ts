// A request goes in and comes out as it was, once, and is due exactly while something is pending.
import { inflateRawSync } from 'node:zlib';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { attribute, type Plain, toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { requestKey, shardOf, timelineKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { pack } from '../../../shared/adapters/dynamodb/packed.ts';
import { DamagedRecord } from '../../../shared/app/damaged-record.ts';
import { DUE_SHARDS } from '../../../shared/app/ports.ts';
import { sideBySide } from '../../../shared/app/side-by-side.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { nothingPersonal, type Request } from '../../../shared/domain/request.ts';
import { dueAt } from '../../../shared/domain/standing.ts';
import type { Note } from '../../../shared/domain/timeline.ts';
import { useEngine } from '../../support/engine.ts';
import {
  address,
  buildEntry,
  buildOffer,
  buildRequest,
  closed,
  connected,
  network,
  next,
  noon,
  requestIdFrom,
  searching,
  settings,
  survivorDigits,
} from '../../support/request-builder.ts';
import { buildVolunteer, createWorld, dump, sure, volunteerIdFrom, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
});

const commit = (
  before: Request | null,
  after: Request,
  extra: { notes?: readonly Note[]; webhook?: string } = {},
) =>
  world.requests.commit(
    {
      before,
      after,
      at: world.now(),
      notes: extra.notes ?? [],
      webhook: extra.webhook ? { id: extra.webhook, reply: replyOf(after) } : null,
    },
    network,
  );

const replyOf = (request: Request) =>
  ({
    kind: 'ask',
    language: request.language,
    say: [{ say: 'searching' }, { press: '9' }, { dial: '112' }],
    listenSeconds: 5,
    next: { to: 'wait', turn: request.version },
  }) as const;

const load = async (request: Request) => (await world.requests.load(request.id, null)).request;

async function everythingDue(at = world.now()) {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => world.requests.due(shard, at));
  return (await Promise.all(shards)).flat().map(({ requestId }) => requestId);
}

const searchingByText: Request = buildRequest({
  serial: 7,
  channel: 'text',
  private: {
    survivor: address('whatsapp:+77995550199'),
    texts: { '3': 'ол қайтып келді', '4': 'emoji 🙏 "quoted" \\ \u2028' },
    notes: [{ by: 'sub-of-a-manager', at: noon, body: 'rang back, қайтып' }],
  },
  consent: {
    police: { given: false, at: noon, how: 'question' },
    legal: { given: true, at: noon, how: 'question' },
  },
  asked: { [volunteerIdFrom(5)]: { at: noon, outcome: 'declined' } },
  excluded: [volunteerIdFrom(6)],
  phase: { ...searching(), passedOver: [2], consentAsked: 'police', asking: 'consent', repeatAt: noon },
  outbox: [
    buildEntry(),
    buildEntry({ id: 9, action: { kind: 'relay', to: volunteerIdFrom(5), textKey: '3' }, tries: 2 }),
    buildEntry({
      id: 10,
      action: { kind: 'alert', audience: 'manager', severity: 'critical', reason: 'danger', about: null },
    }),
  ],
});

const spoil = async (request: Request, field: string, value: Plain) =>
  world.client.send(
    new UpdateItemCommand({
      TableName: world.table,
      Key: toItem(requestKey(request.id)),
      UpdateExpression: 'SET #field = :value',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': attribute(value) },
    }),
  );

describe('reading what was written', () => {
  test.each([
    [
      'a call in its menus',
      { kind: 'intake', step: 'region', page: 1, silences: 1, since: noon, slowedSeconds: 60 },
    ],
    ['a text not yet answered', { kind: 'greeting', until: addSeconds(noon, 600), timesAsked: 2 }],
    ['a search', searching()],
    ['a conversation', connected(buildOffer(sure(network.contacts[0]).id))],
    ['a closed request', closed(noon)],
  ] as const)('%s', async (_, phase) => {
    const request = buildRequest({ phase });
    expect(await commit(null, request)).toBe('committed');
    expect(await load(request)).toEqual(request);
  });

  test('a text request with everything in it', async () => {
    await commit(null, searchingByText);
    expect(await load(searchingByText)).toEqual(searchingByText);
  });

  test('an unknown request is none', async () => {
    expect(await world.requests.load(requestIdFrom(99), 'hook')).toEqual({
      request: null,
      storedReply: null,
    });
  });

  test('a closed request is gone after ninety days, also when the table has not deleted it', async () => {
    const request = buildRequest({ phase: closed(noon) });
    await commit(null, request);
    world.advance(90 * 24 * 3600 - 60);
    expect(await load(request)).toEqual({ ...request, private: nothingPersonal });
    world.advance(120);
    expect(await load(request)).toBeNull();
    expect(await commit(null, request)).toBe('committed');
  });
});

describe('one after the other', () => {
  test('the second of two that decided on the same version is refused', async () => {
    const first = buildRequest();
    await commit(null, first);
    expect(await commit(first, next(first, { danger: true }))).toBe('committed');
    expect(await commit(first, next(first, { danger: false }))).toBe('version-conflict');
    expect((await load(first))?.danger).toBe(true);
  });

  test('a request opens once', async () => {
    expect(await commit(null, buildRequest())).toBe('committed');
    expect(await commit(null, buildRequest())).toBe('version-conflict');
  });

  test('of twenty that decide at once, one is first', async () => {
    const first = buildRequest();
    await commit(null, first);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, nextSeq) => commit(first, next(first, { nextSeq }))),
    );
    expect(outcomes.filter(outcome => outcome === 'committed')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['committed', 'version-conflict']));
    expect((await load(first))?.version).toBe(2);
  });
});

describe('repeated webhooks', () => {
  test('the repeat has no effect and gets the same reply', async () => {
    const first = buildRequest();
    expect((await world.requests.load(first.id, 'CA1:wait:1')).storedReply).toBeNull();
    expect(await commit(null, first, { webhook: 'CA1:wait:1' })).toBe('committed');
    const second = next(first, { danger: true });
    expect(await commit(first, second, { webhook: 'CA1:wait:1' })).toBe('repeated');
    const loaded = await world.requests.load(first.id, 'CA1:wait:1');
    expect(loaded).toEqual({ request: first, storedReply: replyOf(first) });
  });

  test('a repeat counts as one even when the version has moved on', async () => {
    const first = buildRequest();
    await commit(null, first, { webhook: 'one' });
    await commit(first, next(first, {}), { webhook: 'two' });
    expect(await commit(first, next(first, {}), { webhook: 'two' })).toBe('repeated');
  });

  test('of ten deliveries at once, one has its effect', async () => {
    const first = buildRequest();
    await commit(null, first);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => commit(first, next(first, {}), { webhook: 'x' })),
    );
    expect(outcomes.filter(outcome => outcome === 'committed')).toHaveLength(1);
    expect(await commit(first, next(first, {}), { webhook: 'x' })).toBe('repeated');
  });

  test('ninety days later it is a new webhook', async () => {
    const first = buildRequest();
    await commit(null, first, { webhook: 'old' });
    world.advance(90 * 24 * 3600 + 2);
    expect((await world.requests.load(first.id, 'old')).storedReply).toBeNull();
    expect(await commit(first, next(first, {}), { webhook: 'old' })).toBe('committed');
  });
});

describe('what is known of hundreds of calls and texts', () => {
  const trace = (serial: number) => ({ requestId: requestIdFrom(serial), webhookId: `SM${serial}` });
  const known = async (serials: readonly number[]) => world.requests.areKnown(serials.map(trace));

  test('its own request, the name of its webhook, or that it was answered; the rest is not', async () => {
    const first = buildRequest({ serial: 300 });
    await commit(null, first);
    await commit(first, next(first, {}), { webhook: 'SM7' });
    for (const _delivery of [1, 2]) await world.requests.noteAnswered('SM9', noon);
    const serials = Array.from({ length: 300 }, (_, place) => place + 1);
    const answer = await known(serials);
    expect(serials.filter((_, place) => answer[place])).toEqual([7, 9, 300]);
    expect(await known([])).toEqual([]);
    expect(await known([7, 7])).toEqual([true, true]);
  });

  test('a damaged request is there; one that is past its time is not', async () => {
    const request = buildRequest({ serial: 5, phase: closed(noon) });
    await commit(null, request);
    await spoil(request, 'doc', 'not json');
    expect(await known([5])).toEqual([true]);
    world.advance(90 * 24 * 3600 + 60);
    expect(await known([5])).toEqual([false]);
  });
});

describe('timeline', () => {
  test('one entry for each commit that has something to say, in order', async () => {
    let request = buildRequest();
    await commit(null, request, { notes: [{ note: 'search-started', rung: 0 }] });
    for (let version = 2; version <= 12; version += 1) {
      const after = next(request, {});
      const notes: readonly Note[] =
        version % 2 === 0 ? [{ note: 'rung-reached', rung: version }, { note: 'danger' }] : [];
      await commit(request, after, { notes });
      request = after;
    }
    const entries = await world.requests.timeline(request.id);
    expect(entries.map(({ version }) => version)).toEqual([1, 2, 4, 6, 8, 10, 12]);
    expect(entries[6]).toEqual({
      at: world.now(),
      version: 12,
      notes: [{ note: 'rung-reached', rung: 12 }, { note: 'danger' }],
    });
  });

  test('a judgement of thousands fits', async () => {
    const verdicts = Array.from({ length: 20_000 }, (_, serial) => ({
      helper: volunteerIdFrom(serial),
      verdict: 'busy' as const,
    }));
    const request = buildRequest();
    expect(await commit(null, request, { notes: [{ note: 'judged', rung: 0, verdicts }] })).toBe('committed');
    const [entry] = await world.requests.timeline(request.id);
    expect(entry?.notes).toEqual([{ note: 'judged', rung: 0, verdicts: verdicts.slice(0, 2000) }]);
  });
});

describe('due index', () => {
  test('holds a request exactly while something is pending', async () => {
    const request = buildRequest({ phase: closed(noon), outbox: [buildEntry()] });
    await commit(null, request);
    const due = sure(dueAt(request, settings));
    expect(await everythingDue(addSeconds(due, -1))).toEqual([]);
    expect(await everythingDue(due)).toEqual([request.id]);
    await commit(request, next(request, { outbox: [] }));
    expect(await everythingDue(addSeconds(due, 10 ** 6))).toEqual([]);
  });

  test('moves with the deadline', async () => {
    const request = buildRequest({
      phase: { kind: 'greeting', until: addSeconds(noon, 100), timesAsked: 1 },
    });
    await commit(null, request);
    await commit(
      request,
      next(request, { phase: { kind: 'greeting', until: addSeconds(noon, 300), timesAsked: 2 } }),
    );
    expect(await everythingDue(addSeconds(noon, 299))).toEqual([]);
    expect(await everythingDue(addSeconds(noon, 300))).toEqual([request.id]);
  });

  test('lists all of hundreds, each in its own shard, and no duty entries', async () => {
    await world.registry.putVolunteer(buildVolunteer(1), noon);
    const requests = Array.from({ length: 200 }, (_, serial) => buildRequest({ serial: serial * 7919 + 1 }));
    await sideBySide(requests, request => commit(null, request));
    const later = addSeconds(noon, 10 ** 7);
    expect((await everythingDue(later)).toSorted()).toEqual(requests.map(({ id }) => id).toSorted());
    const [some] = requests;
    const inItsShard = await world.requests.due(shardOf(sure(some).id), later);
    expect(inItsShard.map(({ requestId }) => requestId)).toContain(sure(some).id);
    const sizes = await Promise.all(
      Array.from({ length: DUE_SHARDS }, async (_, shard) => (await world.requests.due(shard, later)).length),
    );
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });
});

describe('what is sealed', () => {
  test('no number, name or word stands open anywhere in the table', async () => {
    await world.registry.putNetwork(network);
    await world.registry.putVolunteer(buildVolunteer(1), noon);
    await commit(null, searchingByText, { webhook: 'SM1', notes: [{ note: 'danger' }] });
    const offer = buildOffer(volunteerIdFrom(1), { by: 'text', code: '41' });
    const taken = next(searchingByText, { phase: connected(offer) });
    await world.requests.commit(
      { before: searchingByText, after: taken, at: noon, notes: [], webhook: null },
      network,
    );
    const items = await dump(world);
    expect(items.length).toBeGreaterThan(7);
    const open = items.map(item => JSON.stringify(item, binaryAsText)).join('\n');
    const secrets = [
      survivorDigits,
      survivorDigits.slice(-7),
      buildVolunteer(1).number.slice(1),
      'Айгүл',
      'қайтып',
      'emoji',
      ...network.contacts.flatMap(({ callNumber }) => callNumber?.slice(1) ?? []),
    ];
    expect(secrets.filter(secret => open.includes(secret))).toEqual([]);
    // The search does look into what is packed.
    expect(open.includes(String.raw`\"danger\":false`)).toBe(true);
  });

  test('the same request sealed twice looks different, and its part opens in no other item', async () => {
    const request = buildRequest();
    await commit(null, request);
    const [item] = (await dump(world)).filter(each => each['sk']?.S === 'REQ');
    const other = buildRequest({ serial: 2 });
    await commit(null, other);
    await world.client.send(
      new UpdateItemCommand({
        TableName: world.table,
        Key: toItem(requestKey(other.id)),
        UpdateExpression: 'SET #personal = :personal',
        ExpressionAttributeNames: { '#personal': 'personal' },
        ExpressionAttributeValues: { ':personal': sure(item?.['personal']) },
      }),
    );
    await expect(load(other)).rejects.toThrow(DamagedRecord);
  });
});

describe('damaged records', () => {
  test.each([
    ['doc', 'not json'],
    ['doc', new TextEncoder().encode('not deflated')],
    ['doc', pack({ id: 'req_secret-content' })],
    ['personal', pack({ survivor: null, texts: {}, notes: [] })],
    ['schema', 3],
    ['version', 7],
    ['personal', 'plain'],
  ])('%s = %s is refused by the id alone', async (field, value) => {
    const request = buildRequest();
    await commit(null, request);
    await spoil(request, field, value);
    const refusal = await load(request).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DamagedRecord);
    expect(String(refusal)).toBe(`DamagedRecord: a stored record is damaged: ${request.id}`);
  });

  test('a damaged entry does not hide the rest of the timeline', async () => {
    const request = buildRequest();
    await commit(null, request, { notes: [{ note: 'danger' }] });
    const broken = { ...timelineKey(request.id, 2), schema: 1, at: 'yesterday', version: 2, notes: pack([]) };
    await world.client.send(new PutItemCommand({ TableName: world.table, Item: toItem(broken) }));
    expect(await world.requests.timeline(request.id)).toHaveLength(1);
    expect(world.reported).toEqual([request.id]);
  });
});

function binaryAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? unpackedText(Buffer.from(value)) : value;
}

function unpackedText(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes).toString('utf8');
  } catch {
    return bytes.toString('utf8');
  }
}
