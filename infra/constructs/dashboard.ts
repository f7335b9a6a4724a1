// The one dashboard: is anybody waiting, do calls come in, do the functions keep up.
// Must never show a figure by person, number or request: whoever may read metrics may read it.
import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import type { Stage } from './stage.ts';
import type { Watch } from './watch.ts';
import { throttles } from './watch-capacity.ts';

const whole = 24;
const third = 8;
const everyMinute = Duration.minutes(1);
const sum = { statistic: 'Sum', period: everyMinute } as const;
/** One call in twenty is slower. */
const slow = { statistic: 'p95', period: everyMinute } as const;

const howToRead = (stage: string): string => `# pana ${stage}
Red in the first row: open docs/running/alarms.md at the alarm's name. **Oldest overdue** at 90 s or above: somebody may
wait with nobody being rung. Nothing in this row at all: the sweep is dead.`;

export interface Shown {
  readonly stage: Stage;
  readonly watch: Watch;
  readonly functions: Functions;
  readonly api: HttpApi;
  readonly table: Table;
  readonly wakeUps: IQueue;
  readonly deadWakeUps: IQueue;
}

export function showOnOnePage(scope: Construct, shown: Shown): Dashboard {
  const { stage, watch, functions, api, table, wakeUps, deadWakeUps } = shown;
  const ofEach = (metric: (lambda: IFunction) => IMetric): IMetric[] =>
    Object.values(functions).map(({ lambda }) => metric(lambda));
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: `pana-${stage.name}`,
    defaultInterval: Duration.hours(3),
    widgets: [
      [new TextWidget({ markdown: howToRead(stage.name), width: whole, height: 3 })],
      [new AlarmStatusWidget({ title: 'Alarms', alarms: watch.alarms, width: whole, height: 5 })],
      [
        graph('Oldest overdue, seconds', [watch.oldestOverdue]),
        graph('Webhooks, and those that failed', [api.metricCount(sum), api.metricServerError(sum)]),
        graph('Webhooks, milliseconds of the slow', [api.metricLatency(slow)]),
      ],
      [
        graph(
          'Runs that failed',
          ofEach(lambda => lambda.metricErrors(sum)),
        ),
        graph(
          'Milliseconds of the slow',
          ofEach(lambda => lambda.metricDuration(slow)),
        ),
        graph('Runs refused', [throttles(functions)]),
      ],
      [
        graph('Wake-ups that wait, and dead ones', [
          wakeUps.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: everyMinute }),
          deadWakeUps.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: everyMinute }),
        ]),
        graph('Oldest wake-up, seconds', [
          wakeUps.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: everyMinute }),
        ]),
        graph('Units of the table', [
          table.metricConsumedReadCapacityUnits(sum),
          table.metricConsumedWriteCapacityUnits(sum),
        ]),
      ],
    ],
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: third, leftYAxis: { min: 0 } });
}
