// The steps of a printed scenario: each event becomes what a person does, or what she may expect.
// Must never expect what the wait loop says over and over: the handset tolerates that by itself.
import type { Network } from '../../../shared/domain/network.ts';
import type { Spoken } from '../../../shared/domain/wording.ts';
import type { PromptLanguage } from '../../../shared/prompts/languages.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';
import type { LineNames, PhoneNames } from './scenario-names.ts';
import { understanding } from './understanding.ts';

export type StepsOptions = {
  readonly network: Network;
  readonly phones: PhoneNames;
  readonly lines: LineNames;
  readonly helpers: ReadonlyMap<string, string>;
};

type OnPhone = Extract<ExchangeEvent, { phone: string }>;
type EventOf<Type extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: Type }>;

/** What a handset expects by itself, and for how long, without being told so. */
const BACKGROUND: ReadonlySet<string> = new Set(['searching', 'still-searching', 'keys-while-waiting']);
const WAITS = { rings: 4, stops: 4, hears: 15, reads: 10, talks: 8, free: 15 } as const;
const MARGIN_SECONDS = 5;
/** Shorter pauses than this are between two movements of a hand. */
const PAUSE_FROM_SECONDS = 0.5;

export class ScenarioSteps {
  readonly #options: StepsOptions;
  readonly #understand: ReturnType<typeof understanding>;
  readonly #steps: string[] = [];
  readonly #ringing = new Set<string>();
  readonly #languages = new Map<string, PromptLanguage>();
  readonly #codes = new Map<string, { readonly code: string; readonly name: string }>();
  #hearing: { readonly phone: string; readonly said: string[]; readonly waited: number } | null = null;
  #lastAt = 0;

  constructor(options: StepsOptions) {
    this.#options = options;
    this.#understand = understanding(options.network);
  }

  /** Events in their order. */
  of(events: readonly ExchangeEvent[]): readonly string[] {
    this.#lastAt = events[0]?.at ?? 0;
    for (const event of events) if ('phone' in event) this.#take(event, events);
    this.#endHearing();
    return this.#steps;
  }

  #take(event: OnPhone, events: readonly ExchangeEvent[]): void {
    const phone = this.#options.phones.get(event.phone) ?? 'somebody';
    if (event.type === 'heard') this.#heard(event, phone);
    else if (isStep(event)) {
      this.#endHearing();
      if (event.type === 'text-received') this.#received(event, phone, events);
      else this.#step(event, phone);
    }
  }

  #step(event: OnPhone, phone: string): void {
    switch (event.type) {
      case 'dialled':
        this.#dialled(event, phone);
        break;
      case 'rang':
        this.#ringing.add(event.callSid);
        this.#expects(event, `${phone}.rings`, '', WAITS.rings);
        break;
      case 'rang-out':
        this.#rangOut(event, phone);
        break;
      case 'answered':
        // A caller's own call is answered by the line, which nobody does.
        if (this.#ringing.delete(event.callSid)) this.#does(event, `${phone}.answers()`);
        break;
      case 'pressed':
        this.#does(event, `${phone}.presses('${event.digits}')`);
        break;
      case 'hung-up':
        if (event.by === 'phone') this.#does(event, `${phone}.hangsUp()`);
        else this.#expects(event, `${phone}.isFree`, '', WAITS.free);
        break;
      case 'conference-joined':
        this.#joined(event, phone);
        break;
      case 'text-written':
        this.#wrote(event, phone);
        break;
    }
  }

  #dialled({ line, phone: number, showing, at }: EventOf<'dialled'>, phone: string): void {
    const withheld = showing === number ? '' : `, { withheld: ${quoted(showing)} }`;
    this.#does({ at }, `${phone}.dials(${this.#line(line)}${withheld})`);
  }

  #rangOut(event: EventOf<'rang-out'>, phone: string): void {
    if (!this.#ringing.delete(event.callSid)) {
      // It never rang: the handset was set so beforehand.
      const kind = event.status === 'busy' ? 'busy' : 'unreachable';
      this.#steps.unshift(`${phone}.phone.behaviour = { kind: '${kind}' };`);
      return;
    }
    if (event.status === 'busy') this.#does(event, `${phone}.rejects()`);
    else this.#expects(event, `${phone}.stopsRinging`, '', WAITS.stops);
  }

  /** Told once, of whoever comes second. */
  #joined(event: EventOf<'conference-joined'>, phone: string): void {
    const [other] = event.with.flatMap(number => this.#options.phones.get(number) ?? []);
    if (other !== undefined) this.#expects(event, `${phone}.talksWith`, other, WAITS.talks);
  }

  #wrote({ phone: number, to, body, at }: EventOf<'text-written'>, phone: string): void {
    const code = this.#codes.get(number);
    const words = code?.code === body.trim() ? code.name : quoted(body);
    const verb = to.startsWith('whatsapp:') ? 'writesOnWhatsapp' : 'writes';
    this.#does({ at }, `${phone}.${verb}(${this.#line(to)}, ${words})`);
  }

  /** The code of an offer is drawn by chance: it is read in the scenario, not written into it. */
  #received(event: EventOf<'text-received'>, phone: string, events: readonly ExchangeEvent[]): void {
    const code = this.#options.helpers.has(event.phone) ? /\b[1-8]\d\b/.exec(event.body)?.[0] : undefined;
    if (code === undefined) {
      this.#expects(event, `${phone}.reads`, quoted(event.body), WAITS.reads);
      return;
    }
    const name = `${phone}Code${this.#codes.size === 0 ? '' : this.#codes.size + 1}`;
    const isUsed = events.some(
      each => each.type === 'text-written' && each.phone === event.phone && each.body.trim() === code,
    );
    if (isUsed) this.#codes.set(event.phone, { code, name });
    this.#expects(event, `${phone}.readsOffer`, '', WAITS.reads, isUsed ? `const ${name} = ` : '');
  }

  #heard({ phone: number, heard, at }: EventOf<'heard'>, phone: string): void {
    const understood = this.#understand(heard);
    const known = understood?.said.flatMap(spoken => (isBackground(spoken) ? [] : [saidAs(spoken)])) ?? [];
    if (!understood || (known.length === 0 && understood.rest === '')) return;
    if ((this.#languages.get(number) ?? 'ru') !== understood.language) {
      this.#endHearing();
      this.#languages.set(number, understood.language);
      this.#steps.push(`${phone}.speaking('${understood.language}');`);
    }
    if (this.#hearing?.phone !== phone) {
      this.#endHearing();
      this.#hearing = { phone, said: [], waited: this.#waited(at) };
    }
    this.#hearing.said.push(...known);
    if (understood.rest !== '') this.#steps.push(`// ${phone} also hears: ${understood.rest}`);
    this.#lastAt = at;
  }

  #endHearing(): void {
    const hearing = this.#hearing;
    this.#hearing = null;
    if (!hearing || hearing.said.length === 0) return;
    if (hearing.waited > WAITS.hears - MARGIN_SECONDS) this.#pass(hearing.waited - MARGIN_SECONDS);
    this.#steps.push(`await ${hearing.phone}.hears(${hearing.said.join(', ')});`);
  }

  #does({ at }: { readonly at: number }, deed: string): void {
    const waited = this.#waited(at);
    if (waited >= PAUSE_FROM_SECONDS) this.#pass(waited);
    this.#steps.push(`await ${deed};`);
    this.#lastAt = at;
  }

  /** Waits longer than usual when it took longer. */
  #expects(
    { at }: { readonly at: number },
    what: string,
    argument: string,
    usual: number,
    before = '',
  ): void {
    const waited = this.#waited(at);
    const within = waited + 1 > usual ? [String(Math.ceil(waited) + MARGIN_SECONDS)] : [];
    const list = [...(argument === '' ? [] : [argument]), ...within].join(', ');
    this.#steps.push(`${before}await ${what}(${list});`);
    this.#lastAt = at;
  }

  #pass(seconds: number): void {
    this.#steps.push(`await world.pass(${Number(seconds.toFixed(1))});`);
  }

  #waited(at: number): number {
    return Math.max(0, (at - this.#lastAt) / 1000);
  }

  #line(address: string): string {
    return this.#options.lines.get(address)?.name ?? `{ number: '${address}', whatsappNumber: null }`;
  }
}

function isStep(event: OnPhone): boolean {
  return !['interrupted', 'conference-left', 'text-status'].includes(event.type);
}

function isBackground(spoken: Spoken): boolean {
  return 'say' in spoken && BACKGROUND.has(spoken.say);
}

function saidAs(spoken: Spoken): string {
  if ('say' in spoken) return `'${spoken.say}'`;
  if ('press' in spoken) return `{ press: '${spoken.press}' }`;
  if ('dial' in spoken) return `{ dial: '${spoken.dial}' }`;
  if ('language' in spoken) return `{ language: languageId('${spoken.language}') }`;
  return 'region' in spoken
    ? `{ region: regionId('${spoken.region}') }`
    : `{ need: skillId('${spoken.need}') }`;
}

/** With single quotes, as the formatter would write it. */
function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return text.includes("'") && !text.includes('"') ? `"${inside}"` : `'${inside.replaceAll("'", "\\'")}'`;
}
