// The way of a request as a picture: a line for each step and each asking, its bar where it lies in time; the dark part of a
// bar is a conversation. Every line says the same in words.
import { clockOf } from '../kit/durations.ts';
import { helperName } from '../people.ts';
import type { Lane, Lanes } from './lanes.ts';
import { requestWords } from './request-words.ts';

export function WayPicture({ fromMs, untilMs, lanes }: Lanes) {
  const said = requestWords.value;
  const wholeMs = untilMs - fromMs;
  return (
    <ol class="plain" aria-label={said.picture}>
      {lanes.map(lane => (
        <li key={lane.key} class="rung">
          <p>
            <strong>{clockOf((lane.fromMs - fromMs) / 1000)}</strong> · {wordsOf(lane)}
          </p>
          <Bars lane={lane} fromMs={fromMs} wholeMs={wholeMs} />
        </li>
      ))}
    </ol>
  );
}

type BarsProps = { readonly lane: Lane; readonly fromMs: number; readonly wholeMs: number };

function Bars({ lane, fromMs, wholeMs }: BarsProps) {
  const end = lane.untilMs ?? fromMs + wholeMs;
  const share = (ms: number) => `${(ms / wholeMs) * 100}%`;
  const talkFrom = lane.confirmedMs ?? end;
  return (
    <div class="bar parts" aria-hidden="true">
      <span class="before" style={{ width: share(lane.fromMs - fromMs) }} />
      <span class={lane.helper === null ? 'step' : 'asks'} style={{ width: share(talkFrom - lane.fromMs) }} />
      <span class="talks" style={{ width: share(end - talkFrom) }} />
    </div>
  );
}

function wordsOf(lane: Lane): string {
  const said = requestWords.value;
  if (lane.helper === null) return said.step(lane.rung);
  return said.pictureOf(helperName(lane.helper), outcomeOf(lane));
}

function outcomeOf({ confirmedMs, answeredMs, outcome }: Lane): string {
  const { outcome: said, outcomes } = requestWords.value;
  if (confirmedMs !== null) return said.confirmed;
  if (outcome !== null) return said.ended(outcomes[outcome] ?? outcome);
  return answeredMs === null ? said.rings : said.answered;
}
