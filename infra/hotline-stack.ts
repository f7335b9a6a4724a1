// What exists in one AWS account, and who may touch what. Read it top to bottom: things, functions, doors, watch.
// Must never hold a detail of one concern: that lives in its file in constructs/. Construct ids are a contract:
// a changed id makes CloudFormation replace the thing behind it.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alerts } from './constructs/alerts.ts';
import { Backups, backupsFail } from './constructs/backups.ts';
import { Budget } from './constructs/budget.ts';
import { CanaryRule, canaryFacts, watchCanary } from './constructs/canary.ts';
import { serveConsole } from './constructs/console.ts';
import { showOnOnePage } from './constructs/dashboard.ts';
import { Data } from './constructs/data.ts';
import { FallbackRule, FallbackSite, fallbackFacts, watchFallback } from './constructs/fallback-site.ts';
import { ForgetRule, forgetFacts, watchForget } from './constructs/forget.ts';
import { type FunctionName, type Functions, functionFacts, HotlineFunction } from './constructs/functions.ts';
import { HotlineKey } from './constructs/key.ts';
import { apiFacts, ManagerApi, watchManagerApi } from './constructs/manager-api.ts';
import { ownDomain } from './constructs/own-domain.ts';
import { audioFacts, RecordingsBucket, watchAudio } from './constructs/recordings.ts';
import { Secrets } from './constructs/secrets.ts';
import { SignIn } from './constructs/sign-in.ts';
import type { Stage } from './constructs/stage.ts';
import { Timers } from './constructs/timers.ts';
import { UpkeepRule, upkeepFacts, watchUpkeep } from './constructs/upkeep.ts';
import { Watch } from './constructs/watch.ts';
import { watchCapacity } from './constructs/watch-capacity.ts';
import { watchFaults } from './constructs/watch-faults.ts';
import { Webhooks } from './constructs/webhooks.ts';

export class HotlineStack extends Stack {
  private readonly key: HotlineKey;
  private readonly data: Data;
  private readonly secrets: Secrets;
  private readonly alerts: Alerts;
  private readonly timers: Timers;
  private readonly webhooks: Webhooks;
  private readonly managers: ManagerApi;
  private readonly recordings: RecordingsBucket;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage }) {
    const { stage } = props;
    super(scope, id, {
      stackName: `pana-${stage.name}`, // not in its id: ids of things would differ between stages by it
      env: { region: stage.region },
      description: `pana ${stage.name}: a hotline that always reaches a person`,
    });
    this.key = new HotlineKey(this, 'Key', { stage });
    this.data = new Data(this, 'Data', { stage, key: this.key.key });
    this.secrets = new Secrets(this, 'Secrets', { stage, key: this.key.key });
    this.alerts = new Alerts(this, 'Alerts', { key: this.key.key });
    this.timers = new Timers(this, 'Timers');
    const { domains } = stage;
    const ofWebhooks = ownDomain(this, 'WebhooksDomain', domains.webhooks);
    this.webhooks = new Webhooks(this, 'Webhooks', { stage, domain: ofWebhooks });
    this.recordings = new RecordingsBucket(this, 'Recordings', { stage });

    const ownBase = domains.webhooks && `https://${domains.webhooks.name}`;
    const publicBase = stage.publicBase ?? ownBase ?? this.webhooks.api.apiEndpoint;
    const managersDomain = ownDomain(this, 'ManagersDomain', domains.managers);
    this.managers = new ManagerApi(this, 'ManagerApi', { stage, domain: managersDomain });
    const environment = this.settings(stage, publicBase);
    const functions = this.functions(stage, environment);

    const audio = this.playPrompts(stage, environment);
    this.webhooks.route(functions, audio);
    this.timers.wake(functions.wakeup.lambda);
    this.timers.sweepEveryMinute(functions.sweep.lambda);
    this.timers.keepAwake(functions.voice.lambda);
    this.timers.reconcileEveryTwoMinutes(functions.reconcile.lambda);
    const watch = this.watch(stage, functions, audio, environment);
    this.letManagersIn(stage, environment, watch);
    this.showAll(stage, functions, watch);
    this.tellOperator(publicBase);
  }

  /** Names and addresses only: what is secret is read from Secrets Manager when the function starts. */
  private settings(stage: Stage, publicBase: string): Record<string, string> {
    return {
      PANA_STAGE: stage.name,
      PANA_PUBLIC_BASE: publicBase,
      PANA_PAGES_BASE: this.managersBase(stage),
      PANA_TABLE: this.data.table.tableName,
      PANA_QUEUE_URL: this.timers.wakeUps.queueUrl,
      PANA_TOPIC_ARN: this.alerts.topic.topicArn,
      PANA_SECRETS_ARN: this.secrets.secret.secretArn,
      ...(stage.twilioApi && { PANA_TWILIO_API: stage.twilioApi }),
      ...(stage.fallbackNumber && { PANA_FALLBACK_NUMBER: stage.fallbackNumber }),
      ...(stage.canary && { PANA_CANARY_NUMBER: stage.canary.survivorNumber }),
    };
  }

  private managersBase({ domains: { managers } }: Stage): string {
    return managers ? `https://${managers.name}` : this.managers.api.apiEndpoint;
  }

  private functions(stage: Stage, environment: Record<string, string>): Functions {
    const make = (name: FunctionName): HotlineFunction => {
      const facts = functionFacts[name];
      const reserved: Partial<Record<FunctionName, number>> = stage.reservedRuns;
      const made = new HotlineFunction(this, { facts, stage, environment, reservedRuns: reserved[name] });
      this.key.lend(made.lambda);
      this.data.allow(made.lambda, facts.indexes);
      this.secrets.allowRead(made.lambda);
      this.alerts.allowPublish(made.lambda);
      this.timers.allowWake(made.lambda);
      return made;
    };
    return {
      voice: make('voice'),
      text: make('text'),
      status: make('status'),
      wakeup: make('wakeup'),
      sweep: make('sweep'),
      reconcile: make('reconcile'),
    };
  }

  /** Reads the network and the secret that signs; changes nothing but the prompts. */
  private playPrompts(stage: Stage, environment: Record<string, string>): HotlineFunction {
    const place = { PANA_RECORDINGS: `s3://${this.recordings.bucket.bucketName}` };
    const audio = new HotlineFunction(this, {
      facts: audioFacts,
      stage,
      environment: { ...environment, ...place },
    });
    this.key.lend(audio.lambda);
    this.data.allowRead(audio.lambda);
    this.secrets.allowRead(audio.lambda);
    this.recordings.allow(audio);
    new CfnOutput(this, 'RecordingsBucketName', { value: this.recordings.bucket.bucketName });
    return audio;
  }

  private watch(
    stage: Stage,
    functions: Functions,
    audio: HotlineFunction,
    environment: Record<string, string>,
  ): Watch {
    const namespace = `pana/${stage.name}`;
    const { topic } = this.alerts;
    const { api } = this.webhooks;
    const { deadWakeUps } = this.timers;
    const watch = new Watch(this, 'Watch', {
      topic,
      api,
      deadWakeUps,
      sweep: functions.sweep.lambda,
      sweepLog: functions.sweep.log,
      reconcile: functions.reconcile.lambda,
      namespace,
    });
    watchFaults(watch, functions, namespace);
    watchCapacity(watch, functions, this.data.table);
    watchAudio(watch, audio, namespace);
    this.forgetCopies(stage, environment, watch);
    this.keepFallback(stage, environment, watch);
    if (stage.canary) this.sendCanary(stage, stage.canary, environment, watch, namespace);
    if (stage.backupDays) this.copyNightly(stage, stage.backupDays, watch);
    const { monthlyDollars } = stage;
    if (monthlyDollars) new Budget(this, 'Budget', { stage, monthlyDollars, topic });
    return watch;
  }

  /** When all alarms are raised. */
  private showAll(stage: Stage, functions: Functions, watch: Watch): void {
    const { wakeUps, deadWakeUps } = this.timers;
    const { api } = this.webhooks;
    showOnOnePage(this, { stage, watch, functions, api, table: this.data.table, wakeUps, deadWakeUps });
  }

  /** Nothing of it stands between a caller and a person: another door, another function, another role. */
  private letManagersIn(stage: Stage, environment: Record<string, string>, watch: Watch): void {
    const door = this.managers;
    const base = this.managersBase(stage);
    const signIn = new SignIn(this, 'SignIn', { stage, pages: stage.managerPages ?? [`${base}/`] });
    const managing = new HotlineFunction(this, {
      facts: apiFacts,
      stage,
      environment: {
        ...environment,
        PANA_OIDC_ISSUER: signIn.issuer,
        PANA_OIDC_AUDIENCE: signIn.client.userPoolClientId,
      },
      reservedRuns: stage.reservedRuns.api,
    });
    this.key.lend(managing.lambda);
    this.data.allow(managing.lambda, apiFacts.indexes);
    this.secrets.allowRead(managing.lambda);
    this.alerts.allowPublish(managing.lambda);
    this.timers.allowWake(managing.lambda);
    door.route(managing);
    const clientId = signIn.client.userPoolClientId;
    serveConsole(this, { stage, api: door.api, issuer: signIn.issuer, clientId });
    watchManagerApi(watch, door);
    this.goOnWithTheirWork(stage, environment, watch);
    new CfnOutput(this, 'ManagerApiBase', { value: base, description: "the managers' API" });
    new CfnOutput(this, 'UserPoolId', { value: signIn.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: signIn.client.userPoolClientId });
  }

  private goOnWithTheirWork(stage: Stage, environment: Record<string, string>, watch: Watch): void {
    const upkeep = new HotlineFunction(this, { facts: upkeepFacts, stage, environment });
    this.key.lend(upkeep.lambda);
    this.data.allow(upkeep.lambda, upkeepFacts.indexes);
    this.secrets.allowRead(upkeep.lambda);
    this.alerts.allowPublish(upkeep.lambda);
    this.timers.allowWake(upkeep.lambda);
    new UpkeepRule(this, 'UpkeepRule', { upkeep });
    watchUpkeep(watch, upkeep);
  }

  private copyNightly(stage: Stage, days: number, watch: Watch): void {
    const { table } = this.data;
    const backups = new Backups(this, 'Backups', { stage, days, table, key: this.key.key });
    watch.raise('BackupsFail', backupsFail(backups.vault));
  }

  private forgetCopies(stage: Stage, environment: Record<string, string>, watch: Watch): void {
    const forget = new HotlineFunction(this, { facts: forgetFacts, stage, environment });
    this.key.lend(forget.lambda);
    this.data.allowRead(forget.lambda);
    this.secrets.allowRead(forget.lambda);
    new ForgetRule(this, 'ForgetRule', { forget });
    watchForget(watch, forget);
  }

  private keepFallback(stage: Stage, environment: Record<string, string>, watch: Watch): void {
    const site = new FallbackSite(this, 'FallbackSite', {
      canaryNumber: stage.canary?.survivorNumber ?? null,
    });
    const publisher = {
      ...environment,
      PANA_FALLBACK_BUCKET: site.bucket.bucketName,
      PANA_RECORDINGS: `s3://${this.recordings.bucket.bucketName}`,
    };
    const fallback = new HotlineFunction(this, { facts: fallbackFacts, stage, environment: publisher });
    this.key.lend(fallback.lambda);
    this.data.allowRead(fallback.lambda);
    this.secrets.allowRead(fallback.lambda);
    this.recordings.allowRead(fallback);
    site.allowPut(fallback);
    new FallbackRule(this, 'FallbackRule', { fallback });
    watchFallback(watch, fallback);
    new CfnOutput(this, 'FallbackBase', { value: site.base, description: 'the fallback site' });
    new CfnOutput(this, 'FallbackBucket', { value: site.bucket.bucketName });
    new CfnOutput(this, 'FallbackFunction', { value: fallback.lambda.functionName });
  }

  private sendCanary(
    stage: Stage,
    settings: NonNullable<Stage['canary']>,
    environment: Record<string, string>,
    watch: Watch,
    namespace: string,
  ): void {
    const canary = new HotlineFunction(this, { facts: canaryFacts, stage, environment });
    this.key.lend(canary.lambda);
    this.data.allowRead(canary.lambda);
    this.secrets.allowRead(canary.lambda);
    this.alerts.allowPublish(canary.lambda);
    new CanaryRule(this, 'CanaryRule', { canary, settings });
    watchCanary(watch, canary, settings, namespace);
  }

  private tellOperator(publicBase: string): void {
    new CfnOutput(this, 'PublicBase', { value: publicBase, description: 'what Twilio webhooks begin with' });
    new CfnOutput(this, 'SecretArn', {
      value: this.secrets.secret.secretArn,
      description: 'to be filled in',
    });
    new CfnOutput(this, 'AlertsArn', {
      value: this.alerts.topic.topicArn,
      description: 'to be subscribed to',
    });
    new CfnOutput(this, 'TableName', { value: this.data.table.tableName });
    new CfnOutput(this, 'WakeUpsUrl', { value: this.timers.wakeUps.queueUrl });
  }
}
