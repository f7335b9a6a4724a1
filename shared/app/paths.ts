// Every path that the telephone network or a timer calls, once as a template and once as a Hono route beside it.
// Paths hold ids and counters only, never a number, a name or a query string: they stand in logs and are signed.
import type { RequestId } from '../domain/ids.ts';
import type { Next } from '../domain/reply.ts';

export const paths = {
  /** A line's voice URL. */
  voiceIncoming: '/voice/incoming',
  /** A line's text URL, SMS and WhatsApp alike. */
  textIncoming: '/texts/incoming',
  /** A line's own status callback: the survivor's call has ended. */
  callStatus: '/status/calls',

  /** What the canary's own call does once the line has answered it. */
  canarySurvivor: '/voice/canary/survivor',
  /** The voice URL of the canary contact's number. */
  canaryContact: '/voice/canary/contact',

  /** The same webhook again after a fault of ours; `count` says for which time, and which key it came with. */
  again: (count: number, digit: string | null, path: string) =>
    `/voice/again/${count}${digit === null ? '' : `-${digit}`}${path}`,

  menu: (requestId: RequestId, turn: number) => `/voice/requests/${requestId}/menu/${turn}`,
  wait: (requestId: RequestId, turn: number) => `/voice/requests/${requestId}/wait/${turn}`,
  screen: (requestId: RequestId, seq: number, turn: number) =>
    `/voice/requests/${requestId}/offers/${seq}/screen/${turn}`,
  /** The leg by which we call her. Turn 0: it was picked up. */
  called: (requestId: RequestId, seq: number, turn: number) =>
    `/voice/requests/${requestId}/called/${seq}/${turn}`,
  /** Fetched when the survivor's side of the room ends while her call goes on. */
  survivorRoom: (requestId: RequestId, seq: number) => `/voice/requests/${requestId}/left/${seq}`,
  /** The same for the helper's side. */
  helperRoom: (requestId: RequestId, seq: number) => `/voice/requests/${requestId}/offers/${seq}/left`,
  /**
   * Where a live leg is sent to ask again, the survivor's and a helper's. The outbox entry that sends it there, and for
   * which time, make each of them a webhook of its own, never answered with the stored reply of an earlier one.
   */
  survivorRedirected: (requestId: RequestId, entryId: number, tries: number) =>
    `/voice/requests/${requestId}/redirected/${entryId}/${tries}`,
  helperRedirected: (requestId: RequestId, seq: number, entryId: number, tries: number) =>
    `/voice/requests/${requestId}/offers/${seq}/redirected/${entryId}/${tries}`,

  /** What is said to one leg in the room of the offer `room`: hers (`seq` 0) or a helper's. */
  told: (requestId: RequestId, room: number, seq: number) =>
    `/voice/requests/${requestId}/rooms/${room}/told/${seq}`,

  offerStatus: (requestId: RequestId, seq: number) => `/status/requests/${requestId}/offers/${seq}`,
  calledStatus: (requestId: RequestId, seq: number) => `/status/requests/${requestId}/called/${seq}`,
  textStatus: (requestId: RequestId, entryId: number) => `/status/requests/${requestId}/texts/${entryId}`,
} as const;

/**
 * The same paths as Hono matches them. What stands for a parameter is still to be parsed. A leg that was sent somewhere by
 * the release before has no `tries` yet.
 */
export const routes = {
  voiceIncoming: paths.voiceIncoming,
  textIncoming: paths.textIncoming,
  callStatus: paths.callStatus,
  canarySurvivor: paths.canarySurvivor,
  canaryContact: paths.canaryContact,
  again: '/voice/again/:count',
  audio: '/audio/:language/:file',
  menu: '/voice/requests/:requestId/menu/:turn',
  wait: '/voice/requests/:requestId/wait/:turn',
  screen: '/voice/requests/:requestId/offers/:seq/screen/:turn',
  called: '/voice/requests/:requestId/called/:seq/:turn',
  survivorRoom: '/voice/requests/:requestId/left/:seq',
  helperRoom: '/voice/requests/:requestId/offers/:seq/left',
  survivorRedirected: '/voice/requests/:requestId/redirected/:entryId/:tries?',
  helperRedirected: '/voice/requests/:requestId/offers/:seq/redirected/:entryId/:tries?',
  told: '/voice/requests/:requestId/rooms/:room/told/:seq',
  offerStatus: '/status/requests/:requestId/offers/:seq',
  calledStatus: '/status/requests/:requestId/called/:seq',
  textStatus: '/status/requests/:requestId/texts/:entryId',
} as const;

/** One room for each helper who takes the request, so that an earlier one can not come back into it. */
export function roomName(requestId: RequestId, seq: number): string {
  return `${requestId}-${seq}`;
}

/** The path a webhook had when it came for the first time, before any `again`. */
export function firstPath(path: string): string {
  return path.replace(/^\/voice\/again\/\d+(-\d)?(?=\/)/, '');
}

/** What `again` says; null when it says nothing that we would have said. */
export function parseAgain(said: string): { readonly count: number; readonly digit: string | null } | null {
  const [, count = '', digit = null] = /^(\d+)(?:-(\d))?$/.exec(said) ?? [];
  const parsed = parseCounter(count);
  return parsed === null ? null : { count: parsed, digit };
}

/** Where the key pressed after a question goes. */
export function nextPath(requestId: RequestId, next: Next): string {
  switch (next.to) {
    case 'menu':
      return paths.menu(requestId, next.turn);
    case 'wait':
      return paths.wait(requestId, next.turn);
    case 'screen':
      return paths.screen(requestId, next.seq, next.turn);
    case 'called':
      return paths.called(requestId, next.seq, next.turn);
  }
}

/**
 * Asks Twilio to try a webhook twice more, also after a read time-out or a 5xx: the default is once, on connection
 * failure only. A fragment, so it is neither sent nor signed. Only for voice, where a failure is heard,
 * and for what a number of ours asks first.
 */
const RETRIES = '#rc=2&rp=ct,rt,5xx';

/** The address that Twilio is given for a voice webhook. */
export function voiceUrl(publicBase: string, path: string): string {
  return `${publicBase}${path}${RETRIES}`;
}

/** `seq`, `turn`, `entryId` or `tries` out of a path, in its one canonical form. */
export function parseCounter(text: string): number | null {
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : null;
}

/** A volunteer's own page. The only path that opens something by itself: it stands in no log, and lasts a day. */
export const OWN_PAGE = '/me';
export const ownPagePath = (token: string): string => `${OWN_PAGE}/${token}`;
