// Short stories of one or two people, in which every effect is made to fail in each of its ways, and every pair.

import type { Address } from '../../shared/domain/phone.ts';
import { fullLine, plainLine } from '../support/small-network.ts';
import type { HandAct } from './by-hand.ts';
import type { CallerPlan, WriterPlan } from './plans.ts';
import { allTriggers, type Story } from './story.ts';

const story = (seed: number, people: Story['people'], volunteers: number, calmFromMs: number): Story => ({
  seed,
  triggers: allTriggers,
  faultRate: 0,
  lostMessages: 0,
  listed: [],
  sweepsFromMs: 0,
  volunteers,
  people,
  edits: [],
  acts: [],
  calmFromMs,
});

const address = (serial: number): Address => `+7799000000${serial}` as Address;

const caller = (serial: number, more: Partial<CallerPlan> = {}): CallerPlan => ({
  kind: 'caller',
  serial,
  lineId: plainLine.id,
  address: address(serial),
  arrivesMs: 1_000 * serial,
  patienceMs: null,
  callsAgain: false,
  ...more,
});

const writer = (serial: number, more: Partial<WriterPlan> = {}): WriterPlan => ({
  kind: 'writer',
  serial,
  lineId: plainLine.id,
  address: address(serial),
  arrivesMs: 1_000 * serial,
  answers: 'yes',
  saysStop: false,
  ...more,
});

const byHand = (kind: HandAct['kind'], atMs: number, volunteer = 0): HandAct => ({
  kind,
  atMs,
  which: 0,
  volunteer,
  rung: null,
});

/** Named for what a reader would look for when one of them fails. */
export const shortStories: Readonly<Record<string, Story>> = {
  'a caller is answered at once': story(11, [caller(1)], 2, 40_000),
  'a caller hangs up while phones ring': story(
    12,
    [caller(1, { patienceMs: 9_000, callsAgain: true })],
    2,
    40_000,
  ),
  'a caller goes through every menu': story(13, [caller(1, { lineId: fullLine.id })], 3, 90_000),
  'two callers want one volunteer': story(14, [caller(1), caller(2)], 1, 90_000),
  'nobody is on duty and the ladder is climbed': story(15, [caller(1)], 0, 150_000),
  'a manager assigns, joins and lets out': {
    ...story(18, [caller(1)], 2, 40_000),
    acts: [
      byHand('manager-assigned', 3_000, 1),
      byHand('manager-joined', 14_000),
      byHand('manager-released', 24_000),
    ],
  },
  'a writer is answered': story(16, [writer(1)], 2, 120_000),
  'a writer says stop': story(17, [writer(1, { saysStop: true })], 2, 120_000),
};
