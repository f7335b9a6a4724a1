// What the page of phones and its server tell each other. Types and names only: the browser reads them too.
import type { StoryName } from '../demo/stories.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';

export type PageLine = {
  readonly number: string;
  readonly whatsappNumber: string | null;
  /** In each language; null: of the whole country. */
  readonly region: Readonly<Record<string, string>> | null;
  readonly languages: readonly string[];
};

export type PagePerson = {
  readonly number: string;
  readonly name: string;
  readonly role: 'volunteer' | 'police' | 'legal' | 'partner' | 'manager';
  readonly region: Readonly<Record<string, string>> | null;
  readonly languages: readonly string[];
  /** When the page was asked for; contacts: true. */
  readonly isOnDuty: boolean;
};

export type PageCast = {
  readonly lines: readonly PageLine[];
  readonly people: readonly PagePerson[];
  /** Words of a recording by its clip, as `kk/press-3`. */
  readonly recorded: Readonly<Record<string, string>>;
  /** For whoever calls from the page. */
  readonly callers: readonly string[];
  readonly hasStories: boolean;
  /** Null: managers cannot look in here. */
  readonly consoleUrl: string | null;
};

export type StoryState = {
  readonly name: StoryName;
  readonly state: 'playing' | 'ended' | 'broke';
  /** Why it broke, in English: else null. */
  readonly why: string | null;
  /** The phones that play. */
  readonly phones: readonly string[];
};

/** One stream: what happens on the network, and what becomes of a story. */
export type PageEvent = ExchangeEvent | ({ readonly type: 'story' } & StoryState);

export type PageRequest = {
  readonly id: string;
  /** Epoch milliseconds of the call or text that opened it. */
  readonly at: number;
  readonly channel: 'voice' | 'text';
  readonly phone: string;
};

export type PageReplay = { readonly lines: readonly string[]; readonly isOver: boolean };
