// The charts of a report: bars whose lengths are shares, each with its name and figures in words beside it, so that what is
// seen is also what is read out. Must never draw what is not shown as a count of zero.
import type { ComponentChildren } from 'preact';
import { clockOf } from '../kit/durations.ts';
import { type Group, outcomes } from './report.ts';
import { reportWords } from './report-words.ts';

type ChartProps = {
  readonly title: string;
  readonly groups: readonly Group[];
  readonly nameOf: (key: string) => string;
};

type FrameProps = { readonly title: string; readonly children: ComponentChildren };

function Chart({ title, legend, children }: FrameProps & { readonly legend?: ComponentChildren }) {
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        {legend}
      </figcaption>
      <ul class="plain">{children}</ul>
    </figure>
  );
}

const share = (part: number, whole: number): string => `${whole === 0 ? 0 : (part / whole) * 100}%`;

/** Parts are rounded each by itself: they may come to more than their whole. */
const sumOf = ({ outcomes: counts }: Group): number => outcomes.reduce((sum, name) => sum + counts[name], 0);

export function OutcomeChart({ title, groups, nameOf }: ChartProps) {
  const said = reportWords.value;
  const most = Math.max(...groups.map(sumOf));
  const legend = (
    <p class="legend" aria-hidden="true">
      {outcomes.map(name => (
        <span key={name}>
          <i class={`swatch ${name}`} /> {said[name]}
        </span>
      ))}
    </p>
  );
  return (
    <Chart title={title} legend={legend}>
      {groups.map(group => (
        <li key={group.key} class="row">
          <span class="row-name">{nameOf(group.key)}</span>
          <span class="row-bar" aria-hidden="true">
            {outcomes.map(name => (
              <span key={name} class={name} style={{ width: share(group.outcomes[name], most) }} />
            ))}
          </span>
          <span class="row-figures">
            <span class="spoken">
              {outcomes.map(name => `${said[name]}: ${group.outcomes[name]}`).join(', ')}.
            </span>
            <span aria-hidden="true" class={sumOf(group) === 0 ? 'muted' : undefined}>
              {outcomes.map(name => group.outcomes[name]).join(' · ')}
            </span>
          </span>
        </li>
      ))}
    </Chart>
  );
}

/** From the time in which half were reached to that of nine in ten. */
export function TimeChart({ title, groups, nameOf }: ChartProps) {
  const said = reportWords.value;
  const most = Math.max(1, ...groups.map(({ toPerson }) => toPerson?.p90 ?? 0));
  return (
    <Chart
      title={title}
      legend={
        <p class="legend" aria-hidden="true">
          <span>
            <i class="swatch half" /> {said.half}
          </span>
          <span>
            <i class="swatch nine" /> {said.nine}
          </span>
        </p>
      }
    >
      {groups.map(({ key, toPerson }) => (
        <li key={key} class="row">
          <span class="row-name">{nameOf(key)}</span>
          {toPerson === null ? (
            <span class="row-bar hidden-count" aria-hidden="true" />
          ) : (
            <span class="row-bar" aria-hidden="true">
              <span class="half" style={{ width: share(toPerson.p50, most) }} />
              <span class="nine" style={{ width: share(toPerson.p90 - toPerson.p50, most) }} />
            </span>
          )}
          <span class="row-figures">
            {toPerson === null ? (
              <span class="muted">{said.few}</span>
            ) : (
              <>
                <span class="spoken">
                  {said.half} {clockOf(toPerson.p50)}, {said.nine} {clockOf(toPerson.p90)}.
                </span>
                <span aria-hidden="true">
                  {clockOf(toPerson.p50)} · {clockOf(toPerson.p90)}
                </span>
              </>
            )}
          </span>
        </li>
      ))}
    </Chart>
  );
}

export function EscalationChart({ title, groups, nameOf }: ChartProps) {
  const whole = ({ escalated, notEscalated }: Group) => escalated + notEscalated;
  return (
    <Chart title={title}>
      {groups.map(group => (
        <li key={group.key} class="row">
          <span class="row-name">{nameOf(group.key)}</span>
          <span class="row-bar whole" aria-hidden="true">
            <span class="abandonedLater" style={{ width: share(group.escalated, whole(group)) }} />
          </span>
          <span class="row-figures">
            {group.escalated} / {whole(group)}
          </span>
        </li>
      ))}
    </Chart>
  );
}
