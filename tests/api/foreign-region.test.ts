// Every operation, asked by a manager of another region: what lies elsewhere is as good as not there, whatever is done to
// it, and no list holds it.
import { expect, test } from 'vitest';
import { may } from '../../shared/domain/access.ts';
import { Api, type Operation } from '../../shared/http/api/api.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const api = new Api();
declareOperations(api);

const dana = volunteer('dana', 3002, { region: astana });
const manager = { role: 'manager', groups: [`region:${almaty}`] } as const;
/** Those on one thing that a manager may do at all. */
const one = ({ lies, permission }: Operation) =>
  typeof lies === 'function' && may({ role: 'manager', only: null }, permission);

/** Whoever calls the line is in Astana. */
const network = {
  ...smallNetwork,
  lines: smallNetwork.lines.map(line => (line.id === plainLine.id ? { ...line, region: astana } : line)),
};
const calls = new WeakMap<Office, string>();

/** A call that is over: it is on record, and no phone goes on ringing. */
async function callOnRecord(office: Office): Promise<string> {
  const known = calls.get(office);
  if (known) return known;
  const { world, ask } = office;
  const caller = world.phone('+77995550001');
  await caller.dials(plainLine);
  await world.phoneOf(dana).rings();
  const { id } = (await ask('admin', 'GET', '/v1/requests?state=open')).body.requests[0];
  await caller.hangsUp();
  await world.phoneOf(dana).stopsRinging();
  calls.set(office, id);
  return id;
}

/** Where a thing of a kind lies in Astana. An operation about something else fails here until it is added. */
const lying: Readonly<Record<string, (office: Office) => Promise<string>>> = {
  volunteerId: async () => dana.id,
  requestId: callOnRecord,
  regionId: async () => astana,
  holeId: async () => `hol_${astana}.any.ru.29933280.29933520`,
  swapId: async ({ ask }) => {
    const shift = { kind: 'dated', from: '18:00', until: '22:00', date: '2026-12-01' };
    const path = `/v1/volunteers/${dana.id}`;
    const made = await ask('admin', 'POST', `${path}/shifts?overlaps=allow`, {
      body: shift,
      headers: { 'if-match': '*' },
    });
    const wanted = { volunteerId: dana.id, shiftId: made.body.shift.id, date: shift.date };
    const opened = await ask('admin', 'POST', '/v1/swaps', { body: wanted });
    expect(opened.status, opened.text).toBe(201);
    return opened.body.id;
  },
};
/** Parts of what lies somewhere: they are never looked at when the whole is not seen. */
const parts: Readonly<Record<string, string>> = {
  shiftId: 'sft_0123456789abcdef',
  absenceId: 'sft_0123456789abcdef',
  feedId: 'feed_0123456789abcdef0123456789abcdef',
  edit: '0',
};
const nothing: Readonly<Record<string, string>> = {
  swapId: 'swp_0123456789abcdef',
  volunteerId: 'vol_nobody',
  requestId: `req_${'0'.repeat(32)}`,
  regionId: 'KZ-99',
  holeId: 'hol_KZ-99.any.ru.29933280.29933520',
};

const filled = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name] ?? parts[name];
    if (id === undefined) throw new Error(`this test knows no ${name}: add one that lies in Astana`);
    return id;
  });

test('what lies in another region answers exactly as what is not there, whatever is asked of it', async () => {
  const office = await offices.open({ network, volunteers: [dana] });
  for (const { method, path } of api.operations.filter(one)) {
    const wanted = Object.keys(lying).filter(name => path.includes(`{${name}}`));
    const there: Record<string, string> = {};
    for (const name of wanted) there[name] = (await lying[name]?.(office)) ?? '';
    const asking = { headers: { 'if-match': '*' }, ...(method === 'get' ? {} : { body: {} }) };
    const foreign = await office.ask(manager, method.toUpperCase(), filled(path, there), asking);
    const absent = await office.ask(manager, method.toUpperCase(), filled(path, nothing), asking);
    expect([method, path, foreign.status, foreign.text]).toEqual([method, path, 404, absent.text]);
    const own = { role: 'manager', groups: [`region:${astana}`] } as const;
    const seen = await office.ask(own, method.toUpperCase(), filled(path, there), { ...asking, headers: {} });
    expect([method, path, seen.status]).not.toEqual([method, path, 403]);
    if (!Object.keys(parts).some(name => path.includes(name)))
      expect([method, path, seen.status]).not.toEqual([method, path, 404]);
  }
  // Of all that was asked of the call, this needs no more than to be asked.
  office.world.alerts('minor');
});

test('no list of another region’s manager holds anything of it', async () => {
  const office = await offices.open({ network, volunteers: [dana] });
  const lists = api.operations.filter(
    ({ method, path, lies }) => method === 'get' && lies === 'answers-own' && !path.includes('{'),
  );
  expect(lists.length).toBeGreaterThan(0);
  for (const { path } of lists) {
    const query = `?from=2026-11-23T00:00:00%2B05:00&until=2026-11-24T00:00:00%2B05:00`;
    for (const at of [path, `${path}${query}`]) {
      const { text, status } = await office.ask(manager, 'GET', at);
      expect(status, at).toBeLessThan(500);
      expect(text, at).not.toContain(dana.id);
      expect(text, at).not.toContain(dana.number.slice(2));
    }
  }
});
