// What must happen to a request, and by when at the latest: written down a second time, from docs/architecture.md, so
// that a mistake in the production rule shows.
import type { Settings } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';

const INTAKE_MS = 120_000;
const LONGEST_CALL_MS = (4 * 3600 + 60) * 1000;
const UNANSWERED_MS = 600_000;

export function isPending({ phase, outbox }: Request): boolean {
  return phase.kind !== 'closed' || outbox.length > 0;
}

/** Milliseconds; null when nothing is pending. Production may look earlier, never later. */
export function latestLook(request: Request, settings: Settings): number | null {
  if (!isPending(request)) return null;
  const work = request.outbox.map(({ leasedUntil }) => leasedUntil as number);
  return Math.min(phaseEnds(request, settings), request.called?.endsAt ?? Number.POSITIVE_INFINITY, ...work);
}

function phaseEnds({ phase, channel, ladder }: Request, { idleSeconds }: Settings): number {
  switch (phase.kind) {
    case 'intake':
      return phase.since + INTAKE_MS;
    case 'greeting':
      return phase.until;
    case 'searching': {
      const rung = ladder.rungs[phase.rung];
      const rungEnds = rung === undefined ? phase.repeatAt : phase.rungSince + rung.rungSeconds * 1000;
      return Math.min(rungEnds ?? phase.rungSince, ...phase.offers.map(({ endsAt }) => endsAt as number));
    }
    case 'connected':
      return channel === 'text'
        ? phase.lastWordAt + Math.max(idleSeconds * 1000, UNANSWERED_MS)
        : phase.since + LONGEST_CALL_MS;
    case 'calling-back':
      return phase.nextTryAt;
    case 'closed':
      return Number.POSITIVE_INFINITY;
  }
}
