// Conferences: when they start, what ends them, where people go afterwards, and what the product hears about it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, DANA, ERLAN, LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

let world: SmallWorld;
let expectedErrors: number[];
beforeEach(async () => {
  world = await smallWorld();
  expectedErrors = [];
});
afterEach(() => world.close(expectedErrors));

const EVENTS = 'start end join leave mute hold';

/** The line answers with this conference; whoever leaves it hears "Afterwards". */
function room(attributes = '', dial = 'action="/after"') {
  world.on(
    '/voice',
    `<Dial ${dial}><Conference statusCallback="/room" statusCallbackEvent="${EVENTS}" ${attributes}>room</Conference></Dial>`,
  );
  world.on('/after', '<Say>Afterwards</Say><Pause length="60"/>');
}

async function enter(number: string, attributes?: string) {
  room(attributes);
  return world.exchange.phone(number).dial(LINE);
}

const told = () => world.hooksAt('/room').map(hook => hook.params['StatusCallbackEvent']);

describe('a conference', () => {
  it('starts when the second person enters, and both hear each other', async () => {
    const aigul = await enter(AIGUL, 'beep="false"');
    expect(aigul.heard.map(heard => heard.kind)).toEqual(['music']);
    expect(world.exchange.conferences[0]?.status).toBe('init');
    const dana = await enter(DANA, 'beep="false" participantLabel="dana"');
    expect(aigul.inConferenceWith).toEqual([DANA]);
    expect(dana.inConferenceWith).toEqual([AIGUL]);
    expect(aigul.heard.map(heard => heard.kind)).toEqual(['music']);
    expect(told()).toEqual(['participant-join', 'participant-join', 'conference-start']);
    expect(world.hooksAt('/room')[1]?.params).toMatchObject({
      CallSid: dana.sid,
      ConferenceSid: world.exchange.conferences[0]?.sid,
      FriendlyName: 'room',
      ParticipantLabel: 'dana',
      SequenceNumber: '2',
      Muted: 'false',
      Hold: 'false',
    });
  });

  it('beeps for those inside unless told not to', async () => {
    const aigul = await enter(AIGUL);
    await enter(DANA);
    expect(aigul.heard.map(heard => heard.kind)).toEqual(['music', 'beep']);
  });

  it('does not start while nobody there may start it', async () => {
    await enter(AIGUL, 'startConferenceOnEnter="false"');
    await enter(DANA, 'startConferenceOnEnter="false"');
    expect(world.exchange.conferences[0]?.status).toBe('init');
    await enter(ERLAN);
    expect(world.exchange.conferences[0]?.status).toBe('in-progress');
  });

  it('plays the wait document over and over until it starts', async () => {
    world.on('/wait', '<Say>Please wait</Say><Pause length="4"/>');
    const aigul = await enter(AIGUL, 'waitUrl="/wait"');
    await world.seconds(10);
    expect(aigul.said).toEqual(['Please wait', 'Please wait', 'Please wait']);
    await enter(DANA, 'waitUrl="/wait"');
    await world.seconds(20);
    expect(aigul.said).toHaveLength(3);
  });

  it('is silent with an empty waitUrl, and loud about a key prompt in one', async () => {
    const aigul = await enter(AIGUL, 'waitUrl=""');
    expect(aigul.heard).toEqual([]);
    world.on('/wait', '<Gather/>');
    const dana = await enter(DANA, 'waitUrl="/wait" startConferenceOnEnter="false"');
    await dana.hangUp();
    await aigul.hangUp();
    await enter(ERLAN, 'waitUrl="/wait"');
    expectedErrors = [12_200];
  });

  it('goes on when somebody leaves, and is over when the last one does', async () => {
    const aigul = await enter(AIGUL);
    const dana = await enter(DANA);
    await dana.hangUp();
    expect(aigul.state).toBe('in-progress');
    expect(aigul.inConferenceWith).toEqual([]);
    await aigul.hangUp();
    expect(world.exchange.conferences[0]).toMatchObject({
      status: 'completed',
      reasonEnded: 'last-participant-left',
      callSidEnding: aigul.sid,
    });
    expect(told().slice(-3)).toEqual(['participant-leave', 'participant-leave', 'conference-end']);
  });

  it('ends for everybody when one leaves whose exit ends it; the others go on with the action', async () => {
    const aigul = await enter(AIGUL, 'endConferenceOnExit="true"');
    const dana = await enter(DANA);
    const erlan = await enter(ERLAN);
    await aigul.hangUp();
    expect([dana.said, erlan.said]).toEqual([['Afterwards'], ['Afterwards']]);
    const after = world.hooksAt('/after').map(hook => hook.params);
    expect(after).toHaveLength(2);
    expect(after[0]).toMatchObject({ CallSid: dana.sid, DialCallStatus: 'answered' });
    expect(after[0]).not.toHaveProperty('DialCallSid');
    const end = world.hooksAt('/room').at(-1)?.params;
    expect(end).toMatchObject({
      StatusCallbackEvent: 'conference-end',
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      CallSidEndingConference: aigul.sid,
    });
  });

  it('without an action goes on with the verbs after the dial', async () => {
    world.on(
      '/voice',
      '<Dial><Conference endConferenceOnExit="true">room</Conference></Dial><Say>Next</Say><Pause length="9"/>',
    );
    const aigul = await world.exchange.phone(AIGUL).dial(LINE);
    const dana = await world.exchange.phone(DANA).dial(LINE);
    await dana.hangUp();
    expect(aigul.said).toEqual(['Next']);
  });

  it('is left by the star key where that is allowed', async () => {
    room('', 'action="/after" hangupOnStar="true"');
    const aigul = await world.exchange.phone(AIGUL).dial(LINE);
    await aigul.press('*');
    expect(aigul.said).toEqual(['Afterwards']);
  });

  it('turns away whoever is too many', async () => {
    await enter(AIGUL, 'maxParticipants="2"');
    await enter(DANA, 'maxParticipants="2"');
    const erlan = await enter(ERLAN, 'maxParticipants="2"');
    expect(erlan.said).toEqual(['Afterwards']);
    expect(world.hooksAt('/after')[0]?.params['DialCallStatus']).toBe('failed');
  });

  it('begins afresh when its name is used again after its end', async () => {
    await (await enter(AIGUL)).hangUp();
    await enter(DANA);
    expect(world.exchange.conferences.map(one => one.status)).toEqual(['completed', 'init']);
  });
});

describe('a conference changed by the product', () => {
  it('lets go of somebody who is redirected, without their action being asked', async () => {
    const aigul = await enter(AIGUL);
    const dana = await enter(DANA);
    world.on('/elsewhere', '<Say>Elsewhere</Say><Pause length="60"/>');
    await world.client.calls(aigul.sid).update({ url: `${PUBLIC}/elsewhere` });
    await world.clock.runDue();
    expect(aigul.said).toEqual(['Elsewhere']);
    expect(dana.inConferenceWith).toEqual([]);
    expect(world.hooksAt('/after')).toEqual([]);
  });

  it('is found by name, its people listed, muted, held and removed', async () => {
    const aigul = await enter(AIGUL);
    const dana = await enter(DANA);
    const [found] = await world.client.conferences.list({ friendlyName: 'room', status: 'in-progress' });
    if (!found) throw new Error('no conference');
    const people = world.client.conferences(found.sid).participants;
    expect((await people.list()).map(one => one.callSid)).toEqual([aigul.sid, dana.sid]);
    expect(
      (await world.client.conferences(found.sid).participants(dana.sid).update({ muted: true })).muted,
    ).toBe(true);
    expect(
      (await world.client.conferences(found.sid).participants(dana.sid).update({ hold: true })).hold,
    ).toBe(true);
    expect((await people.list({ muted: true })).map(one => one.callSid)).toEqual([dana.sid]);
    await world.client.conferences(found.sid).participants(dana.sid).remove();
    await world.clock.runDue();
    expect(dana.said).toEqual(['Afterwards']);
    expect(told().slice(-3)).toEqual(['participant-mute', 'participant-hold', 'participant-leave']);
    const gone = world.client.conferences(found.sid).participants(dana.sid).fetch();
    await expect(gone).rejects.toMatchObject({ code: 20_404 });
  });

  it('is ended by it', async () => {
    const aigul = await enter(AIGUL);
    const sid = world.exchange.conferences[0]?.sid ?? '';
    const ended = await world.client.conferences(sid).update({ status: 'completed' });
    expect(ended).toMatchObject({ status: 'completed', reasonConferenceEnded: 'conference-ended-via-api' });
    await world.clock.runDue();
    expect(aigul.said).toEqual(['Afterwards']);
  });
});
