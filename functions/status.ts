// Lambda behind the status callbacks.
import { webhookHandler } from '../shared/http/lambda.ts';
import { statusApp } from '../shared/http/status.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => webhookHandler(statusApp(context)));
