// What a function is told by its environment and by its secrets, parsed once at start.
// Must never print a value: an error names the variable or field and what is expected of it, nothing else.
import * as z from 'zod/mini';
import { type PhoneNumber, parsePhoneNumber } from '../domain/phone.ts';

export type SecretsSource =
  | { readonly from: 'manager'; readonly arn: string }
  | { readonly from: 'file'; readonly path: string };

export type Config = {
  readonly stage: string;
  readonly table: string;
  readonly queueUrl: string;
  readonly topicArn: string;
  readonly secrets: SecretsSource;
  /** Scheme, host and perhaps a path, as Twilio calls and signs it; without a slash at its end. */
  readonly publicBase: string;
  /** What the addresses of volunteers' own pages begin with. */
  readonly pagesBase: string;
  /** Twilio's REST API, or a carrier's or machine's that speaks the same. */
  readonly twilioApi: string;
  /** Dialled when not even the network of lines can be read. */
  readonly fallbackNumber: PhoneNumber | null;
  /** Of the canary's own calls; they are never put through to anybody, even when nothing else is known. */
  readonly canaryNumber: PhoneNumber | null;
  /** The folder of recordings; in Lambda it stands beside the code. */
  readonly audioFolder: string;
  /** Where prompts are kept that managers have spoken: `s3://bucket`, or a folder; null for functions that need none. */
  readonly recordings: string | null;
  /** Where the fallback site's files stand; only its function is told. */
  readonly fallbackBucket: string | null;
  /** Who says who a manager is; null for functions that no manager speaks to. */
  readonly issuer: {
    readonly url: string;
    readonly audience: string;
    readonly keysUrl: string | null;
  } | null;
};

export type Secrets = {
  readonly twilioAccountSid: string;
  /** The current token, and while it is rotated the previous or next one: each may have signed a webhook. */
  readonly twilioAuthTokens: readonly [string, ...string[]];
  readonly twilioApiKey: string;
  readonly twilioApiSecret: string;
  /** 32 bytes. Seals what the table must not show. */
  readonly dataKey: Uint8Array;
  /** 32 bytes. Turns a phone number into what it is looked up by. */
  readonly lookupKey: Uint8Array;
  /** What a manager enters to record prompts; absent: nobody may. */
  readonly recorderCode?: string | undefined;
};

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const TWILIO_API = 'https://api.twilio.com';

const text = (pattern: RegExp, expected: string) => z.string('is missing').check(z.regex(pattern, expected));

const baseUrl = z.pipe(
  z
    .string('is missing')
    .check(z.refine(isBaseUrl, 'must be an https URL (http on this machine only) without a query')),
  z.transform((url: string) => url.replace(/\/+$/, '')),
);

const environment = z.object({
  PANA_STAGE: text(/^[a-z][a-z0-9-]{0,19}$/, 'must be a short lower-case name'),
  PANA_TABLE: text(/^[\w.-]{3,255}$/, 'must be a table name'),
  PANA_QUEUE_URL: text(/^https?:\/\/\S+$/, 'must be a URL'),
  PANA_TOPIC_ARN: text(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, 'must be the ARN of a topic'),
  PANA_SECRETS_ARN: z.optional(text(/^arn:[\w-]+:secretsmanager:\S+$/, 'must be the ARN of a secret')),
  PANA_SECRETS_FILE: z.optional(text(/^\S/, 'must be a path')),
  PANA_PUBLIC_BASE: baseUrl,
  PANA_PAGES_BASE: z.optional(baseUrl),
  PANA_TWILIO_API: z.optional(baseUrl),
  PANA_FALLBACK_BUCKET: z.optional(text(/^[a-z0-9.-]{3,63}$/, 'must be the name of a bucket')),
  PANA_RECORDINGS: z.optional(text(/^\S/, 'must be s3://bucket or a folder')),
  PANA_OIDC_ISSUER: z.optional(baseUrl),
  PANA_OIDC_AUDIENCE: z.optional(text(/^\S+$/, 'must be the id of our client at the issuer')),
  PANA_OIDC_KEYS: z.optional(baseUrl),
  PANA_AUDIO: z.optional(text(/^\S/, 'must be a folder')),
  PANA_FALLBACK_NUMBER: z.optional(
    z
      .string()
      .check(z.refine(number => parsePhoneNumber(number) !== null, 'must be a number as +77001234567')),
  ),
  PANA_CANARY_NUMBER: z.optional(
    z
      .string()
      .check(z.refine(number => parsePhoneNumber(number) !== null, 'must be a number as +77001234567')),
  ),
});

/** An empty variable counts as one that is not set. */
export function parseConfig(variables: Environment): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = parsedBy(environment, set);
  return {
    stage: parsed.PANA_STAGE,
    table: parsed.PANA_TABLE,
    queueUrl: parsed.PANA_QUEUE_URL,
    topicArn: parsed.PANA_TOPIC_ARN,
    secrets: secretsSource(parsed.PANA_SECRETS_ARN, parsed.PANA_SECRETS_FILE),
    publicBase: parsed.PANA_PUBLIC_BASE,
    pagesBase: parsed.PANA_PAGES_BASE ?? parsed.PANA_PUBLIC_BASE,
    twilioApi: parsed.PANA_TWILIO_API ?? TWILIO_API,
    fallbackNumber: parsePhoneNumber(parsed.PANA_FALLBACK_NUMBER ?? ''),
    canaryNumber: parsePhoneNumber(parsed.PANA_CANARY_NUMBER ?? ''),
    audioFolder: parsed.PANA_AUDIO ?? 'audio',
    recordings: parsed.PANA_RECORDINGS ?? null,
    fallbackBucket: parsed.PANA_FALLBACK_BUCKET ?? null,
    issuer: issuerOf(parsed.PANA_OIDC_ISSUER, parsed.PANA_OIDC_AUDIENCE, parsed.PANA_OIDC_KEYS),
  };
}

function issuerOf(url: string | undefined, audience: string | undefined, keysUrl: string | undefined) {
  if (url === undefined && audience === undefined) return null;
  if (url === undefined || audience === undefined)
    throw new ConfigError('PANA_OIDC_ISSUER and PANA_OIDC_AUDIENCE belong together');
  return { url, audience, keysUrl: keysUrl ?? null };
}

function secretsSource(arn: string | undefined, path: string | undefined): SecretsSource {
  if (arn && !path) return { from: 'manager', arn };
  if (path && !arn) return { from: 'file', path };
  throw new ConfigError('exactly one of PANA_SECRETS_ARN and PANA_SECRETS_FILE must be set');
}

const key = z.pipe(
  text(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64'),
  z.transform((base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))),
);

const secrets = z.object({
  twilioAccountSid: text(/^AC[0-9a-f]{32}$/, 'must be an account SID'),
  twilioAuthTokens: z
    .array(text(/^\S{16,}$/, 'must be an auth token'), 'must be a list')
    .check(z.minLength(1, 'must hold a token'), z.maxLength(2, 'must hold at most two tokens')),
  twilioApiKey: text(/^SK[0-9a-f]{32}$/, 'must be the SID of an API key'),
  twilioApiSecret: text(/^\S{16,}$/, 'must be the secret of an API key'),
  dataKey: key,
  lookupKey: key,
  recorderCode: z.optional(text(/^\d{8,12}$/, 'must be 8 to 12 digits')),
});

/** From the JSON that is kept in the secret store. */
export function parseSecrets(json: string): Secrets {
  const parsed = parsedBy(secrets, parseJson(json));
  const [current, ...others] = parsed.twilioAuthTokens;
  if (current === undefined) throw new ConfigError('twilioAuthTokens must hold a token');
  return { ...parsed, twilioAuthTokens: [current, ...others] };
}

// The parser's own message would quote the secrets.
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ConfigError('the secrets are not JSON');
  }
}

function parsedBy<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(issue => `${issue.path.join('.') || 'the value'} ${issue.message}`);
  throw new ConfigError(faults.join('; '));
}

function isBaseUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.search || url.hash || url.username || text.includes('?') || text.includes('#'))
    return false;
  const onThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && onThisMachine);
}
