// The HTTP API: the one door, five kinds of path behind it, each to one function. Twilio signs; the functions check.
// Must never log who called: no address, no path parameter, no body. Must never limit by IP: Twilio has few.

import { Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IDomainName,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Functions, HotlineFunction } from './functions.ts';
import type { Stage } from './stage.ts';

/** 1,000 callers waiting at once, one fetch each every 4 s, is 250 a second; twice that for keys, texts and statuses. */
const requestsPerSecond = 500;

/** The bucket: two seconds of it, for the moment when Twilio delivers what it held back. */
const requestsAtOnce = 2 * requestsPerSecond;

/** What an incident needs to be traced, and nothing about a person: the route's pattern, never the path itself. */
const accessLogLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    route: AccessLogField.contextRouteKey(),
    status: AccessLogField.contextStatus(),
    milliseconds: AccessLogField.contextResponseLatency(),
    integrationError: '$context.integrationErrorMessage',
  }),
);

export class Webhooks extends Construct {
  readonly api: HttpApi;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: Stage; readonly domain: IDomainName | null },
  ) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: `pana ${props.stage.name}: what Twilio calls`,
      createDefaultStage: false,
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Twilio can present nothing to an authorizer. It signs each webhook, and each function checks that ' +
        'before anything else; recordings are no secret.',
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: props.stage.logDays,
      removalPolicy: props.stage.removal,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: requestsAtOnce },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogLine },
      ...(props.domain && { domainMapping: { domainName: props.domain } }),
    });
  }

  route(functions: Functions, playing: HotlineFunction): void {
    const voice = new HttpLambdaIntegration('Voice', functions.voice.lambda);
    const audio = new HttpLambdaIntegration('Audio', playing.lambda);
    const text = new HttpLambdaIntegration('Text', functions.text.lambda);
    const status = new HttpLambdaIntegration('Status', functions.status.lambda);
    const routes = [
      { path: '/voice/{proxy+}', methods: [HttpMethod.POST], integration: voice },
      { path: '/audio/{proxy+}', methods: [HttpMethod.GET], integration: audio },
      { path: '/recorder/{proxy+}', methods: [HttpMethod.GET, HttpMethod.POST], integration: audio },
      { path: '/texts/{proxy+}', methods: [HttpMethod.POST], integration: text },
      { path: '/status/{proxy+}', methods: [HttpMethod.POST], integration: status },
    ];
    for (const route of routes) this.api.addRoutes(route);
  }
}
