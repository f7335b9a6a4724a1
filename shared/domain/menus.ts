// The keys of the menus before the search of a call: what each menu says, and what each key means.
// Key 9 is danger and key 0 goes on without an answer, in every one of them.
import type { RegionId } from './ids.ts';
import { type Line, lineOf, type Network } from './network.ts';
import type { Intake, Request } from './request.ts';
import type { Spoken } from './wording.ts';

/** Keys 1 to 7 choose, 8 turns the page; 9 and 0 keep their meaning everywhere. */
const REGIONS_A_PAGE = 7;
const MORE_KEY = '8';

export const DANGER_KEY = '9';
export const SKIP_KEY = '0';

/** Only while she waits: in a menu these keys choose. */
export const ELSEWHERE_KEY = '3';
export const CANNOT_SPEAK_KEY = '4';
export const MINOR_KEY = '5';
export const CALL_BACK_KEY = '8';

/** The menus that a line needs before it can search, in their order. */
export function menuSteps(line: Line): readonly Intake['step'][] {
  const asked: readonly (readonly [Intake['step'], boolean])[] = [
    ['language', line.languages.length > 1],
    ['need', line.needs.length > 1],
    ['region', line.region === null && line.regionMenu.length > 0],
  ];
  return asked.filter(([, wanted]) => wanted).map(([step]) => step);
}

export function menuSays(request: Request, { step, page }: Intake, network: Network): readonly Spoken[] {
  const line = lineOf(network, request.lineId);
  switch (step) {
    case 'language':
      return line.languages.flatMap((language, index): Spoken[] => [
        { language },
        { press: String(index + 1) },
      ]);
    case 'need':
      return [
        { say: 'need-menu' },
        ...line.needs.flatMap((need, index): Spoken[] => [{ need }, { press: String(index + 1) }]),
        { say: 'skip' },
      ];
    case 'region':
      return regionMenuSays(regionPage(request, line, page), request.suggestedRegion, page);
  }
}

function regionMenuSays(
  { regions, hasMore }: RegionPage,
  suggested: RegionId | null,
  page: number,
): readonly Spoken[] {
  const intro: Spoken[] = page > 0 ? [] : [{ say: suggested === null ? 'region-menu' : 'region-suggested' }];
  const more: Spoken[] = hasMore ? [{ say: 'more-regions' }, { press: MORE_KEY }] : [];
  return [
    ...intro,
    ...regions.flatMap((region, index): Spoken[] => [{ region }, { press: String(index + 1) }]),
    ...more,
    { say: 'skip' },
  ];
}

type RegionPage = { readonly regions: readonly RegionId[]; readonly hasMore: boolean };

/** A region that her landline suggests stands alone on the first page: most callers then need one key only. */
function regionPage({ suggestedRegion }: Request, { regionMenu }: Line, page: number): RegionPage {
  if (suggestedRegion === null) return pageOf(regionMenu, page);
  if (page === 0) return { regions: [suggestedRegion], hasMore: regionMenu.length > 1 };
  return pageOf(
    regionMenu.filter(region => region !== suggestedRegion),
    page - 1,
  );
}

function pageOf(regions: readonly RegionId[], page: number): RegionPage {
  const from = page * REGIONS_A_PAGE;
  return {
    regions: regions.slice(from, from + REGIONS_A_PAGE),
    hasMore: regions.length > from + REGIONS_A_PAGE,
  };
}

/** What a key in a menu means; null when it means nothing there. */
export type Choice =
  | { readonly kind: 'chose'; readonly value: string }
  | { readonly kind: 'more' }
  | { readonly kind: 'skip' }
  | null;

export function choiceOf(request: Request, { step, page }: Intake, digit: string, network: Network): Choice {
  const line = lineOf(network, request.lineId);
  if (digit === SKIP_KEY) return { kind: 'skip' };
  const index = Number(digit) - 1;
  if (step === 'region') {
    const { regions, hasMore } = regionPage(request, line, page);
    if (digit === MORE_KEY && hasMore) return { kind: 'more' };
    return chose(regions[index]);
  }
  return chose((step === 'language' ? line.languages : line.needs)[index]);
}

function chose(value: string | undefined): Choice {
  return value === undefined ? null : { kind: 'chose', value };
}
