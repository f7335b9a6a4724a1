// A stack synthesized in memory, and short ways to ask what is in it. Nothing is bundled.
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import { hotlineIn } from '../../infra/hotline-app.ts';
import type { HotlineStack } from '../../infra/hotline-stack.ts';

export type Properties = Record<string, unknown>;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
}

const settings: Properties = JSON.parse(readFileSync('cdk.json', 'utf8')).context;
export const stagesAsSet = settings['stages'] as Properties;
export const stages = Object.keys(stagesAsSet);
/** Those that handle requests. */
export const names = ['Voice', 'Text', 'Status', 'Wakeup', 'Sweep', 'Reconcile'];
export const everyName = [...names, 'Forget', 'Fallback', 'Audio', 'Api', 'Upkeep', 'Console'];

/** With no bundles, and not yet synthesized. */
export function assemble(context: Properties = {}): HotlineStack {
  return hotlineIn(
    new App({
      context: { ...settings, ...context, 'aws:cdk:bundling-stacks': [] },
      // Half the time of a synthesis; synth.test.ts has what is deployed validated.
      builtinCloudFormationValidation: false,
    }),
  );
}

const synthesized = new Map<string, Template>();

export function synthesize(context: Properties = {}): Template {
  const asked = JSON.stringify(context);
  const known = synthesized.get(asked) ?? Template.fromStack(assemble(context));
  synthesized.set(asked, known);
  return known;
}

export const template = synthesize();

export function all(type: string, of = template): [string, Properties][] {
  return Object.entries(of.findResources(type)).map(([id, resource]) => [id, resource['Properties']]);
}

export function one(type: string, idBegins = '', of = template): Properties {
  const found = all(type, of).filter(([id]) => id.startsWith(idBegins));
  expect(found, `${type} ${idBegins}`).toHaveLength(1);
  return found[0]?.[1] ?? {};
}

export function idOf(type: string, of = template): string {
  return all(type, of)[0]?.[0] ?? '';
}

export function statementsOf(document: unknown): Statement[] {
  return (document as { Statement: Statement[] }).Statement;
}

export function list<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

/** What the role of one function may do, as "action" → the resources, written out. */
export function permissionsOf(name: string): Map<string, string[]> {
  const permissions = new Map<string, string[]>();
  for (const statement of statementsOf(one('AWS::IAM::Policy', name)['PolicyDocument'])) {
    for (const action of list(statement.Action)) {
      permissions.set(action, [
        ...(permissions.get(action) ?? []),
        ...list(statement.Resource).map(resource => JSON.stringify(resource)),
      ]);
    }
  }
  return permissions;
}
