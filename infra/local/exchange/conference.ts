// One conference: who is in it, when it starts, what ends it, and its status callbacks. Must never carry on the call
// of somebody who left: it tells the session, whose <Dial> is then over.
import type { ConferenceEndReason, ConferenceRecord, ParticipantRecord } from './books.ts';
import type { Leg } from './leg.ts';
import type { Network } from './network.ts';
import { hear, resolveUrl } from './sounding.ts';
import type { ConferenceSpec } from './twiml-document.ts';
import { WaitLoop } from './wait-loop.ts';
import { conferenceParams } from './webhook-params.ts';

export type LeaveReason = 'hung-up' | 'redirected' | 'kicked' | 'star' | 'ended';

interface Member {
  leg: Leg;
  spec: ConferenceSpec;
  record: ParticipantRecord;
  waiting: WaitLoop | undefined;
  onLeft: () => void;
}

interface ConferenceCallback {
  url: string;
  method: string;
  events: readonly string[];
}

/** The running conference of that name, or a new one: a name that ended begins afresh. */
export function conferenceNamed(network: Network, name: string): Conference {
  const running = network.conferences.find(one => one.name === name && one.status !== 'completed');
  if (running) return running;
  const conference = new Conference(network, name);
  network.conferences.push(conference);
  return conference;
}

export class Conference implements ConferenceRecord {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  status: ConferenceRecord['status'] = 'init';
  updatedAt: number;
  reasonEnded: ConferenceEndReason | undefined;
  callSidEnding: string | undefined;
  participants: ParticipantRecord[] = [];
  readonly #network: Network;
  readonly #members: Member[] = [];
  #callback: ConferenceCallback | undefined;
  #sequence = 0;

  constructor(network: Network, name: string) {
    this.#network = network;
    this.sid = network.sids.next('CF');
    this.name = name;
    this.createdAt = network.now();
    this.updatedAt = this.createdAt;
  }

  /** False when it is full. */
  join(leg: Leg, spec: ConferenceSpec, documentUrl: string, onLeft: () => void): boolean {
    if (this.#members.length >= spec.maxParticipants) return false;
    const record: ParticipantRecord = {
      callSid: leg.sid,
      phoneNumber: leg.phoneNumber,
      label: spec.participantLabel,
      startConferenceOnEnter: spec.startConferenceOnEnter,
      endConferenceOnExit: spec.endConferenceOnExit,
      joinedAt: this.#network.now(),
      muted: false,
      hold: false,
      leftAt: undefined,
    };
    // The first who names a callback names it for everyone.
    if (!this.#callback && spec.statusCallback !== undefined) {
      this.#callback = {
        url: resolveUrl(spec.statusCallback, documentUrl),
        method: spec.statusCallbackMethod,
        events: spec.statusCallbackEvents,
      };
    }
    const member: Member = { leg, spec, record, waiting: undefined, onLeft };
    const others = this.#members.map(other => other.leg.phoneNumber);
    this.#members.push(member);
    this.participants.push(record);
    leg.conference = this;
    this.#network.feed.emit({
      type: 'conference-joined',
      phone: leg.phoneNumber,
      callSid: leg.sid,
      conference: this.name,
      with: others,
    });
    this.#tell('join', 'participant-join', record);
    this.#startOrWait(member, documentUrl);
    if (spec.beep === 'true' || spec.beep === 'onEnter') this.#beep(member);
    return true;
  }

  leave(leg: Leg, why: LeaveReason): void {
    const index = this.#members.findIndex(member => member.leg === leg);
    const member = this.#members[index];
    if (!member) return;
    this.#members.splice(index, 1);
    this.#depart(member, why);
    const kicked = why === 'kicked';
    if (member.spec.endConferenceOnExit) {
      this.end(
        kicked
          ? 'participant-with-end-conference-on-exit-kicked'
          : 'participant-with-end-conference-on-exit-left',
        leg.sid,
      );
    } else if (this.#members.length === 0) {
      this.end(kicked ? 'last-participant-kicked' : 'last-participant-left', leg.sid);
    }
  }

  /** Everybody still there goes on with what follows their <Dial>. */
  end(reason: ConferenceEndReason, callSid?: string): void {
    if (this.status === 'completed') return;
    this.status = 'completed';
    this.reasonEnded = reason;
    this.callSidEnding = callSid;
    for (const member of this.#members.splice(0)) this.#depart(member, 'ended');
    this.updatedAt = this.#network.now();
    this.#network.feed.emit({ type: 'conference-ended', conference: this.name });
    this.#tell('end', 'conference-end');
  }

  update(leg: Leg, change: { muted?: boolean; hold?: boolean }): void {
    const record = this.#members.find(member => member.leg === leg)?.record;
    if (!record) return;
    if (change.muted !== undefined && change.muted !== record.muted) {
      record.muted = change.muted;
      this.#tell('mute', change.muted ? 'participant-mute' : 'participant-unmute', record);
    }
    if (change.hold !== undefined && change.hold !== record.hold) {
      record.hold = change.hold;
      if (change.hold) hear(this.#network, leg, { kind: 'music' });
      this.#tell('hold', change.hold ? 'participant-hold' : 'participant-unhold', record);
    }
    this.updatedAt = this.#network.now();
  }

  present(): ParticipantRecord[] {
    return this.#members.map(member => member.record);
  }

  legOf(callSid: string): Leg | undefined {
    return this.#members.find(member => member.leg.sid === callSid)?.leg;
  }

  othersThan(leg: Leg): string[] {
    return this.#members.filter(member => member.leg !== leg).map(member => member.leg.phoneNumber);
  }

  #startOrWait(member: Member, documentUrl: string): void {
    this.updatedAt = this.#network.now();
    if (this.status === 'in-progress') return;
    if (this.#members.length >= 2 && this.#members.some(one => one.spec.startConferenceOnEnter)) {
      this.status = 'in-progress';
      for (const one of this.#members) {
        one.waiting?.stop();
        one.waiting = undefined;
      }
      const everyone = this.#members.map(one => one.leg.phoneNumber);
      this.#network.feed.emit({ type: 'conference-started', conference: this.name, with: everyone });
      this.#tell('start', 'conference-start', member.record);
      return;
    }
    const { waitUrl, waitMethod } = member.spec;
    if (waitUrl === undefined) hear(this.#network, member.leg, { kind: 'music' });
    else if (waitUrl !== '') {
      member.waiting = new WaitLoop(this.#network, member.leg, {
        url: resolveUrl(waitUrl, documentUrl),
        method: waitMethod,
      });
      member.waiting.start();
    }
  }

  #depart(member: Member, why: LeaveReason): void {
    const { leg, record, spec } = member;
    member.waiting?.stop();
    record.leftAt = this.#network.now();
    this.updatedAt = record.leftAt;
    leg.conference = undefined;
    this.#network.feed.emit({
      type: 'conference-left',
      phone: leg.phoneNumber,
      callSid: leg.sid,
      conference: this.name,
    });
    this.#tell('leave', 'participant-leave', record);
    if (why !== 'ended' && (spec.beep === 'true' || spec.beep === 'onExit')) this.#beep(member);
    if (why !== 'hung-up' && why !== 'redirected') member.onLeft();
  }

  #beep(except: Member): void {
    for (const member of this.#members) {
      if (member !== except) hear(this.#network, member.leg, { kind: 'beep' });
    }
  }

  #tell(asked: string, event: string, who?: ParticipantRecord): void {
    const callback = this.#callback;
    if (!callback?.events.includes(asked)) return;
    this.#sequence += 1;
    this.#network.statuses.send({
      kind: 'conference-status',
      url: callback.url,
      method: callback.method,
      sid: this.sid,
      params: conferenceParams(this.#network, this, event, this.#sequence, who),
    });
  }
}
