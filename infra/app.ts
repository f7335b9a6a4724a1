// What `cdk` runs: `-c stage=staging` chooses the stage.
import { App } from 'aws-cdk-lib';
import { hotlineIn } from './hotline-app.ts';

hotlineIn(new App());
