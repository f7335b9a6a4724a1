// The canary: a function that calls our own line from our own number every few minutes, its rule and its alarms.
// Must never be able to change a request: it reads, places one call and tells people.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import type { Stage } from './stage.ts';
import { missedRunsAreNotMadeUpFor } from './timers.ts';
import type { Danger, Watch } from './watch.ts';

export const canaryFacts: FunctionFacts = {
  id: 'Canary',
  entry: 'functions/canary.ts',
  seconds: 90, // it watches for 45 s, and starts and ends with requests to Twilio and to the table
  megabytes: 512,
  indexes: [],
};

type CanarySettings = NonNullable<Stage['canary']>;

export class CanaryRule extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly canary: HotlineFunction; readonly settings: CanarySettings },
  ) {
    super(scope, id);
    const { lambda } = props.canary;
    // A flight that was missed is not made up for: the next one comes soon enough, and two must not meet.
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    lambda.configureAsyncInvoke(once);
    const rule = new Rule(this, 'EveryFewMinutes', {
      description: 'sends the canary over the whole road of a call',
      schedule: Schedule.rate(Duration.minutes(props.settings.everyMinutes)),
      targets: [new LambdaFunction(lambda, once)],
    });
    missedRunsAreNotMadeUpFor(rule, lambda);
  }
}

/** Three flights in a row may be lost before their silence rings; one that says it failed rings at once. */
const FLIGHTS = 3;

export function watchCanary(
  watch: Watch,
  { log }: HotlineFunction,
  { everyMinutes }: CanarySettings,
  namespace: string,
): void {
  const silent = Duration.minutes(FLIGHTS * everyMinutes);
  watch.raise('CanarySilent', canarySilent(counted(watch, log, 'canary-came-through', namespace, silent)));
  const failed = counted(watch, log, 'canary-failed', namespace, Duration.minutes(everyMinutes));
  watch.raise('CanaryFailed', canaryFailed(failed));
}

function counted(
  watch: Watch,
  logGroup: ILogGroup,
  event: string,
  metricNamespace: string,
  period: Duration,
): IMetric {
  const filter = new MetricFilter(watch, `Count-${event}`, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.event', '=', event),
    metricNamespace,
    metricName: event,
    metricValue: '1',
  });
  return filter.metric({ statistic: 'Sum', period });
}

function canarySilent(metric: IMetric): Danger {
  return {
    metric,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: 1,
    whenNothingIsReported: TreatMissingData.BREACHING,
    impact:
      'nobody knows whether a call still comes through: the test call has not for three times in a row.',
    action:
      'call the line yourself. If nobody is rung for you, switch the number to its fallback at Twilio; if somebody ' +
      'is, see whether the rule of the canary is enabled and read the log of its function.',
  };
}

function canaryFailed(metric: IMetric): Danger {
  return {
    metric,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact: 'the test call did not come through in time: survivors who call now may not reach anybody.',
    action:
      'read the alert, or the line canary-failed in the log of the canary: step says how far it came. Call the line ' +
      'yourself; if it fails, switch the number to its fallback at Twilio. npm run replay shows its request.',
  };
}
