// What answers when nothing of ours does: closed, silent, and in need of nothing; and who may write it.
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { all, list, one, type Properties, stagesAsSet, statementsOf, synthesize } from './template.ts';

const survivorNumber = '+77991000096';

test('the bucket is open to nobody but the site, encrypted, and keeps no log of who fetched what', () => {
  const bucket = one('AWS::S3::Bucket', 'FallbackSite');
  expect(bucket).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
  });
  expect(bucket['LoggingConfiguration']).toBeUndefined();
  const statements = statementsOf(one('AWS::S3::BucketPolicy', 'FallbackSite')['PolicyDocument']);
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toHaveLength(1);
  expect(allowed[0]).toMatchObject({
    Action: 's3:GetObject',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
  });
});

test('the site is read by GET over HTTPS, by the path alone, and writes no log', () => {
  const { DistributionConfig } = one('AWS::CloudFront::Distribution', 'FallbackSite') as {
    readonly DistributionConfig: Properties;
  };
  expect(DistributionConfig['Logging']).toBeUndefined();
  expect(DistributionConfig['DefaultCacheBehavior']).toMatchObject({
    AllowedMethods: ['GET', 'HEAD'],
    ViewerProtocolPolicy: 'https-only',
  });
  expect(one('AWS::CloudFront::CachePolicy', 'FallbackSite')).toMatchObject({
    CachePolicyConfig: {
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    },
  });
});

test('whoever publishes writes files of this bucket, reads the lines, and changes, wakes and tells nobody', () => {
  const statements = statementsOf(one('AWS::IAM::Policy', 'Fallback')['PolicyDocument']);
  const actions = statements.flatMap(({ Action }) => list(Action));
  expect(actions.filter(action => /^(s3|dynamodb|sns|sqs):/.test(action)).sort()).toEqual([
    'dynamodb:GetItem',
    'dynamodb:Query',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ]);
  const put = statements.find(({ Action }) => list(Action).includes('s3:PutObject'));
  expect(JSON.stringify(put?.Resource)).toMatch(/FallbackSiteBucket.*\/\*/);
  expect(one('AWS::Events::Rule', 'FallbackRule')).toMatchObject({ ScheduleExpression: 'rate(6 hours)' });
  expect(one('AWS::CloudWatch::Alarm', 'WatchFallbackNotPublished')).toMatchObject({
    TreatMissingData: 'breaching',
  });
});

test("Pana's call to itself hears nobody there; every other call gets the line's document", () => {
  expect(all('AWS::CloudFront::Function')).toEqual([]);
  const stages = {
    ...stagesAsSet,
    dev: { removal: 'destroy', logDays: 7, canary: { survivorNumber } },
  };
  const { FunctionCode } = one('AWS::CloudFront::Function', 'FallbackSite', synthesize({ stages })) as {
    readonly FunctionCode: string;
  };
  const answered = (querystring: object) =>
    runInNewContext(`${FunctionCode}; handler(event)`, {
      event: { request: { uri: '/x.xml', querystring } },
    });
  expect(answered({ From: { value: encodeURIComponent(survivorNumber) } })).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining('<Reject/>'),
  });
  for (const querystring of [{}, { From: { value: '%2B77995550001' } }, { To: { value: survivorNumber } }])
    expect(answered(querystring)).toMatchObject({ uri: '/x.xml' });
});
