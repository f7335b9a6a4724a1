// Lambda behind the text webhook.
import { webhookHandler } from '../shared/http/lambda.ts';
import { textApp } from '../shared/http/text.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => webhookHandler(textApp(context)));
