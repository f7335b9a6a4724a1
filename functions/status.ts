// Lambda behind the status callbacks.
import { handle } from 'hono/aws-lambda';
import { statusApp } from '../shared/http/status.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => handle(statusApp(context)));
