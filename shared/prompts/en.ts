// The English words. Short sentences, no idioms: many who hear them have learned English late.
// Must never name an organisation, and the texts to a survivor must pass discretion.ts.
import type { NotToBeHad } from '../domain/wording.ts';
import {
  type Catalog,
  numbered,
  numbersOnly,
  type SaidOfShift,
  type SpokenCatalog,
  type TextCatalog,
} from './catalog.ts';

const sentences: SpokenCatalog['sentences'] = {
  'choose-language': 'To speak English,',
  'need-menu': 'What would you like to talk about?',
  'region-menu': 'Where are you now? Please choose a region or city.',
  'region-suggested': 'You seem to be calling from this region:',
  'more-regions': 'For other regions,',
  skip: 'If you do not want to answer, press zero.',
  searching: 'You are not alone. We are looking for a person to talk with you. Please stay on the line.',
  'still-searching': 'We are still looking. Please stay on the line.',
  'keys-while-waiting': 'If you are in danger now, press nine. To end this call at once, press zero.',
  'more-keys-while-waiting':
    'For a person from another region, press three. If you cannot speak, press four. If you are under eighteen, press five.',
  'elsewhere-noted': 'All right. We are looking for a person from another region.',
  'cannot-speak-noted':
    'You do not need to speak. You will be asked questions: for yes, press any key once; for no, press it twice.',
  'minor-noted': 'Thank you. We are looking for a person who is there for young people.',
  'ask-police': 'If nobody answers, shall we call the police for you? For yes, press one. For no, press two.',
  'ask-legal': 'If nobody answers, shall we call a lawyer for you? For yes, press one. For no, press two.',
  'ask-partner':
    'If nobody answers, shall we call another organisation that helps? For yes, press one. For no, press two.',
  'consent-noted': 'All right. We will call if it is needed.',
  'refusal-noted': 'All right. We will not call them.',
  'danger-noted': 'We are calling the emergency service right now. If you can, stay on the line.',
  'numbers-to-dial': 'You can also dial this number yourself:',
  or: 'or',
  connecting: 'We have found a person. We are connecting you.',
  'helper-speaks': 'This person speaks:',
  'interpreter-comes': 'An interpreter is being called and will join you. Please stay on the line.',
  'no-interpreter': 'No interpreter is free now. The conversation goes on.',
  guidance:
    'While we are looking: if you are afraid, go where there is a way out. Keep your phone and your papers with you. If there is a place to go to, go. None of this is your fault.',
  'wish-keys': 'To talk with a woman, press six. To talk with a man, press seven.',
  'wish-noted': 'All right. We will try. If none of them answers, another person will.',
  'helper-left': 'The connection was lost. We are looking for another person. Please stay on the line.',
  'try-again': 'There is a fault on our side. Please stay on the line.',
  'to-fallback': 'There is a fault on our side. We are connecting you to our colleague.',
  'call-back-key': 'If you would like us to call you back, press eight.',
  'ask-call-hours':
    'When may we call you? Within the next two hours, press one. In the morning, from nine to twelve, press two. In the afternoon, from twelve to five, press three. In the evening, from five to nine, press four. If we may not call you, press zero.',
  'ask-call-digit':
    'Now choose a number from one to eight and press it. When we call, you will hear nothing: press that number, and we will answer.',
  'call-agreed': 'All right. We will call you. You can hang up now, or stay on the line.',
  'no-call-agreed': 'All right. We will not call you.',
  'wrong-number': 'Sorry, wrong number.',
  goodbye: 'Goodbye.',
  'calling-her': 'Thank you. We are calling this person now. Please stay on the line.',
  'not-reached': 'This person did not answer. Thank you.',
  offer: 'Hello. Somebody would like to talk with you:',
  'offer-to-contact': 'Hello. This is a support line. A person needs your help:',
  'offer-in-danger': 'Urgent. A person who is in danger now is waiting for you:',
  'offer-in-language': 'with you, in:',
  'offer-written': 'This person does not call but writes.',
  'write-to-us':
    'Thank you. Now send the digit one to this line on WhatsApp. After that you will read what this person writes.',
  'we-ask-first': 'Thank you. We ask whether this person can be called. If so, your phone will ring again.',
  'with-interpreter': 'An interpreter will help: one is called as soon as you answer.',
  'offer-to-interpret': 'Hello. A conversation needs an interpreter, between:',
  'press-to-take': 'To answer, press one. To decline, press two.',
  'press-if-known': 'If you may know this person, press three.',
  'cannot-speak':
    'This person cannot speak. Please ask only what can be answered by yes or no: one tone is yes, two tones are no.',
  'is-minor': 'This person is under eighteen.',
  taken: 'Another person has already answered. Thank you.',
  declined: 'Thank you. We will ask somebody else.',
  'caller-gone': 'The call has already ended. Thank you.',
  'call-over': 'The conversation is over. Thank you.',
};

const spoken: SpokenCatalog = {
  sentences,
  press: {
    0: 'press zero.',
    1: 'press one.',
    2: 'press two.',
    3: 'press three.',
    4: 'press four.',
    5: 'press five.',
    6: 'press six.',
    7: 'press seven.',
    8: 'press eight.',
    9: 'press nine.',
  },
  digits: {
    0: 'zero',
    1: 'one',
    2: 'two',
    3: 'three',
    4: 'four',
    5: 'five',
    6: 'six',
    7: 'seven',
    8: 'eight',
    9: 'nine',
  },
  languages: {
    kk: 'Kazakh',
    ru: 'Russian',
    en: 'English',
    uz: 'Uzbek',
    ky: 'Kyrgyz',
    ug: 'Uyghur',
    tg: 'Tajik',
    tr: 'Turkish',
  },
  otherLanguage: 'another language',
};

const said: SaidOfShift = {
  opened: ({ shift }) =>
    `We are looking for somebody else: ${shift}. Until then the shift is yours. Thank you for telling us.`,
  away: ({ shift }) =>
    `You are off this shift: ${shift}. We are looking for somebody else. Thank you for telling us.`,
  yours: ({ shift }) => `The shift is yours: ${shift}. Thank you!`,
  'handed-over': ({ shift }) => `Somebody has taken it, you are free: ${shift}. Thank you.`,
  waits: ({ shift }) => `We are waiting for an answer: ${shift}. We will write to you.`,
  declined: ({ shift }) => `There will be no change, all stays as it was: ${shift}.`,
  kept: ({ shift }) => `All right, the shift stays yours: ${shift}. Thank you.`,
  'nobody-yet': ({ shift }) => `Nobody has taken it yet, it is still yours: ${shift}. A manager knows.`,
  'return-refused': ({ shift }) => `There will be no exchange: ${shift}. 76 for open shifts.`,
  open: ({ shift, number }) => `A shift is open: ${shift}. Reply 76 ${number} to take it.`,
  soon: ({ shift, number }) => `Your shift is soon: ${shift}. If you cannot come, reply 75 ${number}.`,
};

const notToBeHad: Readonly<Record<NotToBeHad, string>> = {
  own: 'This is your own shift.',
  language: 'This shift needs another language.',
  skill: 'This shift needs other skills.',
  busy: 'You are not free then: you are on duty or away.',
  rest: 'Too many hours in a day: you need rest.',
  gone: 'This shift is no longer there. 74 your shifts, 76 open ones.',
  begun: 'The shift has already begun. 98 for off duty.',
  'return-unfit': 'The other person cannot take your shift.',
};

const texts: TextCatalog = {
  'safe-question': () => 'Hello. Is now a good time to write? 1 yes, 2 no',
  'ask-need': ({ needs }) => `What would you like to talk about? ${numbered(needs)}, 0 to skip`,
  'ask-region': () => 'Which city or region? 0 to skip, 33 for a person from elsewhere',
  'ask-wish': () => 'Would you rather talk with a woman? 1 yes, 2 anyone',
  'ask-consent': () => 'If nobody is free, may the duty team be told? 1 yes, 2 no',
  searching: () => 'Thank you. You will get an answer soon, please wait. 55 if under 18',
  'here-now': () => 'Hello, I am here now. You can write.',
  'one-moment': () => 'One moment, please. We will go on soon.',
  'numbers-to-dial': ({ numbers }) => numbersOnly(numbers),
  'ask-call': () => 'When may it ring? Write a digit and hours, like: 5 18-21',
  'call-agreed': () => 'All right. When the phone rings, press your digit.',
  'no-call-agreed': () => 'All right, there will be no call.',
  'not-delivered': () => 'The message was not delivered. Please try again.',
  'no-media': () => 'Photos and files cannot be opened. Please write in words.',
  offer: ({ code, language, need, danger }) =>
    `${danger ? 'Urgent, danger. ' : ''}Request: ${language}${need === null ? '' : `, ${need}`}. Reply ${code} to take it, 0 to decline.`,
  accepted: () =>
    'The request is yours. All that you write from now on goes to this person. 90 to finish, 91 to pass on, 70 all codes.',
  taken: () => 'This request has already been taken. Thank you.',
  declined: () => 'Thank you. We will ask somebody else.',
  closed: () => 'The conversation is over. Your messages are no longer passed on. Thank you.',
  'passed-on': () => 'The request went to another person. Your messages are no longer passed on. Thank you.',
  'unknown-word': () =>
    'Not passed on. To take a request: its number, 0 to decline. 97 on duty, 98 off duty, 99 30 a break of 30 minutes. 70 all codes.',
  codes: () =>
    '71 it was hard, 72 abusive, 73 under 18, 82 shifts, 90 finish, 91 pass on, 92 I may know them, 93 call them, 94 tell a manager, 95 I feel unsafe, 96 may we contact, 97 on duty, 98 off duty, 99 30 break.',
  'accepted-beside': ({ number }) =>
    `The request is yours. Begin each text to this person with ${number}, codes too: ${number} 90 to finish, ${number} 91 to pass on. 70 all codes.`,
  'which-one': ({ codes }) =>
    `Not passed on: you have several conversations. Begin with a number, for example ${codes.join(', ')}.`,
  held: () =>
    'No word from this person for a while. First we ask whether it is a good time. What you write waits until the answer is 1.',
  'good-time-again': () => 'It is a good time again. What you wrote is on its way.',
  'not-now': () =>
    'It is not a good time for this person now. The conversation is over; what was waiting was not passed on. Thank you.',
  'window-closed': () =>
    'WhatsApp does not let us write to this person now. Your words did not arrive; wait until this person writes. 91 passes on.',
  'call-refused': () =>
    'This person has agreed to no call. Ask when it may ring and for a digit, then send 96 5 18-21.',
  'call-not-now': () =>
    'This person has agreed to other hours, and is called then. For now: 96 5 and the hours that you agree on.',
  'call-no-way': () => 'This number cannot be called from here. Please go on in writing.',
  'call-busy': () =>
    'You cannot call now: finish your other conversations (90) or come on duty (97), then 93 again.',
  calling: () =>
    'Your phone rings in a moment. Press 1, then we call this person. The talk in writing ends with it.',
  escalated: () => 'A manager has been told. Please go on.',
  'unsafe-noted': () => 'You no longer have this request. A manager has been told and will call you.',
  'on-duty': () => 'You are on duty. Thank you.',
  'off-duty': () =>
    'You are off duty until your next shift. 97 when you are back. Conversations that you have go on.',
  'on-break': ({ minutes }) => `A break of ${minutes} minutes. 97 when you are back.`,
  noted: () => 'All right, it is noted.',
  'is-minor': () => 'The person is under 18.',
  'rest-noted': () => 'Noted. You will not be asked for a while. Please rest.',
  debrief: () =>
    'Your shift is over. Thank you. If something stays with you, please talk with your coordinator about it.',
  'contact-noted': () => 'The agreement is noted.',
  'contact-how': () =>
    '96 and a digit: we may call; 96 and hours: only write; 96 0: neither. Like: 96 5 18-21',
  shifts: ({ are, shifts }) =>
    are === 'hers'
      ? `Your shifts: ${shifts}. 82 for codes.`
      : `Open shifts: ${shifts}. 76 and the number to take one.`,
  shift: params => said[params.said](params),
  'return-asked': ({ hers, inReturn, number }) =>
    `For your shift ${hers} somebody offers ${inReturn}. 77 ${number} to agree, 77 ${number} 0 if not.`,
  'not-to-be-had': ({ because }) => notToBeHad[because],
  'number-code': ({ code }) => `Is this your number? Reply 78 ${code} to confirm it.`,
  'own-page': ({ url }) => `Your shifts: ${url} Please do not pass it on.`,
  'shift-codes': () =>
    '74 my shifts, 75 and number: cannot come, 76 open ones, 76 and number: take, 77 and two numbers: exchange, 78 code, 79 my page, 80 and number: I come, 81 and number: ill',
  'no-shifts': () => 'You have no shifts in the next two weeks. 76 for open shifts.',
  'no-open-shifts': () => 'There are no open shifts now. Thank you.',
  'which-shift': () =>
    'Please add the number of the shift: 74 for yours, 76 for open ones. For example: 75 3',
  'number-verified': () => 'Your number is confirmed. Thank you.',
  'number-code-wrong': () => 'This code does not fit or is too old.',
};

export const en: Catalog = {
  spoken,
  texts,
  needs: {
    crisis: 'just talking',
    legal: 'rights',
    shelter: 'a place to stay',
    medical: 'health',
    child: 'children',
    immigration: 'documents',
  },
  otherNeed: 'something else',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
