// What makes time pass: the queue of wake-ups (precise to the second) and the rules that sweep and reconcile.
// Must never carry data: a message says "look at request R now" and nothing else.
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionFacts } from './functions.ts';

/** AWS's rule for a queue that feeds a function: a message stays hidden six times as long as the function may run. */
const hiddenSeconds = 6 * functionFacts.wakeup.seconds;

/** A wake-up is a read, a commit and a few REST calls, 1 to 2 s together: five fit into the function's 10 s. */
const wakeUpsAtOnce = 5;

/** Of five wake-ups each: a heap of them, late after an outage, must not take from callers what the account may run. */
const batchesAtOnce = 50;

/** SQS's own key: a message names a request and nobody; 100,000 KMS calls a month would buy nothing. */
const closed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } satisfies QueueProps;

export class Timers extends Construct {
  readonly wakeUps: Queue;
  readonly deadWakeUps: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadWakeUps = new Queue(this, 'DeadWakeUps', {
      ...closed,
      retentionPeriod: Duration.days(14), // the longest there is: counted from the first sending, time to look at it
    });
    Validations.of(this.deadWakeUps).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is where messages end that no function could deal with; an alarm rings at the first.',
    });
    this.wakeUps = new Queue(this, 'WakeUps', {
      ...closed,
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      // A day covers the longest hop (15 min) and five tries many times; later the sweep has long done the work.
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: this.deadWakeUps, maxReceiveCount: 5 },
    });
  }

  allowWake(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.wakeUps.queueArn],
    });
  }

  wake(wakeup: IFunction): void {
    wakeup.addEventSource(
      new SqsEventSource(this.wakeUps, {
        batchSize: wakeUpsAtOnce,
        maxConcurrency: batchesAtOnce,
        reportBatchItemFailures: true,
      }),
    );
    Validations.of(wakeup).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'A queue takes no such destination (streams do): failed messages go to its own dead-letter queue.',
    });
  }

  sweepEveryMinute(sweep: IFunction): void {
    this.every('EveryMinute', sweep, {
      minutes: 1,
      description: 'moves every overdue request that nothing else has moved',
    });
  }

  /** Lambda puts an instance to death that has nothing to do for some minutes: the next caller would wait for a new one. */
  keepAwake(voice: IFunction): void {
    this.every('StayAwake', voice, {
      minutes: 1,
      description: 'keeps one instance ready for whoever calls next',
      // As shared/http/rehearsal.ts knows it.
      input: { stayAwake: true },
    });
  }

  reconcileEveryTwoMinutes(reconcile: IFunction): void {
    this.every('EveryTwoMinutes', reconcile, {
      minutes: 2,
      description: "holds our requests against Twilio's own books",
    });
  }

  private every(
    id: string,
    run: IFunction,
    rule: { readonly minutes: number; readonly description: string; readonly input?: object },
  ): void {
    // The next one runs again; a late or second delivery would only run beside it. 60 s is the least AWS takes.
    // Twice, because the rule tries to reach the function and the function's own queue tries to run it.
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    run.configureAsyncInvoke(once);
    const made = new Rule(this, id, {
      description: rule.description,
      schedule: Schedule.rate(Duration.minutes(rule.minutes)),
      targets: [
        new LambdaFunction(run, {
          ...once,
          ...(rule.input && { event: RuleTargetInput.fromObject(rule.input) }),
        }),
      ],
    });
    missedRunsAreNotMadeUpFor(made, run);
  }
}

/** Exported for every rule of the kind: its next run does the work of the one that was lost. */
export function missedRunsAreNotMadeUpFor(rule: Rule, run: IFunction): void {
  const reason =
    'A run that is lost is not made up for: the next does all of its work, and an alarm rings when ' +
    'runs fail or stay away. An old run, kept and tried again, would only meet a newer one.';
  Validations.of(rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason });
  Validations.of(run).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason });
}
