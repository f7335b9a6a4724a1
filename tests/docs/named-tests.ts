// The names of the tests of a file, read from its source: describes and title joined by ` › `, as the runner prints
// them. Must never run a test: it only says what would be run, and what would be passed over.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export type NamedTest = {
  readonly name: string;
  /** Skipped, still to be written, or in a part of the file that is. */
  readonly isPassedOver: boolean;
};

const TESTS: ReadonlySet<string> = new Set(['test', 'it']);
const PASSED_OVER: ReadonlySet<string> = new Set(['skip', 'todo', 'skipIf', 'runIf', 'fails']);

type Within = { readonly names: readonly string[]; readonly isPassedOver: boolean };

export function testsIn(path: string): readonly NamedTest[] {
  return testsOf(readFileSync(path, 'utf8'));
}

export function testsOf(source: string): readonly NamedTest[] {
  const file = ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest);
  return below(file, { names: [], isPassedOver: false });
}

function below(node: ts.Node, within: Within): readonly NamedTest[] {
  const found: NamedTest[] = [];
  node.forEachChild(
    child => void found.push(...(ts.isCallExpression(child) ? at(child, within) : below(child, within))),
  );
  return found;
}

function at(call: ts.CallExpression, within: Within): readonly NamedTest[] {
  const [title] = call.arguments;
  const [kind, ...ways] = wordsOf(call.expression);
  const isOurs = kind !== undefined && (kind === 'describe' || TESTS.has(kind));
  if (!isOurs || title === undefined || !ts.isStringLiteralLike(title)) return below(call, within);
  const inside = {
    names: [...within.names, title.text],
    isPassedOver: within.isPassedOver || ways.some(way => PASSED_OVER.has(way)),
  };
  if (kind === 'describe') return below(call, inside);
  return [{ name: inside.names.join(' › '), isPassedOver: inside.isPassedOver }];
}

/** `test.each([…])` is test, each. */
function wordsOf(callee: ts.Expression): readonly string[] {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) return [...wordsOf(callee.expression), callee.name.text];
  if (ts.isCallExpression(callee)) return wordsOf(callee.expression);
  return ts.isTaggedTemplateExpression(callee) ? wordsOf(callee.tag) : [];
}
