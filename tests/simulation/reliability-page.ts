// What docs/reliability.md says, from the figures of its runs. Knows no figure of its own.
import type { Lived } from './every-core.ts';
import { countOf, type Distribution, DOUBLE_HANDLED, Figures, STRANDED } from './figures.ts';

export type Setting = {
  readonly name: string;
  readonly requests: number;
  readonly options: readonly string[];
};

const MILLION = 1_000_000;

export const settings: readonly Setting[] = [
  { name: 'all triggers, 2 % faults', requests: MILLION, options: [] },
  {
    name: 'all triggers, 10 % faults, half of all messages of the queue lost',
    requests: 100_000,
    options: ['--faults', '0.1', '--lost', '0.5'],
  },
  { name: "without the caller's loop, 2 % faults", requests: 100_000, options: ['--without', 'callersLoop'] },
  { name: 'without the queue, 2 % faults', requests: 100_000, options: ['--without', 'queue'] },
  { name: 'without the sweep, 2 % faults', requests: 100_000, options: ['--without', 'sweep'] },
  { name: 'without the reconciler, 2 % faults', requests: 100_000, options: ['--without', 'reconciler'] },
  { name: 'all triggers, no faults', requests: 100_000, options: ['--faults', '0'] },
  {
    name: 'every message of the queue lost, no other faults',
    requests: 100_000,
    options: ['--faults', '0', '--without', 'queue'],
  },
];

export type Done = Lived & { readonly setting: Setting; readonly requests: number };

export type Page = {
  readonly seed: number;
  readonly commit: string;
  readonly machine: string;
  readonly date: string;
  readonly done: readonly Done[];
  readonly caught: readonly { readonly name: string; readonly by: readonly string[] }[];
};

export function format({ seed, commit, machine, date, done, caught }: Page): string {
  const rows = done.map(one => ({ ...one, figures: figuresOf(one) }));
  const survived = caught.filter(({ by }) => by.length === 0).length;
  return `# Reliability

Nobody is stranded and no two helpers collide: this page says how that is known. Written by \`npm run reliability -- --seed ${seed}\`
on ${date} from commit ${commit} (${machine}); no figure was typed by hand. What the words mean stands below the tables.

## What became of everybody

| run | requests | stranded | per million | double-handled | per million | other violations |
|---|--:|--:|--:|--:|--:|--:|
${rows.map(outcome).join('\n')}

## How soon

Seconds: median / 90 of 100 / 99 of 100 / longest. To aim at: the first ring within 3 s; a person within 30 s at the median and 60 s
for 90 of 100; the next rung within 5 s of its deadline, with every message of the queue lost within 90 s.

| run | the first ring | to a person | the next rung, after its deadline | rungs climbed |
|---|--:|--:|--:|--:|
${rows.map(speed).join('\n')}

## Where they went

| run | ${WHERE.join(' | ')} |
|---|${WHERE.map(() => '--:').join('|')}|
${rows.map(where).join('\n')}

## Planted bugs

${caught.length - survived} of ${caught.length} were noticed${survived === 0 ? '' : `, **${survived} survived**`}.

| planted bug | broke |
|---|---|
${caught.map(({ name, by }) => `| ${name} | ${by.join(', ') || '**nothing**'} |`).join('\n')}

## Each run by itself

${rows.map(({ setting, requests, seconds, megabytes }) => `- \`npm run simulate -- ${['--seed', seed, '--requests', requests, ...setting.options].join(' ')}\`: ${Math.round(requests / seconds)} requests a second of one core’s time, ${megabytes} MB`).join('\n')}

Every single fault, and as many pairs as chance draws, are in \`npm test\`; all pairs: \`npm run simulate:pairs\`.

${MEANING}`;
}

type Row = Omit<Done, 'figures'> & { readonly figures: Figures };

function figuresOf({ figures: written }: Lived): Figures {
  const figures = new Figures();
  figures.take(written);
  return figures;
}

function outcome({ setting, requests, figures }: Row): string {
  const stranded = countOf(figures, STRANDED);
  const doubled = countOf(figures, DOUBLE_HANDLED);
  const all = [...figures.violated.values()].reduce((sum, count) => sum + count, 0);
  const perMillion = (count: number) => Math.round((count * MILLION) / requests);
  const cells = [stranded, perMillion(stranded), doubled, perMillion(doubled), all - stranded - doubled];
  return row(setting.name, requests.toLocaleString('en'), ...cells);
}

function speed({ setting, figures }: Row): string {
  const { timeToFirstRing, timeToPerson, timeToNextRung, rungsClimbed } = figures;
  const seconds = (spread: Distribution) => percentiles(spread, figure => figure.toFixed(1));
  const whole = percentiles(rungsClimbed, figure => `${Math.floor(figure)}`);
  return row(setting.name, ...[timeToFirstRing, timeToPerson, timeToNextRung].map(seconds), whole);
}

function percentiles(spread: Distribution, written: (figure: number) => string): string {
  const most = spread.count === 0 ? null : spread.most;
  const figures = [...[0.5, 0.9, 0.99].map(share => spread.percentile(share)), most];
  return figures.map(figure => (figure === null ? '-' : written(figure))).join(' / ');
}

const WHERE = [
  'reached by voice',
  'reached by text',
  'at the fallback desk',
  'closed left-waiting',
  'alert call-missed',
  'alert text-missed',
] as const;

function where({ setting, figures }: Row): string {
  return row(setting.name, ...WHERE.map(what => figures.of(what).toLocaleString('en')));
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

const MEANING = `## What is simulated

The production shell and domain run unchanged: \`handleEvent\`, \`receiveCall\`, \`receiveText\`, \`wakeUp\`, \`sweep\`, \`reconcile\`. In place of the
adapters stand a table, a telephone network, a queue and people, all on virtual time, and every effect takes a moment in which
others come in between. The table is held against the real engine by \`tests/simulation/tables-agree.test.ts\`.

People call and write within eight minutes, forty to a world with thirty volunteers. Half of all rings are answered; voicemails pick up
and press nothing; callers hang up, call again, press a key too many; managers take
volunteers off duty in the middle of it, and volunteers pause by text. Every fifth only rings, and is called about texts too; after two talks
in a row they rest while others are there.

Faults come at every effect: the function dies before it, or after it and before it hears the answer; the answer is an error, although
nothing or although everything was done; it takes up to 15 s, longer than a function lives; somebody else was first; an index is up to 2 s
old; a webhook, a report or a message is lost, comes twice, or late; the very first webhook of a call or text is lost altogether; a
function's clock is up to five minutes wrong. In one world of ten nothing sweeps for minutes. Two per cent at *every* effect is harsh on
purpose: a request has over a hundred effects, so each meets two or three faults, and one function in twenty dies.

- *stranded*: somebody who waited was never reached; or we ended her call while she waited; or a call or text in the network's books led to no request.
- *double-handled*: two helpers with one request, or two requests that hold one volunteer.
- *other violations*: any other of the invariants of architecture.md, checked after every commit and every meeting: S3 to S8, L1 to L4, a closed request opened again, a leg left ringing.
- *at the fallback desk*: her first webhook was lost or every try failed, and the number's fallback address dialled the desk: a person, outside of Pana. The reconciler puts the call on record and tells the managers.
- *the first ring*: from the end of the menus, or her yes in writing, until the network has taken the first ring or text for her.
- *the next rung, after its deadline*: from the instant at which a rung's time was over until the next one was reached.
- *rungs climbed*: where a call stood when it was closed, 0 being the first rung.

What this cannot show: how Twilio and AWS fail in ways that nobody thought of, and how people do. See unproven.md.
`;
