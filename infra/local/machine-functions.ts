// The very Lambda handlers, in this process: their environment first, then their modules, then each invocation as
// Lambda would make it. Must never reach around a handler, and never let one speak to AWS itself.
import { setTimeout as pause } from 'node:timers/promises';
import type { ScheduledEvent } from 'aws-lambda';
import type { QueueHandler } from './host/queue-poller.ts';
import type { HttpHandler } from './host/webhook-host.ts';
import type { FunctionsLog } from './machine-log.ts';
import { LOCAL_REGION, localCredentials } from './machine-queues.ts';

/** As in infra/constructs/webhooks.ts. */
export type RouteKey =
  | 'POST /voice/{proxy+}'
  | 'GET /audio/{proxy+}'
  | 'POST /texts/{proxy+}'
  | 'POST /status/{proxy+}'
  | 'GET /recorder/{proxy+}'
  | 'POST /recorder/{proxy+}';

export type Functions = {
  readonly routes: Readonly<Record<RouteKey, HttpHandler>>;
  /** Everything that comes to the managers' front door. */
  readonly managers: HttpHandler;
  /** The page there. */
  readonly console: HttpHandler;
  readonly wakeup: QueueHandler;
  readonly sweep: (event: ScheduledEvent) => Promise<unknown>;
  readonly reconcile: (event: ScheduledEvent) => Promise<unknown>;
  readonly forget: (event: ScheduledEvent) => Promise<unknown>;
  readonly upkeep: (event: ScheduledEvent) => Promise<unknown>;
  /** Resolves when no invocation is under way, or after a second. */
  readonly settle: () => Promise<void>;
};

/** Whatever of the user's own setting could lead to a real account. */
const notOurs = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'PANA_SECRETS_ARN',
];

const localAws = {
  AWS_REGION: LOCAL_REGION,
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
};

let loaded = false;

/** Once a process: a function reads its environment while its module is loaded, and a module is loaded once. */
export async function loadFunctions(
  environment: Readonly<Record<string, string>>,
  log: FunctionsLog,
): Promise<Functions> {
  if (loaded) throw new Error('the functions are loaded already: one machine a process');
  loaded = true;
  for (const name of notOurs) delete process.env[name];
  Object.assign(process.env, localAws, environment);
  const [voice, audio, text, status, wakeup, sweep, reconcile, forget, api, pages, upkeep] = await log.during(
    () =>
      Promise.all([
        import('../../functions/voice.ts'),
        import('../../functions/audio.ts'),
        import('../../functions/text.ts'),
        import('../../functions/status.ts'),
        import('../../functions/wakeup.ts'),
        import('../../functions/sweep.ts'),
        import('../../functions/reconcile.ts'),
        import('../../functions/forget.ts'),
        import('../../functions/api.ts'),
        import('../../functions/console/handler.ts'),
        import('../../functions/upkeep.ts'),
      ]),
  );
  const { invoked, settle } = invoker(log);
  const onAudio: HttpHandler = invoked('audio', audio.handler);
  return {
    routes: {
      'POST /voice/{proxy+}': invoked('voice', voice.handler),
      'GET /audio/{proxy+}': onAudio,
      'GET /recorder/{proxy+}': onAudio,
      'POST /recorder/{proxy+}': onAudio,
      'POST /texts/{proxy+}': invoked('text', text.handler),
      'POST /status/{proxy+}': invoked('status', status.handler),
    },
    managers: invoked('api', api.handler),
    console: invoked('console', pages.handler),
    wakeup: invoked('wakeup', wakeup.handler),
    sweep: invoked('sweep', (_event: ScheduledEvent) => sweep.handler()),
    reconcile: invoked('reconcile', (_event: ScheduledEvent) => reconcile.handler()),
    forget: invoked('forget', (_event: ScheduledEvent) => forget.handler()),
    upkeep: invoked('upkeep', (_event: ScheduledEvent) => upkeep.handler()),
    settle,
  };
}

const SETTLE_AT_MOST_MS = 1_000;

/** Writes down what a function throws, as Lambda does, and knows what is under way. */
function invoker(log: FunctionsLog) {
  const underWay = new Set<Promise<unknown>>();
  const invoked =
    <Event, Result>(name: string, handler: (event: Event) => Promise<Result>) =>
    (event: Event): Promise<Result> => {
      const invocation = log.during(() => handler(event));
      underWay.add(invocation);
      const over = () => underWay.delete(invocation);
      invocation.then(over, error => {
        over();
        log.write(
          `${JSON.stringify({ level: 'error', event: 'function-threw', name, error: String(error) })}\n`,
        );
      });
      return invocation;
    };
  const settle = async () => {
    await Promise.race([
      Promise.allSettled([...underWay]),
      pause(SETTLE_AT_MOST_MS, undefined, { ref: false }),
    ]);
  };
  return { invoked, settle };
}
