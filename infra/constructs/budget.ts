// What the account may cost a month before somebody is told. Its name is all that the message carries, so it says where
// to read on. Must never stop anything: a hotline that falls silent for money is the worse harm.
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Of the month's sum: time to look, and over it. A forecast tells early in the month of one that runs away. */
const told = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 120 },
];

export class Budget extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: Stage; readonly monthlyDollars: number; readonly topic: ITopic },
  ) {
    super(scope, id);
    new CfnBudget(this, 'Month', {
      budget: {
        // The whole account: a budget by tag says nothing until somebody has switched the tag on for billing.
        budgetName: `pana-${props.stage.name} costs more than planned, see docs-running-cost.md`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: props.monthlyDollars, unit: 'USD' },
      },
      notificationsWithSubscribers: told.map(when => ({
        notification: { ...when, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
        subscribers: [{ subscriptionType: 'SNS', address: props.topic.topicArn }],
      })),
    });
  }
}
