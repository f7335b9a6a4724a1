// Lambda behind the voice webhooks.
import { webhookHandler } from '../shared/http/lambda.ts';
import { rehearsed } from '../shared/http/rehearsal.ts';
import { voiceApp } from '../shared/http/voice.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => rehearsed(context, webhookHandler(voiceApp(context))));
