// The alarms. Each one says what people meet while it rings, what the reader is to do, and which page says more.
// Must never hold an alarm that asks nothing of its reader: the type does not let one be written.
import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface Danger {
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** For how many of the metric's periods in a row. */
  readonly periods: number;
  readonly whenNothingIsReported: TreatMissingData;
  /** What a survivor or a volunteer meets meanwhile. */
  readonly impact: string;
  /** What whoever reads the alarm does first. */
  readonly action: string;
}

const everyMinute = Duration.minutes(1);
const everyTwoMinutes = Duration.minutes(2);

const atLeast = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  whenNothingIsReported: TreatMissingData.NOT_BREACHING,
};

const lessThan = {
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  whenNothingIsReported: TreatMissingData.BREACHING,
};

/** One section for each alarm; a heading's address is its words in small letters. */
const page = (id: string): string => `docs/running/alarms.md#${id.toLowerCase()}`;

export class Watch extends Construct {
  /** In the order in which they were raised. */
  readonly alarms: Alarm[] = [];
  /** In seconds; what every sweep says. */
  readonly oldestOverdue: IMetric;
  private readonly tell: SnsAction;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly topic: ITopic;
      readonly api: HttpApi;
      readonly deadWakeUps: IQueue;
      readonly sweep: IFunction;
      readonly sweepLog: ILogGroup;
      readonly reconcile: IFunction;
      /** Where the stage's own figures stand: stages may share an account. */
      readonly namespace: string;
    },
  ) {
    super(scope, id);
    this.tell = new SnsAction(props.topic);
    this.raise('WebhooksFail', webhooksFail(props.api));
    this.raise('WakeUpsDie', wakeUpsDie(props.deadWakeUps));
    this.raise('SweepFails', sweepFails(props.sweep));
    this.raise('SweepSilent', sweepSilent(props.sweep));
    this.oldestOverdue = this.saidBySweeps(props.sweepLog, props.namespace);
    this.raise('RequestsOverdue', requestsOverdue(this.oldestOverdue));
    this.raise('ReconcileFails', reconcileFails(props.reconcile));
    this.raise('ReconcileSilent', reconcileSilent(props.reconcile));
  }

  /** Every sweep writes it down, 0 when nothing is overdue. */
  private saidBySweeps(sweepLog: ILogGroup, metricNamespace: string): IMetric {
    const filter = new MetricFilter(this, 'OldestOverdue', {
      logGroup: sweepLog,
      filterPattern: FilterPattern.stringValue('$.event', '=', 'swept'),
      metricNamespace,
      metricName: 'OldestOverdueSeconds',
      metricValue: '$.oldestOverdueSeconds',
    });
    return filter.metric({ statistic: 'Maximum', period: everyMinute });
  }

  raise(id: string, danger: Danger): void {
    const alarm = new Alarm(this, id, {
      metric: danger.metric,
      comparisonOperator: danger.comparison,
      threshold: danger.threshold,
      evaluationPeriods: danger.periods,
      treatMissingData: danger.whenNothingIsReported,
      alarmDescription: `Impact: ${danger.impact}\nAction: ${danger.action}\nPage: ${page(id)}`,
    });
    alarm.addAlarmAction(this.tell);
    alarm.addOkAction(this.tell);
    this.alarms.push(alarm);
  }
}

/** One is enough: each is a person's call or text that met an error. The API's figure counts all three webhooks. */
function webhooksFail(api: HttpApi): Danger {
  return {
    ...atLeast,
    metric: api.metricServerError({ statistic: 'Sum', period: everyMinute }),
    threshold: 1,
    periods: 1,
    impact: 'a survivor who calls or texts, or a volunteer who answers, met an error instead of the hotline.',
    action:
      "call the hotline's number yourself. If no prompt answers, switch the number to its fallback at Twilio; " +
      'then read the access log for the route and the log of its function.',
  };
}

/** Five tries failed. The sweep should have done the work by now; a message here says that both may be broken. */
function wakeUpsDie(deadWakeUps: IQueue): Danger {
  return {
    ...atLeast,
    metric: deadWakeUps.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: everyMinute,
    }),
    threshold: 1,
    periods: 1,
    impact: 'a request did not climb its ladder in time: a survivor may be waiting with nobody being rung.',
    action:
      'read the log of the wakeup function for the request id in the message, see whether the sweep has moved ' +
      'that request, reach the survivor by hand if it has not, and redrive the queue when the cause is mended.',
  };
}

/** Three in a row: one failed minute is healed by the next, and an overdue request may be 90 s late at most. */
function sweepFails(sweep: IFunction): Danger {
  return {
    ...atLeast,
    metric: sweep.metricErrors({ statistic: 'Sum', period: everyMinute }),
    threshold: 1,
    periods: 3,
    impact:
      'requests that lost their wake-up stay where they are: a survivor may wait with nobody being rung.',
    action:
      'read the log of the sweep function; tell the duty manager to watch open requests by hand until it ends.',
  };
}

/** The rule fires every minute; three without a run is a rule or a function that is gone, not a late one. */
function sweepSilent(sweep: IFunction): Danger {
  return {
    ...lessThan,
    metric: sweep.metricInvocations({ statistic: 'Sum', period: everyMinute }),
    threshold: 1,
    periods: 3,
    impact: 'nothing repairs requests that got stuck: a survivor may wait with nobody being rung.',
    action:
      'see whether the minute rule is enabled and the function is throttled; run the sweep function by hand ' +
      'once a minute until it ends.',
  };
}

/**
 * 90 s is a lost wake-up and the sweep that should have healed it. Two in a row: a sweep may fall into the minute of the
 * one before. A sweep that does not say how old the oldest is counts like a bad one.
 */
function requestsOverdue(oldestOverdue: IMetric): Danger {
  return {
    ...atLeast,
    metric: oldestOverdue,
    threshold: 90,
    periods: 2,
    whenNothingIsReported: TreatMissingData.BREACHING,
    impact: 'a request should have moved on and does not: a survivor may wait with nobody being rung.',
    action:
      'read the log of the sweep function for look-failed and the request it names; reach that survivor by hand. ' +
      'When there is no line swept at all, run the sweep function by hand once a minute until it ends.',
  };
}

/** Three in a row are six minutes: what was lost is in its ten minutes still, and can be found when it ends in time. */
function reconcileFails(reconcile: IFunction): Danger {
  return {
    ...atLeast,
    metric: reconcile.metricErrors({ statistic: 'Sum', period: everyTwoMinutes }),
    threshold: 1,
    periods: 3,
    impact:
      'a call or text whose webhook is lost stays unknown to us, and a volunteer whose call has ended may count as busy.',
    action:
      "read the log of the reconcile function for reconciling-failed. When Twilio's books cannot be read, see its status " +
      'page and our API key; look through the calls and messages in its console by hand until it ends.',
  };
}

function reconcileSilent(reconcile: IFunction): Danger {
  return {
    ...lessThan,
    metric: reconcile.metricInvocations({ statistic: 'Sum', period: everyTwoMinutes }),
    threshold: 1,
    periods: 3,
    impact: 'nobody notices a call or text that Twilio took in and could not bring to us.',
    action:
      'see whether the two-minute rule is enabled and the function is throttled; run the reconcile function by hand ' +
      'every two minutes until it ends.',
  };
}
