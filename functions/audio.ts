// Lambda behind the recordings: what is played to callers, and the number by which managers speak them. Apart from the
// voice webhooks, which need none of it and must start fast.
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { createSpokenWords } from '../shared/adapters/twilio/recorder-media.ts';
import { parseConfig } from '../shared/app/config.ts';
import { audioApp } from '../shared/http/audio.ts';
import { type RecorderContext, recorderApp } from '../shared/http/recorder.ts';
import { recordingsAt } from './audio-places.ts';
import { accountOf, contextOf, readSecrets } from './environment.ts';
import { once } from './once.ts';

async function startRecorder(): Promise<RecorderContext> {
  const config = parseConfig(process.env);
  const secrets = await readSecrets(config.secrets);
  const context = contextOf(config, secrets);
  return {
    ...context,
    recordings: recordingsAt(config.recordings),
    spokenWords: createSpokenWords(accountOf(config, secrets, context.ports.log)),
    recorderCode: secrets.recorderCode ?? null,
  };
}

export const handler = once(startRecorder, context => {
  const app = new Hono();
  app.route('/', audioApp(context));
  app.route('/', recorderApp(context));
  return handle(app);
});
