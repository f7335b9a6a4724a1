// A number leads to its helper and its open requests, a text to its request, and no further than their time.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { numberLineKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { parsePhoneNumber, smsAddress, whatsappAddress } from '../../../shared/domain/phone.ts';
import type { Request } from '../../../shared/domain/request.ts';
import { useEngine } from '../../support/engine.ts';
import {
  buildOffer,
  buildRequest,
  closed,
  connected,
  firstLine,
  network,
  next,
  noon,
  searching,
  settings,
  survivorDigits,
} from '../../support/request-builder.ts';
import { buildVolunteer, createWorld, sure, volunteerIdFrom, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
const number = sure(parsePhoneNumber(`+${survivorDigits}`));
const [sms, whatsapp] = [smsAddress(number), whatsappAddress(number)];

beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putNetwork(network);
});

const commit = (before: Request | null, after: Request) =>
  world.requests.commit({ before, after, at: world.now(), notes: [], webhook: null }, network);
const known = async (address = sms) => (await world.directory.who(address, world.now())).requests;
const texting = (serial: number, survivor = sms) =>
  buildRequest({ serial, channel: 'text', private: { survivor, texts: {}, notes: [] } });

describe('her number', () => {
  test('leads to her request while it is open and for the grace time', async () => {
    const call = buildRequest();
    await commit(null, call);
    const expected = [{ lineId: firstLine, channel: 'voice', requestId: call.id }];
    expect(await known()).toEqual(expected);
    world.advance(3 * 24 * 3600);
    expect(await known()).toEqual(expected);
    await commit(call, next(call, { phase: closed(world.now()) }));
    world.advance(settings.graceSeconds - 1);
    expect(await known()).toEqual(expected);
    world.advance(1);
    expect(await known()).toEqual([]);
  });

  test('a withheld number leads nowhere and is no obstacle', async () => {
    const call = buildRequest({ private: { survivor: null, texts: {}, notes: [] } });
    expect(await commit(null, call)).toBe('committed');
    expect(await commit(call, next(call, { phase: closed(noon) }))).toBe('committed');
  });

  test('a second call takes the number over, and the end of the first does not take it back', async () => {
    const [first, second] = [buildRequest({ serial: 1 }), buildRequest({ serial: 2 })];
    await commit(null, first);
    await commit(null, second);
    expect(await commit(first, next(first, { phase: closed(noon) }))).toBe('committed');
    world.advance(settings.graceSeconds + 1);
    expect((await known()).map(({ requestId }) => requestId)).toEqual([second.id]);
  });

  test('a text by SMS and one by WhatsApp are two conversations; a call is known to both', async () => {
    const [call, bySms, byWhatsapp] = [buildRequest({ serial: 1 }), texting(2), texting(3, whatsapp)];
    for (const request of [call, bySms, byWhatsapp]) expect(await commit(null, request)).toBe('committed');
    const ids = async (address: typeof sms) =>
      new Set((await known(address)).map(({ requestId }) => requestId));
    expect(await ids(sms)).toEqual(new Set([call.id, bySms.id]));
    expect(await ids(whatsapp)).toEqual(new Set([call.id, byWhatsapp.id]));
  });

  test('two texts in one breath open one request', async () => {
    const outcomes = await Promise.all([commit(null, texting(1)), commit(null, texting(2))]);
    expect(outcomes.toSorted()).toEqual(['committed', 'opened-meanwhile']);
    expect(await known()).toHaveLength(1);
  });

  test('after the end of the last one, or when it can not be gone on with, a text opens another', async () => {
    const first = texting(1);
    await commit(null, first);
    await commit(first, next(first, { phase: closed(noon) }));
    expect(await commit(null, texting(2))).toBe('committed');
    world.advance(31);
    expect(await commit(null, texting(3))).toBe('committed');
    expect((await known()).map(({ requestId }) => requestId)).toEqual([texting(3).id]);
  });

  test('a damaged row does not keep her out', async () => {
    const key = numberLineKey(world.sealer.lookup(number), firstLine, 'sms');
    const Item = toItem({ ...key, schema: 1, requestId: 'nonsense' });
    await world.client.send(new PutItemCommand({ TableName: world.table, Item }));
    expect(await known()).toEqual([]);
    expect(world.reported).toEqual(['number-row']);
  });
});

describe('a helper', () => {
  test('is found by number, by SMS and by WhatsApp', async () => {
    const volunteer = buildVolunteer(4);
    await world.registry.putVolunteer(volunteer, noon);
    for (const address of [smsAddress(volunteer.number), whatsappAddress(volunteer.number)]) {
      expect(await world.directory.who(address, noon)).toEqual({
        coolingDown: false,
        helper: volunteer.id,
        requests: [],
      });
    }
    expect(await world.directory.volunteer(volunteer.id)).toEqual(volunteer);
    expect((await world.directory.who(sms, noon)).helper).toBeNull();
  });

  test('a contact is found by either of its numbers', async () => {
    for (const { id, callNumber, textNumber } of network.contacts) {
      for (const each of [callNumber, textNumber]) {
        if (each) expect((await world.directory.who(smsAddress(each), noon)).helper).toBe(id);
      }
    }
  });

  test('a survivor who is a volunteer is both', async () => {
    const volunteer = buildVolunteer(4, { number });
    await world.registry.putVolunteer(volunteer, noon);
    await commit(null, buildRequest());
    const found = await world.directory.who(sms, noon);
    expect(found.helper).toBe(volunteer.id);
    expect(found.requests).toHaveLength(1);
  });

  test('gets a few hints an hour, however many ask at once', async () => {
    const helper = volunteerIdFrom(1);
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, text) => world.directory.mayHint(helper, world.now(), `SM${text}`)),
    );
    expect(asked.filter(may => may === 'yes').length).toBe(2);
    expect(new Set(asked)).toEqual(new Set(['yes', 'too-often']));
    expect(await world.directory.mayHint(volunteerIdFrom(2), noon, 'SM1')).toBe('yes');
    world.advance(3600);
    expect(await world.directory.mayHint(helper, world.now(), 'SM20')).toBe('yes');
    expect(await world.directory.mayHint(helper, world.now(), 'SM20')).toBe('repeated');
  });
});

describe("a helper's text", () => {
  const helper = sure(network.contacts[0]).id;
  const offer = buildOffer(helper, { by: 'text', code: '41', seq: 3, endsAt: addSeconds(noon, 120) });
  const route = (code: string) => world.directory.routeOf(helper, code, world.now());
  const conversations = () => world.directory.conversationsOf(helper, world.now());
  const talk = (request: Request, place = 0) => ({ place, requestId: request.id, seq: 3, overAt: null });

  async function offered(serial: number, code = '41') {
    const request = buildRequest({
      serial,
      channel: 'text',
      private: { survivor: null, texts: {}, notes: [] },
    });
    await commit(null, request);
    const after = next(request, { phase: searching([{ ...offer, code }]) });
    return { after, outcome: await commit(request, after) };
  }

  test('goes by its code while the offer stands', async () => {
    const { after } = await offered(1);
    expect(await route('41')).toEqual({ requestId: after.id, seq: 3 });
    expect(await route('42')).toBeNull();
    expect(await conversations()).toEqual([]);
    world.advance(120);
    expect(await route('41')).toBeNull();
  });

  test('a code leads to one request; a free one is for another', async () => {
    await offered(1);
    expect((await offered(2)).outcome).toBe('claim-conflict');
    expect((await offered(3, '42')).outcome).toBe('committed');
    world.advance(121);
    const later = buildRequest({
      serial: 4,
      channel: 'text',
      private: { survivor: null, texts: {}, notes: [] },
    });
    await commit(null, later);
    const again = { ...offer, endsAt: addSeconds(world.now(), 120) };
    expect(await commit(later, next(later, { phase: searching([again]) }))).toBe('committed');
    expect(await route('41')).toEqual({ requestId: later.id, seq: 3 });
  });

  test('goes to the conversation once it is taken; of one that is over it is known for an hour', async () => {
    const { after } = await offered(1);
    const taken = next(after, { phase: connected(offer) });
    await commit(after, taken);
    // A second press of the same key.
    expect(await route('41')).toEqual({ requestId: after.id, seq: 3 });
    expect(await conversations()).toEqual([talk(after)]);
    await commit(taken, next(taken, { phase: closed(noon) }));
    expect(await conversations()).toEqual([{ ...talk(after), overAt: noon }]);
    expect(await route('41')).toBeNull();
    world.advance(3_600);
    expect(await conversations()).toEqual([]);
  });

  test('a place leads to one conversation at a time, and to the next one once that is over', async () => {
    const first = await offered(1);
    const taken = next(first.after, { phase: connected(offer) });
    await commit(first.after, taken);
    const second = await offered(2, '57');
    expect(await route('57')).toEqual({ requestId: second.after.id, seq: 3 });
    const begins = next(second.after, { phase: connected({ ...offer, code: '57' }) });
    expect(await commit(second.after, begins)).toBe('claim-conflict');
    expect(await conversations()).toEqual([talk(first.after)]);
    await commit(taken, next(taken, { phase: closed(noon) }));
    expect(await commit(second.after, begins)).toBe('committed');
    expect(await conversations()).toEqual([talk(second.after)]);
  });

  test('at several places there are several conversations', async () => {
    const [first, second] = [await offered(1), await offered(2, '57')];
    await commit(first.after, next(first.after, { phase: connected(offer) }));
    const beside = { ...offer, code: '57', place: 2 };
    const begins = next(second.after, { phase: connected(beside) });
    expect(await commit(second.after, begins)).toBe('committed');
    expect(await conversations()).toEqual([talk(first.after), talk(second.after, 2)]);
  });
});
