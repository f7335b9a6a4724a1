// Where a call goes when nothing of ours answers: files in a bucket behind CloudFront, and the function that keeps them
// up to date. Must never depend on a function, the table or a secret to be read, and must never log: the telephone
// network writes the caller's number into the address.
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import { missedRunsAreNotMadeUpFor } from './timers.ts';
import type { Watch } from './watch.ts';

export const fallbackFacts: FunctionFacts = {
  id: 'Fallback',
  entry: 'functions/fallback.ts',
  seconds: 120, // some fifty files, one after the other
  megabytes: 512,
  indexes: [],
  beside: { from: 'shared/prompts/audio', to: 'audio' },
};

const HOURS = 6;

export class FallbackSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: { readonly canaryNumber: string | null }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED, // CloudFront reads it without our key, which may be what is out of order
      enforceSSL: true,
      // Made anew by the function in a minute; nothing in it is a record of anything.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.distribution = new Distribution(this, 'Site', {
      comment: 'what callers hear when nothing of ours answers',
      priceClass: PriceClass.PRICE_CLASS_100, // the telephone network fetches from America and Europe
      enableLogging: false,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: this.withoutQuery(),
        functionAssociations: this.canaryHearsNobody(props.canaryNumber),
      },
    });
    this.acknowledge();
  }

  get base(): string {
    return `https://${this.distribution.distributionDomainName}`;
  }

  allowPut({ lambda }: HotlineFunction): void {
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }),
    );
    const bucket = Stack.of(this).resolve(this.bucket.bucketArn)['Fn::GetAtt'][0];
    Validations.of(lambda.role ?? lambda).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
      reason: 'Every file of the one bucket: their names follow from the lines and a secret.',
    });
  }

  /** Nothing of the address but its path goes any further. */
  private withoutQuery(): CachePolicy {
    return new CachePolicy(this, 'ByPathAlone', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(1),
      maxTtl: Duration.hours(HOURS),
    });
  }

  /** While we are down, Pana's call to itself must not ring the desk every few minutes. */
  private canaryHearsNobody(canaryNumber: string | null) {
    if (canaryNumber === null) return [];
    const document = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject/></Response>';
    const code = `function handler(event) {
  var from = event.request.querystring.From;
  if (!from || decodeURIComponent(from.value) !== ${JSON.stringify(canaryNumber)}) return event.request;
  return {
    statusCode: 200,
    statusDescription: 'OK',
    headers: { 'content-type': { value: 'text/xml' } },
    body: ${JSON.stringify(document)},
  };
}`;
    const edge = new EdgeFunction(this, 'CanaryHearsNobody', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
    });
    return [{ function: edge, eventType: FunctionEventType.VIEWER_REQUEST }];
  }

  private acknowledge(): void {
    const silent =
      'The address of each fetch holds the number of whoever calls: a log of them must not be kept.';
    Validations.of(this.bucket).acknowledge({ id: 'AwsSolutions-S1', reason: silent });
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR3', reason: silent },
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'Twilio says of no country that it will not fetch from there; a closed one would be a dead line.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A firewall that errs would take the last thing that answers a caller.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          "The site goes by CloudFront's own name and certificate, and so by its choice of TLS versions.",
      },
    );
  }
}

export class FallbackRule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly fallback: HotlineFunction }) {
    super(scope, id);
    const { lambda } = props.fallback;
    const once = { retryAttempts: 2, maxEventAge: Duration.hours(1) };
    lambda.configureAsyncInvoke(once);
    const rule = new Rule(this, 'EverySixHours', {
      description: 'brings the fallback site up to date with the lines',
      schedule: Schedule.rate(Duration.hours(HOURS)),
      targets: [new LambdaFunction(lambda, once)],
    });
    missedRunsAreNotMadeUpFor(rule, lambda);
  }
}

export function watchFallback(watch: Watch, { lambda }: HotlineFunction): void {
  watch.raise('FallbackNotPublished', {
    metric: lambda.metricErrors({ period: Duration.hours(HOURS), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: 2,
    whenNothingIsReported: TreatMissingData.BREACHING,
    impact:
      'the fallback site is as it was published last: in an outage callers may be put through to a desk of yesterday.',
    action:
      'run the Fallback function by hand and read its log. See whether it may write to its bucket and read the secret.',
  });
}
