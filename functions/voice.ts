// Lambda behind the voice webhooks.
import { handle } from 'hono/aws-lambda';
import { voiceApp } from '../shared/http/voice.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => handle(voiceApp(context)));
