// The packs of rules are live in synthesis: what breaks a rule of either fails it by the rule's name, a warning too.
// What is let pass says why where it stands.
import { App, Duration, Validations } from 'aws-cdk-lib';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import type { HotlineStack } from '../../infra/hotline-stack.ts';
import { assemble } from './template.ts';

function synthesizing(stack: HotlineStack): () => void {
  return () => void App.of(stack)?.synth();
}

describe('synthesis', () => {
  test('goes through as everything stands', () => {
    expect(synthesizing(assemble())).not.toThrow();
  });

  test('fails for a bucket that plain HTTP may reach, by AwsSolutions', () => {
    const stack = assemble();
    new Bucket(stack, 'Bad');
    expect(synthesizing(stack)).toThrow(/Hotline\/Bad\/Resource.*\n.*AwsSolutions-S10'/);
  });

  test('fails for a function without tracing, which is a warning alone, by Serverless', () => {
    const stack = assemble();
    const bad = new Lambda(stack, 'Bad', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
      memorySize: 128,
      timeout: Duration.seconds(3),
    });
    const managed =
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';
    for (const id of ['Serverless-LambdaDLQ', managed])
      Validations.of(bad).acknowledge({ id, reason: 'not what this test is about' });
    expect(synthesizing(stack)).toThrow(
      /^[^E]*WARNING.*\n.*Hotline\/Bad\/Resource.*\n.*Serverless-LambdaTracing'/,
    );
  });
});

describe('what is let pass', () => {
  const acknowledged = assemble().node.findAll().flatMap(reasonsAt);

  test('says why, in a sentence', () => {
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { path, reason } of acknowledged) expect(reason, path).toMatch(/^[A-Z].{40,}\.$/);
  });

  test('is let pass for one thing each, never for the whole stack', () => {
    const paths = acknowledged.map(({ path }) => path);
    expect(paths.filter(path => path === '' || path === 'Hotline')).toEqual([]);
  });
});

function reasonsAt({ node }: IConstruct): { path: string; reason: string }[] {
  return node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.values(data as Record<string, string>))
    .map(reason => ({ path: node.path, reason }));
}
