// Every alarm of the template, whoever made it: what people meet, what to do, and the page that says more.
// A danger that asks nothing of its reader does not compile. Which one rings when is hotline-stack's and watch-faults'.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Danger } from '../../infra/constructs/watch.ts';
import { faults } from '../../infra/constructs/watch-faults.ts';
import { all, idOf, one, stagesAsSet, synthesize, template } from './template.ts';

/** With whatever a stage may have. */
const whole = synthesize({
  stages: {
    ...stagesAsSet,
    dev: {
      removal: 'destroy',
      logDays: 7,
      monthlyDollars: 20,
      backupDays: 14,
      canary: { survivorNumber: '+77991000096' },
    },
  },
});
const alarms = all('AWS::CloudWatch::Alarm', whole);
const pages = readFileSync('docs/running/alarms.md', 'utf8');
const sections = [...pages.matchAll(/^## (\w+)\n\n(.+)/gm)];

describe.each(alarms.map(([id, alarm]) => ({ id, alarm })))('$id', ({ id, alarm }) => {
  const said = String(alarm['AlarmDescription']);

  test('says what people meet, what to do and where to read on, within what AWS carries', () => {
    expect(said).toMatch(/^Impact: .{30,}\nAction: .{30,}\nPage: docs\/running\/alarms\.md#[a-z]+$/);
    expect(said.length).toBeLessThanOrEqual(1024);
  });

  test('has a section of its own there', () => {
    const anchors = sections.map(([, name = '']) => name.toLowerCase());
    expect(anchors.filter(anchor => said.endsWith(`#${anchor}`))).toHaveLength(1);
  });

  test('reaches people when it begins and when it ends, and stands on the dashboard', () => {
    const topic = [{ Ref: idOf('AWS::SNS::Topic', whole) }];
    expect(alarm).toMatchObject({ AlarmActions: topic, OKActions: topic });
    const shown = JSON.stringify(one('AWS::CloudWatch::Dashboard', '', whole)['DashboardBody']);
    expect(shown).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
  });
});

test('no section is about an alarm that is not there, and each says something', () => {
  const ids = alarms.map(([id]) => id);
  for (const [, name = '', first = ''] of sections) {
    expect(
      ids.filter(id => new RegExp(`^Watch${name}[0-9A-F]{8}$`).test(id)),
      name,
    ).toHaveLength(1);
    expect(first.length, name).toBeGreaterThan(30);
  }
});

test('a danger without its impact or its action does not compile', () => {
  const facts = {} as Omit<Danger, 'impact' | 'action'>;
  // @ts-expect-error: what people meet must be said
  const unsaid: Danger = { ...facts, action: 'do this' };
  // @ts-expect-error: what to do must be said
  const undone: Danger = { ...facts, impact: 'people meet this' };
  expect([unsaid, undone]).toEqual([{ action: 'do this' }, { impact: 'people meet this' }]);
});

describe('whatever is logged as an error', () => {
  /** Events that no counting alarm needs, because something louder tells of them. */
  const heardOtherwise: Readonly<Record<string, string>> = {
    'call-missed': 'the reconciler alerts managers',
    'text-missed': 'the reconciler alerts managers',
    'job-failed': 'the run fails: UpkeepFails',
    'api-failed': 'the answer is a 500: ManagerApiFails',
    'upkeep-failed': 'the run fails: UpkeepFails',
    'swap-not-told': 'upkeep tells it again, and its run fails when it cannot: UpkeepFails',
    'own-page-failed': 'the answer is a 500: ManagerApiFails',
    'issuer-unreachable': 'the answer is a 503: ManagerApiFails',
    'erasure-failed': 'the answer is a 503: ManagerApiFails, and who asked is told to ask again',
    'answer-not-kept': 'what was done is answered; only who asks again under the same key may meet it',
    'audit-end-not-kept': 'the act stands in the trail without its answer, and is shown so',
    'own-act-not-on-record': 'it is done, and her rota keeps who changed it; the trail lacks a line',
    'recording-not-read': 'RecordingsNotRead',
    'recorder-failed': 'whoever records hears the call end; what callers hear has not changed',
    'canary-failed': 'CanaryFailed',
    'canary-broke': 'CanarySilent',
    'reconciling-failed': 'the run fails: ReconcileFails',
    'debrief-failed': 'a kindness to a volunteer comes later, or not',
    'books-cut': 'the run goes on with 10,000 entries',
    'shard-not-read': 'the run fails: SweepFails',
    'text-failed': 'the webhook fails: WebhooksFail',
    'status-failed': 'the webhook fails: WebhooksFail, or RecordsDamaged',
    'network-not-read': 'RecordsDamaged, or TableRefuses; the last one read is used',
    'stop-not-looked-for': 'RecordsDamaged, or TableRefuses; her call is answered as ever',
    'nothing-carried': 'RecordsDamaged, or TableRefuses; she is served as if she had not called before',
  };
  const written = readdirSync('shared', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .flatMap(path => [...readFileSync(join('shared', path), 'utf8').matchAll(/\blog\.error\(\s*'([\w-]+)'/g)])
    .map(([, event = '']) => event);

  test.each([...new Set(written)].sort())('%s is heard by somebody', event => {
    const counted = faults.some(fault => fault.event === event);
    expect(counted !== event in heardOtherwise).toBe(true);
  });

  test('and nothing is excused that nobody writes', () => {
    expect(Object.keys(heardOtherwise).filter(event => !written.includes(event))).toEqual([]);
  });
});

describe('money', () => {
  test('the budget of the month tells people at four fifths, at the whole and when it is foreseen to run away', () => {
    const budget = one('AWS::Budgets::Budget');
    expect(budget).toMatchObject({
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 20, Unit: 'USD' } },
    });
    const told = budget['NotificationsWithSubscribers'] as { Notification: object; Subscribers: object[] }[];
    expect(told.map(({ Notification }) => Notification)).toMatchObject([
      { NotificationType: 'ACTUAL', Threshold: 80 },
      { NotificationType: 'ACTUAL', Threshold: 100 },
      { NotificationType: 'FORECASTED', Threshold: 120 },
    ]);
    for (const { Subscribers } of told)
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: idOf('AWS::SNS::Topic') } }]);
  });

  test('its name is what the message carries: it says where to read on', () => {
    const { BudgetName } = one('AWS::Budgets::Budget')['Budget'] as { BudgetName: string };
    expect(BudgetName).toMatch(/^pana-dev .*see docs-running-cost\.md$/);
    expect(BudgetName.length).toBeLessThanOrEqual(100);
    expect(BudgetName).not.toMatch(/[:\\]/);
    expect(readdirSync('docs/running')).toContain('cost.md');
  });
});

test('there is one dashboard, and it shows no figure by person, number or request', () => {
  expect(all('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  const body = JSON.stringify(one('AWS::CloudWatch::Dashboard')['DashboardBody']);
  expect(body).toContain('OldestOverdueSeconds');
  expect(body).not.toMatch(/\+\d{8,}|req_/);
  expect(template.findResources('AWS::CloudWatch::InsightRule')).toEqual({});
});
