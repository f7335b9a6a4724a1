// The one customer managed key: it encrypts the table, the secret and the alerts topic.
// Must never be usable directly by a function: only through the services named in `lend`.
import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

export class HotlineKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage }) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `pana ${props.stage.name}: requests, secrets, alerts`,
      enableKeyRotation: true,
      removalPolicy: props.stage.removal,
    });
  }

  /** What DynamoDB asks of its callers, each action by its name; SNS and Secrets Manager need a part of them. */
  lend(grantee: IGrantable): Grant {
    const region = Stack.of(this).region;
    const services = ['dynamodb', 'secretsmanager', 'sns'];
    return Grant.addToPrincipal({
      grantee,
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resourceArns: [this.key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': services.map(service => `${service}.${region}.amazonaws.com`) },
      },
    });
  }
}
