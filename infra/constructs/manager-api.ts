// The managers' API: a door and a function of its own, so that nothing that happens there takes anything from a caller.
// Must never share a role, a throttle or a run with the webhooks, and never log who asked or for what.
import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IDomainName,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionFacts, HotlineFunction } from './functions.ts';
import type { Stage } from './stage.ts';
import type { Watch } from './watch.ts';

export const apiFacts: FunctionFacts = {
  id: 'Api',
  entry: 'functions/api.ts',
  seconds: 28, // HTTP APIs end an answer at 30 s; a file of ten thousand rows takes some
  megabytes: 1024,
  // Who is on duty, all volunteers of a region, and what is open now.
  indexes: ['due', 'duty', 'list'],
};

/** Twenty managers with a page open each, which asks every few seconds; and a machine with a key. */
const requestsPerSecond = 50;
const requestsAtOnce = 2 * requestsPerSecond;

const methods = [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE];

/** The route's pattern and never the path: ids of volunteers and requests stand there. */
const accessLogLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    method: AccessLogField.contextHttpMethod(),
    status: AccessLogField.contextStatus(),
    milliseconds: AccessLogField.contextResponseLatency(),
    integrationError: '$context.integrationErrorMessage',
  }),
);

export class ManagerApi extends Construct {
  readonly api: HttpApi;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: Stage; readonly domain: IDomainName | null },
  ) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: `pana ${props.stage.name}: what managers' pages and machines call`,
      createDefaultStage: false,
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The function checks tokens itself, before anything of the request is read: machines have keys that no ' +
        'authorizer of this kind knows, and the role and the regions are judged with each operation.',
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

  route(managing: HotlineFunction): void {
    const integration = new HttpLambdaIntegration('Api', managing.lambda);
    this.api.addRoutes({ path: '/v1/{proxy+}', methods, integration });
    // Calendar feeds and volunteers' own pages: the address is the key, so the access log above has no path.
    this.api.addRoutes({ path: '/feeds/{proxy+}', methods: [HttpMethod.GET], integration });
    this.api.addRoutes({ path: '/me/{proxy+}', methods: [HttpMethod.GET, HttpMethod.POST], integration });
  }
}

export function watchManagerApi(watch: Watch, { api }: ManagerApi): void {
  watch.raise('ManagerApiFails', {
    metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 5,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact:
      'managers cannot see or change something; callers and volunteers are served as ever, by the rotas as they stand.',
    action:
      'read the log of the Api function for `api-failed`; tell duty managers to note changes on paper meanwhile.',
  });
}
