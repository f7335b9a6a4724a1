// What becomes of actions: leased, taken over, put off, given up, dropped when the request has moved past them.
import { describe, expect, test } from 'vitest';
import type { ActionResult } from '../../shared/domain/action.ts';
import { stillWanted } from '../../shared/domain/outbox.ts';
import {
  askedOf,
  at,
  given,
  helperTexted,
  hungUp,
  kindsOf,
  legEnded,
  legSid,
  looked,
  offerTo,
  onDuty,
  performed,
  pressed,
  rang,
  type Story,
  sure,
  texted,
  waited,
} from '../support/given.ts';
import { smallNetwork } from '../support/small-network.ts';

const [aigul, bota] = [onDuty('aigul'), onDuty('bota')];
const ringing = given(rang(), { roster: [aigul] });
const ring = sure(ringing.work[0]);
const entryOf = ({ request }: Story, id: number) => request.outbox.find(each => each.id === id);
const idsOf = (story: Story) => story.work.map(({ id }) => id);
const report = (id: number, outcome: 'done' | 'dropped' | 'later' | 'not-begun') =>
  performed(outcome === 'done' ? { id, outcome, sid: legSid(1) } : { id, outcome });
const failing = (id: number, reason: Extract<ActionResult, { outcome: 'failed' }>['reason']) =>
  performed({ id, outcome: 'failed', reason });
/** An alert and nothing else to do. */
const silent = given(texted('x')).performed(1).when(1_800, looked);
const alert = sure(silent.work[0]);

describe('the lease', () => {
  test('is twelve seconds for whoever commits, who alone performs', () => {
    expect(ring).toMatchObject({
      action: { kind: 'ring', to: aigul.volunteerId },
      tries: 0,
      leasedUntil: at(12),
    });
    expect(idsOf(ringing.when(11, looked))).toEqual([]);
  });

  test('any event takes over what nobody reported, once', () => {
    const over = ringing.when(12, looked);
    expect(idsOf(over)).toEqual([ring.id]);
    expect(entryOf(over, ring.id)).toMatchObject({ tries: 1, leasedUntil: at(24) });
    expect(idsOf(over.when(13, waited(null, 1)))).toEqual([]);
    expect(idsOf(ringing.when(12, waited(null, 1)))).toEqual([ring.id]);
  });

  test('a report after the take-over counts, and is counted once', () => {
    const done = ringing.when(12, looked).when(13, report(ring.id, 'done'));
    expect(offerTo(aigul.volunteerId, done).callSid).toBe(legSid(1));
    expect(done.when(14, report(ring.id, 'done')).request).toBe(done.request);
  });
});

describe('put off', () => {
  test('waits 2 s, then 4 s, and the next look after that performs it', () => {
    const once = ringing.when(1, report(ring.id, 'later'));
    expect(entryOf(once, ring.id)).toMatchObject({ leasedUntil: at(3) });
    expect(idsOf(once.when(2, looked))).toEqual([]);
    const again = once.when(3, looked);
    expect(idsOf(again)).toEqual([ring.id]);
    const twice = again.when(4, report(ring.id, 'later'));
    expect(entryOf(twice, ring.id)).toMatchObject({ tries: 1, leasedUntil: at(8) });
  });

  test('never waits longer than a minute, and an alert is never given up', () => {
    let story = silent;
    for (let tries = 0; tries < 40; tries += 1)
      story = story.when(2_000 + tries * 100, looked).when(2_001 + tries * 100, report(alert.id, 'later'));
    expect(entryOf(story, alert.id)).toMatchObject({ tries: 40, leasedUntil: at(2_001 + 3_900 + 60) });
  });

  test('counts each try once: 2 s, 4 s, 8 s from look to look', () => {
    const text = given(texted('x'));
    const id = sure(text.work[0]).id;
    const once = text.when(0, report(id, 'later'));
    const twice = once.when(2, looked).when(2, report(id, 'later'));
    expect(entryOf(twice, id)).toMatchObject({ tries: 1, leasedUntil: at(6) });
  });

  test('for want of time is not counted, and goes on at once', () => {
    const later = ringing.when(3, report(ring.id, 'not-begun'));
    expect(idsOf(later)).toEqual([]);
    expect(entryOf(later, ring.id)).toMatchObject({ tries: -1, leasedUntil: at(3) });
    expect(idsOf(later.when(3, looked))).toEqual([ring.id]);
  });

  test('waits as long when the report comes late', () => {
    expect(idsOf(ringing.when(13, report(ring.id, 'later')))).toEqual([]);
  });
});

describe('given up', () => {
  test('a ring after the third try: the next candidate is better', () => {
    const first = ringing.when(1, report(ring.id, 'later')).when(3, looked);
    const second = first.when(4, report(ring.id, 'later')).when(8, looked);
    expect(entryOf(second, ring.id)).toBeDefined();
    const tries = second.when(9, report(ring.id, 'later'));
    expect(entryOf(tries, ring.id)).toBeUndefined();
    expect(tries.request.asked[aigul.volunteerId]?.outcome).toBe('no-answer');
    expect(tries.notes).toContainEqual({ note: 'not-performed', entryId: ring.id, because: 'refused' });
  });

  test('a text after the tenth, and the request goes on', () => {
    const text = given(texted('x'));
    const id = sure(text.work[0]).id;
    let story = text;
    for (let tries = 1; tries <= 9; tries += 1)
      story = story.when(tries * 61, report(id, 'later')).when(tries * 61 + 60, looked);
    expect(entryOf(story, id)).toBeDefined();
    expect(entryOf(story.when(610, report(id, 'later')), id)).toBeUndefined();
  });

  test('at once a number that does not work: marked, reported, never asked again', () => {
    const bad = ringing.when(1, failing(ring.id, 'bad-number'));
    expect(bad.actions).toContainEqual({ kind: 'mark-unreachable', volunteerId: aigul.volunteerId });
    expect(bad.actions).toContainEqual(expect.objectContaining({ reason: 'volunteer-unreachable' }));
    expect(bad.request.asked[aigul.volunteerId]?.outcome).toBe('unreachable');
    expect(askedOf(bad)).not.toContain(aigul.volunteerId);
  });

  test('what is refused is asked of somebody else, without blaming the number', () => {
    const refused = given(rang(), { roster: [aigul, bota] }).when(1, failing(ring.id, 'refused'));
    expect(kindsOf(refused.actions)).toEqual(['ring']);
    expect(askedOf(refused)).toEqual([bota.volunteerId]);
  });
});

const searched = given(texted('привет'), { roster: [aigul] }).when(5, texted('1'));
const talking = searched.when(
  10,
  helperTexted(aigul.volunteerId, sure(offerTo(aigul.volunteerId, searched).code)),
);

describe('moved past', () => {
  test('a ring whose offer has ended is not wanted any more; reported dropped, it is gone', () => {
    const ended = ringing.when(3, legEnded(1));
    expect(stillWanted(ended.request, ring.action)).toBe(false);
    const dropped = ended.when(13, report(ring.id, 'dropped'));
    expect(entryOf(dropped, ring.id)).toBeUndefined();
    expect(dropped.notes).toContainEqual({ note: 'not-performed', entryId: ring.id, because: 'moved-past' });
  });

  test('a leg whose name comes after its offer ended is ended too', () => {
    const late = ringing.when(2, hungUp).when(3, report(ring.id, 'done'));
    expect(late.actions).toEqual([{ kind: 'end-leg', callSid: legSid(1) }]);
    expect(idsOf(late)).toHaveLength(1);
  });

  test('a leg whose name comes after it was taken belongs to the conversation', () => {
    const taken = ringing.when(2, pressed(1, '1')).when(3, report(ring.id, 'done'));
    expect(taken.request.phase).toMatchObject({ kind: 'connected', offer: { callSid: legSid(1) } });
    expect(kindsOf(taken.actions)).toEqual([]);
  });

  test('nothing goes to a survivor whose request is closed', () => {
    const { request } = ringing.when(2, hungUp);
    expect(stillWanted(request, { kind: 'text-survivor', text: { text: 'here-now' } })).toBe(false);
    expect(stillWanted(request, { kind: 'relay', to: 'survivor', textKey: 't1' })).toBe(false);
    expect(stillWanted(request, alert.action)).toBe(true);
  });

  test('words that have been passed on are not passed on again', () => {
    const { request } = talking;
    const [textKey = ''] = Object.keys(request.private.texts);
    expect(stillWanted(request, { kind: 'relay', to: aigul.volunteerId, textKey })).toBe(true);
    expect(stillWanted(request, { kind: 'relay', to: aigul.volunteerId, textKey: 't99' })).toBe(false);
  });

  test('her words are for the helper who is with her, and for nobody once she has been handed on', () => {
    const [textKey = ''] = Object.keys(talking.request.private.texts);
    const wanted = ({ request }: Story) =>
      stillWanted(request, { kind: 'relay', to: aigul.volunteerId, textKey });
    const passedOn = talking.when(11, helperTexted(aigul.volunteerId, '91'));
    const over = talking.when(11, helperTexted(aigul.volunteerId, '90'));
    expect([wanted(talking), wanted(passedOn), wanted(over)]).toEqual([true, false, true]);
  });
});

test('a report about an entry that nobody knows changes nothing', () => {
  for (const outcome of ['done', 'dropped', 'later'] as const)
    expect(ringing.when(1, report(77, outcome), { network: smallNetwork }).request.phase).toMatchObject({
      offers: [{ to: aigul.volunteerId, callSid: null }],
    });
});

describe('what the timeline tells of an offer', () => {
  test('asked and rung are two things: rung is noted when the network has taken the call', () => {
    expect(ringing.notes.map(({ note }) => note)).toContain('offered');
    expect(ringing.notes.map(({ note }) => note)).not.toContain('rung');
    const done = ringing.when(1, report(ring.id, 'done'));
    expect(done.notes).toEqual([{ note: 'rung', seq: 1, to: aigul.volunteerId }]);
    expect(done.when(2, report(ring.id, 'done')).notes).toEqual([]);
  });

  test('a text with an offer that was handed over is noted as texted', () => {
    const asked = given(texted('x'), { roster: [aigul] }).when(5, texted('1'));
    const offers = asked.request.outbox.filter(({ action }) => action.kind === 'text-offer');
    const handed = asked.when(
      6,
      performed(...offers.map(({ id }) => ({ id, outcome: 'done', sid: null }) as const)),
    );
    expect(offers).toHaveLength(1);
    expect(handed.notes).toEqual([
      { note: 'texted', seq: offerTo(aigul.volunteerId, asked).seq, to: aigul.volunteerId },
    ]);
  });

  test.each(['dropped', 'not-begun', 'later'] as const)('a ring that is %s is not noted as rung', outcome => {
    expect(ringing.when(1, report(ring.id, outcome)).notes.map(({ note }) => note)).not.toContain('rung');
  });
});
