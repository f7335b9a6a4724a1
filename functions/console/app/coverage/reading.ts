// What the page of coverage reads: hours by region and of the whole country, holes in words, who could take one, whom has been
// asked. Must never show what was asked for one need under the name of another.
import { holeIdOf } from '../../../../shared/domain/hole-id.ts';
import type { Instant } from '../../../../shared/domain/instant.ts';
import { api, type Outcome, outcomeOf, type Schemas } from '../api.ts';
import { language } from '../kit/language.ts';
import { type CoverageRow, momentOf } from './cells.ts';

export type Hole = Schemas['Holes']['holes'][number];
export type Candidate = Schemas['Candidates']['candidates'][number];
export type Opening = Schemas['Openings']['openings'][number];
export type Stretch = { readonly from: Instant; readonly until: Instant };

export type Wish = { readonly language: string; readonly skill: string };

export async function coverageOf(wish: Wish, window: Stretch): Promise<Outcome<readonly CoverageRow[]>> {
  const query = {
    from: momentOf(window.from),
    until: momentOf(window.until),
    language: wish.language,
    ...(wish.skill === '' ? {} : { skill: wish.skill }),
  };
  const [country, regions] = await Promise.all([
    outcomeOf(api.GET('/v1/coverage', { params: { query } })),
    outcomeOf(api.GET('/v1/coverage', { params: { query: { ...query, each: 'region' } } })),
  ]);
  if (country.is === 'refused') return country;
  if (regions.is === 'refused') return regions;
  return { is: 'done', value: [...country.value.rows, ...regions.value.rows], etag: null };
}

export const holesOf = ({ from, until }: Stretch) =>
  outcomeOf(
    api.GET('/v1/coverage/holes', {
      params: { query: { from: momentOf(from), until: momentOf(until), words: language.value } },
    }),
  );

/** A hole, or a part of one, as the address of it: what is asked for, and from when to when. */
export function idOf({ region, skill, language: spoken }: Hole, { from, until }: Stretch): string {
  return holeIdOf({ region, skill, language: spoken, from, until } as Parameters<typeof holeIdOf>[0]);
}

export const candidatesFor = (holeId: string) =>
  outcomeOf(api.GET('/v1/coverage/holes/{holeId}/candidates', { params: { path: { holeId } } }));

export const openingsNow = () => outcomeOf(api.GET('/v1/openings'));

export async function previewed(
  holeId: string,
  volunteers: string[],
): Promise<Outcome<Schemas['OpeningPreview']>> {
  const params = { path: { holeId }, query: { dryRun: 'true' } } as const;
  const called = api.POST('/v1/coverage/holes/{holeId}/openings', { params, body: { volunteers } });
  return outcomeOf(called) as Promise<Outcome<Schemas['OpeningPreview']>>;
}

export async function asked(holeId: string, volunteers: string[]): Promise<Outcome<Opening>> {
  const params = { path: { holeId } };
  const called = api.POST('/v1/coverage/holes/{holeId}/openings', { params, body: { volunteers } });
  return outcomeOf(called) as Promise<Outcome<Opening>>;
}

export const rosterAt = (at: string, region: string | null) =>
  outcomeOf(api.GET('/v1/roster', { params: { query: { at, ...(region === null ? {} : { region }) } } }));

/** The opening of just this need and time. */
export function openingFor(openings: readonly Opening[], hole: Hole, stretch: Stretch): Opening | undefined {
  return openings.find(
    ({ region, skill, language: spoken, from, until }) =>
      region === hole.region &&
      skill === hole.skill &&
      spoken === hole.language &&
      Date.parse(from) === stretch.from &&
      Date.parse(until) === stretch.until,
  );
}
