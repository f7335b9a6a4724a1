// What a caller of startExchange may choose, and the switches a test may turn while it runs.
// Must never hold state of calls or texts: those are in books.ts.
import type { ExchangeClock } from './clock.ts';

export type Method = 'GET' | 'POST';

/** A country as the account may dial it: its geographic permission. */
export interface Country {
  name: string;
  /** As `+7`; several countries may share one. */
  code: string;
  mayBeDialled: boolean;
}

/** One number the account owns. URLs may carry override fragments such as `#rc=2&rp=ct,rt,5xx`. */
export interface Line {
  voiceUrl?: string;
  /** Each of these is POST when absent. */
  voiceMethod?: Method;
  voiceFallbackUrl?: string;
  voiceFallbackMethod?: Method;
  smsUrl?: string;
  smsMethod?: Method;
  /** The number's own status callback: told once, when an inbound call has ended. */
  statusCallbackUrl?: string;
  statusCallbackMethod?: Method;
  /** Somebody else's application or trunk takes the calls, or the texts: the addresses above are not asked. */
  voiceApplicationSid?: string;
  smsApplicationSid?: string;
  trunkSid?: string;
  /** What the number can do at all; everything when absent. */
  capabilities?: { readonly voice: boolean; readonly sms: boolean; readonly mms: boolean };
  /** What is said on calls to it may be recorded. On every other number a document that tries is refused whole. */
  mayRecord?: boolean;
}

/** Where webhooks are signed for (`public`) and where they are really delivered (`actual`). */
export interface WebhookBase {
  public: string;
  actual: string;
}

export type StatusOrder = 'in-order' | 'reordered' | 'repeated';

export interface RestRequest {
  method: string;
  path: string;
  params: Record<string, string | string[]>;
}

/**
 * `timeout-applied`: the request takes effect, the client never hears. `timeout-dropped`: neither. `{status}`: an
 * error answer with that status, nothing applied.
 */
export type RestFault = 'pass' | { status: number } | 'timeout-applied' | 'timeout-dropped';

export type WebhookKind = 'voice' | 'text' | 'call-status' | 'message-status' | 'conference-status';

export interface WebhookAttempt {
  kind: WebhookKind;
  url: string;
  params: Record<string, string>;
  attempt: number;
}

/**
 * `lose`: never arrives (a connection failure). `lose-reply`: arrives, and the reply is lost (a read time-out).
 * `repeat`: arrives twice, the first reply counts.
 */
export type WebhookFault = 'pass' | 'lose' | 'lose-reply' | 'repeat';

export interface Faults {
  onRest?: (request: RestRequest) => RestFault;
  onWebhook?: (attempt: WebhookAttempt) => WebhookFault;
}

export interface ExchangeOptions {
  clock: ExchangeClock;
  accountSid: string;
  authToken: string;
  apiKey?: { sid: string; secret: string };
  lines: Record<string, Line>;
  webhookBase?: WebhookBase;
  /** 0 or absent: any free port. */
  port?: number;
  /** Makes every SID and idempotency token repeatable. */
  seed?: string;
  /** New outbound API calls begun per second; the rest wait as `queued`. Twilio's default is 1; Infinity: no limit. */
  callsPerSecond?: number;
  /** Texts sent per second and sender; the rest wait as `queued`. */
  textsPerSecond?: number;
  /** Creates accepted per second; beyond it error 20429. Absent: no limit. */
  createsPerSecond?: number;
  /** Beginnings of numbers that may be called and texted. Absent: all. */
  allowedPrefixes?: readonly string[];
  /** By ISO code; whoever gives them lets nobody be called elsewhere. Absent: no permission is asked for. */
  countries?: Readonly<Record<string, Country>>;
  accountType?: 'Trial' | 'Full';
  accountStatus?: 'active' | 'suspended' | 'closed';
  /** Approved templates, by their SIDs: words in which {{1}} is a variable. */
  templates?: Readonly<Record<string, string>>;
  /** The network acts on STOP, START and HELP itself, as carriers do. */
  carrierStopWords?: boolean;
  statusOrder?: StatusOrder;
  /** Every voice and text webhook is delivered this many times. */
  duplicateWebhooks?: number;
  faults?: Faults;
  /** Entries kept in the journal, the webhook log and the event log; the oldest go first. */
  keepEntries?: number;
}
