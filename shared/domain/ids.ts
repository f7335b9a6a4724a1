// The names of things, as branded strings with one parser each, so that one kind can never pass for another.
// Must never hold a phone number or anything else that points to a survivor.

declare const brand: unique symbol;
export type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

export type RequestId = Branded<string, 'RequestId'>;
export type VolunteerId = Branded<string, 'VolunteerId'>;
export type ContactId = Branded<string, 'ContactId'>;
/** A shift or an absence in somebody's rota. */
export type ShiftId = Branded<string, 'ShiftId'>;
/** One single shift that somebody gives away. */
export type SwapId = Branded<string, 'SwapId'>;
/** A shift that nobody has yet, and whom a manager asks for it. */
export type OpeningId = Branded<string, 'OpeningId'>;
export type LineId = Branded<string, 'LineId'>;
export type LadderId = Branded<string, 'LadderId'>;
export type RegionId = Branded<string, 'RegionId'>;
export type SkillId = Branded<string, 'SkillId'>;
export type LanguageId = Branded<string, 'LanguageId'>;
/** Work of the office that is done row by row. */
export type JobId = Branded<string, 'JobId'>;
/** Twilio's name of one leg of a call: CA and 32 hexadecimal digits. */
export type CallSid = Branded<string, 'CallSid'>;
/** Twilio's name of one text: SM (or MM with media) and 32 hexadecimal digits. */
export type MessageSid = Branded<string, 'MessageSid'>;
/** Twilio's name of an approved template: HX and 32 hexadecimal digits. */
export type ContentSid = Branded<string, 'ContentSid'>;
/** Whoever can take a request: a volunteer or a contact. The prefix tells which. */
export type HelperId = VolunteerId | ContactId;

type Parser<Id extends string> = (text: string) => Id | null;

const parser =
  <Id extends string>(pattern: RegExp): Parser<Id> =>
  text =>
    pattern.test(text) ? (text as Id) : null;

export const parseRequestId = parser<RequestId>(/^req_[0-9a-f]{32}$/);
export const parseVolunteerId = parser<VolunteerId>(/^vol_[a-z0-9][a-z0-9-]{0,39}$/);
export const parseContactId = parser<ContactId>(/^con_[a-z0-9][a-z0-9-]{0,39}$/);
export const parseShiftId = parser<ShiftId>(/^sft_[a-z0-9][a-z0-9-]{0,39}$/);
export const parseJobId = parser<JobId>(/^job_[0-9a-f]{32}$/);
export const parseSwapId = parser<SwapId>(/^swp_[0-9a-f]{16}$/);
export const parseOpeningId = parser<OpeningId>(/^opn_[0-9a-f]{16}$/);
export const parseLineId = parser<LineId>(/^line_[a-z0-9][a-z0-9-]{0,39}$/);
export const parseLadderId = parser<LadderId>(/^lad_[a-z0-9][a-z0-9-]{0,39}$/);
/** ISO 3166-2, as `KZ-75`. */
export const parseRegionId = parser<RegionId>(/^[A-Z]{2}-[A-Z0-9]{1,3}$/);
export const parseSkillId = parser<SkillId>(/^[a-z][a-z-]{0,29}$/);
/** ISO 639-1, as `kk`. */
export const parseLanguageId = parser<LanguageId>(/^[a-z]{2}$/);
export const parseCallSid = parser<CallSid>(/^CA[0-9a-f]{32}$/);
export const parseContentSid = parser<ContentSid>(/^HX[0-9a-f]{32}$/);
export const parseMessageSid = parser<MessageSid>(/^(SM|MM)[0-9a-f]{32}$/);

/**
 * The request that a first ring or text opens. Derived from Twilio's own name of it, so that a repeated first
 * webhook, and a reconciler that finds the call in Twilio's books, all arrive at the same request.
 */
export function requestIdOf(opening: CallSid | MessageSid): RequestId {
  return `req_${opening.slice(2)}` as RequestId;
}

export const isVolunteerId = (id: VolunteerId | RegionId): id is VolunteerId => id.startsWith('vol_');

export function isVolunteer(helper: HelperId): helper is VolunteerId {
  return helper.startsWith('vol_');
}
