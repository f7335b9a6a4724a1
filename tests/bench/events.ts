// The events that AWS would hand to a function, for measurements that do not go through the telephone network.
import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { paths } from '../../shared/app/paths.ts';

export type Signing = {
  readonly publicBase: string;
  readonly accountSid: string;
  readonly authToken: string;
};

/** A form that the telephone network has signed, as API Gateway hands it on. */
export function signedForm(
  { publicBase, accountSid, authToken }: Signing,
  path: string,
  fields: Readonly<Record<string, string>>,
): object {
  const params = { AccountSid: accountSid, ...fields };
  const signature = getExpectedTwilioSignature(authToken, `${publicBase}${path}`, params);
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signature,
    },
    requestContext: { http: { method: 'POST', path } },
    body: Buffer.from(new URLSearchParams(params).toString()).toString('base64'),
    isBase64Encoded: true,
  };
}

export const newSid = (kind: 'CA' | 'SM'): string => `${kind}${randomBytes(16).toString('hex')}`;

export function rings(signing: Signing, from: string, to: string, callSid = newSid('CA')): object {
  return signedForm(signing, paths.voiceIncoming, {
    CallSid: callSid,
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: from,
    To: to,
  });
}

export function writes(signing: Signing, from: string, to: string, body: string): object {
  return signedForm(signing, paths.textIncoming, {
    ApiVersion: '2010-04-01',
    Body: body,
    From: from,
    MessageSid: newSid('SM'),
    NumMedia: '0',
    To: to,
  });
}

export function asks(path: string, token: string): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'managers.example', authorization: `Bearer ${token}` },
    requestContext: {
      domainName: 'managers.example',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    },
    isBase64Encoded: false,
  };
}

export const looks = (requestId: string): object => ({
  Records: [{ messageId: '1', body: JSON.stringify({ requestId }) }],
});
