// A TwiML document as typed verbs, checked as a whole before any of it is acted on. Must never let through a verb or
// attribute that this exchange does not perform exactly: the real network might ignore it, or record a survivor.
import { parseXml, type XmlElement, XmlError } from './xml.ts';

export interface Say {
  verb: 'Say';
  text: string;
  voice?: string;
  language?: string;
}
export interface Play {
  verb: 'Play';
  url: string;
  /** Keys that the other end hears instead of a recording; each `w` is half a second of silence. */
  digits?: string;
}
export interface Pause {
  verb: 'Pause';
  seconds: number;
}
export type Prompt = Say | Play | Pause;

export interface Gather {
  verb: 'Gather';
  /** Undefined: until the time-out or the finish key. */
  numDigits?: number;
  timeoutSeconds: number;
  action: string;
  method: string;
  actionOnEmptyResult: boolean;
  finishOnKey: string;
  prompts: readonly Prompt[];
}

export interface RecordVerb {
  verb: 'Record';
  action: string;
  method: string;
  maxSeconds: number;
  finishOnKey: string;
  playBeep: boolean;
  timeoutSeconds: number;
}

export interface DialledNumber {
  number: string;
  statusCallback?: string;
  statusCallbackEvents: readonly string[];
  statusCallbackMethod: string;
}

export interface ConferenceSpec {
  name: string;
  beep: 'true' | 'false' | 'onEnter' | 'onExit';
  startConferenceOnEnter: boolean;
  endConferenceOnExit: boolean;
  /** Undefined: Twilio's music. Empty: silence. */
  waitUrl?: string;
  waitMethod: string;
  maxParticipants: number;
  statusCallback?: string;
  statusCallbackEvents: readonly string[];
  statusCallbackMethod: string;
  participantLabel?: string;
}

export interface Dial {
  verb: 'Dial';
  action?: string;
  method: string;
  callerId?: string;
  timeoutSeconds: number;
  hangupOnStar: boolean;
  target: { numbers: readonly DialledNumber[] } | { conference: ConferenceSpec };
}

export type Verb =
  | Prompt
  | Gather
  | Dial
  | RecordVerb
  | { verb: 'Redirect'; url: string; method: string }
  | { verb: 'Hangup' }
  | { verb: 'Reject'; reason: 'rejected' | 'busy' };

export class TwimlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const INVALID_VERB = 12_200;

/** `mayRecord`: the document is for a number on which something may be recorded. */
export function parseTwiml(source: string, mayRecord = false): Verb[] {
  let root: XmlElement;
  try {
    root = parseXml(source);
  } catch (error) {
    if (error instanceof XmlError) throw new TwimlError(12_100, `document parse failure: ${error.message}`);
    throw error;
  }
  if (root.name !== 'Response') throw new TwimlError(12_101, `the root element is <${root.name}>`);
  shape(root, [], false);
  if (!mayRecord && root.children.some(({ name }) => name === 'Record'))
    throw new TwimlError(INVALID_VERB, '<Record> on a number where nothing may be recorded');
  return root.children.map(readVerb);
}

function readVerb(element: XmlElement): Verb {
  switch (element.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return readPrompt(element);
    case 'Gather':
      return readGather(element);
    case 'Dial':
      return readDial(element);
    case 'Record':
      return readRecord(element);
    case 'Redirect':
      shape(element, ['method'], true, []);
      if (element.text === '') throw new TwimlError(INVALID_VERB, '<Redirect> without a URL');
      return { verb: 'Redirect', url: element.text, method: method(element, 'method') };
    case 'Hangup':
      shape(element, [], false, []);
      return { verb: 'Hangup' };
    case 'Reject':
      shape(element, ['reason'], false, []);
      return { verb: 'Reject', reason: oneOf(element, 'reason', ['rejected', 'busy'], 'rejected') };
    default:
      throw new TwimlError(INVALID_VERB, `<${element.name}> is not a verb of this exchange`);
  }
}

function readPrompt(element: XmlElement): Prompt {
  switch (element.name) {
    case 'Say': {
      shape(element, ['voice', 'language'], true, []);
      if (element.text === '') throw new TwimlError(13_520, '<Say> without text');
      if (element.text.length > 4096) throw new TwimlError(13_512, '<Say> of more than 4096 characters');
      return {
        verb: 'Say',
        text: element.text.replace(/\s+/g, ' '),
        ...optional(element, 'voice', 'voice'),
        ...optional(element, 'language', 'language'),
      };
    }
    case 'Play':
      return readPlay(element);
    case 'Pause':
      shape(element, ['length'], false, []);
      return { verb: 'Pause', seconds: whole(element, 'length', 1, 0, 3600) };
    default:
      throw new TwimlError(INVALID_VERB, `<${element.name}> cannot be here`);
  }
}

function readPlay(element: XmlElement): Play {
  shape(element, ['digits'], true, []);
  const digits = element.attributes.get('digits');
  if (digits === undefined && element.text === '') throw new TwimlError(13_420, '<Play> without a URL');
  if (digits !== undefined && !/^[0-9*#w]+$/.test(digits)) throw invalid(element, 'digits');
  return { verb: 'Play', url: element.text, ...(digits === undefined ? {} : { digits }) };
}

function readGather(element: XmlElement): Gather {
  const known = ['input', 'numDigits', 'timeout', 'action', 'method', 'actionOnEmptyResult', 'finishOnKey'];
  shape(element, known, false, ['Say', 'Play', 'Pause']);
  oneOf(element, 'input', ['dtmf'], 'dtmf');
  const finishOnKey = element.attributes.get('finishOnKey') ?? '#';
  if (!/^[0-9*#]?$/.test(finishOnKey)) throw new TwimlError(13_314, `finishOnKey="${finishOnKey}"`);
  return {
    verb: 'Gather',
    ...(element.attributes.has('numDigits') ? { numDigits: whole(element, 'numDigits', 1, 1, 999) } : {}),
    timeoutSeconds: whole(element, 'timeout', 5, 0, 3600),
    action: element.attributes.get('action') ?? '',
    method: method(element, 'method'),
    actionOnEmptyResult: truth(element, 'actionOnEmptyResult', false),
    finishOnKey,
    prompts: element.children.map(readPrompt),
  };
}

function readRecord(element: XmlElement): RecordVerb {
  shape(element, ['action', 'method', 'maxLength', 'finishOnKey', 'playBeep', 'trim', 'timeout'], false, []);
  oneOf(element, 'trim', ['trim-silence', 'do-not-trim'], 'trim-silence');
  return {
    verb: 'Record',
    action: element.attributes.get('action') ?? '',
    method: method(element, 'method'),
    maxSeconds: whole(element, 'maxLength', 3600, 1, 14_400),
    finishOnKey: element.attributes.get('finishOnKey') ?? '1234567890*#',
    playBeep: truth(element, 'playBeep', true),
    timeoutSeconds: whole(element, 'timeout', 5, 0, 3600),
  };
}

function readDial(element: XmlElement): Dial {
  shape(element, ['action', 'method', 'callerId', 'timeout', 'hangupOnStar'], true, ['Number', 'Conference']);
  const conferences = element.children.filter(child => child.name === 'Conference');
  const numbers = element.children.filter(child => child.name === 'Number').map(readNumber);
  if (element.text !== '') numbers.push({ ...PLAIN_NUMBER, number: element.text });
  const [conference] = conferences;
  if (conferences.length + Math.min(numbers.length, 1) !== 1 || numbers.length > 10) {
    throw new TwimlError(INVALID_VERB, '<Dial> needs one <Conference>, or one to ten <Number>s');
  }
  return {
    verb: 'Dial',
    ...optional(element, 'action', 'action'),
    method: method(element, 'method'),
    ...optional(element, 'callerId', 'callerId'),
    timeoutSeconds: whole(element, 'timeout', 30, 5, 600),
    hangupOnStar: truth(element, 'hangupOnStar', false),
    target: conference ? { conference: readConference(conference) } : { numbers },
  };
}

const PLAIN_NUMBER = { statusCallbackEvents: ['completed'], statusCallbackMethod: 'POST' } as const;

function readNumber(element: XmlElement): DialledNumber {
  shape(element, ['statusCallback', 'statusCallbackEvent', 'statusCallbackMethod'], true, []);
  if (!/^\+[1-9]\d{6,14}$/.test(element.text))
    throw new TwimlError(13_223, `<Number>${element.text}</Number>`);
  return {
    number: element.text,
    ...optional(element, 'statusCallback', 'statusCallback'),
    statusCallbackEvents: words(
      element,
      'statusCallbackEvent',
      ['initiated', 'ringing', 'answered', 'completed'],
      ['completed'],
    ),
    statusCallbackMethod: method(element, 'statusCallbackMethod'),
  };
}

const CONFERENCE_EVENTS = ['start', 'end', 'join', 'leave', 'mute', 'hold'];

function readConference(element: XmlElement): ConferenceSpec {
  shape(
    element,
    [
      'beep',
      'startConferenceOnEnter',
      'endConferenceOnExit',
      'waitUrl',
      'waitMethod',
      'maxParticipants',
      'statusCallback',
      'statusCallbackEvent',
      'statusCallbackMethod',
      'participantLabel',
    ],
    true,
    [],
  );
  if (element.text === '') throw new TwimlError(13_240, '<Conference> without a name');
  return {
    name: element.text,
    beep: oneOf(element, 'beep', ['true', 'false', 'onEnter', 'onExit'], 'true'),
    startConferenceOnEnter: truth(element, 'startConferenceOnEnter', true),
    endConferenceOnExit: truth(element, 'endConferenceOnExit', false),
    ...optional(element, 'waitUrl', 'waitUrl'),
    waitMethod: method(element, 'waitMethod'),
    maxParticipants: whole(element, 'maxParticipants', 250, 2, 250),
    ...optional(element, 'statusCallback', 'statusCallback'),
    statusCallbackEvents: words(element, 'statusCallbackEvent', CONFERENCE_EVENTS, []),
    statusCallbackMethod: method(element, 'statusCallbackMethod'),
    ...optional(element, 'participantLabel', 'participantLabel'),
  };
}

/** Refuses every attribute, child and stray text that is not named. */
function shape(
  element: XmlElement,
  attributes: readonly string[],
  text: boolean,
  children?: readonly string[],
): void {
  for (const name of element.attributes.keys()) {
    if (attributes.includes(name)) continue;
    const why = /record|transcri/i.test(name)
      ? 'nothing that is said to a line is recorded or transcribed'
      : 'unknown attribute';
    throw new TwimlError(INVALID_VERB, `<${element.name} ${name}>: ${why}`);
  }
  const stranger = children && element.children.find(child => !children.includes(child.name));
  if (stranger) throw new TwimlError(INVALID_VERB, `<${stranger.name}> inside <${element.name}>`);
  if (!text && element.text !== '') throw new TwimlError(INVALID_VERB, `text inside <${element.name}>`);
}

function optional<K extends string>(element: XmlElement, name: string, key: K): { [P in K]?: string } {
  const value = element.attributes.get(name);
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}

function invalid(element: XmlElement, name: string): TwimlError {
  return new TwimlError(INVALID_VERB, `<${element.name} ${name}="${element.attributes.get(name)}">`);
}

function oneOf<T extends string>(element: XmlElement, name: string, allowed: readonly T[], otherwise: T): T {
  const value = element.attributes.get(name);
  if (value === undefined) return otherwise;
  const found = allowed.find(word => word === value);
  if (found === undefined) throw invalid(element, name);
  return found;
}

function method(element: XmlElement, name: string): string {
  return oneOf(element, name, ['POST', 'GET'], 'POST');
}

function truth(element: XmlElement, name: string, otherwise: boolean): boolean {
  return oneOf(element, name, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
}

function whole(element: XmlElement, name: string, otherwise: number, least: number, most: number): number {
  const text = element.attributes.get(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw invalid(element, name);
  return value;
}

function words(
  element: XmlElement,
  name: string,
  allowed: readonly string[],
  otherwise: readonly string[],
): readonly string[] {
  const text = element.attributes.get(name);
  if (text === undefined) return otherwise;
  const found = text.split(/\s+/).filter(Boolean);
  if (found.length === 0 || found.some(word => !allowed.includes(word))) throw invalid(element, name);
  return found;
}
