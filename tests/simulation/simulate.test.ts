// A small volume in every run of the tests, the same in each; SEED=<another> lives through another.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imported } from './bundle.ts';
import { aWorld, type Broken } from './many.ts';
import type { Trigger } from './scene.ts';
import { allTriggers, type Measure, type Story } from './story.ts';

const { Figures, outsidePromises, runMany, runStory, shrunk, storyOf } =
  await imported<typeof import('./simulator.ts')>('simulator.ts');

const seed = Number(process.env['SEED'] ?? 2026);
console.log(`simulation: SEED=${seed}`);
const ordinary: Measure = { ...aWorld, faultRate: 0.02, lostMessages: 0, triggers: allTriggers };

function lived(requests: number, measure: Measure, from = seed, skip = 0) {
  return outsidePromises(() => {
    const figures = new Figures();
    const broken: Broken[] = [];
    const hear = { broken: (one: Broken) => broken.push(one), progress: () => undefined };
    runMany(from, requests, measure, figures, hear, skip);
    const told = broken.slice(0, 1).map(({ story, violations }) => ({ violations, smallest: shrunk(story) }));
    return { figures, told };
  });
}

describe('nobody is stranded and no two helpers collide', () => {
  test('when 2 % of all effects fail', async () => {
    const { figures, told } = await lived(1_000, ordinary);
    expect(told).toEqual([]);
    expect(figures.of('reached by voice') + figures.of('reached by text')).toBeGreaterThan(750);
  });

  test('when 10 % of all effects fail and half of all messages of the queue are lost', async () => {
    const { told } = await lived(320, { ...ordinary, faultRate: 0.1, lostMessages: 0.5 });
    expect(told).toEqual([]);
  });

  const without: readonly Trigger[] = ['callersLoop', 'queue', 'sweep'];
  test.each(without)('without the trigger %s, when nothing else fails', async trigger => {
    const triggers = { ...allTriggers, [trigger]: false };
    const { figures, told } = await lived(160, { ...ordinary, faultRate: 0, triggers });
    expect(told).toEqual([]);
    expect(figures.of('at the fallback desk')).toBe(0);
    // Nothing was lost: what was answered once is not found again as something that never came.
    expect(figures.of('alert call-missed') + figures.of('alert text-missed')).toBe(0);
    expect(figures.timeToFirstRing.percentile(0.9)).toBeLessThanOrEqual(3);
    expect(figures.timeToPerson.percentile(0.5)).toBeGreaterThan(0);
    expect(figures.timeToNextRung.most).toBeLessThanOrEqual(trigger === 'queue' ? 90 : 5);
  });
});

test('the same seed twice is the same to the last commit, and another seed is another', async () => {
  const hash = async (from: number) => (await lived(200, ordinary, from)).figures.hash;
  const first = await hash(seed);
  expect(await hash(seed)).toBe(first);
  expect(await hash(seed + 1)).not.toBe(first);
});

test('a run comes to the same figures whole and in slices, which may be lived through elsewhere', async () => {
  const whole = (await lived(200, ordinary)).figures.toJSON();
  const added = new Figures();
  for (const [requests, skip] of [
    [80, 0],
    [120, 80],
  ] as const)
    added.take(JSON.parse(JSON.stringify((await lived(requests, ordinary, seed, skip)).figures)));
  expect({ ...added.toJSON(), hash: 0 }).toEqual({ ...whole, hash: 0 });
  expect(added.timeToPerson.percentile(0.9)).toBeGreaterThan(0);
});

test('a story with its faults listed is told again exactly as chance told it', async () => {
  const told = (story: Story) => {
    const figures = new Figures();
    const { faults } = runStory(story, figures);
    return { faults, hash: figures.hash };
  };
  const story = storyOf(seed, ordinary);
  const byChance = await outsidePromises(() => told(story));
  const byList = await outsidePromises(() => told({ ...story, listed: byChance.faults }));
  expect(byChance.faults.length).toBeGreaterThan(20);
  expect(byList).toEqual(byChance);
});

const kept = join(import.meta.dirname, 'kept');
test.each(readdirSync(kept).filter(file => file.endsWith('.json')))('kept: %s ends well', async file => {
  const story = JSON.parse(readFileSync(join(kept, file), 'utf8')) as Story;
  expect((await outsidePromises(() => runStory(story, new Figures()))).violations).toEqual([]);
});
