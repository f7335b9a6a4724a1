// Every minute: the managers' work that no call has time for, as files of volunteers and messages to many; and its alarms.
// Must never run in the sweep's place or with its runs: nothing that a manager began may keep a caller waiting.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import { missedRunsAreNotMadeUpFor } from './timers.ts';
import type { Watch } from './watch.ts';

export const upkeepFacts: FunctionFacts = {
  id: 'Upkeep',
  entry: 'functions/upkeep.ts',
  seconds: 55, // it works for 40 s, ends what it is at, and is over before the next
  megabytes: 512,
  indexes: ['duty', 'list'],
};

export class UpkeepRule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly upkeep: HotlineFunction }) {
    super(scope, id);
    const { lambda } = props.upkeep;
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    lambda.configureAsyncInvoke(once);
    const rule = new Rule(this, 'EveryMinute', {
      description: "goes on with managers' work",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(lambda, once)],
    });
    missedRunsAreNotMadeUpFor(rule, lambda);
  }
}

const fiveMinutes = Duration.minutes(5);

export function watchUpkeep(watch: Watch, { lambda }: HotlineFunction): void {
  watch.raise('UpkeepFails', {
    metric: lambda.metricErrors({ period: fiveMinutes, statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact:
      'work that a manager began, as a file of volunteers or a message to many, was not done, or not whole. Callers meet nothing.',
    action:
      'filter event = "job-failed" in the log of the Upkeep function: the field job names it. Look at it through the ' +
      'API, mend what it says, and begin it again.',
  });
  watch.raise('UpkeepSilent', {
    metric: lambda.metricInvocations({ period: fiveMinutes, statistic: 'Sum' }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: 3,
    whenNothingIsReported: TreatMissingData.BREACHING,
    impact:
      'nothing that managers began goes on by itself, and nobody is reminded of a shift. Calls and texts work as ever.',
    action:
      'see whether its minute rule is enabled and the function is throttled; running it by hand is harmless.',
  });
}
