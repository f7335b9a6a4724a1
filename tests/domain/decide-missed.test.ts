// What the network's books know and we did not: it goes on record, managers hear of it, and nobody else does.
import { describe, expect, test } from 'vitest';
import { carriedFrom } from '../../shared/domain/carried.ts';
import type { Event } from '../../shared/domain/event.ts';
import { requestIdOf } from '../../shared/domain/ids.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import { canaryLine, canaryNetwork, canaryNumber } from '../support/canary-network.ts';
import { at, callSid, given, hungUp, looked, onDuty, rang, survivor, texted } from '../support/given.ts';
import { plainLine, smallNetwork } from '../support/small-network.ts';

const roster = [onDuty('aigul')];
const missed = (from: typeof survivor | null = survivor): Event => ({
  kind: 'caller-missed',
  callSid,
  lineId: plainLine.id,
  from,
});
const found: Event = { kind: 'text-missed' };
const alert = (reason: string, severity: string) => ({
  kind: 'alert',
  audience: 'manager',
  severity,
  reason,
  about: null,
});

describe('a call that never reached us', () => {
  test('is opened and closed at once, and a manager is alerted: nobody is rung', () => {
    const { request, actions, notes, dueIn } = given(missed(), { roster });
    expect(request).toMatchObject({
      id: requestIdOf(callSid),
      channel: 'voice',
      phase: { kind: 'closed', because: 'missed' },
    });
    expect(actions).toEqual([alert('call-missed', 'critical')]);
    expect(notes.map(({ note }) => note)).toEqual(['opened', 'closed', 'alerted']);
    expect(dueIn).toBe(12); // the alert, should nobody perform it
  });

  test("by a person on the line of the canary is a person's, and a call of the canary to itself is not", () => {
    const missedThere = (from: typeof survivor) => {
      const event = { kind: 'caller-missed', callSid, lineId: canaryLine.id, from } as const;
      return given(event, { network: canaryNetwork });
    };
    expect(missedThere(survivor).actions).toEqual([alert('call-missed', 'critical')]);
    expect(missedThere(smsAddress(canaryNumber)).actions).toEqual([]);
  });

  test.each([survivor, null])('keeps no number, and says whether it was withheld (%s)', from => {
    const { request, notes } = given(missed(from), { roster });
    expect(request.private).toEqual({ survivor: null, texts: {}, notes: [] });
    expect(notes[0]).toMatchObject({ withheld: from === null, again: false });
  });

  test('hands nothing to the next call: that is like a first one', () => {
    const { request } = given(missed(), { roster });
    expect(carriedFrom(request, at(1), smallNetwork.settings)).toBeNull();
  });

  test('changes nothing when its first webhook has come after all', () => {
    const known = given(rang(), { roster }).performed(0);
    const [told, looking] = [known.when(40, missed()), known.when(40, looked)];
    expect(told.request.phase.kind).toBe('searching');
    expect(told.request).toEqual(looking.request);
    const closed = known.when(40, hungUp);
    expect(closed.when(50, missed()).notes).toEqual([]);
  });

  test('whose webhooks come late finds it closed, and rings nobody', () => {
    const late = given(missed(), { roster }).performed(0).when(60, rang());
    expect(late.request.phase.kind).toBe('closed');
    expect(late.actions).toEqual([]);
    expect(late.when(61, hungUp).notes).toEqual([{ note: 'ignored', event: 'caller-hung-up' }]);
  });
});

describe('a text that was found late', () => {
  test('is told to a manager, and changes nothing else', () => {
    const story = given(texted('Здравствуйте'), { roster });
    const told = story.when(1, found);
    expect(told.actions).toEqual([alert('text-missed', 'warning')]);
    expect(told.notes).toEqual([{ note: 'alerted', reason: 'text-missed', severity: 'warning' }]);
    expect(told.request.phase).toEqual(story.request.phase);
  });

  test('is told also when it was a stop: to a manager, never to her', () => {
    const told = given(texted('STOP'), { roster }).when(1, found);
    expect(told.actions).toEqual([alert('text-missed', 'warning')]);
  });
});
