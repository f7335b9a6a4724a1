// Everything Pana can say or write, as keys and parameters. The words themselves live in shared/prompts, one
// catalog a language; the domain chooses what is said and never how.
import type { LanguageId, RegionId, SkillId } from './ids.ts';
import type { LocalDate, MinuteOfDay, Weekday } from './local-time.ts';

/** One spoken sentence. Longer announcements are several of these in a row. */
export type SpokenKey =
  | 'choose-language' // spoken in each language in turn, before its key
  | 'need-menu' // what is it about?
  | 'region-menu' // where are you?
  | 'region-suggested' // it seems that you are calling from …
  | 'more-regions'
  | 'skip' // or press 0 to go on without an answer
  | 'searching' // first words of the wait: you are not alone, we look for a person, stay on the line
  | 'still-searching'
  | 'keys-while-waiting' // 9 if you are in danger now, 0 to end the call at once
  | 'more-keys-while-waiting' // 3 for a person from another region, 4 if you cannot speak, 5 if you are under 18
  | 'elsewhere-noted' // we look for a person from another region
  | 'cannot-speak-noted' // you need not speak: a key once is yes, twice is no
  | 'minor-noted' // we look for a person who is there for young people
  | 'ask-police' // if nobody is free: may we call the police for you? 1 yes, 2 no
  | 'ask-legal'
  | 'ask-partner'
  | 'consent-noted'
  | 'refusal-noted'
  | 'danger-noted' // we are calling emergency contact now; stay on the line
  | 'numbers-to-dial' // you can also dial these numbers yourself, followed by the numbers
  | 'or' // between two numbers
  | 'connecting'
  | 'helper-speaks' // after 'connecting': the person speaks, followed by a language that is not hers
  | 'interpreter-comes' // an interpreter is being called and joins the talk
  | 'no-interpreter' // nobody is free to interpret now; the talk goes on
  | 'guidance' // while she waits long: what she can do meanwhile
  | 'wish-keys' // 6 to talk with a woman, 7 with a man
  | 'wish-noted' // we look for one; if nobody is free, somebody else will answer
  | 'helper-left' // the connection was lost; we look for another person
  | 'try-again' // a fault of ours: please stay on the line
  | 'to-fallback' // a fault of ours: we are connecting you to a colleague
  | 'call-back-key' // to be called back, press 8
  | 'ask-call-hours' // when may we call? 1 within two hours, 2 to 4 parts of the day, 0 not at all
  | 'ask-call-digit' // choose the number from 1 to 8 that you will press when we call: you will hear nothing
  | 'call-agreed' // we will call; hang up, or stay
  | 'no-call-agreed'
  | 'wrong-number' // all that somebody else hears who picks up: neutral, and the end
  | 'goodbye' // neutral
  | 'calling-her' // to a helper who has taken it: her phone rings now, stay on the line
  | 'not-reached' // to a helper: she did not answer, thank you
  | 'offer' // to a volunteer: somebody would like to talk, followed by language and need
  | 'offer-to-contact' // to a contact: a call from the hotline, followed by region and need
  | 'offer-in-danger' // to anyone: the caller is in danger now
  | 'offer-in-language' // after her language: you would speak with her in, followed by another
  | 'offer-written' // this person does not call but writes
  | 'with-interpreter' // after that: an interpreter is called as soon as you take it
  | 'offer-to-interpret' // to an interpreter: two people talk and share no language, followed by both
  | 'press-to-take' // press 1 to take it, 2 if you cannot
  | 'press-if-known' // press 3 if you may know this person
  | 'cannot-speak' // to a helper: ask what can be answered by yes or no: one tone, two tones
  | 'is-minor' // to a helper who has taken it: the person is under 18
  | 'write-to-us' // to a helper who has taken what is written: now write the digit 1 to this line on WhatsApp
  | 'we-ask-first' // to one who cannot write there: we ask whether a call is possible, and call you then
  | 'taken' // already taken, thank you
  | 'declined' // thank you, we ask somebody else
  | 'caller-gone' // the caller has hung up, thank you
  | 'call-over'; // the call is over, thank you

/** Something to say: a sentence, a key to press, or a name from the network's configuration. */
export type Spoken =
  | { readonly say: SpokenKey }
  /** "press 3" */
  | { readonly press: string }
  /** A number to dial, spoken digit by digit. */
  | { readonly dial: string }
  | { readonly region: RegionId }
  | { readonly need: SkillId }
  | { readonly language: LanguageId };

/** Texts that are the same every time. */
export type PlainText =
  // to a survivor
  | 'safe-question' // neutral: is now a good time to write? 1 yes, 2 no
  | 'ask-wish' // rather with a woman? 1 yes, 2 anyone
  | 'ask-region'
  | 'ask-consent' // may others of the team be told? 1 yes, 2 no
  | 'searching'
  | 'here-now' // I am here, you can write
  | 'one-moment' // the other person changes
  | 'ask-call' // when may it ring? a digit and hours: 5 18-21
  | 'call-agreed' // when it rings, press your digit
  | 'no-call-agreed'
  | 'not-delivered' // to whoever wrote a text that could not be delivered
  | 'no-media'
  | 'noted' // to whoever has sent a code
  // to a volunteer or contact
  | 'accepted' // what you write now is passed on; 90 ends, 91 passes on, 70 all codes
  | 'taken'
  | 'declined'
  | 'closed'
  | 'passed-on'
  | 'is-minor' // to a helper who has taken it
  | 'rest-noted' // after a hard talk: you are not asked for a while
  | 'debrief' // after a shift
  | 'unknown-word' // passed on to nobody; the codes for now
  | 'codes' // all codes
  | 'held' // she is asked first whether it is a good time; your words wait
  | 'good-time-again' // she has said so; your words are on their way
  | 'not-now' // she has said that it is not a good time; over
  | 'window-closed' // WhatsApp lets nobody write to her until she writes
  | 'call-refused' // she has agreed to no call: what to ask her
  | 'call-not-now' // she has agreed to other hours: she is called then
  | 'call-no-way' // her number can not be called from this line
  | 'call-busy' // end your other conversations first
  | 'calling' // your phone rings now, then hers
  | 'escalated'
  | 'unsafe-noted'
  | 'on-duty'
  | 'off-duty'
  | 'contact-noted' // what she agreed to about being reached is kept
  | 'contact-how'; // how to write it: 96 5 18-21

/** The same of those about a volunteer's own shifts and number. */
export type PlainShiftText =
  | 'shift-codes'
  | 'no-shifts'
  | 'no-open-shifts'
  | 'which-shift' // a number of the list is needed
  | 'number-verified'
  | 'number-code-wrong';

/** One shift on one line: its number for her, and when. */
export type ShiftLine = {
  readonly number: number;
  readonly weekday: Weekday;
  readonly date: LocalDate;
  readonly from: MinuteOfDay;
  readonly until: MinuteOfDay;
};

/** What has become of a shift; swap.ts says when. */
export const shiftSaid = [
  'opened',
  'away',
  'yours',
  'handed-over',
  'waits',
  'declined',
  'kept',
  'nobody-yet',
  'return-refused',
  'open', // it is to be had: its number takes it
  'soon', // a reminder
] as const;
export type ShiftSaid = (typeof shiftSaid)[number];

/** Why a shift is not to be had. */
export const notToBeHad = [
  'own',
  'language',
  'skill',
  'busy',
  'rest',
  'gone',
  'begun',
  'return-unfit',
] as const;
export type NotToBeHad = (typeof notToBeHad)[number];

/** One text message. To survivors these are discreet: see docs/safety.md. */
export type Text = RequestText | ShiftText;

/** What belongs to a request, or answers a helper. */
export type RequestText =
  | { readonly text: PlainText }
  | { readonly text: 'ask-need'; readonly needs: readonly SkillId[] } // numbered, neutral words
  | { readonly text: 'numbers-to-dial'; readonly numbers: readonly string[] } // only digits
  | {
      readonly text: 'offer';
      readonly code: string;
      readonly language: LanguageId;
      /** What she would be answered in, when it is not her own. */
      readonly inLanguage: LanguageId | null;
      readonly need: SkillId | null;
      readonly danger: boolean;
    }
  /** She writes with others too: what she writes to this one begins with the number. */
  | { readonly text: 'accepted-beside'; readonly number: string }
  | { readonly text: 'which-one'; readonly codes: readonly string[] } // passed on to nobody: begin with a number
  | { readonly text: 'on-break'; readonly minutes: number };

/** What a volunteer reads about her shifts and her number; it stands in no request. */
export type ShiftText =
  | { readonly text: PlainShiftText }
  | { readonly text: 'shifts'; readonly are: 'hers' | 'open'; readonly shifts: readonly ShiftLine[] }
  | { readonly text: 'shift'; readonly said: ShiftSaid; readonly shift: ShiftLine }
  /** Somebody would take hers and give the other one for it. */
  | { readonly text: 'return-asked'; readonly hers: ShiftLine; readonly inReturn: ShiftLine }
  | { readonly text: 'not-to-be-had'; readonly because: NotToBeHad }
  | { readonly text: 'number-code'; readonly code: string }
  | { readonly text: 'own-page'; readonly url: string };
