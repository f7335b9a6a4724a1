// The table deletes what has expired within days, not at once. Until then it is there, and nobody may read it: each
// class of record is read here after its time, while its row still stands.
import { beforeEach, describe, expect, test } from 'vitest';
import { kazakhstan } from '../../../infra/local/seed/kazakhstan.ts';
import { keyTableOf } from '../../../shared/adapters/dynamodb/keys.ts';
import type { Commit } from '../../../shared/app/ports.ts';
import type { HelperId } from '../../../shared/domain/ids.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { nothing } from '../../../shared/domain/reply.ts';
import { nothingPersonal, type Request } from '../../../shared/domain/request.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import { AFTER_TALK_SECONDS } from '../../../shared/domain/timing.ts';
import { useEngine } from '../../support/engine.ts';
import {
  address,
  buildOffer,
  buildRequest,
  closed,
  connected,
  network,
  next,
  noon,
  searching,
} from '../../support/request-builder.ts';
import { almaty, buildVolunteer, createWorld, dump, volunteerIdFrom, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putNetwork(kazakhstan);
});

const DAY_SECONDS = 86_400;
const helper: HelperId = volunteerIdFrom(1);

async function commit(before: Request | null, after: Request, more: Partial<Commit> = {}): Promise<void> {
  const what = { before, after, at: world.now(), notes: [], webhook: null, ...more };
  expect(await world.requests.commit(what, network)).toBe('committed');
}

const rowsOf = async (prefix: string) =>
  [...(await dump(world)), ...(await dump({ ...world, table: keyTableOf(world.table) }))].filter(
    ({ pk, sk }) => `${pk?.S} ${sk?.S}`.startsWith(prefix),
  );

type Class = {
  readonly kind: string;
  readonly row: string;
  readonly keptSeconds: number;
  readonly write: () => Promise<void>;
  readonly read: () => Promise<unknown>;
  readonly gone: unknown;
};

const over = () => buildRequest({ phase: closed(noon) });
const offered = () =>
  buildRequest({ channel: 'text', phase: searching([buildOffer(helper, { by: 'text', code: '41' })]) });

const classes: readonly Class[] = [
  {
    kind: 'a closed request',
    row: `REQ#${over().id} REQ`,
    keptSeconds: 90 * DAY_SECONDS,
    write: () => commit(null, over()),
    read: async () => (await world.requests.load(over().id, null)).request?.id,
    gone: undefined,
  },
  {
    kind: 'what is personal in it',
    row: `REQ#${over().id} KEY`,
    keptSeconds: 7 * DAY_SECONDS,
    write: () => commit(null, over()),
    read: async () => (await world.requests.load(over().id, null)).request?.private,
    gone: nothingPersonal,
  },
  {
    kind: 'its timeline',
    row: `REQ#${over().id} T#`,
    keptSeconds: 90 * DAY_SECONDS,
    write: () => commit(null, over(), { notes: [{ note: 'danger' }] }),
    read: async () => (await world.requests.timeline(over().id)).length,
    gone: 0,
  },
  {
    kind: 'the answer to a webhook',
    row: 'HOOK#hook',
    keptSeconds: 90 * DAY_SECONDS,
    write: () => commit(null, over(), { webhook: { id: 'hook', reply: nothing } }),
    read: async () => (await world.requests.load(over().id, 'hook')).storedReply,
    gone: null,
  },
  {
    kind: 'what her number leads to, after its end',
    row: 'NUM#',
    keptSeconds: network.settings.graceSeconds,
    write: async () => {
      await commit(null, buildRequest());
      await commit(buildRequest(), next(buildRequest(), { phase: closed(noon, 'left-waiting') }));
    },
    read: async () => (await world.directory.who(address(), world.now())).requests.length,
    gone: 0,
  },
  {
    kind: 'that her number is served by managers alone',
    row: 'NUM#',
    keptSeconds: 3_600,
    write: () => world.directory.coolDown(address(), addSeconds(noon, 3_600)),
    read: async () => (await world.directory.who(address(), world.now())).coolingDown,
    gone: false,
  },
  {
    kind: 'where the code of an offer leads',
    row: 'HLP#',
    keptSeconds: 27,
    write: async () => {
      await world.registry.putVolunteer(buildVolunteer(1), noon);
      await commit(null, offered());
    },
    read: () => world.directory.routeOf(helper, '41', world.now()),
    gone: null,
  },
  {
    kind: 'which talk of hers a helper may still say something about',
    row: 'HLP#',
    keptSeconds: AFTER_TALK_SECONDS,
    write: async () => {
      await world.registry.putVolunteer(buildVolunteer(1), noon);
      const talk = buildRequest({
        channel: 'text',
        phase: connected(buildOffer(helper, { by: 'text', code: '41' })),
      });
      await commit(null, talk);
      await commit(talk, next(talk, { phase: closed(noon, 'done') }));
    },
    read: async () => (await world.directory.conversationsOf(helper, world.now())).length,
    gone: 0,
  },
  {
    kind: 'a rota that she had before',
    row: `VOL#${helper} ROTA#`,
    keptSeconds: 90 * DAY_SECONDS,
    write: async () => {
      await world.registry.putVolunteer(buildVolunteer(1), noon);
      await world.registry.putVolunteer(buildVolunteer(1, { rota: plainRota(almaty, {}) }), noon);
    },
    read: async () => (await world.registry.formerRotas(volunteerIdFrom(1))).length,
    gone: 0,
  },
  {
    kind: 'a count',
    row: 'COUNT#',
    keptSeconds: DAY_SECONDS,
    write: async () => void (await world.counters.add({ of: 'rings' }, world.now())),
    read: () => world.counters.count({ of: 'rings' }, world.now()),
    gone: 0,
  },
];

describe('is read until its time, and not after it though the row still stands', () => {
  test.each(classes)('$kind', async ({ row, keptSeconds, write, read, gone }) => {
    await write();
    const shortly = Math.min(keptSeconds - 2, 12 * 3_600);
    world.advance(shortly);
    expect(await read()).not.toEqual(gone);
    world.advance(keptSeconds - shortly + 2);
    expect(await read()).toEqual(gone);
    const rows = await rowsOf(row);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(each => each['expiresAt']?.N)).not.toContain(undefined);
  });
});
