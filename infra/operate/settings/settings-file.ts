// The settings of a country in a file that people write: YAML in, a network that may answer people out, or every problem
// with the line that it stands on. Must never repeat a value in a problem: it may be somebody's number.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { isRefused, parseNetwork } from '../../../shared/app/network-document.ts';
import type { Network } from '../../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../../shared/domain/network-rules.ts';
import { wordingsFor } from '../../../shared/prompts/audio.ts';

export type FileProblem = {
  /** From 1; of the nearest thing that is there when something is missing. */
  readonly line: number;
  /** As `contacts[4].hours[0].from`; empty where the file is no YAML. */
  readonly path: string;
  readonly problem: string;
};

export type RefusedFile = { readonly problems: readonly FileProblem[] };

/** Rungs of a ladder repeat each other: a name may stand for what it was given to more often than by default. */
const MOST_ALIASES = 10_000;

export function readSettings(text: string): Network | RefusedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    const problems = wrong.map(({ pos, code }) => ({
      line: lines.linePos(pos[0]).line,
      path: '',
      problem: `is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
    }));
    return { problems };
  }
  const lineOf = (path: string) => lineOfNode(document, lines, stepsOf(path));
  const network = parseNetwork(withClockTimes(document.toJS({ maxAliasCount: MOST_ALIASES })));
  const problems = isRefused(network)
    ? network.problems.map(({ path, problem }) => ({
        path,
        problem: problem + hintAt(nodeAt(document, stepsOf(path))),
      }))
    : problemsOfNetwork(network, wordingsFor(network));
  if (problems.length === 0 && !isRefused(network)) return network;
  return { problems: eachOnce(problems.map(each => ({ ...each, line: lineOf(each.path) }))) };
}

/** What is said once and used often is wrong once. */
function eachOnce(problems: readonly FileProblem[]): readonly FileProblem[] {
  const key = ({ line, path, problem }: FileProblem) => `${line} ${path.replace(/.*\./, '')} ${problem}`;
  return [...new Map(problems.toReversed().map(each => [key(each), each])).values()].reverse();
}

/** YAML reads +77011234567 and 102 as numbers, which no telephone number is. */
function hintAt(node: Node | null): string {
  return isScalar(node) && typeof node.value === 'number' && /^[+0]|^\d{2,}$/.test(node.source ?? '')
    ? ': if it is not to be counted with, put it in quotes'
    : '';
}

const CLOCK_TIME = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/;

/** Hours are written as on a door, `09:00` to `18:00`, and kept as minutes since midnight. */
function withClockTimes(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map(each => withClockTimes(each));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, withClockTimes(each, name)]),
    );
  if (typeof value !== 'string' || (key !== 'from' && key !== 'until')) return value;
  const [, hours, minutes, last, none] = CLOCK_TIME.exec(value) ?? [];
  const [hour, minute] = [hours ?? last, minutes ?? none];
  return hour === undefined ? value : Number(hour) * 60 + Number(minute);
}

function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) =>
    index === undefined ? step : Number(index),
  );
}

function lineOfNode(document: Document, lines: LineCounter, steps: readonly (string | number)[]): number {
  for (let length = steps.length; length > 0; length -= 1) {
    const start = placeOf(document, steps.slice(0, length));
    if (start !== null) return lines.linePos(start).line;
  }
  return 1;
}

/** Of the key, where there is one: a value may begin some lines further down. */
function placeOf(document: Document, steps: readonly (string | number)[]): number | null {
  const last = steps.at(-1);
  const parent = nodeAt(document, steps.slice(0, -1));
  const key = isMap(parent) && typeof last === 'string' ? pairAt(document, parent, last)?.key : undefined;
  const node = isNode(key) ? key : nodeAt(document, steps);
  return node?.range?.[0] ?? null;
}

function nodeAt(document: Document, steps: readonly (string | number)[]): Node | null {
  let node: unknown = document.contents;
  for (const step of steps) {
    const there = resolved(document, node);
    if (isSeq(there) && typeof step === 'number') node = there.items[step];
    else if (isMap(there)) node = pairAt(document, there, String(step))?.value;
    else return null;
  }
  return resolved(document, node);
}

function resolved(document: Document, node: unknown): Node | null {
  const there = isAlias(node) ? node.resolve(document) : node;
  return isNode(there) ? there : null;
}

/** What is merged in by `<<` counts where it was written. */
function pairAt(document: Document, map: unknown, key: string): Pair | undefined {
  if (!isMap(map)) return undefined;
  const own = map.items.find(({ key: each }) => isScalar(each) && each.value === key);
  const merged = map.items.find(({ key: each }) => isScalar(each) && each.source === '<<')?.value;
  return own ?? (merged === undefined ? undefined : pairAt(document, resolved(document, merged), key));
}

export function sentenceOf({ line, path, problem }: FileProblem): string {
  return `line ${line}: ${[path, problem].filter(Boolean).join(' ')}`;
}
