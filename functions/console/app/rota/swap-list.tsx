// Shifts that somebody has given away and nobody has taken for good: who, when, where it stands, and a manager's yes or no.
import { useState } from 'preact/hooks';
import { api, outcomeOf, type Problem } from '../api.ts';
import { dayInWords } from '../kit/days.ts';
import { helperName } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import type { Swap } from './reading.ts';
import { rotaWords } from './rota-words.ts';

type Act = 'approve' | 'decline' | 'withdraw';

type SwapListProps = {
  readonly swaps: readonly Swap[];
  readonly mayWrite: boolean;
  readonly changed: () => Promise<void>;
};

export function SwapList({ swaps, mayWrite, changed }: SwapListProps) {
  const said = rotaWords.value;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (swap: Swap, what: Act) => {
    setBusy(swap.id);
    setProblem(await acted(swap, what));
    setBusy(null);
    await changed();
  };
  const open = swaps.filter(({ state }) => ['open', 'asked', 'needs-approval'].includes(state));
  return (
    <section aria-labelledby="swaps-title">
      <h3 id="swaps-title">{said.swaps}</h3>
      <ProblemNote problem={problem} />
      {open.length === 0 && <p class="muted">{said.noSwaps}</p>}
      <ul class="plain cards">
        {open.map(swap => (
          <li key={swap.id}>
            <article class={`card ${swap.state === 'needs-approval' ? 'searching' : ''}`}>
              <h4>{swapInWords(swap)}</h4>
              <p>{stateInWords(swap)}</p>
              {swap.because.map(each => (
                <p key={each} class="warn">
                  {said.because[each]}
                </p>
              ))}
              {mayWrite && <Acts swap={swap} busy={busy === swap.id} act={what => void act(swap, what)} />}
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}

type ActsProps = { readonly swap: Swap; readonly busy: boolean; readonly act: (what: Act) => void };

function Acts({ swap, busy, act }: ActsProps) {
  const said = rotaWords.value;
  const mayApprove = swap.state === 'needs-approval' || !swap.away;
  const mayDecline = swap.state === 'needs-approval' || !swap.away;
  const what = swapInWords(swap);
  return (
    <div class="pair">
      {mayApprove && (
        <button
          type="button"
          class="small"
          disabled={busy}
          aria-label={`${swap.state === 'needs-approval' ? said.approve : said.excuse}: ${what}`}
          onClick={() => act('approve')}
        >
          {swap.state === 'needs-approval' ? said.approve : said.excuse}
        </button>
      )}
      {mayDecline && (
        <button
          type="button"
          class="outline small"
          disabled={busy}
          aria-label={`${said.decline}: ${what}`}
          onClick={() => act('decline')}
        >
          {said.decline}
        </button>
      )}
      <button
        type="button"
        class="outline secondary small"
        disabled={busy}
        aria-label={`${said.withdraw}: ${what}`}
        onClick={() => act('withdraw')}
      >
        {said.withdraw}
      </button>
    </div>
  );
}

function swapInWords({ giver, shift }: Swap): string {
  return `${helperName(giver)}: ${dayInWords(shift.date)} ${shift.from}–${shift.until}`;
}

function stateInWords({ state, taker, away }: Swap): string {
  const said = rotaWords.value;
  const who = taker === null ? '' : helperName(taker);
  if (state === 'needs-approval') return said.waitsForYou(who);
  if (state === 'asked') return said.exchangeAsked(who);
  return away ? said.openAndAway : said.openAndHers;
}

/** On what stands there now: she has just read it. Null: done. */
async function acted(swap: Swap, what: Act): Promise<Problem | null> {
  const params = { path: { swapId: swap.id } };
  const read = await outcomeOf(api.GET('/v1/swaps/{swapId}', { params }));
  if (read.is === 'refused') return read.problem;
  const headers = { 'if-match': read.etag ?? '' };
  const isAsShown = read.value.state === swap.state && read.value.taker === swap.taker;
  // What she decided about is no longer what stands there: a tag that fits nothing is refused as such.
  const sent = { params, headers: isAsShown ? headers : { 'if-match': '"stale"' } };
  const outcome = await outcomeOf(
    what === 'approve'
      ? api.POST('/v1/swaps/{swapId}/approve', sent)
      : what === 'decline'
        ? api.POST('/v1/swaps/{swapId}/decline', sent)
        : api.POST('/v1/swaps/{swapId}/withdraw', sent),
  );
  return outcome.is === 'refused' ? outcome.problem : null;
}
