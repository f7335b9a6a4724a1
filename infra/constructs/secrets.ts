// The one secret: Twilio account and tokens, the data key and the HMAC key. Created empty of meaning; a person fills it.
// Must never contain a real value here, and its placeholder must never change: CloudFormation would generate the
// secret anew and overwrite what the person put in.
import { Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

export class Secrets extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage; readonly key: IKey }) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: `pana ${props.stage.name}: Twilio credentials, data key, HMAC key; see docs/deploying.md`,
      encryptionKey: props.key,
      // None of the fields the functions ask for, so that an unfilled secret fails on the first call, loudly.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ placeholder: 'fill in as docs/deploying.md says' }),
        generateStringKey: 'unused',
      },
      removalPolicy: props.stage.removal,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Twilio makes its tokens, and a person promotes them there: a timer here would lock us out. ' +
        'Two are valid while a person rotates, as docs/running/rotate.md says.',
    });
  }

  allowRead(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secret.secretArn],
    });
  }
}
