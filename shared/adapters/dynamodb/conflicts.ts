// What DynamoDB says when a write was refused, and trying again when it was only busy.
import { setTimeout as pause } from 'node:timers/promises';
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { Random } from '../../app/ports.ts';

/** Somebody else is writing the same item this instant, or there is too much at once: nothing was written. */
const BUSY_ERRORS: ReadonlySet<string> = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);
const BUSY_REASONS: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const REFUSED = 'ConditionalCheckFailed';

/** A transaction lasts about 10 ms: four tries at 20, 40, 80 ms (and half as much again by chance) are 0.2 s at most. */
const TRIES = 4;
const FIRST_PAUSE_MS = 20;

export const isRefusal = (error: unknown): boolean => nameOf(error) === 'ConditionalCheckFailedException';

/** The places in the transaction whose conditions did not hold; empty when that is not what happened. */
export function refusedPlaces(error: unknown): readonly number[] {
  return reasonsOf(error).flatMap(({ Code }, place) => (Code === REFUSED ? [place] : []));
}

export function isBusy(error: unknown): boolean {
  if (BUSY_ERRORS.has(nameOf(error))) return true;
  const codes = reasonsOf(error).map(({ Code }) => Code ?? 'None');
  return !codes.includes(REFUSED) && codes.some(code => BUSY_REASONS.has(code));
}

/** Tries again while the table is busy, then lets the last error through. */
export async function whileBusy<Result>(random: Random, write: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error) || tries >= TRIES) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (tries - 1) * (1 + random() / 2));
    }
  }
}

/** A single write under a condition. False: the condition did not hold. */
export async function unlessRefused(random: Random, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await whileBusy(random, write);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function reasonsOf(error: unknown): readonly CancellationReason[] {
  if (!(error instanceof Error) || !('CancellationReasons' in error)) return [];
  return Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
