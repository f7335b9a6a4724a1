// What a client asks for under a key: begun once, met again while somebody may have died at it, and meant anew afterwards.
import { expect, test } from 'vitest';
import { createAnswers } from '../../../shared/adapters/dynamodb/answers.ts';
import { useEngine } from '../../support/engine.ts';
import { createWorld } from './store-world.ts';

const engine = useEngine();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('an attempt after one that died is the same; the same words under the same key a day later are meant anew', async () => {
  const world = await createWorld(engine);
  const answers = createAnswers({ ...world, clock: { now: world.now }, random: () => 0.5, log });
  const begun = () => answers.begin('somebody', 'weekly', 'POST /v1/broadcasts', world.now());
  const first = await begun();
  expect([first.is, (await begun()).is]).toEqual(['fresh', 'going-on']);
  world.advance(61);
  const second = await begun();
  expect(second).toEqual(first);
  await answers.keep('somebody', 'weekly', { status: 202, headers: {}, body: '{}' }, world.now());
  expect((await begun()).is).toBe('done');
  world.advance(24 * 3600 + 1);
  const later = await begun();
  expect(later.is).toBe('fresh');
  expect(later).not.toEqual(first);
});
