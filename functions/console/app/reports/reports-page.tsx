// Reports of months that are over: how soon a person was there, who gave up, how far requests climbed; as charts, as a
// table, as a file. Must never show a count without saying that it is rounded.
import { useState } from 'preact/hooks';
import { monthInWords, todayThere } from '../kit/days.ts';
import { clockOf } from '../kit/durations.ts';
import { Pick } from '../kit/pick.tsx';
import { useLoaded } from '../loaded.ts';
import { languageName, regionName, regions, skillName } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { requestWords } from '../requests/request-words.ts';
import { words } from '../words.ts';
import { EscalationChart, OutcomeChart, TimeChart } from './charts.tsx';
import { monthFrom, monthsOver } from './months.ts';
import {
  type Asked,
  type Dimension,
  dimensions,
  download,
  type Group,
  outcomes,
  type Report,
  reportOf,
} from './report.ts';
import { reportWords } from './report-words.ts';
import './reports.css';

const LENGTHS = [1, 3, 6, 12] as const;

function keyName(by: Dimension, key: string): string {
  const said = reportWords.value;
  if (key === 'none') return said.none;
  switch (by) {
    case 'hour':
      return `${key}:00`;
    case 'region':
      return regionName(key);
    case 'skill':
      return skillName(key);
    case 'language':
      return languageName(key);
    case 'line':
      return key.replace('line_', '');
    case 'channel':
      return key === 'voice' ? said.voice : said.text;
    case 'rung':
      return requestWords.value.asks[key as 'last'] ?? key;
  }
}

/** The calendar of the reports is that of the first region. */
function today(): string {
  return todayThere(regions.value[0]?.zone ?? 'UTC');
}

export function ReportsPage() {
  const said = reportWords.value;
  const known = monthsOver(today());
  const [asked, ask] = useState<Asked>({ month: known[0] ?? '', months: 1, by: 'hour' });
  const report = useLoaded(JSON.stringify(asked), () => reportOf(asked));
  // Not beyond the months that are over.
  const lengths = LENGTHS.filter(count => count <= known.indexOf(asked.month) + 1);
  return (
    <section aria-labelledby="reports-title" aria-busy={report.isUnderWay}>
      <h2 id="reports-title">{said.title}</h2>
      <search class="filters">
        <Pick
          label={said.month}
          value={asked.month}
          options={known.map(month => [month, monthInWords(month)])}
          pick={month => ask({ ...asked, month, months: Math.min(asked.months, known.indexOf(month) + 1) })}
        />
        <Pick
          label={said.months}
          value={String(asked.months)}
          options={[...new Set([...lengths, asked.months])].map(count => [
            String(count),
            said.monthsOf(count),
          ])}
          pick={count => ask({ ...asked, months: Number(count) })}
        />
        <Pick
          label={said.by}
          value={asked.by}
          options={dimensions.map(each => [each, said.dimensions[each]])}
          pick={by => ask({ ...asked, by: by as Dimension })}
        />
        <Download asked={asked} />
      </search>
      <ProblemNote problem={report.problem} />
      {report.value === null && report.problem === null && <p role="status">{words.value.common.loading}</p>}
      {report.value !== null && <Shown report={report.value} asked={asked} />}
    </section>
  );
}

function Download({ asked }: { readonly asked: Asked }) {
  const said = reportWords.value;
  const [state, setState] = useState<'idle' | 'under-way' | 'failed'>('idle');
  return (
    <div class="download">
      <button
        type="button"
        class="outline"
        aria-busy={state === 'under-way'}
        onClick={async () => {
          setState('under-way');
          setState((await download(asked)) ? 'idle' : 'failed');
        }}
      >
        {said.download}
      </button>
      {state === 'failed' && <small role="alert">{said.failed}</small>}
    </div>
  );
}

type ShownProps = { readonly report: Report; readonly asked: Asked };

function Shown({ report, asked }: ShownProps) {
  const said = reportWords.value;
  const { total, roundedTo } = report;
  const groups = asked.by === 'hour' ? everyHour(report.groups) : report.groups;
  const nameOf = (key: string) => keyName(asked.by, key);
  const last = monthFrom(asked.month, asked.months - 1);
  return (
    <>
      <p class="muted">{said.about(roundedTo)}</p>
      <h3>
        {monthInWords(asked.month)}
        {asked.months > 1 && ` – ${monthInWords(last)}`}
      </h3>
      {report.groups.length === 0 ? (
        <p>{said.nothing}</p>
      ) : (
        <>
          <Totals total={total} />
          <div class="charts">
            <OutcomeChart title={said.outcomes} groups={groups} nameOf={nameOf} />
            <TimeChart title={said.toPerson} groups={groups} nameOf={nameOf} />
            <EscalationChart title={said.escalation} groups={groups} nameOf={nameOf} />
          </div>
          <details>
            <summary>{said.table}</summary>
            <Table
              rows={[...report.groups, total]}
              nameOf={key => (key === 'all' ? said.all : nameOf(key))}
              by={asked.by}
            />
          </details>
        </>
      )}
    </>
  );
}

/** A day has its empty hours too. */
function everyHour(groups: readonly Group[]): readonly Group[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const key = String(hour).padStart(2, '0');
    return groups.find(group => group.key === key) ?? { ...nothing, key };
  });
}

const nothing: Omit<Group, 'key'> = {
  requests: 0,
  outcomes: { reached: 0, abandonedAtOnce: 0, abandonedLater: 0, other: 0 },
  escalated: 0,
  notEscalated: 0,
  toPerson: null,
};

function Totals({ total }: { readonly total: Group }) {
  const said = reportWords.value;
  const { toPerson, outcomes: counts } = total;
  const figures: readonly (readonly [string, string])[] = [
    [said.requests, String(total.requests)],
    [said.reached, String(counts.reached)],
    [said.half, toPerson === null ? '–' : clockOf(toPerson.p50)],
    [said.nine, toPerson === null ? '–' : clockOf(toPerson.p90)],
    [said.abandonedLater, String(counts.abandonedLater)],
    [said.abandonedAtOnce, String(counts.abandonedAtOnce)],
    [said.escalated, String(total.escalated)],
  ];
  return (
    <>
      <dl class="totals">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {toPerson === null && <p class="muted">{said.fewAbout}</p>}
    </>
  );
}

type TableProps = {
  readonly rows: readonly Group[];
  readonly nameOf: (key: string) => string;
  readonly by: Dimension;
};

function Table({ rows, nameOf, by }: TableProps) {
  const said = reportWords.value;
  const time = (seconds: number | undefined) => (seconds === undefined ? said.few : clockOf(seconds));
  return (
    <div class="scrolls" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.dimensions[by]}</th>
            <th scope="col">{said.requests}</th>
            {outcomes.map(name => (
              <th key={name} scope="col">
                {said[name]}
              </th>
            ))}
            <th scope="col">{said.escalated}</th>
            <th scope="col">{said.half}</th>
            <th scope="col">{said.nine}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row">{nameOf(row.key)}</th>
              <td>{row.requests}</td>
              {outcomes.map(name => (
                <td key={name}>{row.outcomes[name]}</td>
              ))}
              <td>{row.escalated}</td>
              <td>{time(row.toPerson?.p50)}</td>
              <td>{time(row.toPerson?.p90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
