// Alarms on what AWS itself refuses us: functions that may not start, a table that does not answer.
// Must never be the first sign of a flood: the limits of the network are, and they tell managers.
import { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Functions } from './functions.ts';
import type { Danger, Watch } from './watch.ts';

const everyMinute = { period: Duration.minutes(1), statistic: 'Sum' } as const;

/** Every operation that the functions use. */
const operations = [
  Operation.BATCH_GET_ITEM,
  Operation.DELETE_ITEM,
  Operation.GET_ITEM,
  Operation.PUT_ITEM,
  Operation.QUERY,
  Operation.TRANSACT_WRITE_ITEMS,
  Operation.UPDATE_ITEM,
];

export function watchCapacity(watch: Watch, functions: Functions, table: Table): void {
  watch.raise('FunctionsThrottled', functionsThrottled(throttles(functions)));
  watch.raise('TableRefuses', tableRefuses(table));
}

/** Of all functions: they share what the account may run at once. */
export function throttles(functions: Functions): IMetric {
  const each = Object.entries(functions).map(([name, { lambda }]) => [
    name,
    lambda.metricThrottles(everyMinute),
  ]);
  return new MathExpression({
    label: 'Throttles',
    expression: Object.keys(functions).join(' + '),
    usingMetrics: Object.fromEntries(each),
    period: everyMinute.period,
  });
}

const atLeastOnce = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  threshold: 1,
  whenNothingIsReported: TreatMissingData.NOT_BREACHING,
};

function functionsThrottled(metric: IMetric): Danger {
  return {
    ...atLeastOnce,
    metric,
    periods: 1,
    impact:
      'the account runs no more functions at once: callers hear an error or the fallback desk, and timers are late.',
    action:
      'see in Service Quotas what "Concurrent executions" of Lambda is and ask for at least 1,000; see on the dashboard ' +
      'which function takes them. In a flood, read docs/running/alarms.md first.',
  };
}

/** Two minutes in a row: a single one is healed by the tries that every function makes. */
function tableRefuses(table: Table): Danger {
  return {
    ...atLeastOnce,
    metric: table.metricThrottledRequestsForOperations({ ...everyMinute, operations }),
    periods: 2,
    impact: 'the table answers too little: callers hear that we try again, and then the fallback desk.',
    action:
      'see the AWS health page for DynamoDB, and on the dashboard what the table is asked for. An on-demand table ' +
      'doubles by itself within minutes; if it does not, look for a flood or a loop and stop its source.',
  };
}
