// What a line says it can do must be possible, and enough: nobody may be left with a line that takes what it cannot
// answer, nor with a ladder whose offers nobody could receive. Every problem says what to do about it.
// Must never repeat a phone number in a problem.
import type { Line, Network } from './network.ts';
import { type Problems, refuse } from './rule-parts.ts';
import type { Volunteer } from './volunteer.ts';
import { type Capability, type Channel, has, reaches } from './ways.ts';

const channels: readonly Channel[] = ['voice', 'sms', 'whatsapp'];

/**
 * Where Twilio has no two-way SMS on a country's own numbers, by the beginning of such a number. +7 7 is Kazakhstan: SMS
 * goes out there from registered names alone, and nothing comes back.
 */
const withoutSms: readonly (readonly [beginning: string, country: string])[] = [['+77', 'Kazakhstan']];

export function capabilityProblems(network: Network, line: Line, path: string): Problems {
  const at = `${path}.capabilities`;
  return [
    ...channels.flatMap(channel => formProblems(line.capabilities[channel], `${at}.${channel}`)),
    ...refuse(
      channels.every(channel => !(has(line, channel) && line.capabilities[channel].receives)),
      at,
      'nothing reaches this line: let it receive calls, or texts by SMS or WhatsApp',
    ),
    ...smsProblems(line, `${at}.sms`),
    ...answerProblems(line, at),
    ...callProblems(network, line, `${at}.voice`),
  ];
}

function formProblems({ reaches: beginnings }: Capability, path: string): Problems {
  return beginnings.flatMap((beginning, index) =>
    refuse(
      !/^\+\d{0,14}$/.test(beginning),
      `${path}.reaches[${index}]`,
      'is not the beginning of an E.164 number, as +7; + alone is everywhere',
    ),
  );
}

function smsProblems({ number, capabilities: { carrier, sms } }: Line, path: string): Problems {
  const found = withoutSms.find(([beginning]) => number.startsWith(beginning));
  const wantsSms = sms.receives || sms.reaches.length > 0;
  return refuse(
    carrier === 'twilio' && found !== undefined && wantsSms,
    path,
    `Twilio offers no two-way SMS on numbers of ${found?.[1]}: take texts by WhatsApp (whatsappNumber), or by a number of ` +
      'another country, or by a carrier in the country (carrier: other), and set sms to receive and reach nothing',
  );
}

/** Who writes must be answered the way she writes; who calls is answered on her own call. */
function answerProblems(line: Line, at: string): Problems {
  return (['sms', 'whatsapp'] as const).flatMap(channel => {
    const { receives, reaches: out } = line.capabilities[channel];
    return refuse(
      has(line, channel) && receives && out.length === 0,
      `${at}.${channel}.reaches`,
      'texts come in this way and none can go out: nobody who writes would be answered. Name whom it reaches, or let it ' +
        'receive nothing',
    );
  });
}

/** Whoever calls is answered by somebody who is called. */
function callProblems(
  { settings: { limits } }: Network,
  { capabilities: { voice } }: Line,
  path: string,
): Problems {
  return [
    ...refuse(
      voice.receives && voice.reaches.length === 0,
      `${path}.reaches`,
      'calls come in and nobody can be called for them: name the countries of your volunteers',
    ),
    ...voice.reaches.flatMap((beginning, index) =>
      refuse(
        !limits.allowedPrefixes.some(
          allowed => allowed.startsWith(beginning) || beginning.startsWith(allowed),
        ),
        `${path}.reaches[${index}]`,
        'is a country that settings.limits.allowedPrefixes does not allow: allow it, or leave it out',
      ),
    ),
  ];
}

/** A volunteer whom no line could ask, said when she is written down. */
export function volunteerWayProblems(
  { lines, settings, canary }: Network,
  { number }: Pick<Volunteer, 'number'>,
): Problems {
  const forPeople = lines.filter(
    ({ id, capabilities }) => id !== canary?.lineId && capabilities.voice.receives,
  );
  const isAllowed = settings.limits.allowedPrefixes.some(beginning => number.startsWith(beginning));
  const isCallable = forPeople.some(line => reaches(line, 'voice', number));
  return [
    ...refuse(
      !isAllowed,
      'number',
      'is in a country that settings.limits.allowedPrefixes does not allow: she could not be asked for anything',
    ),
    ...refuse(
      isAllowed && forPeople.length > 0 && !isCallable,
      'number',
      'is in a country that no line can call (capabilities.voice.reaches): she could not be asked for a call',
    ),
  ];
}
