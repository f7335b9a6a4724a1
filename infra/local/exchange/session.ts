// The TwiML interpreter of one leg: fetches a document, performs its verbs in order, goes where they lead. Whatever
// interrupts it (a hang-up, a redirect by REST) takes the turn away, and a timer or reply that comes late finds that
// it has no turn any more. Must never touch another leg except through a conference or a dial.
import type { Cancel } from './clock.ts';
import { conferenceNamed } from './conference.ts';
import { Gathering } from './gathering.ts';
import type { Fallback, KeyPress, Leg, Target } from './leg.ts';
import { endLeg, markAnswered } from './leg-state.ts';
import type { Network } from './network.ts';
import { type DialResult, NumberDial } from './number-dial.ts';
import { Recording } from './recording.ts';
import { hear, resolveUrl, sound, speechMs } from './sounding.ts';
import type { Dial, Gather, RecordVerb, Verb } from './twiml-document.ts';
import { fetchTwiml, parseOrFail, type TwimlDocument } from './twiml-fetch.ts';
import type { Params } from './webhook-params.ts';

export type StopReason = 'hung-up' | 'redirected';

// A reply loop that lets no time pass would never let virtual time move on; Twilio cuts such calls too.
const MOST_DOCUMENTS_AN_INSTANT = 50;
const APOLOGY = 'We are sorry, an application error has occurred. Goodbye.';

/** What a <Dial> in progress can be told. */
interface ActiveDial {
  hangupOnStar: boolean;
  star: () => void;
  abandon: (why: StopReason) => void;
}

export class Session {
  #turn = 0;
  #verbs: Verb[] = [];
  #documentUrl = '';
  #fallback: Fallback | undefined;
  #timer: Cancel | undefined;
  #gathering: Gathering | undefined;
  #dial: ActiveDial | undefined;
  #recording: Recording | undefined;
  #instant = Number.NaN;
  #documentsThisInstant = 0;
  readonly #network: Network;
  readonly #leg: Leg;

  constructor(network: Network, leg: Leg) {
    this.#network = network;
    this.#leg = leg;
  }

  async load(target: Target, extra: Params = {}): Promise<void> {
    this.#fallback = target.fallback ?? this.#fallback;
    this.#turn += 1;
    const turn = this.#turn;
    if (this.#isRunaway()) return this.#applicationError();
    const document = await fetchTwiml(
      this.#network,
      this.#leg,
      { ...target, fallback: this.#fallback },
      extra,
    );
    if (turn !== this.#turn || this.#leg.ended) return;
    await this.#perform(document);
  }

  /** TwiML that came with a REST request; it has no URL that others could be relative to. */
  async runText(twiml: string, url: string): Promise<void> {
    this.#turn += 1;
    await this.#perform(parseOrFail(this.#network, this.#leg, twiml, url));
  }

  /** Whatever it is doing ends without any consequence of its own. */
  stop(why: StopReason): void {
    this.#turn += 1;
    this.#timer?.();
    this.#gathering?.stop();
    this.#gathering = undefined;
    this.#recording?.stop();
    this.#recording = undefined;
    const dial = this.#dial;
    this.#dial = undefined;
    dial?.abandon(why);
  }

  keyPressed(digit: string): KeyPress {
    if (this.#gathering) return this.#gathering.keyPressed(digit);
    if (this.#recording) return this.#recording.keyPressed(digit);
    const dial = this.#dial;
    if (digit === '*' && dial?.hangupOnStar) return { taken: true, effect: dial.star };
    return { taken: false };
  }

  async #perform(document: TwimlDocument | undefined): Promise<void> {
    if (!document) return this.#applicationError();
    this.#verbs = document.verbs;
    this.#documentUrl = document.url;
    await this.#next();
  }

  async #next(): Promise<void> {
    const verb = this.#verbs.shift();
    if (!verb) return this.#hangUp();
    switch (verb.verb) {
      case 'Say':
      case 'Play':
        markAnswered(this.#network, this.#leg);
        return this.#after(sound(this.#network, this.#leg, verb, this.#documentUrl), () => this.#next());
      case 'Pause':
        // As a first verb it lets the call ring on.
        return this.#after(verb.seconds * 1000, () => this.#next());
      case 'Gather':
        markAnswered(this.#network, this.#leg);
        return this.#gather(verb);
      case 'Dial':
        markAnswered(this.#network, this.#leg);
        return this.#startDial(verb);
      case 'Record':
        return this.#startRecord(verb);
      case 'Redirect':
        return this.load({ url: resolveUrl(verb.url, this.#documentUrl), method: verb.method });
      case 'Reject':
        if (this.#leg.status === 'ringing') {
          return endLeg(this.#network, this.#leg, verb.reason === 'busy' ? 'busy' : 'no-answer', 'network');
        }
        return this.#hangUp();
      case 'Hangup':
        return this.#hangUp();
    }
  }

  #gather(gather: Gather): void {
    const turn = this.#turn;
    this.#gathering = new Gathering(
      this.#network,
      this.#leg,
      gather,
      this.#documentUrl,
      async ({ digits, finishedOnKey }) => {
        if (turn !== this.#turn) return;
        this.#gathering = undefined;
        if (digits === '' && !gather.actionOnEmptyResult) return this.#next();
        await this.load(
          { url: resolveUrl(gather.action, this.#documentUrl), method: gather.method },
          { Digits: digits, FinishedOnKey: finishedOnKey, msg: 'Gather End' },
        );
      },
    );
    this.#gathering.start();
  }

  #startRecord(record: RecordVerb): void {
    markAnswered(this.#network, this.#leg);
    const turn = this.#turn;
    this.#recording = new Recording(
      this.#network,
      this.#leg,
      record,
      async ({ words, seconds, finishedOnKey }) => {
        if (turn !== this.#turn) return;
        this.#recording = undefined;
        if (words === '') return this.#next();
        const sid = this.#network.sids.next('RE');
        this.#network.recordings.set(sid, words);
        await this.load(
          { url: resolveUrl(record.action, this.#documentUrl), method: record.method },
          {
            RecordingSid: sid,
            RecordingUrl: `${this.#network.url}/2010-04-01/Accounts/${this.#network.accountSid}/Recordings/${sid}`,
            RecordingDuration: String(seconds),
            Digits: finishedOnKey,
          },
        );
      },
    );
  }

  /** Into a <Record> that is listening; nobody else hears it. */
  says(words: string): void {
    this.#recording?.says(words);
  }

  #startDial(dial: Dial): void | Promise<void> {
    const turn = this.#turn;
    const over = (result: DialResult) => {
      this.#network.soon(() => {
        if (turn !== this.#turn || this.#leg.ended) return;
        this.#dial = undefined;
        return this.#afterDial(dial, result);
      });
    };
    if ('conference' in dial.target) return this.#joinConference(dial, over);
    const callerId = dial.callerId ?? this.#leg.from;
    if (dial.callerId !== undefined && !this.#network.lines.has(callerId)) {
      this.#network.fail(13_214, `callerId ${callerId} is not one of the lines`, { sid: this.#leg.sid });
      return this.#applicationError();
    }
    const numbers = new NumberDial(this.#network, this.#leg, dial, callerId, this.#documentUrl, over);
    this.#dial = {
      hangupOnStar: dial.hangupOnStar,
      star: () => numbers.endChildren('star'),
      abandon: () => numbers.endChildren('abandoned'),
    };
    numbers.start();
  }

  #joinConference(dial: Dial, over: (result: DialResult) => void): void {
    if (!('conference' in dial.target)) return;
    const leg = this.#leg;
    const conference = conferenceNamed(this.#network, dial.target.conference.name);
    // The documents send no DialCallSid and no duration after a conference.
    const left = () => over({ DialCallStatus: 'answered', DialBridged: 'false' });
    this.#dial = {
      hangupOnStar: dial.hangupOnStar,
      star: () => conference.leave(leg, 'star'),
      abandon: why => conference.leave(leg, why),
    };
    if (!conference.join(leg, dial.target.conference, this.#documentUrl, left)) {
      over({ DialCallStatus: 'failed', DialBridged: 'false' });
    }
  }

  async #afterDial(dial: Dial, result: DialResult): Promise<void> {
    if (dial.action === undefined) return this.#next();
    await this.load({ url: resolveUrl(dial.action, this.#documentUrl), method: dial.method }, { ...result });
  }

  #applicationError(): void {
    this.#verbs = [];
    markAnswered(this.#network, this.#leg);
    hear(this.#network, this.#leg, { kind: 'say', text: APOLOGY, language: 'en-US' });
    this.#after(speechMs(APOLOGY), () => this.#hangUp());
  }

  #hangUp(): void {
    markAnswered(this.#network, this.#leg);
    endLeg(this.#network, this.#leg, 'completed', 'network');
  }

  #after(ms: number, then: () => Promise<void> | void): void {
    const turn = this.#turn;
    this.#timer = this.#network.later(ms, () => (turn === this.#turn ? then() : undefined));
  }

  #isRunaway(): boolean {
    const now = this.#network.now();
    this.#documentsThisInstant = now === this.#instant ? this.#documentsThisInstant + 1 : 1;
    this.#instant = now;
    if (this.#documentsThisInstant <= MOST_DOCUMENTS_AN_INSTANT) return false;
    this.#network.fail(11_215, 'too many redirects without any time passing', { sid: this.#leg.sid });
    return true;
  }
}
