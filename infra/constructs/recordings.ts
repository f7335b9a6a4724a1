// Prompts that managers have spoken by telephone, and the one function that keeps and plays them.
// Must never be open to anybody but that function and the one that publishes what is played, and never hold a sound of anybody else.
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import type { Stage } from './stage.ts';
import type { Watch } from './watch.ts';

export const audioFacts: FunctionFacts = {
  id: 'Audio',
  entry: 'functions/audio.ts',
  seconds: 10,
  megabytes: 1024, // somebody is on the line while it starts
  indexes: [],
  beside: { from: 'shared/prompts/audio', to: 'audio' },
};

export class RecordingsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED, // what is in it is played to whoever calls
      enforceSSL: true,
      removalPolicy: props.stage.removal,
      // What was spoken and neither kept nor dropped, when somebody hung up.
      lifecycleRules: [{ id: 'drafts', prefix: 'drafts/', expiration: Duration.days(1) }],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function reads and writes it, and its log says which prompt was recorded by whom. A log of each object ' +
        'that is played would be a second record of when people called.',
    });
  }

  /** To play what was spoken. */
  allowRead(reader: HotlineFunction): void {
    this.grant(reader, ['s3:GetObject'], ['clips']);
  }

  allow(keeper: HotlineFunction): void {
    this.grant(keeper, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], ['clips', 'drafts']);
  }

  private grant({ lambda }: HotlineFunction, actions: string[], folders: readonly string[]): void {
    const resourceArns = folders.map(folder => `${this.bucket.bucketArn}/${folder}/*`);
    Grant.addToPrincipal({ grantee: lambda, actions, resourceArns });
    const bucket = Stack.of(this).resolve(this.bucket.bucketArn)['Fn::GetAtt'][0];
    const ofThisBucket = folders.map(folder => ({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}/*]`,
      reason: 'The prompts of this one bucket: there is one for each sentence and language.',
    }));
    for (const acknowledged of ofThisBucket) Validations.of(lambda.role ?? lambda).acknowledge(acknowledged);
    // Without it a clip that nobody has spoken is "denied" rather than "not there".
    Grant.addToPrincipal({
      grantee: lambda,
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucket.bucketArn],
    });
  }
}

export function watchAudio(watch: Watch, { lambda, log }: HotlineFunction, namespace: string): void {
  const event = 'recording-not-read';
  const notRead = new MetricFilter(watch, 'RecordingsNotReadInAudio', {
    logGroup: log,
    filterPattern: FilterPattern.stringValue('$.event', '=', event),
    metricNamespace: namespace,
    metricName: event,
    metricValue: '1',
  });
  watch.raise('RecordingsNotRead', {
    metric: notRead.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 3,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact:
      'what managers have spoken cannot be read: callers hear the files that came with the code, maybe a machine voice.',
    action: `filter event = "${event}" in the log of the Audio function for the fault; see whether its bucket is there.`,
  });
  watch.raise('AudioFails', {
    metric: lambda.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact: 'callers in a language without a machine voice may hear silence where a sentence should be.',
    action: 'read the log of the Audio function; a deployment of the version before helps when it is new.',
  });
}
