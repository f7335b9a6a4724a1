// Lengths of time that no organisation should need to change, each with its derivation.
// What an organisation does choose stands in the network's settings and ladders.
import { type Instant, instant } from './instant.ts';

/** Three menus of two tries, about 12 s each, and reserve: later than this her webhooks have been lost. */
export const INTAKE_AT_MOST_SECONDS = 120;

/** Silent menus: asked twice, then we go on without an answer rather than keep her from a person. */
export const SILENCES_PER_MENU = 2;

/** How long a menu listens for a key after its last word. */
export const MENU_LISTEN_SECONDS = 6;

/** The wait loop comes round this often: short enough that she never wonders whether anybody is there. */
export const WAIT_LISTEN_SECONDS = 5;

/** The screening takes up to 10 s (Kazakh recordings; others less); it is said twice, with this pause for a key. */
export const SCREEN_LISTEN_SECONDS = 8;
export const SCREEN_TURNS = 2;

/** From picking up to pressing 1: both screenings, 2 × (10 + 8), and reserve for our answers in between. */
export const SCREEN_AT_MOST_SECONDS = 45;

/**
 * Twilio may let a phone ring up to 5 s longer than asked, and dials up to 1 s late: an offer by call is over
 * this long after its ring time, in case the callback is lost.
 */
export const RING_MARGIN_SECONDS = 7;

/**
 * A claim outlives its offer by this much: ten minutes for two functions whose clocks are five minutes wrong, one ahead
 * and one behind, and twenty in which nothing may have looked at the request that holds her. Whoever looks releases her
 * at once, so only a claim that nobody will ever release waits so long.
 */
export const CLAIM_MARGIN_SECONDS = 1_800;

/** Twilio ends every call after four hours. */
export const CALL_AT_MOST_SECONDS = 4 * 3600 + 60;

/** Whoever commits an action has this long to perform it: three REST calls with a 4 s time limit. */
export const OUTBOX_LEASE_SECONDS = 12;

/** Parts of the day are asked for as often as any menu. Her phone rings shorter than until most voicemails answer. */
export const CALL_HER_RING_SECONDS = 20;

/** From picking up to her number: she has to find a place where nobody looks. Then again as long, once. */
export const CALLED_LISTEN_SECONDS = 10;
export const CALLED_TURNS = 2;

/** Both turns, a wrong key between them, and reserve for our answers. */
export const CALLED_AT_MOST_SECONDS = 40;

/** Of keys that are not her number: one may have slipped, two are somebody else. */
export const WRONG_KEYS_AT_MOST = 2;

/** She has just hung up: whoever made her do so is still there. */
export const CALL_BACK_REST_SECONDS = 60;

/** What the volunteer hears while her phone rings comes round this often. */
export const HOLD_LISTEN_SECONDS = 5;

/** After talking this long, a helper's hanging up is a goodbye more often than a fault: */
export const GOODBYE_AFTER_SECONDS = 30;
/** so nobody is woken for this long, in which she hangs up too. */
export const GOODBYE_PAUSE_SECONDS = 6;

/** The helper's side of the room ended first: her own hanging up is reported within this time. */
export const ROOM_ENDED_PAUSE_SECONDS = 8;

/** By text: her last word may stay unanswered this long; then somebody else is asked. */
export const UNANSWERED_AT_MOST_SECONDS = 600;

/** Whoever took it by call has the phone in her hand: to write one word takes a minute, and finding the line as long. */
export const FIRST_WORD_SECONDS = 180;

/** Texts kept for a helper who has not been found yet; further ones join the last. */
export const TEXTS_KEPT = 20;

/** An action put off waits 2, 4, 8 … seconds, at most this long. */
export const RETRY_AT_MOST_SECONDS = 60;

/** A ring or an offer by text that was put off this often is given up: the next candidate is better. */
export const OFFER_TRIES = 3;

/** Nobody else to ask just now: the roster is read again after this long, for those who come on duty or free. */
export const LOOK_AGAIN_SECONDS = 10;

/** In place of a lease: waits for a word of hers and not for a time. */
export const HELD_UNTIL: Instant = instant(8.64e15);

/** The question whether it is a good time is put this often, however much she writes before answering it. */
export const GREETINGS_AT_MOST = 2;

/** Words that come so long after the first were written with the question on her screen. */
export const QUESTION_READ_SECONDS = 60;

/** That pictures can not be passed on is said this often in a request: a person has read it by then. */
export const MEDIA_REFUSALS_AT_MOST = 2;

/** Texts and releases that were put off this often are given up; alerts never are. */
export const TRIES_AT_MOST = 10;

/** A decision that lost this many races for a volunteer is committed without an offer; the next look makes one. */
export const CONFLICTS_AT_MOST = 5;

/** The first look is over by then, 1 to 2 s with its REST calls; and the next rung is to come within 5 s. */
export const SECOND_LOOK_SECONDS = 3;

/**
 * Of several conversations one has ended: for so long she may still write to it, so what she writes to the others needs
 * its number. It is the time that her word may be on its way, and that she may take to read what has come.
 */
export const NUMBERED_AFTER_SECONDS = 600;

/** A manager whom a helper has asked for is rung for this long, again and again; then people are alerted once more. */
export const MANAGER_AT_MOST_SECONDS = 900;

/** What a volunteer writes about a talk counts for it this long after its end. */
export const AFTER_TALK_SECONDS = 3600;

/** An interpreter is sought this long: two rounds of ringing, 2 × (20 + 7), and one screening. */
export const INTERPRETER_AT_MOST_SECONDS = 100;
