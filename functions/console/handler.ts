// Lambda behind the console: its files, and where its people sign in. It knows no table and no secret.
// Must never answer with anything about anybody: whatever a manager sees comes from the API, by her own token.
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda';
import { once } from '../once.ts';
import { consolePages } from './console-pages.ts';
import { readSettings } from './settings.ts';

export const handler: (event: LambdaEvent) => Promise<APIGatewayProxyResult> = once(
  () => readSettings(process.env),
  consolePages,
);
