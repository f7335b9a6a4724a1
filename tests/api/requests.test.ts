// Requests through the API: managers act and phones ring, wherever the request lies that is theirs to see; and nothing of
// a survivor's number or words is in any list, timeline, audit entry or log.
import { expect, test } from 'vitest';
import { isSearchedFor, takesByText } from '../scenarios/text-people.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, manager, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const dana = volunteer('dana', 3002, { region: astana });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const ofAstana = { role: 'manager', groups: [`region:${astana}`] } as const;
const HERS = '+77995550001';

const open = async ({ ask }: Office, who: Parameters<Office['ask']>[0] = ofAlmaty) =>
  (await ask(who, 'GET', '/v1/requests?state=open')).body.requests;

async function oneOpen(office: Office) {
  const [brief] = await open(office);
  return { brief, at: (path: string) => `/v1/requests/${brief.id}${path}` };
}

test('a manager sees who waits and who is rung, assigns another, joins the talk, and cannot close a call that waits', async () => {
  const office = await offices.open({ volunteers: [aigul, dana] });
  const { world, ask } = office;
  const caller = world.phone(HERS);
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  await world.pass(2);
  const { brief, at } = await oneOpen(office);
  expect(brief).toMatchObject({
    phase: 'searching',
    line: plainLine.id,
    region: almaty,
    promisedSeconds: 60,
    rung: { number: 1, of: 7, asks: 'region' },
    asked: [{ id: aigul.id, name: aigul.name, by: 'call' }],
    withHer: [],
  });
  expect(brief.waitingSeconds).toBeGreaterThanOrEqual(2);
  expect(await open(office, ofAstana)).toEqual([]);
  // Of a volunteer whom she may not see a manager knows neither the name nor that she could be asked.
  const foreign = await ask(ofAlmaty, 'POST', at('/assign'), { body: { volunteerId: dana.id } });
  expect([foreign.status, foreign.body.errors]).toEqual([
    400,
    [{ path: 'volunteerId', problem: 'is nobody that is known here' }],
  ]);
  const waits = await ask(ofAlmaty, 'POST', at('/close'), {
    body: { reason: 'by mistake', force: true },
    headers: { 'if-match': '*' },
  });
  expect([waits.status, waits.body.why]).toEqual([409, 'she-waits']);
  const assigned = await ask('manager', 'POST', at('/assign'), { body: { volunteerId: dana.id } });
  expect([assigned.status, assigned.body.asked.map(({ id }: { id: string }) => id)]).toEqual([
    200,
    [aigul.id, dana.id],
  ]);
  const phone = world.phoneOf(dana);
  await phone.takes();
  await world.phoneOf(aigul).stopsRinging();
  await caller.hears('connecting');
  await caller.talksWith(phone);
  const desk = world.phoneOf(manager);
  expect((await ask('manager', 'POST', at('/join'), { body: { contactId: manager.id } })).status).toBe(200);
  await desk.rings();
  await desk.answers();
  await desk.hearsOffer({ to: 'contact', region: 'KZ-75' });
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.talksWith(desk);
  await desk.hangsUp();
  await caller.talksWith(phone);
  await caller.saysGoodbyeTo(phone);
  expect(await open(office)).toEqual([]);
});

test('two managers: who comes second learns how it stands; a talk ends only by force, and both phones are let go', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { world, ask } = office;
  const [caller, phone] = [world.phone(HERS), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await phone.takes();
  await caller.hears('connecting');
  await caller.talksWith(phone);
  const { at } = await oneOpen(office);
  const read = await ask(ofAlmaty, 'GET', at(''));
  const headers = { 'if-match': String(read.headers.get('etag')) };
  const body = { danger: true, reason: 'she said so to the volunteer' };
  expect((await ask(ofAlmaty, 'POST', at('/danger'), { body })).status).toBe(428);
  expect((await ask(ofAlmaty, 'POST', at('/danger'), { body, headers })).status).toBe(200);
  world.alerts('danger');
  const second = await ask('manager', 'POST', at('/close'), {
    body: { reason: 'nobody is there', force: true },
    headers,
  });
  expect([second.status, second.body.current.danger]).toEqual([412, true]);
  const closing = { reason: 'abuse of the volunteer', force: false };
  const now = { 'if-match': String(second.headers.get('etag')) };
  const refused = await ask(ofAlmaty, 'POST', at('/close'), { body: closing, headers: now });
  expect([refused.status, refused.body.why]).toEqual([409, 'talking']);
  const forced = await ask(ofAlmaty, 'POST', at('/close'), {
    body: { ...closing, force: true },
    headers: { 'if-match': '*' },
  });
  expect([forced.status, forced.body.closed.because]).toEqual([200, 'by-manager']);
  await caller.isFree();
  await phone.hears('call-over');
  await phone.isFree();
});

test('escalated: the desk is rung at once, before the time of any rung, and never the police without her yes', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { world, ask } = office;
  const [caller, phone, desk] = [world.phone(HERS), world.phoneOf(aigul), world.phoneOf(manager)];
  await caller.dials(plainLine);
  await phone.rings();
  const { at } = await oneOpen(office);
  const police = await ask(ofAlmaty, 'POST', at('/escalate'), { body: { rung: 5 } });
  expect([police.status, police.body.why]).toEqual([409, 'no-consent']);
  const escalated = await ask(ofAlmaty, 'POST', at('/escalate'), { body: { rung: 6 } });
  expect(escalated.body.rung).toMatchObject({ number: 6, asks: 'manager' });
  world.alerts('nobody-answers');
  await desk.rings(2);
  await desk.answers();
  await desk.hearsOffer({ to: 'contact', region: 'KZ-75' });
  await desk.presses('1');
  await desk.hears('connecting');
  world.alerts('contact-confirmed');
  await phone.stopsRinging();
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
});

test('in writing: whoever is assigned reads the offer; a conversation is closed by force, and she reads nothing of it', async () => {
  const office = await offices.open({ volunteers: [dana] });
  const { world, ask } = office;
  const [survivor, phone] = [world.phone(HERS), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  await world.phoneOf(dana).readsOffer(30);
  await world.edit(aigul);
  const { at } = await oneOpen(office);
  const assigned = await ask('manager', 'POST', at('/assign'), { body: { volunteerId: aigul.id } });
  expect(assigned.status).toBe(200);
  await takesByText(phone, survivor, ['Здравствуйте']);
  const joins = await ask('manager', 'POST', at('/join'), { body: { contactId: manager.id } });
  expect(joins.body.why).toBe('in-writing');
  const closed = await ask('manager', 'POST', at('/close'), {
    body: { reason: 'a test of ours', force: true },
    headers: { 'if-match': '*' },
  });
  expect(closed.body.closed.because).toBe('by-manager');
  await phone.reads({ text: 'closed' });
});

test('released: the survivor stays on the line and somebody else is rung', async () => {
  const office = await offices.open({ volunteers: [aigul, dana] });
  const { world, ask } = office;
  const [caller, first, second] = [world.phone(HERS), world.phoneOf(aigul), world.phoneOf(dana)];
  await caller.dials(plainLine);
  await first.takes();
  await caller.hears('connecting');
  await caller.talksWith(first);
  const { at } = await oneOpen(office);
  const released = await ask(ofAlmaty, 'POST', at('/release'), {
    body: { reason: 'she asked for it' },
    headers: { 'if-match': '*' },
  });
  expect([released.status, released.body.phase]).toEqual([200, 'searching']);
  await first.hears('taken');
  await first.isFree();
  await second.takes(20);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('what is not hers to see is not there: a foreign region gets the same answer as no request at all', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { world, ask } = office;
  await world.phone(HERS).dials(plainLine);
  await world.phoneOf(aigul).rings();
  const { brief, at } = await oneOpen(office);
  const nowhere = `/v1/requests/req_${'0'.repeat(32)}`;
  const acts = ['assign', 'exclude', 'readmit', 'release', 'escalate', 'join', 'close', 'note', 'danger'];
  for (const path of [...acts, 'minor', 'contact-rules', 'abuse', 'reveal']) {
    const asking = { body: {}, headers: { 'if-match': '*' } };
    const foreign = await ask(ofAstana, 'POST', at(`/${path}`), asking);
    const none = await ask(ofAlmaty, 'POST', `${nowhere}/${path}`, asking);
    expect([path, foreign.status, foreign.text]).toEqual([path, 404, none.text]);
  }
  for (const path of ['', '/timeline']) expect((await ask(ofAstana, 'GET', at(path))).status).toBe(404);
  expect((await ask('viewer', 'POST', at('/minor'), { body: {} })).status).toBe(403);
  expect(brief.danger).toBe(false);
  await world.phone(HERS).hangsUp();
  await world.phoneOf(aigul).stopsRinging();
});

test('her number and the notes are shown by a look that is on record, and stand nowhere else; every act has its words', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { world, ask } = office;
  const caller = world.phone(HERS);
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  const { brief, at } = await oneOpen(office);
  const note = 'құпия жазба';
  expect((await ask(ofAlmaty, 'POST', at('/note'), { body: { text: note } })).status).toBe(200);
  expect((await ask(ofAlmaty, 'POST', at('/exclude'), { body: { volunteerId: aigul.id } })).status).toBe(200);
  await world.phoneOf(aigul).stopsRinging();
  const unreasoned = await ask(ofAlmaty, 'POST', at('/reveal'), { body: {} });
  expect(unreasoned.status).toBe(400);
  const headers = { 'idempotency-key': 'a-key-of-the-client' };
  for (const _ of [1, 2]) {
    const seen = await ask(ofAlmaty, 'POST', at('/reveal'), {
      body: { reason: 'an ambulance asks' },
      headers,
    });
    expect(seen.body).toEqual({
      address: HERS,
      words: [],
      notes: [{ by: 'local-manager', at: expect.any(String), text: note }],
    });
  }
  const day = new Date(world.clock.now()).toISOString().slice(0, 10);
  const audit = await ask('auditor', 'GET', `/v1/audit?day=${day}`);
  const looks = audit.body.entries.filter(
    (each: { action: string; is: string }) => each.action === 'revealRequest' && each.is === 'ended',
  );
  expect(looks).toHaveLength(3);
  const look = { target: brief.id, reason: 'an ambulance asks', status: 200, actor: 'local-manager' };
  expect(looks).toContainEqual(expect.objectContaining(look));
  const timeline = await ask(ofAlmaty, 'GET', at('/timeline'));
  const words = timeline.body.entries.flatMap((each: { words: string[] }) => each.words);
  expect(words).toContain(`manager local-manager excludes ${aigul.id}`);
  expect(words).toContain('manager local-manager writes a note for the record');
  await caller.hangsUp();
  await world.pass(5);
  const ended = await ask(ofAlmaty, 'GET', `/v1/requests/ended?day=${day}`);
  expect(ended.body.requests).toMatchObject([{ id: brief.id, because: 'left-waiting', region: almaty }]);
  expect((await ask(ofAstana, 'GET', `/v1/requests/ended?day=${day}`)).body.requests).toEqual([]);
  const whole = await ask(ofAlmaty, 'GET', at(''));
  for (const said of [audit.text, timeline.text, ended.text, whole.text, ...world.logged]) {
    expect(said).not.toContain(HERS.slice(2));
    expect(said).not.toContain(note);
  }
});
