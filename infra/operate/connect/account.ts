// The account at Twilio, or at a carrier that speaks the same: what it is, its numbers, the countries that it may dial.
// By the real client. Must never be used by a function: it takes the account's own token, which may do anything.
import twilioBase from 'twilio/lib/base/BaseTwilio.js';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import Api from 'twilio/lib/rest/Api.js';
import Voice from 'twilio/lib/rest/Voice.js';
import { Connection } from '../../../shared/adapters/twilio/connection.ts';
import type { Secrets } from '../../../shared/app/config.ts';

/** As it is set up there. Empty where there is nothing. */
export type FoundNumber = {
  readonly sid: string;
  readonly number: string;
  readonly can: { readonly voice: boolean; readonly sms: boolean };
  readonly fields: Readonly<Record<NumberField, string>>;
};

export const numberFields = [
  'voiceUrl',
  'voiceMethod',
  'voiceFallbackUrl',
  'voiceFallbackMethod',
  'smsUrl',
  'smsMethod',
  'statusCallback',
  'statusCallbackMethod',
  'voiceApplicationSid',
  'smsApplicationSid',
  'trunkSid',
] as const;
export type NumberField = (typeof numberFields)[number];

export type FoundCountry = {
  readonly isoCode: string;
  readonly name: string;
  /** As `+7`. */
  readonly codes: readonly string[];
  readonly mayBeDialled: boolean;
};

export type FoundAccount = { readonly status: string; readonly type: string };

export type Account = {
  /** Null: the token is refused. */
  readonly about: (authToken: string) => Promise<FoundAccount | null>;
  /** Whether the key that the functions use is accepted. */
  readonly takesApiKey: () => Promise<boolean>;
  readonly numbers: (authToken: string) => Promise<readonly FoundNumber[]>;
  /** Null: this carrier knows no such permissions. */
  readonly countries: (authToken: string) => Promise<readonly FoundCountry[] | null>;
  readonly setNumber: (
    authToken: string,
    sid: string,
    fields: Readonly<Partial<Record<NumberField, string>>>,
  ) => Promise<void>;
  readonly setCountries: (authToken: string, mayBeDialled: ReadonlyMap<string, boolean>) => Promise<void>;
};

type Options = {
  readonly twilioApi: string;
  readonly secrets: Pick<Secrets, 'twilioAccountSid' | 'twilioApiKey' | 'twilioApiSecret'>;
};

/** Nobody is on the line: there is time. */
const LIMIT_MS = 20_000;
const PAGE_SIZE = 1000;

export function accountAt({ twilioApi, secrets }: Options): Account {
  const accountSid = secrets.twilioAccountSid;
  const clientWith = (login: { readonly apiKey: string; readonly apiSecret: string }) =>
    new twilioBase.Client(login.apiKey, login.apiSecret, {
      accountSid,
      httpClient: new Connection(twilioApi, LIMIT_MS) as unknown as RequestClient,
      logLevel: 'error',
    });
  const accountOf = (client: ReturnType<typeof clientWith>) => new Api(client).v2010.accounts(accountSid);
  const withToken = (authToken: string) => clientWith({ apiKey: accountSid, apiSecret: authToken });
  const numbersOf = (client: ReturnType<typeof clientWith>) => accountOf(client).incomingPhoneNumbers;
  const dialling = (authToken: string) => new Voice(withToken(authToken)).v1.dialingPermissions;
  return {
    about: authToken =>
      unless([401, 403], async () => {
        const { status, type } = await accountOf(withToken(authToken)).fetch();
        return { status, type };
      }),
    takesApiKey: async () => {
      const key = { apiKey: secrets.twilioApiKey, apiSecret: secrets.twilioApiSecret };
      const listed = await unless([401, 403], () => numbersOf(clientWith(key)).list({ limit: 1 }));
      return listed !== null;
    },
    numbers: async authToken => {
      const listed = await numbersOf(withToken(authToken)).list({ pageSize: PAGE_SIZE });
      return listed.map(found => ({
        sid: found.sid,
        number: found.phoneNumber,
        can: { voice: found.capabilities.voice === true, sms: found.capabilities.sms === true },
        fields: Object.fromEntries(numberFields.map(field => [field, found[field] ?? ''])) as Record<
          NumberField,
          string
        >,
      }));
    },
    countries: authToken =>
      unless([404], async () => {
        const listed = await dialling(authToken).countries.list({ pageSize: PAGE_SIZE });
        return listed.map(({ isoCode, name, countryCodes, lowRiskNumbersEnabled }) => ({
          isoCode,
          name,
          codes: countryCodes,
          mayBeDialled: lowRiskNumbersEnabled,
        }));
      }),
    setNumber: async (authToken, sid, fields) => {
      await numbersOf(withToken(authToken))(sid).update(fields);
    },
    setCountries: async (authToken, mayBeDialled) => {
      const updates = [...mayBeDialled].map(([isoCode, allowed]) => ({
        iso_code: isoCode,
        low_risk_numbers_enabled: String(allowed),
        // Premium and fraud-prone numbers: nobody who answers a hotline has one.
        high_risk_special_numbers_enabled: 'false',
        high_risk_tollfraud_numbers_enabled: 'false',
      }));
      await dialling(authToken).bulkCountryUpdates.create({ updateRequest: JSON.stringify(updates) });
    },
  };
}

async function unless<Value>(statuses: readonly number[], ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (statuses.includes(Number(Object(error).status))) return null;
    throw error;
  }
}
