// Conferences and their participants: list, fetch, end, mute, hold, remove. A participant is added by TwiML only.
// Must never hang up a call: somebody removed from a conference goes on with what follows their <Dial>.
import { announce } from './announcement.ts';
import type { ParticipantRecord } from './books.ts';
import type { Conference } from './conference.ts';
import type { Leg } from './leg.ts';
import type { Network } from './network.ts';
import { page, type RestAnswer } from './rest-answers.ts';
import { RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';
import { rfc2822 } from './twilio-dates.ts';

export function listConferences({ network, values, path }: RestContext): RestAnswer {
  const params = RestParams.forList(values, [
    'FriendlyName',
    'Status',
    'DateCreated',
    'DateCreated<',
    'DateCreated>',
  ]);
  const name = params.text('FriendlyName');
  const status = params.oneOf('Status', ['init', 'in-progress', 'completed']);
  const found = network.conferences
    .filter(one => name === undefined || one.name === name)
    .filter(one => status === undefined || one.status === status)
    .filter(one => params.inDates('DateCreated', one.createdAt))
    .reverse();
  return page('conferences', path, params, found, one => conferenceJson(network, one));
}

export function fetchConference(context: RestContext): RestAnswer {
  new RestParams(context.values, []);
  return { status: 200, body: conferenceJson(context.network, theConference(context)) };
}

export function updateConference(context: RestContext): RestAnswer {
  const params = new RestParams(context.values, ['Status']);
  const conference = theConference(context);
  if (params.oneOf('Status', ['completed'])) conference.end('conference-ended-via-api');
  return { status: 200, body: conferenceJson(context.network, conference) };
}

export function listParticipants(context: RestContext): RestAnswer {
  const params = RestParams.forList(context.values, ['Muted', 'Hold']);
  const conference = theConference(context);
  const [muted, hold] = [params.truth('Muted'), params.truth('Hold')];
  const found = conference
    .present()
    .filter(one => muted === undefined || one.muted === muted)
    .filter(one => hold === undefined || one.hold === hold);
  return page('participants', context.path, params, found, one =>
    participantJson(context.network, conference, one),
  );
}

export function fetchParticipant(context: RestContext): RestAnswer {
  new RestParams(context.values, []);
  return theParticipant(context).answer();
}

export function updateParticipant(context: RestContext): RestAnswer {
  const params = new RestParams(context.values, ['Muted', 'Hold', 'AnnounceUrl', 'AnnounceMethod']);
  const { conference, leg, answer } = theParticipant(context);
  const url = params.text('AnnounceUrl');
  if (url !== undefined)
    announce(context.network, leg, {
      url,
      method: params.oneOf('AnnounceMethod', ['GET', 'POST']) ?? 'POST',
    });
  const [muted, hold] = [params.truth('Muted'), params.truth('Hold')];
  conference.update(leg, {
    ...(muted === undefined ? {} : { muted }),
    ...(hold === undefined ? {} : { hold }),
  });
  return answer();
}

export function removeParticipant(context: RestContext): RestAnswer {
  new RestParams(context.values, []);
  const { conference, leg } = theParticipant(context);
  conference.leave(leg, 'kicked');
  return { status: 204, body: undefined };
}

function theConference({ network, ids, path, missing }: RestContext): Conference {
  const conference = network.conferences.find(one => one.sid === ids[0]);
  if (!conference) throw missing(path);
  return conference;
}

function theParticipant(context: RestContext): {
  conference: Conference;
  leg: Leg;
  answer: () => RestAnswer;
} {
  const conference = theConference(context);
  const leg = conference.legOf(context.ids[1] ?? '');
  const record = conference.present().find(one => one.callSid === context.ids[1]);
  if (!leg || !record) throw context.missing(context.path);
  const answer = () => ({ status: 200, body: participantJson(context.network, conference, record) });
  return { conference, leg, answer };
}

function conferenceJson(network: Network, conference: Conference): unknown {
  const base = `/2010-04-01/Accounts/${network.accountSid}/Conferences/${conference.sid}`;
  return {
    account_sid: network.accountSid,
    date_created: rfc2822(conference.createdAt),
    date_updated: rfc2822(conference.updatedAt),
    api_version: '2010-04-01',
    friendly_name: conference.name,
    region: 'us1',
    sid: conference.sid,
    status: conference.status,
    uri: `${base}.json`,
    subresource_uris: { participants: `${base}/Participants.json`, recordings: `${base}/Recordings.json` },
    reason_conference_ended: conference.reasonEnded ?? null,
    call_sid_ending_conference: conference.callSidEnding ?? null,
  };
}

function participantJson(network: Network, conference: Conference, who: ParticipantRecord): unknown {
  return {
    account_sid: network.accountSid,
    call_sid: who.callSid,
    label: who.label ?? null,
    call_sid_to_coach: null,
    coaching: false,
    conference_sid: conference.sid,
    date_created: rfc2822(who.joinedAt),
    date_updated: rfc2822(who.joinedAt),
    end_conference_on_exit: who.endConferenceOnExit,
    muted: who.muted,
    hold: who.hold,
    start_conference_on_enter: who.startConferenceOnEnter,
    status: 'connected',
    queue_time: null,
    uri: `/2010-04-01/Accounts/${network.accountSid}/Conferences/${conference.sid}/Participants/${who.callSid}.json`,
  };
}
