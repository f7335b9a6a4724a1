// The hotline as it is configured: regions, lines, ladders, contacts. Another country is another value of this.
// `network-rules.ts` refuses a network that could strand somebody; nothing here is about one request.
import type { Care } from './care.ts';
import type { CoverageSettings } from './coverage-settings.ts';
import type { ContactId, LadderId, LanguageId, LineId, RegionId, SkillId } from './ids.ts';
import type { Ladder } from './ladder.ts';
import type { Limits } from './limits.ts';
import type { PhoneNumber } from './phone.ts';
import type { Holidays, LocalDate, WeeklyPattern } from './rota.ts';
import type { SelfService } from './self-service.ts';
import type { Capabilities, TextBy } from './ways.ts';
import type { Templates } from './whatsapp-window.ts';

/** A name in each language that a line offers; spoken in menus, matched against what a survivor texts. */
export type Names = Readonly<Record<string, string>>;

export type Region = {
  readonly id: RegionId;
  readonly names: Names;
  /** IANA zone, as `Asia/Almaty`. */
  readonly zone: string;
  /** Neighbours, nearest first: where a ladder looks when it widens from `region` to `near`. */
  readonly near: readonly RegionId[];
  /** Beginnings of E.164 landline numbers. They only suggest the region. */
  readonly landlinePrefixes: readonly string[];
};

export type Skill = { readonly id: SkillId; readonly names: Names };

export type Line = {
  readonly id: LineId;
  readonly number: PhoneNumber;
  /** The same line on WhatsApp, when it has one. */
  readonly whatsappNumber: PhoneNumber | null;
  /** What can come in and go out on these numbers. */
  readonly capabilities: Capabilities;
  /** By language: what may be sent by WhatsApp to somebody who has not written for a day. */
  readonly whatsappTemplates: Readonly<Record<string, Templates>>;
  /** Offered in this order; the first is assumed until she chooses. */
  readonly languages: readonly LanguageId[];
  /** By language: which others most of its speakers understand too, the best first. For rungs that go so far. */
  readonly alsoUnderstood: Readonly<Record<string, readonly LanguageId[]>>;
  /** She may say that she would rather talk with a woman, or with a man. */
  readonly asksGender: boolean;
  /** The need menu, in the order of its keys from 1; at most six. Empty: the need is not asked. */
  readonly needs: readonly SkillId[];
  /** A line for one region; null: asked by keys, in the order of `regionMenu`. */
  readonly region: RegionId | null;
  readonly regionMenu: readonly RegionId[];
  readonly ladder: LadderId;
  /** Dialled when Pana itself cannot answer. A staffed desk, E.164. */
  readonly fallbackNumber: PhoneNumber;
  /** What she can dial herself, as `102`; spoken digit by digit, never dialled by us. */
  readonly emergencyNumbers: readonly string[];
};

/** `canary` is no person: a number of our own that answers by itself. */
export type ContactKind = 'manager' | 'police' | 'legal' | 'partner' | 'canary';

export type Contact = {
  readonly id: ContactId;
  readonly kind: ContactKind;
  readonly name: string;
  /** Rung for requests that come by voice; null: takes no calls. */
  readonly callNumber: PhoneNumber | null;
  /** Texted for requests that come by text; null: takes no texts. */
  readonly textNumber: PhoneNumber | null;
  readonly textBy: TextBy;
  readonly language: LanguageId;
  /** Where it is responsible; empty: everywhere. */
  readonly regions: readonly RegionId[];
  readonly zone: string;
  /** When it can be reached, in its own wall time; empty: always. */
  readonly hours: readonly WeeklyPattern[];
};

export type Settings = {
  /** Twilio starts one outbound call a second by default: the next offer of a wave waits this long. */
  readonly secondsBetweenOffers: number;
  /** A call again within this time after hanging up goes to the head of the queue. */
  readonly graceSeconds: number;
  /** A text conversation without a word for this long is over. */
  readonly idleSeconds: number;
  /** How long the question "is now a good time to write?" waits for an answer. */
  readonly greetingSeconds: number;
  /** When she has not written for so long, she is asked again before anything else is written to her. */
  readonly quietSeconds: number;
  /** How many people a volunteer may write with at the same time. */
  readonly conversationsAtOnce: number;
  /** Calls to her for one agreement, at most. */
  readonly callBackTries: number;
  /** From one of them to the next. */
  readonly callBackEverySeconds: number;
  /** The skill of those who are trained for minors; null: there is no such pool, and anybody is asked. */
  readonly minorSkill: SkillId | null;
  /** The skill of those who interpret; whoever has no other is asked for nothing else. Null: nobody interprets. */
  readonly interpreterSkill: SkillId | null;
  /** What the organisation is called, in any script. No word or name that Pana says or writes may hold it. */
  readonly organisationNames: readonly string[];
  /** When a volunteer is left to rest, unless nobody else is there. */
  readonly care: Care;
  /** What is served more slowly or answered less from where on. */
  readonly limits: Limits;
  /** How many are to be on duty, and what is too much for one of them. */
  readonly coverage: CoverageSettings;
  /** What volunteers do about their own shifts. */
  readonly selfService: SelfService;
};

/** What Pana calls itself with: numbers of the same account that nobody else has or knows. */
export type Canary = {
  readonly lineId: LineId;
  /** Places the call. */
  readonly survivorNumber: PhoneNumber;
  /** Answers it. */
  readonly contactId: ContactId;
};

/** A day on which shifts that say so are not held. */
export type Holiday = { readonly date: LocalDate; readonly name: string };

export type Network = {
  readonly regions: readonly Region[];
  readonly skills: readonly Skill[];
  readonly lines: readonly Line[];
  readonly ladders: readonly Ladder[];
  readonly contacts: readonly Contact[];
  readonly settings: Settings;
  /** Null: there is none. */
  readonly canary: Canary | null;
  readonly holidays: readonly Holiday[];
};

export function holidaysOf({ holidays }: Pick<Network, 'holidays'>): Holidays {
  return new Set(holidays.map(({ date }) => date));
}

/**
 * The line of a request. It may have been taken out while another function still opened requests by the network of a
 * minute ago: then the first line for people serves her, rather than none.
 */
export function lineOf(network: Network, id: LineId): Line {
  return known(network.lines.find(line => line.id === id) ?? lineForPeople(network), `line ${id}`);
}

/** The first one; undefined when all are for the canary. */
export function lineForPeople(network: Network): Line | undefined {
  return network.lines.find(({ ladder }) => ladderOf(network, ladder).purpose === 'people');
}

export function ladderOf(network: Network, id: LadderId): Ladder {
  return known(
    network.ladders.find(ladder => ladder.id === id),
    `ladder ${id}`,
  );
}

export function regionOf(network: Network, id: RegionId): Region {
  return known(
    network.regions.find(region => region.id === id),
    `region ${id}`,
  );
}

/** The neighbours of a region; none when it has been taken out of the network while a request was open. */
export function nearOf(network: Network, id: RegionId): readonly RegionId[] {
  return network.regions.find(region => region.id === id)?.near ?? [];
}

/** Null: taken out by now. Whoever was to be rung there is passed over like a number that does not work. */
export function contactOf(network: Network, id: ContactId): Contact | null {
  return network.contacts.find(contact => contact.id === id) ?? null;
}

/** The line that owns a number, as it stands in a webhook's `To`. */
export function lineByNumber(network: Network, number: PhoneNumber): Line | null {
  return network.lines.find(line => line.number === number || line.whatsappNumber === number) ?? null;
}

/** The region that a landline's beginning suggests; the longest match wins. Mobile numbers suggest nothing. */
export function regionSuggestedBy(network: Network, number: string): RegionId | null {
  const matches = network.regions.flatMap(region =>
    region.landlinePrefixes
      .filter(prefix => number.startsWith(prefix))
      .map(prefix => ({ id: region.id, prefix })),
  );
  const longest = matches.sort((a, b) => b.prefix.length - a.prefix.length)[0];
  return longest?.id ?? null;
}

function known<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`the network has no ${name}`);
  return thing;
}
