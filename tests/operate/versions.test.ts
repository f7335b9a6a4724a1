// Rows of every release are read for ever; a restored table is told apart from one that would strand somebody; and rows of
// an earlier version are written anew without harm to whoever changes them meanwhile.
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { type Progress, writeAnew } from '../../infra/operate/backfill/write-anew.ts';
import { itemKinds } from '../../infra/operate/item-kinds.ts';
import { verifyTable } from '../../infra/operate/verify/verify-table.ts';
import { toItem } from '../../shared/adapters/dynamodb/attributes.ts';
import type { Deps } from '../../shared/adapters/dynamodb/deps.ts';
import * as keys from '../../shared/adapters/dynamodb/keys.ts';
import { createStores } from '../../shared/adapters/dynamodb/stores.ts';
import { tableDefinition } from '../../shared/adapters/dynamodb/table.ts';
import { asWrittenNow, kindOf, type Step, steps } from '../../shared/adapters/dynamodb/versions.ts';
import type { RequestId } from '../../shared/domain/ids.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import { useEngine } from '../support/engine.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { keptFiles, putBack, releases } from './kept-table.ts';

const engine = useEngine();
const survivor = smsAddress('+77995550001' as Parameters<typeof smsAddress>[0]);

async function rowsOf({ client }: Deps, table: string) {
  const rows = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) rows.push(...Items);
  return rows;
}

describe.each(releases)('a table as release %s left it', release => {
  test('opens row by row and is gone on with: whoever writes is known, with her words, and a volunteer is found', async () => {
    const { deps, at, damaged } = await putBack(engine, release);
    const { counts, problems } = await verifyTable(deps, deps.table);
    // The releases before the one that gave each request a key had no second table, and none is needed to read theirs.
    expect(problems).toEqual([]);
    expect(counts).toEqual(expect.arrayContaining(['3 requests', '3 volunteers', '3 duty entries']));
    const stores = createStores(deps);
    const network = await stores.networks.network();
    expect(network.lines.map(({ id }) => id)).toContain(plainLine.id);
    const { requests } = await stores.directory.who(survivor, at);
    expect(requests).toHaveLength(1);
    const loaded = await stores.requests.load(requests[0]?.requestId as RequestId, null);
    expect(loaded.request).toMatchObject({
      phase: { kind: 'connected' },
      private: { survivor },
    });
    expect(await stores.directory.volunteer(volunteer('dana', 12).id)).toMatchObject({
      number: '+77991000012',
    });
    await stores.roster.rollDuty(at);
    expect(damaged).toEqual([]);
  });
});

test('every kept table is looked at, and the oldest is still there', () => {
  expect([...keptFiles()].sort()).toEqual([...releases].sort());
});

test('every key that there is has a name for people, and is of one kind', () => {
  const any = ['x', '1', '2', '3'] as const;
  const templates = Object.entries(keys).filter(([name]) => /Key$/.test(name) && !/List|isLine/.test(name));
  const kinds = templates.map(([name, template]) => {
    const key =
      typeof template === 'function' ? (template as (...words: unknown[]) => unknown)(...any) : template;
    const { pk, sk } = key as keys.Key;
    return pk === undefined ? [name, 'REQ/REQ'] : [name, kindOf(pk, sk)];
  });
  expect(kinds.length).toBeGreaterThan(18);
  expect(kinds.filter(([, kind = '']) => itemKinds[kind] === undefined)).toEqual([]);
});

describe('a table that would strand somebody is told apart', () => {
  const problemsAfter = async (harm: (deps: Deps) => Promise<unknown>) => {
    const { deps } = await putBack(engine, 'managers-api');
    await harm(deps);
    return (await verifyTable(deps, deps.table)).problems.join('\n');
  };
  const remove = ({ client, table }: Deps, key: keys.Key) =>
    client.send(new DeleteItemCommand({ TableName: table, Key: toItem(key) }));
  const dana = volunteer('dana', 12);
  const firstRequest = async (deps: Deps) =>
    (await rowsOf(deps, deps.table)).find(row => row['sk']?.S === 'REQ' && row['dueShard'])?.['pk']?.S ?? '';

  test('a volunteer without a duty entry or number, and an entry of nobody', async () => {
    const said = await problemsAfter(async deps => {
      await remove(deps, keys.dutyKey(dana.id));
      await remove(deps, keys.numberHelperKey(deps.sealer.lookup(dana.number)));
      await remove(deps, keys.volunteerKey(volunteer('erlan', 13).id));
    });
    expect(said).toContain(`1 volunteer has no duty entry, and would be asked for nothing: ${dana.id}.`);
    expect(said).toMatch(/1 volunteer is not known by number/);
    expect(said).toMatch(/1 duty entry is of no volunteer/);
  });

  test('an open request that is due at no time, and what leads to one that is gone', async () => {
    const undue = await problemsAfter(async deps => {
      const Key = { pk: { S: await firstRequest(deps) }, sk: { S: 'REQ' } };
      const UpdateExpression = 'REMOVE dueShard, dueAt';
      await deps.client.send(new UpdateItemCommand({ TableName: deps.table, Key, UpdateExpression }));
    });
    expect(undue).toMatch(/1 open request is due at no time: nothing would look at it again: req_/);
    const gone = await problemsAfter(async deps => {
      for (const row of await rowsOf(deps, deps.table))
        if (row['sk']?.S === 'REQ') await remove(deps, { pk: row['pk']?.S ?? '', sk: 'REQ' });
    });
    expect(gone).toMatch(/\d rows lead to requests that are not there: req_\w+ \(/);
  });

  test('rows that do not open, of no known kind, or of a version too far ahead', async () => {
    const said = await problemsAfter(async deps => {
      const put = (Item: Parameters<typeof toItem>[0]) =>
        deps.client.send(new PutItemCommand({ TableName: deps.table, Item: toItem(Item) }));
      await put({
        ...keys.volunteerKey(dana.id),
        schema: 1,
        version: 1,
        doc: '{}',
        person: new Uint8Array(40),
      });
      await put({ ...keys.helperHintKey(dana.id), schema: 9 });
      await put({ pk: 'MOON#1', sk: 'MOON' });
      await remove(deps, keys.networkKey);
    });
    expect(said).toMatch(/1 of the volunteers does not parse or open: vol_dana/);
    expect(said).toMatch(/1 of the hints given does not parse/);
    expect(said).toMatch(/unknown: of a newer release\?: MOON\/MOON/);
    expect(said).toMatch(/no network of lines that opens/);
    expect(said).not.toMatch(/\+7\d/);
  });

  test('no table of keys, and no index', async () => {
    const { deps } = await putBack(engine, 'managers-api');
    const restored = 'pana-restored';
    const { AttributeDefinitions, KeySchema, BillingMode } = tableDefinition;
    const bare = { TableName: restored, KeySchema, BillingMode } as const;
    await deps.client.send(
      new CreateTableCommand({
        ...bare,
        KeySchema: [...KeySchema],
        AttributeDefinitions: AttributeDefinitions.slice(0, 2),
      }),
    );
    for (const Item of await rowsOf(deps, deps.table))
      await deps.client.send(new PutItemCommand({ TableName: restored, Item }));
    await deps.client.send(new DeleteTableCommand({ TableName: keys.keyTableOf(deps.table) }));
    const said = (await verifyTable(deps, restored)).problems.join('\n');
    expect(said).toMatch(/no table of keys/);
    expect(said).toMatch(/no index `due`.*\n.*no index `duty`/s);
    // Sealed under the first name, the network and the volunteers open all the same.
    expect(said).not.toMatch(/network|of the volunteers/);
    await deps.client.send(new DeleteTableCommand({ TableName: restored }));
  });
});

describe('a version that is raised', () => {
  /** What it was called is now part of another word, and goes. */
  const renaming: Step = {
    'VOL/VOL': ({ doc, ...fields }) => ({ ...fields, document: doc, doc: undefined }),
  };

  test('is read from every earlier one, step by step; the one ahead is read too, and no further', () => {
    const [first, second]: Step[] = [
      { 'VOL/VOL': f => ({ ...f, a: 1 }) },
      { 'VOL/VOL': f => ({ ...f, b: f['a'] }) },
    ];
    const all = [first ?? {}, second ?? {}];
    const row = { pk: 'VOL#vol_a', sk: 'VOL', schema: 1 };
    expect(asWrittenNow(row, all)).toMatchObject({ schema: 3, a: 1, b: 1 });
    expect(asWrittenNow({ ...row, schema: 2, a: 7 }, all)).toMatchObject({ schema: 3, a: 7, b: 7 });
    expect(asWrittenNow({ ...row, sk: 'DUTY' }, all)).toEqual({ ...row, sk: 'DUTY', schema: 3 });
    expect(asWrittenNow({ ...row, schema: 4 }, all)).toMatchObject({ schema: 3 });
    expect(asWrittenNow({ ...row, schema: 5 }, all)).toMatchObject({ schema: 5 });
    expect(asWrittenNow({ pk: 'COUNT#x', sk: 'COUNT' }, all)).toEqual({ pk: 'COUNT#x', sk: 'COUNT' });
  });

  test('is written into every row, page by page, going on where it was stopped', async () => {
    const { deps } = await putBack(engine, 'managers-api');
    const pages: Progress[] = [];
    const stopAfter = (count: number) => (page: Progress) => {
      pages.push(page);
      if (pages.length === count) throw new Error('the power is out');
    };
    const backfill = { rows: 'rows', steps: [renaming], again: false, pageSize: 7 } as const;
    await expect(writeAnew(deps, { ...backfill, onPage: stopAfter(2) })).rejects.toThrow('power');
    const end = await writeAnew(deps, { ...backfill, onPage: stopAfter(Number.POSITIVE_INFINITY) });
    expect(pages[2]?.seen).toBe(21);
    expect(end).toMatchObject({ isDone: true, left: 0 });
    const rows = (await rowsOf(deps, deps.table)).filter(
      row => row['schema'] && !/^BACKFILL/.test(row['sk']?.S ?? ''),
    );
    expect(rows.filter(row => row['schema']?.N !== '2')).toEqual([]);
    const volunteers = rows.filter(row => row['sk']?.S === 'VOL');
    expect(volunteers.map(row => [row['document']?.S?.startsWith('{'), row['doc']])).toEqual(
      volunteers.map(() => [true, undefined]),
    );
    expect(end.written).toBe(rows.length);
    // Done is done, until somebody asks for it again.
    const scans: unknown[] = [];
    expect(await writeAnew(deps, { ...backfill, onPage: page => scans.push(page) })).toEqual(end);
    expect(scans).toEqual([]);
    expect(await writeAnew(deps, { ...backfill, again: true, onPage: () => undefined })).toMatchObject({
      written: 0,
    });
  });

  test('leaves a row to whoever changes it in the same moment', async () => {
    const { deps } = await putBack(engine, 'managers-api');
    const Key = toItem(keys.volunteerKey(volunteer('dana', 12).id));
    const change = {
      UpdateExpression: 'SET doc = :mine',
      ExpressionAttributeValues: { ':mine': { S: 'changed' } },
    };
    /** Somebody saves her between the reading and the writing. */
    class Meanwhile extends DynamoDBClient {
      override send = (async (command: never, ...rest: never[]) => {
        const answer = await deps.client.send(command, ...rest);
        if ((command as object) instanceof ScanCommand)
          await deps.client.send(new UpdateItemCommand({ TableName: deps.table, Key, ...change }));
        return answer;
      }) as DynamoDBClient['send'];
    }
    const meanwhile = { ...deps, client: new Meanwhile({ region: 'local' }) };
    const end = await writeAnew(meanwhile, {
      rows: 'rows',
      steps: [renaming],
      again: false,
      onPage: () => undefined,
    });
    expect(end.left).toBe(1);
    const [dana] = (await rowsOf(deps, deps.table)).filter(
      row => row['pk']?.S === Key['pk']?.S && row['sk']?.S === 'VOL',
    );
    expect(dana).toMatchObject({ schema: { N: '1' }, doc: { S: 'changed' } });
  });

  test('costs nothing while there is none: what is written now comes back as the very same object', () => {
    expect(steps).toEqual([]);
    const fields = { pk: 'VOL#vol_a', sk: 'VOL', schema: 1 };
    expect(asWrittenNow(fields)).toBe(fields);
  });
});
