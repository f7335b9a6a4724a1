// Every operation, asked by a manager of another region: what lies elsewhere is as good as not there, whatever is done to
// it, and no list holds it.
import { expect, test } from 'vitest';
import { Api } from '../../shared/http/api/api.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const api = new Api();
declareOperations(api);

const dana = volunteer('dana', 3002, { region: astana });
const manager = { role: 'manager', groups: [`region:${almaty}`] } as const;
const one = (operation: { lies: unknown }) => typeof operation.lies === 'function';

/** Where a thing of a kind lies in Astana. An operation about something else fails here until it is added. */
const lying: Readonly<Record<string, (office: Office) => Promise<string>>> = {
  volunteerId: async () => dana.id,
  holeId: async () => `hol_${astana}.any.ru.29933280.29933520`,
  swapId: async ({ ask }) => {
    const shift = { from: '18:00', until: '22:00', date: '2026-12-01' };
    const path = `/v1/volunteers/${dana.id}`;
    const made = await ask('admin', 'POST', `${path}/shifts`, { body: shift });
    const wanted = { volunteerId: dana.id, shiftId: made.body.id, date: shift.date };
    return (await ask('admin', 'POST', '/v1/swaps', { body: wanted })).body.id;
  },
};
/** Parts of what lies somewhere: they are never looked at when the whole is not seen. */
const parts: Readonly<Record<string, string>> = {
  shiftId: 'sft_0123456789abcdef',
  absenceId: 'sft_0123456789abcdef',
};
const nothing: Readonly<Record<string, string>> = {
  swapId: 'swp_0123456789abcdef',
  volunteerId: 'vol_nobody',
  holeId: 'hol_KZ-99.any.ru.29933280.29933520',
};

const filled = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name] ?? parts[name];
    if (id === undefined) throw new Error(`this test knows no ${name}: add one that lies in Astana`);
    return id;
  });

test('what lies in another region answers exactly as what is not there, whatever is asked of it', async () => {
  const office = await offices.open({ network: smallNetwork, volunteers: [dana] });
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
});

test('no list of another region’s manager holds anything of it', async () => {
  const office = await offices.open({ network: smallNetwork, volunteers: [dana] });
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
