// The CDK app: one stage, chosen by context (`-c stage=staging`), becomes one stack.
// Must never look anything up in an account: synthesis works with no credentials and no network.
import { App } from 'aws-cdk-lib';
import { readStage } from './constructs/stage.ts';
import { HotlineStack } from './hotline-stack.ts';

const app = new App();
const stage = readStage(app.node);

new HotlineStack(app, `pana-${stage.name}`, { stage });
