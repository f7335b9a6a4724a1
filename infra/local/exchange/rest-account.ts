// REST: the account itself and the numbers that it owns, read and set up. An address that an operator enters here is the
// very one that the next call or text is sent to. Must never change a number in part when one of its values is refused.
import type { Network } from './network.ts';
import type { Line } from './options.ts';
import { page, type RestAnswer } from './rest-answers.ts';
import { RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';
import { rfc2822 } from './twilio-dates.ts';

const INVALID_URL = 21_502;

export function fetchAccount({ network, values, path }: RestContext): RestAnswer {
  new RestParams(values, []);
  const { accountSid, accountStatus, accountType } = network;
  return {
    status: 200,
    body: {
      sid: accountSid,
      owner_account_sid: accountSid,
      // Twilio shows it; what nobody asks for is not repeated here.
      auth_token: null,
      friendly_name: 'exchange',
      status: accountStatus,
      type: accountType,
      date_created: rfc2822(0),
      date_updated: rfc2822(0),
      subresource_uris: {},
      uri: path,
    },
  };
}

/** Only telephone numbers: addresses on WhatsApp are senders, and another resource. */
function numbersOf(network: Network): readonly (readonly [number: string, line: Line])[] {
  return [...network.lines].filter(([number]) => !number.startsWith('whatsapp:'));
}

export function listNumbers({ network, values, path }: RestContext): RestAnswer {
  const params = RestParams.forList(values, ['PhoneNumber', 'FriendlyName', 'Beta', 'Origin']);
  const wanted = params.text('PhoneNumber');
  const found = numbersOf(network).filter(([number]) => wanted === undefined || number === wanted);
  return page('incoming_phone_numbers', path, params, found, ([number, line]) =>
    numberJson(network, number, line),
  );
}

export function fetchNumber(context: RestContext): RestAnswer {
  new RestParams(context.values, []);
  const [number, line] = numberOf(context);
  return { status: 200, body: numberJson(context.network, number, line) };
}

export function updateNumber(context: RestContext): RestAnswer {
  const [number, line] = numberOf(context);
  const params = new RestParams(context.values, [
    ...['VoiceUrl', 'VoiceFallbackUrl', 'SmsUrl', 'StatusCallback'],
    ...['VoiceMethod', 'VoiceFallbackMethod', 'SmsMethod', 'StatusCallbackMethod'],
    ...['VoiceApplicationSid', 'SmsApplicationSid', 'TrunkSid'],
  ]);
  const url = (name: string, before: string | undefined) =>
    orBefore(params.urlOrNone(name, INVALID_URL), before);
  const method = (name: string, before: 'GET' | 'POST' | undefined) =>
    params.oneOf(name, ['GET', 'POST']) ?? before;
  const sid = (name: string, before: string | undefined) => orBefore(params.text(name), before);
  const changed = {
    ...line,
    voiceUrl: url('VoiceUrl', line.voiceUrl),
    voiceMethod: method('VoiceMethod', line.voiceMethod),
    voiceFallbackUrl: url('VoiceFallbackUrl', line.voiceFallbackUrl),
    voiceFallbackMethod: method('VoiceFallbackMethod', line.voiceFallbackMethod),
    smsUrl: url('SmsUrl', line.smsUrl),
    smsMethod: method('SmsMethod', line.smsMethod),
    statusCallbackUrl: url('StatusCallback', line.statusCallbackUrl),
    statusCallbackMethod: method('StatusCallbackMethod', line.statusCallbackMethod),
    voiceApplicationSid: sid('VoiceApplicationSid', line.voiceApplicationSid),
    smsApplicationSid: sid('SmsApplicationSid', line.smsApplicationSid),
    trunkSid: sid('TrunkSid', line.trunkSid),
  };
  const set = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as Line;
  context.network.lines.set(number, set);
  return { status: 200, body: numberJson(context.network, number, set) };
}

/** Left out: as it was. Empty: none. */
function orBefore(given: string | undefined, before: string | undefined): string | undefined {
  return given === undefined ? before : given || undefined;
}

function numberOf({ network, ids, path, missing }: RestContext): readonly [string, Line] {
  const found = numbersOf(network).find(([number]) => network.sids.named('PN', number) === ids[0]);
  if (!found) throw missing(path);
  return found;
}

function numberJson(network: Network, number: string, line: Line): unknown {
  const sid = network.sids.named('PN', number);
  return {
    sid,
    account_sid: network.accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { fax: false, ...(line.capabilities ?? { voice: true, sms: true, mms: true }) },
    date_created: rfc2822(0),
    date_updated: rfc2822(0),
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: number,
    identity_sid: null,
    origin: 'twilio',
    phone_number: number,
    sms_application_sid: line.smsApplicationSid ?? null,
    sms_fallback_method: 'POST',
    sms_fallback_url: '',
    sms_method: line.smsMethod ?? 'POST',
    sms_url: line.smsUrl ?? '',
    status: 'in-use',
    status_callback: line.statusCallbackUrl ?? '',
    status_callback_method: line.statusCallbackMethod ?? 'POST',
    trunk_sid: line.trunkSid ?? null,
    uri: `/2010-04-01/Accounts/${network.accountSid}/IncomingPhoneNumbers/${sid}.json`,
    voice_application_sid: line.voiceApplicationSid ?? null,
    voice_caller_id_lookup: false,
    voice_fallback_method: line.voiceFallbackMethod ?? 'POST',
    voice_fallback_url: line.voiceFallbackUrl ?? '',
    voice_method: line.voiceMethod ?? 'POST',
    voice_receive_mode: 'voice',
    voice_url: line.voiceUrl ?? '',
  };
}
