// The form fields of each kind of webhook, as Twilio sends them: empty fields are kept, for the product must accept
// and sign-check exactly what it will meet. Must never leave a documented field out because nobody reads it today.
import type { ConferenceRecord, ParticipantRecord } from './books.ts';
import type { Leg } from './leg.ts';
import type { Network } from './network.ts';
import type { TextMessage } from './text-message.ts';
import { rfc2822 } from './twilio-dates.ts';

export type Params = Record<string, string>;

const API_VERSION = '2010-04-01';

export function voiceParams(network: Network, leg: Leg, extra: Params = {}): Params {
  return {
    AccountSid: network.accountSid,
    ApiVersion: API_VERSION,
    CallSid: leg.sid,
    CallStatus: leg.status,
    Called: leg.to,
    Caller: leg.from,
    Direction: leg.direction,
    From: leg.from,
    To: leg.to,
    ...places('Called', leg.to),
    ...places('Caller', leg.from),
    ...places('From', leg.from),
    ...places('To', leg.to),
    ...(leg.parentSid ? { ParentCallSid: leg.parentSid } : {}),
    ...extra,
  };
}

export function callStatusParams(network: Network, leg: Leg): Params {
  const sequence = leg.sequence;
  leg.sequence += 1;
  const seconds = leg.durationSeconds;
  return voiceParams(network, leg, {
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequence),
    Timestamp: rfc2822(network.now()),
    ...(leg.ended ? { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) } : {}),
  });
}

export function conferenceParams(
  network: Network,
  conference: ConferenceRecord,
  event: string,
  sequence: number,
  who?: ParticipantRecord,
): Params {
  return {
    AccountSid: network.accountSid,
    ConferenceSid: conference.sid,
    FriendlyName: conference.name,
    SequenceNumber: String(sequence),
    StatusCallbackEvent: event,
    Timestamp: rfc2822(network.now()),
    ...(who
      ? {
          CallSid: who.callSid,
          Coaching: 'false',
          EndConferenceOnExit: String(who.endConferenceOnExit),
          Hold: String(who.hold),
          Muted: String(who.muted),
          StartConferenceOnEnter: String(who.startConferenceOnEnter),
          ...(who.label ? { ParticipantLabel: who.label } : {}),
        }
      : {}),
    ...(event === 'conference-end' && conference.reasonEnded
      ? {
          ReasonConferenceEnded: conference.reasonEnded,
          ...(conference.callSidEnding ? { CallSidEndingConference: conference.callSidEnding } : {}),
        }
      : {}),
  };
}

export function inboundTextParams(network: Network, message: TextMessage, optOutType?: string): Params {
  const media: Params = {};
  message.media.forEach((url, i) => {
    media[`MediaUrl${i}`] = url;
    media[`MediaContentType${i}`] = 'image/jpeg';
  });
  const whatsapp = message.from.startsWith('whatsapp:');
  return {
    AccountSid: network.accountSid,
    ApiVersion: API_VERSION,
    Body: message.body,
    From: message.from,
    MessageSid: message.sid,
    NumMedia: String(message.media.length),
    NumSegments: String(message.segments),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    To: message.to,
    ...(whatsapp
      ? {
          MessageType: message.media.length > 0 ? 'image' : 'text',
          ProfileName: 'Somebody',
          WaId: message.from.replace('whatsapp:+', ''),
        }
      : { ...places('From', message.from), ...places('To', message.to) }),
    ...media,
    ...(optOutType ? { OptOutType: optOutType } : {}),
  };
}

export function messageStatusParams(network: Network, message: TextMessage): Params {
  return {
    AccountSid: network.accountSid,
    ApiVersion: API_VERSION,
    From: message.from,
    MessageSid: message.sid,
    MessageStatus: message.status,
    SmsSid: message.sid,
    SmsStatus: message.status,
    To: message.to,
    ...(message.errorCode === undefined ? {} : { ErrorCode: String(message.errorCode) }),
  };
}

// Kazakhstan and Russia share +7; a withheld number has no country.
function country(number: string): string {
  if (/^\+7[67]\d{9}$/.test(number)) return 'KZ';
  if (/^\+7\d{10}$/.test(number)) return 'RU';
  if (/^\+1\d{10}$/.test(number)) return 'US';
  return '';
}

function places(prefix: string, number: string): Params {
  return {
    [`${prefix}City`]: '',
    [`${prefix}Country`]: country(number),
    [`${prefix}State`]: '',
    [`${prefix}Zip`]: '',
  };
}
