// Once an hour: has Twilio's own copies of our calls and texts deleted, and an alarm for when that does not happen.
// Must never be able to change a request: it reads the network and speaks to Twilio.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import { missedRunsAreNotMadeUpFor } from './timers.ts';
import type { Watch } from './watch.ts';

export const forgetFacts: FunctionFacts = {
  id: 'Forget',
  entry: 'functions/forget.ts',
  seconds: 300, // two thousand requests to Twilio, sixteen at a time
  megabytes: 512,
  indexes: [],
};

export class ForgetRule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly forget: HotlineFunction }) {
    super(scope, id);
    const { lambda } = props.forget;
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    lambda.configureAsyncInvoke(once);
    const rule = new Rule(this, 'EveryHour', {
      description: "deletes Twilio's own copies of calls and texts that ended a day ago",
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(lambda, once)],
    });
    missedRunsAreNotMadeUpFor(rule, lambda);
  }
}

/** A copy that stays a few hours longer harms nobody; one that stays for good does. */
const HOURS = 6;

export function watchForget(watch: Watch, { lambda }: HotlineFunction): void {
  watch.raise('ForgetFails', {
    metric: lambda.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: HOURS,
    whenNothingIsReported: TreatMissingData.BREACHING,
    impact: 'Twilio keeps numbers and texts of survivors longer than a day. Calls and texts work as ever.',
    action:
      'read the log of the Forget function: copy-not-forgotten and telephone-failed name what Twilio refused. See ' +
      'whether its rule is enabled and whether the API key may delete calls and messages.',
  });
}
