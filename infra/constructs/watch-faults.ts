// Alarms on what the functions write down of their own faults: a damaged record, nonsense in the queue, a sentence
// that cannot be made. The log line names the record; an alarm can only say that there is one, and where to read it.
// Must never count by id or by person: a metric's name and value stand open to everybody who may read metrics.
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { FunctionName, Functions } from './functions.ts';
import type { Danger, Watch } from './watch.ts';

interface Fault {
  /** As the functions write it: shared/app and shared/adapters name it so. */
  readonly event: string;
  readonly alarm: string;
  /** Null: every function may write it. */
  readonly writtenBy: readonly FunctionName[] | null;
  /** How many within five minutes. */
  readonly threshold: number;
  readonly impact: string;
  readonly action: string;
}

const inLogs = (event: string): string =>
  `in Logs Insights, over the log groups of all functions: filter event = "${event}"`;

export const faults: readonly Fault[] = [
  {
    event: 'record-damaged',
    alarm: 'RecordsDamaged',
    writtenBy: null,
    threshold: 1,
    impact:
      'a stored record does not parse. If it is a request, its survivor was passed to the fallback desk; if a ' +
      'volunteer, nobody rings her; if "network", functions that start anew can answer nobody.',
    action:
      `${inLogs('record-damaged')}; the field id names the record. Nothing was deleted: restore it from a point in ` +
      'time, or save the volunteer or the network again. Reach the survivor by hand if a request was open.',
  },
  {
    event: 'voice-failed',
    alarm: 'CallersHeardAFault',
    writtenBy: ['voice'],
    threshold: 1,
    impact:
      'somebody on the line heard that we try again; after three times her call goes to the fallback desk.',
    action:
      'call the line yourself and listen. If it fails, switch the number to its fallback at Twilio; then ' +
      `${inLogs('voice-failed')} for the kind of fault.`,
  },
  {
    event: 'prompt-failed',
    alarm: 'SentencesMissing',
    writtenBy: ['voice'],
    threshold: 1,
    impact:
      'a sentence could not be made and was left out: a caller heard less than she should, maybe nothing.',
    action: `${inLogs('prompt-failed')}; the field prompt names the sentence. Mend its catalog and deploy.`,
  },
  {
    event: 'performing-failed',
    alarm: 'ActionsFail',
    writtenBy: null,
    threshold: 3,
    impact:
      'rings, texts or alerts of some requests are put off or given up: people are reached later, or not.',
    action:
      `${inLogs('performing-failed')}; the fields request and action say whose and which. Tell the duty manager ` +
      'the requests, and mend what the field fault names.',
  },
  {
    event: 'look-failed',
    alarm: 'LooksFail',
    writtenBy: null,
    threshold: 3,
    impact: 'some requests cannot be moved on by any timer: a survivor may wait with nobody being rung.',
    action:
      `${inLogs('look-failed')}; the field request names each. If it is always the same, reach its survivor by ` +
      'hand; if it is many, see whether the table is throttled.',
  },
  {
    event: 'queue-nonsense',
    alarm: 'QueueHoldsNonsense',
    writtenBy: ['wakeup'],
    threshold: 1,
    impact:
      'somebody or something else writes into the queue of wake-ups; requests go on, by their other triggers.',
    action:
      'read the message among the dead wake-ups, find who may send to the queue (only the functions should), and ' +
      'take that right away. Do not redrive it.',
  },
  {
    event: 'bad-signature',
    alarm: 'WebhooksRefused',
    writtenBy: ['voice', 'text', 'status'],
    // One call alone brings two: its own webhook and its status.
    threshold: 2,
    impact:
      "webhooks are refused because their signature is wrong. If they are Twilio's own, no call and no text comes " +
      'through; if they are not, nobody is harmed.',
    action:
      "call the line yourself. If it is not answered, compare the auth token in the secret with Twilio's and " +
      'PANA_PUBLIC_BASE with the addresses of the number. If it is, somebody else knocks: nothing to be done.',
  },
  {
    event: 'telephone-failed',
    alarm: 'TelephoneFails',
    writtenBy: null,
    threshold: 10,
    impact:
      'Twilio does not do what it is asked: volunteers are not rung or texted, and survivors go on waiting.',
    action:
      "see Twilio's status page, then the balance of the account and our API key. " +
      `${inLogs('telephone-failed')} for its code. When it lasts, tell managers to reach open requests by hand.`,
  },
  {
    event: 'wake-up-not-sent',
    alarm: 'WakeUpsNotSent',
    writtenBy: null,
    threshold: 3,
    impact:
      'the queue takes no wake-ups: ladders climb by the sweep alone, so the next phone rings up to 90 s late.',
    action:
      'see the AWS health page for SQS, then whether the role of the function named in the log may send to the queue.',
  },
  {
    event: 'alert-not-published',
    alarm: 'AlertsNotPublished',
    writtenBy: null,
    threshold: 1,
    impact:
      'a manager was not told of something that needs a person: a request may rest with nobody deciding.',
    action:
      `${inLogs('alert-not-published')}; the fields requestId and reason say which. Tell the duty manager by ` +
      'telephone, and see whether the role may publish to the topic and use its key.',
  },
  {
    event: 'duty-entries-stale',
    alarm: 'RosterStale',
    writtenBy: null,
    threshold: 3,
    impact:
      'nobody keeps the list of who is on duty: it is read from the rotas each time, so the first ring comes later.',
    action:
      'read the log of the sweep function: it rolls the list forward every minute. Run it by hand meanwhile.',
  },
  {
    event: 'not-counted',
    alarm: 'NothingIsCounted',
    writtenBy: null,
    threshold: 10,
    impact: 'people are served as ever, but floods are not slowed and no spending cap holds.',
    action: `${inLogs('not-counted')} for the fault; see whether the table is throttled, and watch the spending.`,
  },
];

/** Adds the alarms to `watch`; `namespace` is where the counts stand among the account's metrics. */
export function watchFaults(watch: Watch, functions: Functions, namespace: string): void {
  for (const fault of faults) watch.raise(fault.alarm, dangerOf(watch, fault, functions, namespace));
}

function dangerOf(watch: Watch, fault: Fault, functions: Functions, namespace: string): Danger {
  const { event, writtenBy, threshold, impact, action } = fault;
  const names = writtenBy ?? (Object.keys(functions) as FunctionName[]);
  const filters = names.map(
    name =>
      new MetricFilter(watch, `${fault.alarm}In${functions[name].node.id}`, {
        logGroup: functions[name].lambda.logGroup,
        filterPattern: FilterPattern.stringValue('$.event', '=', event),
        metricNamespace: namespace,
        metricName: event,
        metricValue: '1',
      }),
  );
  const [first] = filters;
  if (first === undefined) throw new Error(`no function writes ${event}`);
  return {
    // All filters of an event feed one metric.
    metric: first.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact,
    action,
  };
}
