// The stored form of actions and of replies, checked on every read.
import * as z from 'zod/mini';
import type { Action, OutboxEntry } from '../../domain/action.ts';
import type { Reply } from '../../domain/reply.ts';
import type { RequestText, Spoken, SpokenKey } from '../../domain/wording.ts';
import {
  callSid,
  exactly,
  helperId,
  instantSchema,
  languageId,
  list,
  record,
  regionId,
  skillId,
  volunteerId,
  whole,
} from './schema-parts.ts';

const plainTexts = [
  'safe-question',
  'ask-region',
  'ask-wish',
  'ask-consent',
  'searching',
  'here-now',
  'one-moment',
  'ask-call',
  'call-agreed',
  'no-call-agreed',
  'not-delivered',
  'no-media',
  'accepted',
  'taken',
  'declined',
  'closed',
  'passed-on',
  'noted',
  'is-minor',
  'rest-noted',
  'debrief',
  'unknown-word',
  'codes',
  'held',
  'good-time-again',
  'not-now',
  'window-closed',
  'call-refused',
  'call-not-now',
  'call-no-way',
  'call-busy',
  'calling',
  'escalated',
  'unsafe-noted',
  'on-duty',
  'off-duty',
  'contact-noted',
  'contact-how',
] as const;

const text = exactly<RequestText>()(
  z.discriminatedUnion('text', [
    record({ text: z.enum(plainTexts) }),
    record({ text: z.literal('ask-need'), needs: list(skillId) }),
    record({ text: z.literal('numbers-to-dial'), numbers: list(z.string()) }),
    record({ text: z.literal('accepted-beside'), number: z.string() }),
    record({ text: z.literal('which-one'), codes: list(z.string()) }),
    record({ text: z.literal('on-break'), minutes: whole }),
    record({
      text: z.literal('offer'),
      code: z.string(),
      language: languageId,
      inLanguage: z._default(z.nullable(languageId), null),
      need: z.nullable(skillId),
      danger: z.boolean(),
    }),
  ]),
);

const action = exactly<Action>()(
  z.discriminatedUnion('kind', [
    record({ kind: z.literal('ring'), seq: whole, to: helperId, ringSeconds: whole }),
    record({ kind: z.literal('ring-survivor'), seq: whole, ringSeconds: whole }),
    record({ kind: z.literal('text-offer'), seq: whole, to: helperId, text }),
    record({ kind: z.literal('text-helper'), to: helperId, text }),
    record({ kind: z.literal('text-survivor'), text }),
    record({
      kind: z.literal('relay'),
      to: z.union([z.literal('survivor'), helperId]),
      textKey: z.string(),
    }),
    record({ kind: z.literal('redirect-survivor'), callSid, seq: z.nullable(whole) }),
    record({ kind: z.literal('redirect-helper'), callSid, seq: whole }),
    record({ kind: z.literal('end-leg'), callSid }),
    record({ kind: z.literal('tell-in-room'), callSid, room: whole, seq: z.nullable(whole) }),
    record({
      kind: z.literal('alert'),
      audience: z.enum(['manager', 'contact']),
      severity: z.enum(['info', 'warning', 'critical']),
      reason: z.enum([
        'nobody-answers',
        'danger',
        'consent-missing',
        'contact-confirmed',
        'volunteer-unreachable',
        'helper-not-allowed',
        'helper-silent',
        'helper-unsafe',
        'helper-unanswered',
        'no-interpreter',
        'escalated',
        'abuse-reported',
        'minor',
        'words-unread',
        'survivor-silent',
        'call-missed',
        'text-missed',
        'left-unanswered',
        'window-closed',
        'not-allowed-country',
        'flood',
        'robot-loop',
        'spend-near-cap',
        'spend-cap',
        'words-lost',
        'call-back-failed',
        'call-back-doubtful',
        'shift-given-late',
        'shift-open',
        'swap-to-approve',
        'volunteers-unreachable',
        'canary-failed',
        'coverage-hole',
      ]),
      about: z._default(z.nullable(z.string()), null),
    }),
    record({ kind: z.literal('mark-unreachable'), volunteerId }),
    record({ kind: z.literal('cool-down'), until: z.nullable(instantSchema) }),
    record({ kind: z.literal('rest-volunteer'), volunteerId, until: instantSchema }),
  ]),
);

export const outboxSchema = list(
  exactly<OutboxEntry>()(record({ id: whole, action, leasedUntil: instantSchema, tries: whole })),
);

// A sentence that has gone since is for the catalogs to notice, which do not compile without theirs.
const spokenKey = z.custom<SpokenKey>(value => typeof value === 'string');

const spoken = exactly<Spoken>()(
  z.union([
    record({ say: spokenKey }),
    record({ press: z.string() }),
    record({ dial: z.string() }),
    record({ region: regionId }),
    record({ need: skillId }),
    record({ language: languageId }),
  ]),
);

export const replySchema = exactly<Reply>()(
  z.discriminatedUnion('kind', [
    record({
      kind: z.literal('ask'),
      language: languageId,
      say: list(spoken),
      listenSeconds: z.number(),
      next: z.discriminatedUnion('to', [
        record({ to: z.literal('menu'), turn: whole }),
        record({ to: z.literal('wait'), turn: whole }),
        record({ to: z.literal('screen'), seq: whole, turn: whole }),
        record({ to: z.literal('called'), seq: whole, turn: whole }),
      ]),
    }),
    record({
      kind: z.literal('join'),
      as: z.enum(['survivor', 'helper']),
      seq: whole,
      added: z._default(z.nullable(whole), null),
      language: languageId,
      say: list(spoken),
    }),
    record({ kind: z.literal('hang-up'), language: languageId, say: list(spoken) }),
    record({ kind: z.literal('nothing') }),
  ]),
);
