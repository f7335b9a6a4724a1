// The table of the simulator is a double. Here it answers for itself: a whole world with its faults and collisions,
// and the edges by hand, are made again call by call on the real store, which must answer the same.
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommitOutcome } from '../../shared/app/ports.ts';
import { type ContactId, isVolunteer, type RequestId, type VolunteerId } from '../../shared/domain/ids.ts';
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
import { manager } from '../support/small-network.ts';
import { Figures } from './figures.ts';
import { type Call, RecordedTables } from './recorded-tables.ts';
import { replayed } from './replay-on-store.ts';
import { allTriggers, type Story, simulatedNetwork, storyOf, volunteersOf } from './story.ts';
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
  /** Too few volunteers, much that fails, and a second telephone that writes from the number of the first. */
  function crowded(): Story {
    const measure = { people: 20, volunteers: 4, faultRate: 0.1, lostMessages: 0.1, triggers: allTriggers };
    const story = storyOf(3, measure);
    const twins = story.people
      .filter(plan => plan.kind === 'writer')
      .map((plan, place) => ({ ...plan, serial: story.people.length + place }));
    // A rota knows whole minutes only.
    const edits = story.edits.map(edit => ({
      ...edit,
      atMs: Math.round(edit.atMs / MINUTE_MS) * MINUTE_MS,
    }));
    return { ...story, people: [...story.people, ...twins], edits };
  }

  function recorded(story: Story): Promise<readonly Call[]> {
    return outsidePromises(() => {
      const made: RecordedTables[] = [];
      runStory(story, new Figures(), now => {
        const tables = new RecordedTables(now);
        made.push(tables);
        return tables;
      });
      return made.flatMap(({ calls }) => calls);
    });
  }

  /** The same version of a request is loaded many times; the store answers from the same item. */
  function withoutRepeatedLoads(calls: readonly Call[]): readonly Call[] {
    const loaded = new Set<string>();
    return calls.filter(call => {
      if (call.call !== 'load') return true;
      const { id, webhookId, answer } = call;
      const name = `${id} ${answer.request?.version} ${webhookId} ${answer.storedReply !== null}`;
      return !loaded.has(name) && loaded.add(name);
    });
  }

  test('of people who want too few volunteers at once is the same on the real store', async () => {
    const calls = withoutRepeatedLoads(await recorded(crowded()));
    const counts: Record<string, number> = {};
    for (const call of calls) {
      const name = call.call === 'commit' ? call.answer : call.call;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    console.log(calls.length, counts);
    await expectAgreement(calls);
  });
});
