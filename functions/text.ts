// Lambda behind the text webhook.
import { handle } from 'hono/aws-lambda';
import { textApp } from '../shared/http/text.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => handle(textApp(context)));
