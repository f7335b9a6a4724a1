// What an organisation chooses about its volunteers looking after their own shifts.
// Must never hold anything that a survivor waits for.
import type { MinuteOfDay } from './local-time.ts';
import { each, type Problems, type Range, rangeProblems, refuse } from './rule-parts.ts';

export type SelfService = {
  /** Each swap waits for a manager; otherwise only one that would leave a hole or brings less than it takes. */
  readonly approveEverySwap: boolean;
  /** Who cannot come and says so later than this before a shift is off it at once, and managers hear of it. */
  readonly shortNoticeSeconds: number;
  /** Before a shift: she is reminded. */
  readonly remindSeconds: readonly number[];
  /** Before a shift that nobody has taken yet: managers and whoever gives it hear of it. */
  readonly followUpSeconds: number;
  /** Nothing of this goes out between, on the clock of whoever would read it. Equal: at any time. */
  readonly quietFrom: MinuteOfDay;
  readonly quietUntil: MinuteOfDay;
  /** A new or changed number is sent a code. */
  readonly verifyNumbers: boolean;
  /** So many offers in a row without a sign of life: managers are told that she cannot be reached. */
  readonly unansweredOffers: number;
  /** How long the address of her own page is good for. */
  readonly linkSeconds: number;
  /** What one segment of a text costs, to show it before many are sent; null: not said. */
  readonly textPrice: { readonly amount: number; readonly currency: string } | null;
};

export const usualSelfService: SelfService = {
  approveEverySwap: false,
  shortNoticeSeconds: 12 * 3600,
  remindSeconds: [12 * 3600, 3600],
  followUpSeconds: 24 * 3600,
  quietFrom: 22 * 60,
  quietUntil: 8 * 60,
  verifyNumbers: true,
  // Of those who answer one offer in six, one in a hundred lets twenty-five pass.
  unansweredOffers: 25,
  linkSeconds: 24 * 3600,
  textPrice: null,
};

const DAY_SECONDS = 24 * 3600;
/** No number of a day that has 1,440 minutes. */
const LAST_MINUTE = 1_439;
type Whole = Exclude<keyof SelfService, 'approveEverySwap' | 'remindSeconds' | 'verifyNumbers' | 'textPrice'>;
const ranges: Readonly<Record<Whole, Range>> = {
  shortNoticeSeconds: [3600, 7 * DAY_SECONDS],
  followUpSeconds: [3600, 14 * DAY_SECONDS],
  quietFrom: [0, LAST_MINUTE],
  quietUntil: [0, LAST_MINUTE],
  unansweredOffers: [5, 1_000],
  // A day is enough for whoever asks again by one text; more than a week is an address that somebody finds.
  linkSeconds: [600, 7 * DAY_SECONDS],
};
const remindRange: Range = [600, 3 * DAY_SECONDS];
const REMINDERS_AT_MOST = 4;

export function selfServiceProblems(selfService: SelfService): Problems {
  const at = 'settings.selfService';
  const { remindSeconds, textPrice } = selfService;
  const [least, most] = remindRange;
  return [
    ...rangeProblems(selfService, ranges, at),
    ...refuse(remindSeconds.length > REMINDERS_AT_MOST, `${at}.remindSeconds`, 'are more than four'),
    ...each(`${at}.remindSeconds`, remindSeconds, (seconds, path) =>
      refuse(!(seconds >= least && seconds <= most), path, `is not a whole number from ${least} to ${most}`),
    ),
    ...refuse(textPrice !== null && !(textPrice.amount >= 0), `${at}.textPrice.amount`, 'is less than 0'),
  ];
}
