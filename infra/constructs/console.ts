// The console's function: the built page, behind the managers' own door, so that the page and its API are one origin.
// Must never be given a table, a secret or a key: it hands out files and the issuer's address, to anybody.
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { type FunctionFacts, HotlineFunction } from './functions.ts';
import type { Stage } from './stage.ts';

/** Where `npm run build:console` leaves the page, and where the function finds it beside its code. */
const BUILT = 'dist/console';
const SERVED = 'console';

export const consoleFacts: FunctionFacts = {
  id: 'Console',
  entry: 'functions/console/handler.ts',
  seconds: 10,
  megabytes: 256, // a few hundred kilobytes of files, kept packed and unpacked
  indexes: [],
  beside: { from: BUILT, to: SERVED, builtBy: 'build:console' },
};

export type ConsoleProps = {
  readonly stage: Stage;
  readonly api: HttpApi;
  readonly issuer: string;
  readonly clientId: string;
};

/** What the API does not answer at this door is a page. */
export function serveConsole(
  scope: Construct,
  { stage, api, issuer, clientId }: ConsoleProps,
): HotlineFunction {
  const serving = new HotlineFunction(scope, {
    facts: consoleFacts,
    stage,
    environment: { PANA_OIDC_ISSUER: issuer, PANA_OIDC_AUDIENCE: clientId, PANA_CONSOLE_FILES: SERVED },
  });
  const integration = new HttpLambdaIntegration('Console', serving.lambda);
  // HTTP APIs do not count the root among what a greedy path holds.
  for (const path of ['/', '/{proxy+}']) api.addRoutes({ path, methods: [HttpMethod.GET], integration });
  return serving;
}
