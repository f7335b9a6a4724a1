// The topic that reaches the people who run the hotline: the functions, the alarms and the budget publish to it.
// Must never carry a phone number or a message body, and must never be the only road to a manager.
import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export class Alerts extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { readonly key: IKey }) {
    super(scope, id);
    // Our own key and not the one AWS keeps for SNS: an alarm cannot publish to a topic under that one.
    this.topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.allowWatchers(props.key);
  }

  allowPublish(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['sns:Publish'],
      resourceArns: [this.topic.topicArn],
    });
  }

  /** A topic with a policy of its own loses the default one, which let this account's alarms in. */
  private allowWatchers(key: IKey): void {
    const watchersOfThisAccount = {
      principals: ['budgets', 'cloudwatch'].map(name => new ServicePrincipal(`${name}.amazonaws.com`)),
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        ...watchersOfThisAccount,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        ...watchersOfThisAccount,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'], // in a key policy: this key
      }),
    );
  }
}
