// Who calls or writes in a story, when, and with what patience; and where each stands when all is over.
import type { LineId } from '../../shared/domain/ids.ts';
import type { Address } from '../../shared/domain/phone.ts';

/** How long a talk lasts, in milliseconds. */
export const TALK_MS = [20_000, 240_000] as const;

export type CallerPlan = {
  readonly kind: 'caller';
  readonly serial: number;
  readonly lineId: LineId;
  readonly address: Address | null;
  readonly arrivesMs: number;
  /** Null: waits for as long as it takes. */
  readonly patienceMs: number | null;
  readonly callsAgain: boolean;
};

export type WriterPlan = {
  readonly kind: 'writer';
  readonly serial: number;
  readonly lineId: LineId;
  readonly address: Address;
  readonly arrivesMs: number;
  readonly answers: 'yes' | 'no' | 'never';
  readonly saysStop: boolean;
};

export type Plan = CallerPlan | WriterPlan;

/** Where she stands when all is over. */
export type Fate = 'reached' | 'left' | 'desk' | 'waiting';
