// Twilio's own REST client, as much of it as we use: its calls, texts and rooms, with its names of fields, its pages and
// its errors, over our own connection. Its entry point loads the resources of every product and a second HTTP client,
// 0.9 MB in all, and the first ring would wait for it.
// Still slow to load: import it dynamically. Must never print a request.
import domain from 'twilio/lib/base/Domain.js';
import version from 'twilio/lib/base/Version.js';
import { CallListInstance } from 'twilio/lib/rest/api/v2010/account/call.js';
import { ConferenceListInstance } from 'twilio/lib/rest/api/v2010/account/conference.js';
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { Connection, type Outgoing } from './connection.ts';

export type RestOptions = {
  /** Scheme and host of the API, as `https://api.twilio.com`. */
  readonly twilioApi: string;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly limitMs: number;
};

export type Account = {
  readonly calls: ReturnType<typeof CallListInstance>;
  readonly messages: ReturnType<typeof MessageListInstance>;
  readonly conferences: ReturnType<typeof ConferenceListInstance>;
};

const API = 'https://api.twilio.com';

export function createRest(options: RestOptions): Account {
  const Domain = classOf(domain);
  const Version = classOf(version);
  const v2010 = new Version(new Domain(senderFor(options), API), '2010-04-01') as Versioned;
  const { accountSid } = options;
  return {
    calls: CallListInstance(v2010, accountSid),
    messages: MessageListInstance(v2010, accountSid),
    conferences: ConferenceListInstance(v2010, accountSid),
  };
}

/** Loaders hand out what a CommonJS file exports as its default in two ways: within the file's exports, or alone. */
const classOf = <Class>(file: { readonly default: Class }): Class =>
  file.default ?? (file as unknown as Class);

/** They ask for the whole of their API, and use no more than what every API has. */
type Versioned = Parameters<typeof CallListInstance>[0];

/** What the library's own client does to a request before it sends it. */
function senderFor({ twilioApi, limitMs, apiKey, apiSecret }: RestOptions) {
  const connection = new Connection(twilioApi, limitMs);
  const sender = {
    request: ({ headers, ...outgoing }: Outgoing) =>
      connection.request({
        ...outgoing,
        username: apiKey,
        password: apiSecret,
        headers: { 'User-Agent': 'pana', 'Accept-Charset': 'utf-8', ...headers },
      }),
  };
  return sender as unknown as ConstructorParameters<typeof domain.default>[0];
}
