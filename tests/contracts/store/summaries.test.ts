// What is kept of requests that are over, on the real engine: written with their end and never without it, by day.
import { beforeEach, describe, expect, test } from 'vitest';
import { addSeconds, type Instant } from '../../../shared/domain/instant.ts';
import type { Summary } from '../../../shared/domain/report-summary.ts';
import type { Request } from '../../../shared/domain/request.ts';
import { canaryLadder } from '../../support/canary-network.ts';
import { useEngine } from '../../support/engine.ts';
import { buildRequest, closed, network, next, noon, requestIdFrom } from '../../support/request-builder.ts';
import { createWorld, dump, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putNetwork(network);
});

const DAY_SECONDS = 24 * 3600;
const all = { limit: 50, after: null, wanted: () => true };

async function commit(before: Request | null, after: Request, at: Instant = noon) {
  return world.requests.commit({ before, after, at, notes: [], webhook: null }, network);
}

async function ended(serial: number, at: Instant, changes: Partial<Request> = {}): Promise<void> {
  const opened = buildRequest({ serial, private: { survivor: null, texts: {}, notes: [] }, ...changes });
  expect(await commit(null, opened, at)).toBe('committed');
  expect(await commit(opened, next(opened, { phase: closed(at) }), at)).toBe('committed');
}

const idsOf = (summaries: readonly Summary[]) => summaries.map(({ requestId }) => requestId);

describe('the end of a request', () => {
  test('leaves what reports need, once, and neither number nor name; an open one leaves nothing', async () => {
    const opened = buildRequest();
    await commit(null, opened);
    const range = { from: addSeconds(noon, -60), until: addSeconds(noon, 60) };
    expect((await world.summaries.page(range, all)).summaries).toEqual([]);
    const over = next(opened, { phase: closed(noon, 'left-waiting') });
    await commit(opened, over);
    await commit(over, next(over, { outbox: [] }), addSeconds(noon, 30));
    const { summaries, next: more } = await world.summaries.page(range, all);
    expect(summaries).toMatchObject([
      { requestId: opened.id, region: 'KZ-75', skill: 'crisis', because: 'left-waiting' },
    ]);
    expect(more).toBeNull();
    const rows = (await dump(world)).filter(({ pk }) => pk?.S?.startsWith('DAY#'));
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['doc', 'expiresAt', 'pk', 'schema', 'sk']);
  });

  test('that could not be committed leaves nothing', async () => {
    const opened = buildRequest();
    await commit(null, opened);
    await commit(opened, next(opened, {}));
    const late = next(opened, { phase: closed(noon) });
    expect(await commit(opened, late)).toBe('version-conflict');
    expect((await dump(world)).some(({ pk }) => pk?.S?.startsWith('DAY#'))).toBe(false);
  });

  test('of a canary leaves nothing: it is nobody', async () => {
    await ended(1, noon, { ladder: canaryLadder });
    expect((await dump(world)).some(({ pk }) => pk?.S?.startsWith('DAY#'))).toBe(false);
  });
});

describe('a list', () => {
  test('is in pages, the latest first, over days, with a filter; from is included and until is not', async () => {
    const times = [0, 60, 120, DAY_SECONDS, 3 * DAY_SECONDS];
    for (const [serial, seconds] of times.entries())
      await ended(serial + 1, addSeconds(noon, seconds), { channel: serial % 2 === 0 ? 'voice' : 'text' });
    const range = { from: noon, until: addSeconds(noon, 3 * DAY_SECONDS) };
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await world.summaries.page(range, { limit: 2, after, wanted: () => true });
      expect(page.summaries.length).toBeLessThanOrEqual(2);
      found.push(...idsOf(page.summaries));
      after = page.next;
    } while (after !== null);
    expect(found).toEqual([4, 3, 2, 1].map(requestIdFrom));
    const texts = await world.summaries.page(range, { ...all, wanted: ({ channel }) => channel === 'text' });
    expect(idsOf(texts.summaries)).toEqual([4, 2].map(requestIdFrom));
    const visited: string[] = [];
    await world.summaries.each(range, ({ requestId }) => void visited.push(requestId));
    expect(visited.sort()).toEqual([1, 2, 3, 4].map(requestIdFrom).sort());
  });

  test('an old one is gone after thirteen months, also while its row still stands', async () => {
    await ended(1, noon);
    world.advance(401 * DAY_SECONDS);
    const range = { from: noon, until: addSeconds(noon, 60) };
    expect((await world.summaries.page(range, all)).summaries).toEqual([]);
  });
});
