// The stored form of a request, checked on every read: what may stand open in the item, and what is sealed.
import * as z from 'zod/mini';
import type { CallBack, Called, CallQuestion } from '../../domain/call-back.ts';
import type { ContactRules } from '../../domain/contact-rules.ts';
import type { Course } from '../../domain/course.ts';
import type { Ladder } from '../../domain/ladder.ts';
import { parseAddress } from '../../domain/phone.ts';
import type { Joining, Offer, Phase, Private, Request } from '../../domain/request.ts';
import { outboxSchema } from './outbox-schema.ts';
import {
  callSid,
  exactly,
  helperId,
  instantSchema,
  ladderId,
  languageId,
  lineId,
  list,
  parsed,
  record,
  regionId,
  requestId,
  skillId,
  volunteerId,
  whole,
} from './schema-parts.ts';

/** A request without what is sealed. */
export type OpenPart = Omit<Request, 'private'>;

/** Not there in what was written before the field was. */
const zeroAtFirst = z._default(whole, 0);
const falseAtFirst = z._default(z.boolean(), false);
const contactKind = z.enum(['manager', 'police', 'legal', 'partner', 'canary']);
const wave = { waveSize: whole, ringSeconds: whole, replySeconds: whole };
const timed = { ...wave, rungSeconds: whole };

const ladder = exactly<Ladder>()(
  record({
    id: ladderId,
    purpose: z._default(z.enum(['people', 'canary']), 'people'),
    rungs: list(
      z.discriminatedUnion('kind', [
        record({
          kind: z.literal('volunteers'),
          scope: z.enum(['region', 'near', 'national']),
          skill: z.enum(['required', 'preferred']),
          language: z._default(z.enum(['exact', 'second', 'interpreted']), 'exact'),
          ...timed,
        }),
        record({ kind: z.literal('manager'), ...timed }),
        record({
          kind: z.literal('contact'),
          contactKind: z.enum(['police', 'legal', 'partner', 'canary']),
          consent: z.enum(['ask', 'given', 'assumed']),
          forNeed: z.nullable(skillId),
          ...timed,
        }),
      ]),
    ),
    last: record({ ...wave, repeatSeconds: whole }),
  }),
);

const offer = exactly<Offer>()(
  record({
    seq: whole,
    to: helperId,
    by: z.enum(['call', 'text']),
    thenWrites: falseAtFirst,
    place: zeroAtFirst,
    rung: whole,
    madeAt: instantSchema,
    endsAt: instantSchema,
    answered: z.boolean(),
    callSid: z.nullable(callSid),
    code: z.nullable(z.string()),
    entryId: whole,
  }),
);

const asked = record({
  at: instantSchema,
  outcome: z.enum([
    'no-answer',
    'busy',
    'declined',
    'unreachable',
    'withdrawn',
    'left',
    'joined',
    'passed-on',
  ]),
});

const sentWords = record({
  entryId: whole,
  to: z.union([z.literal('survivor'), helperId]),
  at: instantSchema,
});

const joining = exactly<Joining>()(
  record({
    role: z.enum(['interpreter', 'manager']),
    until: instantSchema,
    nextOfferAt: instantSchema,
    offers: list(offer),
    byHand: falseAtFirst,
    joined: z.nullable(record({ offer, since: instantSchema })),
  }),
);

const callQuestion = exactly<CallQuestion>()(
  z.discriminatedUnion('ask', [
    record({ ask: z.literal('hours'), times: whole }),
    record({
      ask: z.literal('digit'),
      times: whole,
      part: z.enum(['soon', 'morning', 'afternoon', 'evening']),
    }),
  ]),
);

export const closedBecause = z.enum([
  'left-waiting',
  'left-menu',
  'missed',
  'ended',
  'talked',
  'done',
  'stopped',
  'not-now',
  'silent',
  'called-again',
  'not-reached',
  'by-manager',
  'idle',
  'canary-over',
]);

const phase = exactly<Phase>()(
  z.discriminatedUnion('kind', [
    record({
      kind: z.literal('intake'),
      step: z.enum(['language', 'need', 'region']),
      page: whole,
      silences: whole,
      since: instantSchema,
      slowedSeconds: zeroAtFirst,
    }),
    record({ kind: z.literal('greeting'), until: instantSchema, timesAsked: whole }),
    record({
      kind: z.literal('searching'),
      rung: whole,
      rungSince: instantSchema,
      offers: list(offer),
      nextOfferAt: instantSchema,
      repeatAt: z.nullable(instantSchema),
      passedOver: list(whole),
      owesNumbers: z.boolean(),
      consentAsked: z.nullable(contactKind),
      asking: z.nullable(z.enum(['need', 'region', 'wish', 'consent', 'call'])),
      callQuestion: z._default(z.nullable(callQuestion), null),
      keysFrom: z._default(whole, 0),
    }),
    record({
      kind: z.literal('connected'),
      offer,
      since: instantSchema,
      lastWordAt: instantSchema,
      lastWordBy: z.enum(['survivor', 'helper']),
      helperWrites: z._default(z.boolean(), true),
      sent: z._default(list(sentWords), []),
      joined: z.boolean(),
      roomEndsAt: z.nullable(instantSchema),
      joining: z._default(list(joining), []),
    }),
    record({
      kind: z.literal('calling-back'),
      nextTryAt: instantSchema,
      until: instantSchema,
      after: z.enum(['waiting', 'talk', 'try']),
    }),
    record({
      kind: z.literal('closed'),
      at: instantSchema,
      because: closedBecause,
      rung: whole,
      lastHelper: z.nullable(helperId),
    }),
  ]),
);

/** Of a conversation that was begun before this was kept she is asked once more: that is the safe side. */
const goodTime = record({
  until: z._default(z.nullable(instantSchema), null),
  asked: zeroAtFirst,
  askedAt: z._default(z.nullable(instantSchema), null),
  entryId: z._default(z.nullable(whole), null),
});
/** Of a request from before it was kept only its end is known. */
const course = exactly<Course>()(
  record({
    soughtAt: z._default(z.nullable(instantSchema), null),
    person: z._default(
      z.nullable(record({ at: instantSchema, kind: z.union([z.literal('volunteer'), contactKind]) })),
      null,
    ),
    rung: zeroAtFirst,
    talkSeconds: zeroAtFirst,
    calledBack: falseAtFirst,
  }),
);
const hours = record({ from: whole, until: whole });

const contactRules = exactly<ContactRules>()(
  record({
    callDigit: z.nullable(z.string()),
    mayText: z.boolean(),
    hours: z.nullable(hours),
    otherHears: z.enum(['nothing', 'wrong-number']),
    until: instantSchema,
    agreedBy: z.enum(['key', 'text', 'volunteer', 'manager']),
    within: z._default(
      z.nullable(record({ digit: z.string(), hours: z.nullable(hours), until: instantSchema })),
      null,
    ),
  }),
);

const callBack = exactly<CallBack>()(record({ tries: whole, since: z.nullable(instantSchema) }));

const called = exactly<Called>()(
  record({
    seq: whole,
    callSid: z.nullable(callSid),
    answered: z.boolean(),
    wrongKeys: whole,
    endsAt: instantSchema,
  }),
);

export const openPartSchema = exactly<OpenPart>()(
  record({
    id: requestId,
    version: whole,
    lineId,
    channel: z.enum(['voice', 'text']),
    openedAt: instantSchema,
    callSid: z.nullable(callSid),
    language: languageId,
    need: z.nullable(skillId),
    region: z.nullable(regionId),
    suggestedRegion: z.nullable(regionId),
    ladder,
    consent: z.readonly(
      z.partialRecord(
        contactKind,
        record({ given: z.boolean(), at: instantSchema, how: z.enum(['question', 'danger-key']) }),
      ),
    ),
    rules: z._default(z.nullable(contactRules), null),
    callBack: z._default(z.nullable(callBack), null),
    called: z._default(z.nullable(called), null),
    danger: z.boolean(),
    excluded: list(volunteerId),
    excludedByHand: z._default(list(volunteerId), []),
    elsewhere: falseAtFirst,
    minor: falseAtFirst,
    cannotSpeak: falseAtFirst,
    wishedGender: z._default(z.nullable(z.enum(['woman', 'man'])), null),
    inLanguage: z.prefault(z.readonly(z.record(z.string(), languageId)), {}),
    coolingDown: falseAtFirst,
    callAsked: falseAtFirst,
    preferred: z.nullable(helperId),
    asked: z.readonly(z.record(z.string(), asked)),
    phase,
    outbox: outboxSchema,
    goodTime: z.prefault(goodTime, {}),
    course: z.prefault(course, {}),
    mediaRefused: zeroAtFirst,
    nextSeq: whole,
  }),
);

export const privateSchema = exactly<Private>()(
  record({
    survivor: z.nullable(parsed(parseAddress)),
    texts: z.readonly(z.record(z.string(), z.string())),
    notes: z._default(z.nullable(list(record({ by: z.string(), at: instantSchema, body: z.string() }))), []),
  }),
);
