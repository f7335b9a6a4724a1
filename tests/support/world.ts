// A whole hotline for a scenario: the production handlers behind API Gateway's events, a real DynamoDB engine, a
// real queue and topic, the exchange with its phones, all in virtual time. Must never reach into the domain: what a
// scenario sees is what people see on their phones, and what managers are alerted of.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { handle } from 'hono/aws-lambda';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { contextOf } from '../../functions/environment.ts';
import {
  type Exchange,
  type Line as ExchangeLine,
  startExchange,
  type VirtualClock,
  virtualClock,
} from '../../infra/local/exchange/exchange.ts';
import type { QueueHandler } from '../../infra/local/host/queue-poller.ts';
import { type HttpHandler, startWebhookHost, type WebhookHost } from '../../infra/local/host/webhook-host.ts';
import { canaryNumbers, recorderNumber } from '../../infra/local/machine-lines.ts';
import type { Deps } from '../../shared/adapters/dynamodb/deps.ts';
import { createStores, type Stores } from '../../shared/adapters/dynamodb/stores.ts';
import { createLog } from '../../shared/adapters/system/log.ts';
import { recordingsInFolder } from '../../shared/adapters/system/recordings-folder.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { createSpokenWords } from '../../shared/adapters/twilio/recorder-media.ts';
import { parseConfig, parseSecrets } from '../../shared/app/config.ts';
import type { Context } from '../../shared/app/context.ts';
import { paths } from '../../shared/app/paths.ts';
import type { Ports } from '../../shared/app/ports.ts';
import { reconcile } from '../../shared/app/reconcile.ts';
import { sweep } from '../../shared/app/sweep.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { audioApp } from '../../shared/http/audio.ts';
import { webhookHandler } from '../../shared/http/lambda.ts';
import { queueHandler } from '../../shared/http/queue.ts';
import { type RecorderContext, recorderApp } from '../../shared/http/recorder.ts';
import { statusApp } from '../../shared/http/status.ts';
import { textApp } from '../../shared/http/text.ts';
import { voiceApp } from '../../shared/http/voice.ts';
import { Chance } from '../simulation/chance.ts';
import { indiscreetTexts } from './discreet.ts';
import { type Engine, useEngine } from './engine.ts';
import { Handset } from './handset.ts';
import { oneLook } from './one-look.ts';
import { keepSecret, overhear, overhearFaults } from './overheard.ts';
import { alertFrom, type PublishedAlert } from './published-alert.ts';
import { silencesOver } from './silence.ts';
import { smallNetwork } from './small-network.ts';
import { checkTwilioRequest, checkTwilioResponse } from './twilio-openapi.ts';
import { startVirtualQueue, type VirtualQueue } from './virtual-queue.ts';

const publicBase = 'https://pana.example';
export const RECORDER_CODE = '40718253';

export type WorldOptions = {
  /** Wall time to begin at, with its offset; a Monday morning in Almaty when absent. */
  readonly at?: string;
  readonly network?: Network;
  readonly volunteers?: readonly Volunteer[];
  /** What the exchange does to statuses, from the start. */
  readonly statusOrder?: Exchange['statusOrder'];
  readonly duplicateWebhooks?: number;
  /** Approved at WhatsApp, by their SIDs. */
  readonly templates?: Readonly<Record<string, string>>;
};

export type Worlds = { readonly open: (options?: WorldOptions) => Promise<World> };

/** To be called at the top of a scenario file. Each scenario opens a world; its end is checked after each. */
export function useWorlds(): Worlds {
  const engine = useEngine();
  let bus: FauxqsServer;
  let world: World | null = null;
  beforeAll(async () => {
    bus = await startFauxqs({ port: 0, logger: false });
  });
  afterAll(async () => {
    await bus.stop();
  });
  afterEach(async context => {
    const ended = world;
    world = null;
    try {
      if (ended && context.task.result?.state !== 'fail') await ended.endsQuietly();
    } finally {
      await ended?.close();
    }
  });
  return {
    open: async options => {
      world = await World.open(engine, bus.port, options ?? {});
      return world;
    },
  };
}

export class World {
  readonly clock: VirtualClock;
  readonly network: Network;
  exchange!: Exchange;
  queue!: VirtualQueue;
  context!: Context;
  stores!: Stores;
  /** What stores of the same table are made of. */
  deps!: Deps;
  /** Where its rows stand, for tests that damage them. */
  table = '';
  /** Turned off to see what the other triggers can do alone. */
  sweeps = true;
  /** Turned off to see what was lost and never found. */
  reconciles = true;
  /** Nobody on the line hears nothing for longer: she would think that the call is dead. */
  silenceAtMostSeconds = 10;
  /** Every line of the functions' log, to look for what must not be in it. */
  readonly logged: string[] = [];
  /** Whoever is no survivor. */
  readonly #helpers = new Set<string>();
  #host!: WebhookHost;
  #sqs!: SQSClient;
  #sns!: SNSClient;
  #alertQueueUrl = '';
  readonly #handsets = new Map<string, Handset>();
  readonly #alerts: PublishedAlert[] = [];
  readonly #expectedAlerts: string[] = [];

  private constructor(options: WorldOptions) {
    this.clock = virtualClock(Date.parse(options.at ?? '2026-11-23T10:00:00+05:00'));
    this.network = options.network ?? smallNetwork;
  }

  static async open(engine: Engine, busPort: number, options: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.#start(engine, busPort, options);
    return world;
  }

  async #start(engine: Engine, busPort: number, options: WorldOptions): Promise<void> {
    const table = await engine.freshTable();
    this.table = table;
    const bus = `http://127.0.0.1:${busPort}`;
    const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    this.#sqs = new SQSClient({ ...local, endpoint: bus });
    this.#sns = new SNSClient({ ...local, endpoint: bus });
    const name = randomBytes(4).toString('hex');
    const queueUrl = await this.#createQueue(`wake-ups-${name}`);
    this.#alertQueueUrl = await this.#createQueue(`alerts-${name}`);
    const { TopicArn = '' } = await this.#sns.send(new CreateTopicCommand({ Name: `alerts-${name}` }));
    const alertQueueArn = `arn:aws:sqs:us-east-1:000000000000:alerts-${name}`;
    await this.#sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: alertQueueArn }));
    this.queue = await startVirtualQueue(
      this.clock,
      this.#sqs,
      () => queueHandler(this.context) as QueueHandler,
    );
    this.#setEnvironment(engine.endpoint(), bus);
    this.#host = await startWebhookHost(this.#routes(), 0, () => this.clock.now());
    await this.#startExchange(options);
    this.context = this.#contextFor(table, queueUrl, TopicArn);
    this.deps = { ...this.#sealedTable(engine, table), ...this.context.ports };
    this.stores = createStores(this.deps);
    for (const { callNumber, textNumber } of this.network.contacts)
      for (const number of [callNumber, textNumber]) if (number !== null) this.#helpers.add(number);
    await this.#seed(options.volunteers ?? []);
    const look = oneLook(engine.client(), table);
    this.#every(
      60,
      () => this.sweeps,
      ports => sweep(look(ports)),
    );
    this.#every(
      120,
      () => this.reconciles,
      ports => reconcile(look(ports)),
    );
  }

  async #createQueue(QueueName: string): Promise<string> {
    const { QueueUrl = '' } = await this.#sqs.send(new CreateQueueCommand({ QueueName }));
    return QueueUrl;
  }

  #setEnvironment(dynamoDb: string, bus: string): void {
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
      AWS_ENDPOINT_URL_SQS: this.queue.url,
      AWS_ENDPOINT_URL_SNS: bus,
    });
  }

  /** The stack's routes. Each handler is made from the context of the moment, so that a test can break a port. */
  #routes(): Record<string, HttpHandler> {
    const heard = (name: string, handlerNow: () => HttpHandler): HttpHandler => {
      let made: { readonly of: Context; readonly handler: HttpHandler } | null = null;
      return event => {
        if (made?.of !== this.context) made = { of: this.context, handler: handlerNow() };
        const { handler } = made;
        return overhearFaults(name, async () => handler(event));
      };
    };
    const voice = heard('voice', () => webhookHandler(voiceApp(this.context)));
    const audio = heard('audio', () => handle(audioApp(this.#recorderContext())));
    const recorder = heard('recorder', () => handle(recorderApp(this.#recorderContext())));
    const text = heard('text', () => webhookHandler(textApp(this.context)));
    const status = heard('status', () => webhookHandler(statusApp(this.context)));
    return {
      'POST /voice/{proxy+}': voice,
      'GET /audio/{proxy+}': audio,
      'GET /recorder/{proxy+}': recorder,
      'POST /recorder/{proxy+}': recorder,
      'POST /texts/{proxy+}': text,
      'POST /status/{proxy+}': status,
    };
  }

  async #startExchange(options: WorldOptions): Promise<void> {
    const webhooks: ExchangeLine = {
      voiceUrl: `${publicBase}${paths.voiceIncoming}#rc=2&rp=ct,rt,5xx`,
      smsUrl: `${publicBase}${paths.textIncoming}#rc=2&rp=ct,rt,5xx`,
      statusCallbackUrl: `${publicBase}${paths.callStatus}`,
    };
    const numbers = this.network.lines.flatMap(line => [
      line.number,
      ...(line.whatsappNumber ? [`whatsapp:${line.whatsappNumber}`] : []),
    ]);
    this.exchange = await startExchange({
      clock: this.clock,
      accountSid: `AC${'1'.repeat(32)}`,
      authToken: 'token-of-the-exchange-in-tests',
      apiKey: { sid: `SK${'2'.repeat(32)}`, secret: 'secret-of-the-exchange-in-tests' },
      lines: {
        ...canaryNumbers(this.network, publicBase),
        ...recorderNumber(publicBase),
        ...Object.fromEntries(numbers.map(number => [number, webhooks])),
      },
      webhookBase: { public: publicBase, actual: this.#host.url },
      ...(options.statusOrder ? { statusOrder: options.statusOrder } : {}),
      ...(options.templates ? { templates: options.templates } : {}),
      ...(options.duplicateWebhooks ? { duplicateWebhooks: options.duplicateWebhooks } : {}),
    });
  }

  /** Where the webhooks are really delivered. */
  get webhooksUrl(): string {
    return this.#host.url;
  }

  readonly #dataKey = randomBytes(32);
  readonly #lookupKey = randomBytes(32);

  #contextFor(table: string, queueUrl: string, topicArn: string): Context {
    const config = parseConfig({
      PANA_STAGE: 'test',
      PANA_TABLE: table,
      PANA_QUEUE_URL: queueUrl,
      PANA_TOPIC_ARN: topicArn,
      PANA_SECRETS_FILE: `${mkdtempSync('/tmp/pana-')}/unused.json`,
      PANA_PUBLIC_BASE: publicBase,
      PANA_TWILIO_API: this.exchange.url,
      PANA_AUDIO: 'shared/prompts/audio',
    });
    const secrets = parseSecrets(
      JSON.stringify({
        twilioAccountSid: this.exchange.accountSid,
        twilioAuthTokens: [this.exchange.authToken],
        twilioApiKey: this.exchange.apiKey?.sid,
        twilioApiSecret: this.exchange.apiKey?.secret,
        dataKey: this.#dataKey.toString('base64'),
        lookupKey: this.#lookupKey.toString('base64'),
      }),
    );
    const clock = { now: () => instant(this.clock.now()) };
    const log = createLog(clock, line => {
      this.logged.push(line);
      overhear('a line of the log', line);
    });
    const chance = new Chance(7, 'production');
    return contextOf(config, secrets, { clock, random: () => chance.next(), log });
  }

  readonly recordings = recordingsInFolder(mkdtempSync('/tmp/pana-recordings-'));

  #recorderContext(): RecorderContext {
    const { accountSid, apiKey, url } = this.exchange;
    const spokenWords = createSpokenWords({
      accountSid,
      apiKey: apiKey?.sid ?? '',
      apiSecret: apiKey?.secret ?? '',
      twilioApi: url,
      log: this.context.ports.log,
    });
    return { ...this.context, recordings: this.recordings, spokenWords, recorderCode: RECORDER_CODE };
  }

  #sealedTable(engine: Engine, table: string) {
    const sealer = createSealer({ dataKey: this.#dataKey, lookupKey: this.#lookupKey });
    return { client: engine.client(), table, sealer };
  }

  async #seed(volunteers: readonly Volunteer[]): Promise<void> {
    await this.stores.registry.putNetwork(this.network);
    for (const volunteer of volunteers) await this.edit(volunteer);
    await this.stores.roster.rollDuty(instant(this.clock.now()));
  }

  #every(seconds: number, isOn: () => boolean, run: (ports: Ports) => Promise<unknown>): void {
    this.clock.schedule(this.clock.now() + seconds * 1000, async () => {
      if (isOn()) await overhearFaults('a rule of the clock', () => run(this.context.ports));
      this.#every(seconds, isOn, run);
    });
  }

  /** Saves a volunteer as a manager would: the rota edit takes effect at once. */
  async edit(volunteer: Volunteer): Promise<void> {
    this.#helpers.add(volunteer.number);
    await this.stores.registry.putVolunteer(volunteer, instant(this.clock.now()));
  }

  /** Replaces ports, to break what production has no switch for. */
  replacePorts(change: (ports: Ports) => Partial<Ports>): void {
    this.context = { ...this.context, ports: { ...this.context.ports, ...change(this.context.ports) } };
  }

  /** Where the webhooks' handlers listen, for requests that the exchange would never send. */
  get url(): string {
    return this.#host.url;
  }

  phone(number: string, language: 'ru' | 'kk' | 'en' = 'ru'): Handset {
    const known = this.#handsets.get(number);
    if (known) return known;
    keepSecret(number.slice(2));
    const handset = new Handset(this, this.exchange.phone(number), language);
    this.#handsets.set(number, handset);
    return handset;
  }

  /** The phone of a volunteer or contact. */
  phoneOf(person: { readonly number?: string; readonly callNumber?: string | null }): Handset {
    return this.phone(person.number ?? person.callNumber ?? '');
  }

  /** Several people do something in the same moment: what it sets off is in flight together. */
  async atOnce(...deeds: readonly (() => Promise<unknown> | undefined)[]): Promise<void> {
    await this.clock.perform(async () => void (await Promise.all(deeds.map(deed => deed()))));
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.advanceBy(seconds * 1000);
  }

  /** Lets time pass until something is so; fails with what the phones have lived through when it never is. */
  async until(what: string, isSo: () => boolean, withinSeconds: number): Promise<void> {
    const end = this.clock.now() + withinSeconds * 1000;
    await this.clock.runDue();
    while (!isSo()) {
      if (this.clock.now() >= end)
        throw new Error(`${what}: not within ${withinSeconds} s\n${this.story().join('\n')}`);
      await this.clock.advanceBy(Math.min(250, end - this.clock.now()));
    }
  }

  /** What happened on every phone, for the message of a failed scenario. */
  story(): readonly string[] {
    const start = this.exchange.events[0]?.at ?? 0;
    return this.exchange.events.map(event => {
      const { at, seq, type, ...rest } = event;
      return `${((at - start) / 1000).toFixed(1).padStart(7)} s  ${type} ${JSON.stringify(rest)} #${seq}`;
    });
  }

  /** Declares an alert that managers or contacts must have been sent, in this order. */
  alerts(reason: string): void {
    this.#expectedAlerts.push(reason);
  }

  async published(): Promise<readonly PublishedAlert[]> {
    for (;;) {
      const receive = new ReceiveMessageCommand({ QueueUrl: this.#alertQueueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await this.#sqs.send(receive);
      if (Messages.length === 0) return this.#alerts;
      for (const { Body = '{}', ReceiptHandle } of Messages) {
        this.#alerts.push(alertFrom(Body));
        await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#alertQueueUrl, ReceiptHandle }));
      }
    }
  }

  /** The end of every scenario: nobody's phone did anything that was not expected, and nothing was left behind. */
  async endsQuietly(): Promise<void> {
    await this.pass(30);
    for (const handset of this.handsets()) handset.endsQuietly();
    const { organisationNames } = this.network.settings;
    expect(indiscreetTexts(this.exchange.events, this.#helpers, organisationNames)).toEqual([]);
    expect(silencesOver(this.silenceAtMostSeconds, this.exchange.events), this.story().join('\n')).toEqual(
      [],
    );
    expect(this.exchange.errors.filter(({ injected }) => !injected)).toEqual([]);
    expect(this.exchange.liveLegs().map(({ to }) => to)).toEqual([]);
    const reasons = (await this.published()).map(({ reason }) => reason);
    expect([...reasons].sort()).toEqual([...this.#expectedAlerts].sort());
    expect(this.#contractProblems()).toEqual([]);
  }

  /** What we sent to the network's API, and what the exchange answered, against Twilio's own document. */
  #contractProblems(): readonly string[] {
    return this.exchange.journal.flatMap(({ method, path, params, status, body, unanswered }) => [
      ...checkTwilioRequest({ method, path, params }),
      ...(unanswered ? [] : checkTwilioResponse({ method, path, status, body })),
    ]);
  }

  /** Also phones that the scenario never mentions: a ring there is a surprise. */
  handsets(): readonly Handset[] {
    return this.exchange.phones().map(({ number }) => this.phone(number));
  }

  async close(): Promise<void> {
    await this.exchange.close();
    await this.#host.close();
    await this.queue.close();
    this.#sqs.destroy();
    this.#sns.destroy();
  }
}
