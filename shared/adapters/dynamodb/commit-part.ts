// A part of a commit: one item of the transaction, and what it means when its condition does not hold.
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CommitOutcome } from '../../app/ports.ts';

export type Refusal = Exclude<CommitOutcome, 'committed'>;

export type CommitPart = {
  readonly write: TransactWriteItem;
  /** `not-ours`: what it would have tidied up belongs to somebody else by now, and the rest goes ahead without it. */
  readonly otherwise: Refusal | 'not-ours';
};
