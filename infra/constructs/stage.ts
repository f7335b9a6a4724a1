// What may differ between stages, read from the context in cdk.json: data, never code.
// Must never hold a secret or an account number, and never default silently: a wrong stage stops the synthesis.
import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import * as z from 'zod';

const ownName = z.strictObject({
  name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/),
  certificateArn: z.string().regex(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/),
});
export type OwnName = z.infer<typeof ownName>;

const settingsShape = z.strictObject({
  /** What happens to the table, the key, the secret and the logs when their stack goes. */
  removal: z.enum([RemovalPolicy.RETAIN, RemovalPolicy.DESTROY]),
  logDays: z.enum(RetentionDays),
  /**
   * What the whole account may cost at AWS in a month before people are told; telephony is Twilio's, and apart. Absent
   * where CloudFormation has no budgets in the region (synthesis warns): make one by hand.
   */
  monthlyDollars: z.int().min(1).optional(),
  /** For how long the copy of each night is kept; absent: none is made. No longer than point-in-time recovery reaches. */
  backupDays: z.int().min(7).max(35).optional(),
  /**
   * How many at once are set aside for a function, so that a flood of another cannot take them. It is also the most that
   * may run, so voice has none; `api` has one so that managers take no more. Absent where an account may run ten in all: it lets nothing be set aside.
   */
  reservedRuns: z
    .partialRecord(z.enum(['text', 'status', 'sweep', 'reconcile', 'api']), z.int().min(1))
    .default({}),
  /** Where Twilio reaches us, when that is not the HTTP API's own address. Signatures are checked against it. */
  publicBase: z.url({ protocol: /^https$/ }).optional(),
  /**
   * Names of our own for the two doors, each with the ARN of its certificate in the same region. Whoever runs the zone
   * points them at what the stack prints. `webhooks` becomes the public base.
   */
  domains: z.strictObject({ webhooks: ownName.optional(), managers: ownName.optional() }).default({}),
  /** Pages that sign managers in, as `https://console.example.org/`; absent: the managers' API's own address. */
  managerPages: z
    .array(z.url({ protocol: /^https$/ }))
    .min(1)
    .optional(),
  /** Another Twilio-compatible REST address; absent means Twilio. */
  twilioApi: z.url({ protocol: /^https$/ }).optional(),
  /** A public number that is dialled when not even the network of lines can be read. */
  fallbackNumber: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional(),
  /** Pana calls itself every few minutes; absent: it does not. The network says the rest of it. */
  canary: z
    .strictObject({
      /** As `canary.survivorNumber` of the network: a number of the account that nobody else has. */
      survivorNumber: z.string().regex(/^\+\d{8,15}$/),
      everyMinutes: z.int().min(2).max(60).default(5),
    })
    .optional(),
});

const contextShape = z.object({
  stage: z.string(),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  stages: z.record(z.enum(['dev', 'staging', 'production']), settingsShape),
});

export interface Stage extends z.infer<typeof settingsShape> {
  readonly name: string;
  readonly region: string;
}

export function readStage(node: Node): Stage {
  const { stage, region, stages } = contextShape.parse({
    stage: node.tryGetContext('stage'),
    region: node.tryGetContext('region'),
    stages: node.tryGetContext('stages'),
  });
  const settings = Object.entries(stages).find(([name]) => name === stage)?.[1];
  if (settings === undefined) {
    throw new Error(`no stage "${stage}" in cdk.json; there are ${Object.keys(stages).join(', ')}`);
  }
  return { name: stage, region, ...settings };
}
