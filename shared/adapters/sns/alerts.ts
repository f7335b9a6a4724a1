// Alerts to managers and contacts, published to a topic; who gets which is decided by the subscriptions' filters.
// Must never hold more than the reason, the region and the request's id: alerts are read on lock screens.
import type { SNSClient } from '@aws-sdk/client-sns';
import { faultOf } from '../../app/fault.ts';
import type { Alert, Alerts, Log } from '../../app/ports.ts';
import type { AlertReason } from '../../domain/action.ts';
import { beforeEachTry, KeptConnections, keptByAws } from '../kept-connections.ts';

const LIMIT_MS = 2_000;
/** A filter can not match an absent value together with a present one, so "no region" has a value of its own. */
const NO_REGION = 'unknown';

const sentences: Readonly<{ [Reason in AlertReason]: string }> = {
  'nobody-answers': 'Nobody has answered a request yet. Please find somebody.',
  danger: 'A caller has said that there is danger now.',
  'consent-missing': 'A contact was passed over because there is no consent. Please decide.',
  'contact-confirmed': 'A contact has taken a request.',
  'volunteer-unreachable': 'The number of a volunteer can not be reached.',
  'helper-not-allowed':
    'The number of a volunteer or contact is in a country that settings.limits.allowedPrefixes does not allow.',
  'helper-silent': 'Whoever took a conversation does not answer in it. Somebody else is being asked.',
  'helper-unsafe': 'Somebody who helps does not feel safe. Please call at once.',
  'helper-unanswered':
    'Somebody who helps goes on writing what Pana does not understand. Please ask what is wrong.',
  'no-interpreter':
    'Two people talk who share no language, and no interpreter has come. Please find somebody who speaks both.',
  escalated:
    'Whoever talks with somebody asks for a manager. In a call your phone rings: press 1 to join. In writing nothing rings, or you missed it: please call whoever has the request.',
  'abuse-reported':
    'Somebody who helps reports abuse. That number is served by managers alone for now. Please review.',
  minor: 'A request is about somebody under age. Please see to it that the right person takes it.',
  'words-unread':
    'Somebody goes on writing and has not said that it is a good time. Nobody reads it yet; at the third text somebody will.',
  'survivor-silent': 'Somebody wrote once, perhaps more than one, and did not answer the first question.',
  'call-missed':
    'Somebody called, perhaps more than one, and Pana never heard of it. Nobody here spoke with the caller.',
  'text-missed':
    'One text or more reached Pana late: the first notice was lost. They are being dealt with now.',
  'left-unanswered': 'Somebody wrote, and our answer can not reach the number. Please decide.',
  'window-closed':
    'WhatsApp let us write to somebody no more: no word from there for a day, and the line has no template for it.',
  'not-allowed-country':
    'Somebody wrote, perhaps more than one, from a country that we may not write to. Please decide.',
  flood: 'More calls or texts come in than the limits allow. New ones of that kind are served more slowly.',
  'robot-loop': 'A number got all the automatic replies of an hour. It gets no more of them for now.',
  'words-lost':
    'Somebody wrote before a call, and nobody has read it: it did not reach whoever called. The words are gone. Please decide.',
  'call-back-failed':
    'Somebody was to be called and could not be reached in the agreed time. Nobody calls there any more.',
  'call-back-doubtful':
    'We called as agreed, and somebody picked up who does not know the agreed number. Nobody calls there before you agree anew.',
  'spend-near-cap': 'Four fifths of the rings or texts of this day are used.',
  'canary-failed':
    'The test call that Pana makes to itself did not come through: callers may not either. Call the line now.',
  'coverage-hole': 'Too few will be on duty. Please find somebody.',
  'shift-given-late':
    'Somebody cannot come to a shift that begins soon, and is off it. Others are asked. Please see that somebody comes.',
  'shift-open': 'Nobody has taken a shift that somebody gives away, and it begins soon. Please ask somebody.',
  'swap-to-approve': 'A swap of shifts waits for a manager. Please decide.',
  'volunteers-unreachable':
    'Nothing reaches these volunteers, who are on the rota: a wrong number, texts that they refused, or no answer to many calls. Please ask them.',
  'spend-cap':
    'The rings or texts of this day are used up. People are served as ever, whoever calls often waits a minute.',
};

export type AlertsOptions = {
  readonly topicArn: string;
  readonly log: Log;
  /** Otherwise one is made from the environment when it is first needed. */
  readonly client?: SNSClient;
};

export function createAlerts({ topicArn, log, client }: AlertsOptions): Alerts {
  let made: SNSClient | undefined = client;
  const kept = new KeptConnections(keptByAws);
  return {
    publish: async alert => {
      try {
        const sns = await import('@aws-sdk/client-sns');
        if (made === undefined) {
          made = new sns.SNSClient({ ...limits, requestHandler: { ...inTime, ...kept.agents } });
          made.middlewareStack.add(kept.dropping, beforeEachTry);
        }
        await made.send(new sns.PublishCommand({ TopicArn: topicArn, ...messageOf(alert) }));
        return 'done';
      } catch (error) {
        const name = faultOf(error);
        log.warn('alert-not-published', { requestId: alert.requestId, reason: alert.reason, error: name });
        return 'later';
      }
    },
  };
}

const limits = { maxAttempts: 2 };
const inTime = { connectionTimeout: LIMIT_MS, requestTimeout: LIMIT_MS, throwOnRequestTimeout: true };

function messageOf(alert: Alert) {
  const { requestId, audience, severity, reason, region, step, words, about = [] } = alert;
  const where = [
    step && `It came as far as: ${step}.`,
    words,
    region && `Region ${region}.`,
    requestId && `Request ${requestId}.`,
    about.length > 0 && `${about.join(', ')}.`,
  ];
  return {
    Message: [sentences[reason], ...where].filter(Boolean).join(' '),
    MessageAttributes: {
      audience: attribute(audience),
      severity: attribute(severity),
      reason: attribute(reason),
      region: attribute(region ?? NO_REGION),
    },
  };
}

function attribute(value: string) {
  return { DataType: 'String', StringValue: value };
}
