// Texts to one person go out in the order in which they were decided, also when the network puts one off or another
// function is still at it. What must wait for its turn stands in the outbox until then. Must never let a text that
// waits for her word, or is gathered in a flood, keep others from going out.
import type { Action, OutboxEntry } from './action.ts';
import { isHeld } from './good-time.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Request } from './request.ts';
import { begunSince, change, goesToSurvivor, type Input, NOT_BEGUN, type Step } from './step.ts';
import { OUTBOX_LEASE_SECONDS } from './timing.ts';

/** Who reads it, as far as order matters; null: an offer, or no text at all. */
export function readerOfAction(action: Action): string | null {
  if (goesToSurvivor(action)) return 'survivor';
  return action.kind === 'relay' || action.kind === 'text-helper' ? action.to : null;
}

/** The earlier text to the same reader that is neither done nor this decision's to do; null: it is this one's turn. */
function textBefore(
  entry: OutboxEntry,
  outbox: readonly OutboxEntry[],
  isOurs: (entry: OutboxEntry) => boolean,
): OutboxEntry | null {
  const reader = readerOfAction(entry.action);
  if (reader === null) return null;
  const earlier = outbox.slice(0, outbox.indexOf(entry));
  return (
    earlier.findLast(
      each =>
        readerOfAction(each.action) === reader && each.tries > NOT_BEGUN && !isOurs(each) && !isHeld(each),
    ) ?? null
  );
}

/** Whose turn it is not waits for the one before it; whose turn has come, now that that one is done, goes out. */
export function inTurn(was: Request | null, step: Step, { now }: Pick<Input, 'now'>): Step {
  const isOurs = begunSince(was);
  const freed = readersFreed(was?.outbox ?? [], step.request.outbox);
  const leasedUntil = addSeconds(now, OUTBOX_LEASE_SECONDS);
  let outbox = step.request.outbox;
  for (const entry of outbox) {
    const isFreed = waits(entry, leasedUntil) && freed.has(readerOfAction(entry.action));
    if (!isFreed && !isOurs(entry)) continue;
    const first = textBefore(entry, outbox, isOurs);
    if (first === null && !isFreed) continue;
    const moved = first
      ? { ...entry, leasedUntil: first.leasedUntil, tries: isFreed ? entry.tries : entry.tries - 1 }
      : { ...entry, leasedUntil, tries: 0 };
    outbox = outbox.map(each => (each === entry ? moved : each));
  }
  return outbox === step.request.outbox ? step : change(step, { outbox });
}

/** Words that are gathered wait longer than this, until shortly before they go out anyway. */
function waits({ leasedUntil, tries }: OutboxEntry, soon: Instant): boolean {
  return tries === NOT_BEGUN && leasedUntil <= soon;
}

/** To whom something was being sent that has left the outbox now. */
function readersFreed(was: readonly OutboxEntry[], is: readonly OutboxEntry[]): ReadonlySet<string | null> {
  const ids = new Set(is.map(({ id }) => id));
  const gone = was.filter(({ id, tries }) => tries > NOT_BEGUN && !ids.has(id));
  return new Set(gone.map(({ action }) => readerOfAction(action)).filter(reader => reader !== null));
}
