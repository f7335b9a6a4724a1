// Twilio's connection overrides: the fragment of a webhook URL that asks for more retries or shorter waits.
// Must never be sent or signed; an unknown key is an error, because Twilio would silently ignore it.

export type RetryReason = 'ct' | 'rt' | '4xx' | '5xx';

export interface WebhookOverrides {
  retries: number;
  retryOn: ReadonlySet<RetryReason>;
  connectMs: number;
  readMs: number;
  totalMs: number;
}

const REASONS: readonly RetryReason[] = ['ct', 'rt', '4xx', '5xx'];
const RANGES: Record<string, readonly [number, number]> = {
  rc: [0, 5],
  ct: [100, 10_000],
  rt: [100, 15_000],
  tt: [100, 15_000],
};

/** The overrides, or what is wrong with them. */
export function parseOverrides(url: string): WebhookOverrides | string {
  const values = new Map<string, number>([
    ['rc', 1],
    ['ct', 5_000],
    ['rt', 15_000],
    ['tt', 15_000],
  ]);
  let retryOn: RetryReason[] = ['ct'];
  for (const part of (url.split('#')[1] ?? '').split('&').filter(Boolean)) {
    const [key = '', value = ''] = part.split('=');
    const range = RANGES[key];
    if (key === 'rp') {
      const named = value.split(',');
      const unknown = named.find(name => name !== 'all' && !REASONS.some(reason => reason === name));
      if (unknown !== undefined) return `unknown retry policy "${unknown}"`;
      retryOn = named.includes('all') ? [...REASONS] : REASONS.filter(reason => named.includes(reason));
    } else if (range) {
      const number = Number(value);
      if (!Number.isInteger(number) || number < range[0] || number > range[1]) {
        return `override ${key}=${value} is outside ${range[0]}..${range[1]}`;
      }
      values.set(key, number);
    } else {
      return `unknown override "${key}"`;
    }
  }
  return {
    retries: values.get('rc') ?? 1,
    retryOn: new Set(retryOn),
    connectMs: values.get('ct') ?? 5_000,
    readMs: values.get('rt') ?? 15_000,
    totalMs: values.get('tt') ?? 15_000,
  };
}
