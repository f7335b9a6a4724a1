// REST: which countries the account may dial, read and changed. What is switched off here is refused to the next call.
// Must never change one country of a request whose next one is refused.
import type { Country } from './options.ts';
import type { RestAnswer } from './rest-answers.ts';
import { invalid, RestParams } from './rest-params.ts';
import type { RestContext } from './rest-router.ts';

const HOST = 'https://voice.twilio.com';

export function listCountries({ network, values, path }: RestContext): RestAnswer {
  const params = RestParams.forList(values, ['IsoCode', 'CountryCode', 'LowRiskNumbersEnabled']);
  const [isoCode, code] = [params.text('IsoCode'), params.text('CountryCode')];
  const enabled = params.truth('LowRiskNumbersEnabled');
  const size = params.whole('PageSize', { otherwise: 50, least: 1, most: 1000 });
  const number = params.whole('Page', { otherwise: 0, least: 0, most: 1_000_000 });
  const found = [...network.countries]
    .filter(([iso]) => isoCode === undefined || iso === isoCode)
    .filter(([, country]) => code === undefined || country.code === code)
    .filter(([, country]) => enabled === undefined || country.mayBeDialled === enabled);
  const link = (n: number) => `${HOST}${path}?PageSize=${size}&Page=${n}${n > 0 ? `&PageToken=PA${n}` : ''}`;
  const start = number * size;
  return {
    status: 200,
    body: {
      content: found.slice(start, start + size).map(([iso, country]) => countryJson(iso, country)),
      meta: {
        first_page_url: link(0),
        key: 'content',
        next_page_url: start + size < found.length ? link(number + 1) : null,
        page: number,
        page_size: size,
        previous_page_url: number > 0 ? link(number - 1) : null,
        url: link(number),
      },
    },
  };
}

export function updateCountries({ network, values }: RestContext): RestAnswer {
  const text = new RestParams(values, ['UpdateRequest']).text('UpdateRequest') ?? '';
  const updates = updatesIn(text).map(({ iso_code: iso, low_risk_numbers_enabled: enabled }) => {
    const country = network.countries.get(iso);
    if (!country) throw invalid(`there is no country ${iso}`);
    return [iso, { ...country, mayBeDialled: enabled === 'true' }] as const;
  });
  for (const [iso, country] of updates) network.countries.set(iso, country);
  return { status: 201, body: { update_count: updates.length, update_request: text } };
}

type Update = { readonly iso_code: string; readonly low_risk_numbers_enabled: string };

function updatesIn(text: string): readonly Update[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid('UpdateRequest is not JSON');
  }
  if (!Array.isArray(parsed) || !parsed.every(isUpdate)) throw invalid('UpdateRequest is no list of updates');
  return parsed;
}

/** Truths are words here, as in the document's example. */
function isUpdate(value: unknown): value is Update {
  const { iso_code: iso, low_risk_numbers_enabled: enabled } = Object(value);
  return /^[A-Z]{2}$/.test(iso) && (enabled === 'true' || enabled === 'false');
}

function countryJson(iso: string, { name, code, mayBeDialled }: Country): unknown {
  const url = `${HOST}/v1/DialingPermissions/Countries/${iso}`;
  return {
    iso_code: iso,
    name,
    continent: null,
    country_codes: [code],
    low_risk_numbers_enabled: mayBeDialled,
    high_risk_special_numbers_enabled: false,
    high_risk_tollfraud_numbers_enabled: false,
    url,
    links: { highrisk_special_prefixes: `${url}/HighRiskSpecialPrefixes` },
  };
}
