// What stands between the account as it is and as the hotline needs it: pure. A change is something that can be made from
// here; a problem needs a person; a remark is neither. Must never hold a number, nor the address of a fallback document,
// which nobody may guess.
import type { NumberSetting } from '../../../shared/app/number-settings.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { FoundAccount, FoundCountry, FoundNumber, NumberField } from './account.ts';

export type Change =
  | {
      readonly kind: 'number';
      readonly sid: string;
      readonly fields: Readonly<Partial<Record<NumberField, string>>>;
      readonly words: readonly string[];
    }
  | {
      readonly kind: 'country';
      readonly isoCode: string;
      readonly allowed: boolean;
      readonly words: readonly string[];
    };

export type Findings = {
  readonly problems: readonly string[];
  readonly changes: readonly Change[];
  readonly remarks: readonly string[];
};

const nothing: Findings = { problems: [], changes: [], remarks: [] };

export function together(...all: readonly Findings[]): Findings {
  return {
    problems: all.flatMap(each => each.problems),
    changes: all.flatMap(each => each.changes),
    remarks: all.flatMap(each => each.remarks),
  };
}

const problem = (words: string): Findings => ({ ...nothing, problems: [words] });
const remark = (words: string): Findings => ({ ...nothing, remarks: [words] });

export function aboutAccount({ status, type }: FoundAccount): Findings {
  return together(
    status === 'active' ? nothing : problem(`the account is ${status}: no call comes in or goes out`),
    type === 'Trial'
      ? remark('a trial account: it calls verified numbers only, and speaks a notice before each call')
      : nothing,
  );
}

export function aboutNumber(wanted: NumberSetting, numbers: readonly FoundNumber[]): Findings {
  const found = numbers.find(({ number }) => number === wanted.number);
  if (!found) return problem(`${wanted.owner}: its number is not in the account`);
  return together(capabilities(wanted, found), fields(wanted, found));
}

/** What the line says that it can do against what the network says of its number. */
function capabilities({ owner, capabilities: said }: NumberSetting, { can }: FoundNumber): Findings {
  const voice = said === null || said.voice.receives || said.voice.reaches.length > 0;
  const sms = said !== null && (said.sms.receives || said.sms.reaches.length > 0);
  return together(
    voice && !can.voice ? problem(`${owner}: its number takes and places no calls`) : nothing,
    sms && !can.sms
      ? problem(
          `${owner}: capabilities.sms says that it does SMS, and its number does none; ` +
            'whoever is to be written to would not be',
        )
      : nothing,
    said !== null && !sms && can.sms
      ? remark(`${owner}: its number can do SMS, and capabilities.sms does not use it`)
      : nothing,
  );
}

/** Of the address that is there: enough to know it again. A query may hold somebody's secret. */
function shown(field: NumberField, value: string): string {
  if (value === '') return 'none';
  if (field === 'voiceFallbackUrl') return 'another document';
  if (!URL.canParse(value)) return value;
  const { origin, pathname, hash } = new URL(value);
  return `${origin}${pathname}${hash}`;
}

function fields(wanted: NumberSetting, found: FoundNumber): Findings {
  const differing = Object.entries(wantedFields(wanted)).filter(
    ([field, value]) => found.fields[field as NumberField] !== value,
  ) as [NumberField, string][];
  if (differing.length === 0) return nothing;
  const words = differing.map(([field, value]) => {
    const to = field === 'voiceFallbackUrl' ? "the line's own document" : shown(field, value);
    return `${wanted.owner}: ${field} from ${shown(field, found.fields[field])} to ${to}`;
  });
  const change: Change = { kind: 'number', sid: found.sid, fields: Object.fromEntries(differing), words };
  return { ...nothing, changes: [change] };
}

/** An application or a trunk would take the calls past every address. */
function wantedFields(wanted: NumberSetting): Partial<Record<NumberField, string>> {
  const { voiceUrl, voiceFallbackUrl, smsUrl, statusCallback } = wanted;
  return {
    ...(voiceUrl !== null && { voiceApplicationSid: '', trunkSid: '', voiceUrl, voiceMethod: 'POST' }),
    ...(voiceFallbackUrl !== null && { voiceFallbackUrl, voiceFallbackMethod: 'GET' }),
    ...(smsUrl !== null && { smsApplicationSid: '', smsUrl, smsMethod: 'POST' }),
    ...(statusCallback !== null && { statusCallback, statusCallbackMethod: 'POST' }),
  };
}

/** ISO 3166-2 names a region by its country first. */
const homeCountries = (network: Network) => new Set(network.regions.map(({ id }) => id.slice(0, 2)));

/**
 * Countries in use must be open, all others closed: a stolen key then calls nowhere. Where two countries share a code, as
 * +7, the one that is not ours is left as it is: only a person knows whether volunteers live there.
 */
export function aboutCountries(network: Network, countries: readonly FoundCountry[] | null): Findings {
  if (countries === null)
    return remark('this carrier has no permissions by country: ask it which it lets be called');
  const prefixes = network.settings.limits.allowedPrefixes;
  if (prefixes.includes('+'))
    return remark(
      'settings.limits.allowedPrefixes allows every country, so permissions were not looked at: name those in use',
    );
  const home = homeCountries(network);
  const missing = [...home].filter(iso => !countries.some(({ isoCode }) => isoCode === iso));
  const shares = (code: string) => countries.filter(({ codes }) => codes.includes(code)).length > 1;
  const changes = countries.flatMap((country): readonly Change[] => {
    const used = country.codes.filter(code => prefixes.some(each => touches(each, code)));
    const isShared = used.length > 0 && used.every(shares) && !home.has(country.isoCode);
    const wanted = used.length > 0 || home.has(country.isoCode);
    if (isShared || wanted === country.mayBeDialled) return [];
    const words = [`${country.name} (${country.isoCode}): calls ${wanted ? 'allowed' : 'no longer allowed'}`];
    return [{ kind: 'country', isoCode: country.isoCode, allowed: wanted, words }];
  });
  return {
    ...nothing,
    problems: missing.map(
      iso => `${iso}: the network knows no such country, and regions of the hotline lie in it`,
    ),
    changes,
  };
}

/** `+77` lies in `+7`, and `+7` may go to it. */
function touches(prefix: string, code: string): boolean {
  return prefix.startsWith(code) || code.startsWith(prefix);
}
