// Requests for tests of the store: what `decide` could have made, put together directly.
// Must never be a way around `decide` in tests of the domain.
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import type { OutboxEntry } from '../../shared/domain/action.ts';
import { nothingYet } from '../../shared/domain/course.ts';
import { NOT_SAID } from '../../shared/domain/good-time.ts';
import {
  type HelperId,
  type LineId,
  parseCallSid,
  parseLanguageId,
  parseRegionId,
  parseRequestId,
  parseSkillId,
  type RequestId,
} from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { type Address, parseAddress } from '../../shared/domain/phone.ts';
import type { Closed, Connected, Offer, Phase, Request, Searching } from '../../shared/domain/request.ts';

/** A Tuesday, 15:00 in Almaty. */
export const noon: Instant = instant(Date.UTC(2026, 10, 24, 10, 0));
export const network = kazakhstan;
export const settings = network.settings;

/** A number that nobody has: its digits are looked for in the whole table. */
export const survivorDigits = '77995550199';

export function address(text: string = `+${survivorDigits}`): Address {
  return sure(parseAddress(text));
}

export function requestIdFrom(serial: number): RequestId {
  return sure(parseRequestId(`req_${serial.toString(16).padStart(32, '0')}`));
}

export const firstLine: LineId = sure(network.lines[0]).id;

export function buildRequest(changes: Partial<Request> & { readonly serial?: number } = {}): Request {
  const { serial = 1, ...given } = changes;
  return {
    id: requestIdFrom(serial),
    version: 1,
    lineId: firstLine,
    channel: 'voice',
    openedAt: noon,
    callSid: sure(parseCallSid(`CA${serial.toString(16).padStart(32, '0')}`)),
    language: sure(parseLanguageId('kk')),
    need: sure(parseSkillId('crisis')),
    region: sure(parseRegionId('KZ-75')),
    suggestedRegion: null,
    ladder: sure(network.ladders[0]),
    consent: {},
    rules: null,
    callBack: null,
    called: null,
    danger: false,
    excluded: [],
    excludedByHand: [],
    elsewhere: false,
    minor: false,
    cannotSpeak: false,
    wishedGender: null,
    inLanguage: {},
    coolingDown: false,
    callAsked: false,
    preferred: null,
    asked: {},
    phase: searching(),
    outbox: [],
    goodTime: NOT_SAID,
    course: nothingYet,
    mediaRefused: 0,
    nextSeq: 1,
    private: { survivor: address(), texts: {}, notes: [] },
    ...given,
  };
}

/** The request that follows: one version on. */
export function next(request: Request, changes: Partial<Request>): Request {
  return { ...request, version: request.version + 1, ...changes };
}

export function searching(offers: readonly Offer[] = [], since: Instant = noon): Searching {
  return {
    kind: 'searching',
    rung: 0,
    rungSince: since,
    offers,
    nextOfferAt: since,
    repeatAt: null,
    passedOver: [],
    owesNumbers: false,
    consentAsked: null,
    asking: null,
    callQuestion: null,
    keysFrom: 0,
  };
}

export function connected(offer: Offer, since: Instant = noon): Connected {
  return {
    kind: 'connected',
    offer,
    since,
    lastWordAt: since,
    joined: true,
    lastWordBy: 'helper',
    helperWrites: true,
    sent: [],
    roomEndsAt: null,
    joining: [],
  };
}

export function closed(at: Instant, because: Closed['because'] = 'talked'): Phase {
  return { kind: 'closed', at, because, rung: 0, lastHelper: null };
}

export function buildOffer(to: HelperId, changes: Partial<Offer> = {}): Offer {
  return {
    seq: 1,
    to,
    by: 'call',
    place: 0,
    rung: 0,
    madeAt: noon,
    endsAt: addSeconds(noon, 27),
    answered: false,
    callSid: null,
    thenWrites: false,
    code: null,
    entryId: 2,
    ...changes,
  };
}

export function buildEntry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: 2,
    action: { kind: 'text-survivor', text: { text: 'searching' } },
    leasedUntil: addSeconds(noon, 12),
    tries: 0,
    ...changes,
  };
}

function sure<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined)
    throw new Error('the builder wrote something that does not parse');
  return value;
}
