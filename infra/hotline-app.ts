// The whole CDK app: one stage, chosen by context, becomes one stack, held to two packs of rules of good practice.
// Must never look anything up in an account: synthesis works with no credentials and no network. A finding fails it;
// what is suppressed stands with its reason beside the code that it is about, never here for everything at once.
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readStage } from './constructs/stage.ts';
import { HotlineStack } from './hotline-stack.ts';

export function hotlineIn(app: App): HotlineStack {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const stage = readStage(app.node);
  return new HotlineStack(app, 'Hotline', { stage });
}
