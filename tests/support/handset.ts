// A phone in a scenario, in the words of whoever holds it: dials, hears, presses, rings, reads. Every ring, sentence
// and text must be expected by the scenario; what is left over at its end fails it. Silence is asserted that way.
import { expect } from 'vitest';
import type { Heard, Phone } from '../../infra/local/exchange/exchange.ts';
import { dialIn } from '../../infra/local/exchange/legs.ts';
import { languageId, regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import type { Spoken, SpokenKey, Text } from '../../shared/domain/wording.ts';
import { everyWord } from '../../shared/prompts/all-catalogs.ts';
import { recordedClips } from '../../shared/prompts/audio.ts';
import type { PromptLanguage } from '../../shared/prompts/languages.ts';
import { speechFor } from '../../shared/prompts/speech.ts';
import { textFor } from '../../shared/prompts/writing.ts';
import { keepSecret } from './overheard.ts';
import type { World } from './world.ts';

/** A sentence by its key, or a name or digit. */
export type Said = SpokenKey | Spoken;

/** What the wait loop says over and over: expected whenever it comes. */
const background: readonly SpokenKey[] = [
  'searching',
  'still-searching',
  'keys-while-waiting',
  'more-keys-while-waiting',
  'guidance',
  'call-back-key',
  'calling-her',
  'press-if-known',
];

/** What an offer says of a request: nothing more may ever be heard in one. */
export type OfferHeard = {
  readonly to?: 'volunteer' | 'contact';
  readonly danger?: boolean;
  readonly language?: string;
  readonly need?: string;
  readonly region?: string;
  /** She does not call, she writes. */
  readonly written?: boolean;
};

/** One thing heard, with what of it the scenario has not yet expected. */
type Utterance = { readonly heard: Heard; left: string };

export class Handset {
  readonly world: World;
  readonly phone: Phone;
  language: PromptLanguage;
  readonly #utterances = new Map<Heard, Utterance>();
  #ringsExpected = 0;
  #textsRead = 0;
  #mayHearAnything = false;

  constructor(world: World, phone: Phone, language: PromptLanguage) {
    this.world = world;
    this.phone = phone;
    this.language = language;
  }

  get number(): string {
    return this.phone.number;
  }

  speaking(language: PromptLanguage): this {
    this.language = language;
    return this;
  }

  // what the person does

  async dials(
    line: { readonly number: string },
    options: { readonly withheld?: string } = {},
  ): Promise<void> {
    await this.phone.dial(line.number, options);
  }

  /** For `world.atOnce`: the call begins without waiting for its turn. */
  async dialsNow(line: { readonly number: string }): Promise<void> {
    await dialIn(this.phone.network, this.phone, line.number, undefined).begin();
  }

  async presses(digit: string): Promise<void> {
    await this.phone.press(digit);
  }

  async answers(): Promise<void> {
    await this.phone.answer();
  }

  async hangsUp(): Promise<void> {
    await this.phone.hangUp();
  }

  async rejects(): Promise<void> {
    await this.phone.reject();
  }

  async writes(line: { readonly number: string }, body: string): Promise<void> {
    keepSecret(body);
    await this.phone.text(line.number, body);
  }

  async writesOnWhatsapp(line: { readonly whatsappNumber: string | null }, body: string): Promise<void> {
    keepSecret(body);
    await this.phone.text(`whatsapp:${line.whatsappNumber}`, body);
  }

  /** Not long before the scenario begins, so that WhatsApp lets her be written to. We may not know of it. */
  hasWrittenOnWhatsapp(line: { readonly whatsappNumber: string | null }): this {
    this.phone.network.noteWritten(`whatsapp:${this.number}`, `whatsapp:${line.whatsappNumber}`);
    return this;
  }

  // what she may expect

  /** The phone rings now or soon, and shows the line's number, never a person's. */
  async rings(withinSeconds = 4): Promise<void> {
    await this.world.until(
      `${this.number} rings`,
      () => this.phone.rings.length > this.#ringsExpected,
      withinSeconds,
    );
    const showing = this.phone.rings[this.#ringsExpected]?.showing;
    expect(this.world.network.lines.map(({ number }) => number as string)).toContain(showing);
    this.#ringsExpected += 1;
  }

  async stopsRinging(withinSeconds = 4): Promise<void> {
    await this.world.until(
      `${this.number} stops ringing`,
      () => this.phone.ringing === undefined,
      withinSeconds,
    );
  }

  /** Rings, is picked up, and 1 is pressed at the end of the question. */
  async takes(withinSeconds = 4, offer: OfferHeard = {}): Promise<void> {
    await this.rings(withinSeconds);
    await this.picksUp(offer);
    await this.presses('1');
    await this.hears('connecting');
  }

  /** Picks up the ringing phone and hears what it is about. */
  async picksUp(offer: OfferHeard = {}): Promise<void> {
    await this.answers();
    await this.hearsOffer(offer);
  }

  async hearsOffer(offer: OfferHeard): Promise<void> {
    const { to = 'volunteer', danger, language = 'ru', need, region, written } = offer;
    const intro = danger ? 'offer-in-danger' : to === 'volunteer' ? 'offer' : 'offer-to-contact';
    await this.hears(
      intro,
      { language: languageId(language) },
      ...(need === undefined ? [] : [{ need: skillId(need) }]),
      ...(written ? (['offer-written'] as const) : []),
      ...(region === undefined ? [] : [{ region: regionId(region) }]),
      'press-to-take',
    );
  }

  /** She hangs up, and whoever she talked with is told and free. */
  async saysGoodbyeTo(helper: Handset): Promise<void> {
    await this.hangsUp();
    await helper.hears('call-over');
    await helper.isFree();
  }

  /** When the phone rang for the last time, in milliseconds. */
  get lastRangAt(): number {
    return this.phone.rings.at(-1)?.rangAt ?? Number.NaN;
  }

  /** All of these, now or soon, in any grouping. Names and keys between them must be expected too. */
  async hears(...said: readonly Said[]): Promise<void> {
    for (const each of said)
      await this.world.until(`${this.number} hears ${JSON.stringify(each)}`, () => this.#takeOut(each), 25);
  }

  /** Whatever else is said to her in this scenario is beside the point. */
  mayHearAnything(): this {
    this.#mayHearAnything = true;
    return this;
  }

  async talksWith(other: Handset, withinSeconds = 8): Promise<void> {
    const together = () =>
      this.phone.talkingTo.includes(other.number) && other.phone.talkingTo.includes(this.number);
    await this.world.until(`${this.number} talks with ${other.number}`, together, withinSeconds);
  }

  /** The call has ended, from whichever side. */
  async isFree(withinSeconds = 15): Promise<void> {
    await this.world.until(`${this.number} is free`, () => this.phone.call === undefined, withinSeconds);
  }

  /** The next text, exactly. Returns it. */
  async reads(expected: Text | string, withinSeconds = 10): Promise<string> {
    const arrived = () => this.phone.texts.length > this.#textsRead;
    await this.world.until(`${this.number} reads ${JSON.stringify(expected)}`, arrived, withinSeconds);
    const text = this.phone.texts[this.#textsRead];
    this.#textsRead += 1;
    const words = typeof expected === 'string' ? expected : this.written(expected);
    expect(text?.body).toBe(words);
    const lines = this.world.network.lines.flatMap(
      line => [line.number, `whatsapp:${line.whatsappNumber}`] as string[],
    );
    expect(lines).toContain(text?.from);
    return text?.body ?? '';
  }

  /** The next text is an offer; returns the code to reply with. */
  async readsOffer(withinSeconds = 10): Promise<string> {
    const arrived = () => this.phone.texts.length > this.#textsRead;
    await this.world.until(`${this.number} reads an offer`, arrived, withinSeconds);
    const body = this.phone.texts[this.#textsRead]?.body ?? '';
    this.#textsRead += 1;
    const code = /\b[1-8]\d\b/.exec(body)?.[0];
    if (code === undefined) throw new Error(`${this.number} read no offer but: ${body}`);
    return code;
  }

  // the end

  endsQuietly(): void {
    const rings = this.phone.rings.length;
    if (rings !== this.#ringsExpected)
      throw this.#surprise(`${this.number} rang ${rings} times, ${this.#ringsExpected} expected`);
    const unread = this.phone.texts.slice(this.#textsRead).map(({ body }) => body);
    if (unread.length > 0)
      throw this.#surprise(`${this.number} received unexpectedly: ${unread.join(' | ')}`);
    const unexpected = this.#mayHearAnything
      ? []
      : this.#all()
          .map(({ left }) => bare(left))
          .filter(left => left !== '');
    if (unexpected.length > 0)
      throw this.#surprise(`${this.number} heard unexpectedly: ${unexpected.join(' | ')}`);
  }

  #surprise(what: string): Error {
    return new Error(`${what}\n${this.world.story().join('\n')}`);
  }

  #all(): readonly Utterance[] {
    return this.phone.heard
      .filter(({ kind }) => kind === 'say' || kind === 'play')
      .map(heard => this.#utterance(heard));
  }

  #utterance(heard: Heard): Utterance {
    const known = this.#utterances.get(heard);
    if (known) return known;
    const utterance = { heard, left: heard.text ?? new URL(heard.url ?? 'none:', 'https://none').pathname };
    for (const key of background) this.#remove(utterance, { say: key });
    this.#utterances.set(heard, utterance);
    return utterance;
  }

  #takeOut(said: Said): boolean {
    const spoken = typeof said === 'string' ? { say: said } : said;
    if (typeof said === 'string' && background.includes(said)) return this.#heardBackground(said);
    return this.#all().some(utterance => this.#remove(utterance, spoken));
  }

  #heardBackground(key: SpokenKey): boolean {
    const words = this.#words({ say: key });
    return this.phone.heard.some(({ text, url }) => (text ?? url ?? '').includes(words));
  }

  #remove(utterance: Utterance, spoken: Spoken): boolean {
    const words = this.#words(spoken);
    if (!utterance.left.includes(words)) return false;
    utterance.left = utterance.left.replace(words, '');
    return true;
  }

  #words(spoken: Spoken): string {
    const speeches = speechFor(this.language, [spoken], this.world.network, {
      words: everyWord,
      recorded: recordedClips,
    });
    return speeches
      .map(speech => (speech.kind === 'say' ? speech.text.replace(/[.,:]$/, '') : speech.path))
      .join(' ');
  }

  /** A text of ours, as it reads on this phone. */
  written(text: Text): string {
    return textFor(this.language, text, this.world.network, everyWord);
  }
}

function bare(words: string): string {
  return words.replace(/[\s.,:!?]+/gu, '');
}
