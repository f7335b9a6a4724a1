// Names of regions, skills and languages, asked once: every page shows them.
import { signal } from '@preact/signals';
import { api, outcomeOf, type Schemas } from './api.ts';
import { language, named } from './kit/language.ts';

export const regions = signal<readonly Schemas['Region'][]>([]);
export const skills = signal<readonly Schemas['Skill'][]>([]);
export const lines = signal<readonly Schemas['Line'][]>([]);

export async function loadNetwork(): Promise<void> {
  const [theRegions, theSkills, theLines] = await Promise.all([
    outcomeOf(api.GET('/v1/regions')),
    outcomeOf(api.GET('/v1/skills')),
    outcomeOf(api.GET('/v1/lines')),
  ]);
  if (theRegions.is === 'done') regions.value = theRegions.value.regions ?? [];
  if (theSkills.is === 'done') skills.value = theSkills.value.skills ?? [];
  if (theLines.is === 'done') lines.value = theLines.value.lines ?? [];
}

export function regionName(id: string): string {
  return named(regions.value.find(each => each.id === id)?.names ?? { en: id });
}

export function skillName(id: string): string {
  return named(skills.value.find(each => each.id === id)?.names ?? { en: id });
}

/** Not every browser has the names of languages in Kazakh. */
const inKazakh: Readonly<Record<string, string>> = {
  kk: 'қазақша',
  ru: 'орысша',
  en: 'ағылшынша',
  uz: 'өзбекше',
  ky: 'қырғызша',
  tg: 'тәжікше',
};

export function languageName(id: string): string {
  const known = language.value === 'kk' ? inKazakh[id] : undefined;
  if (known !== undefined) return known;
  return new Intl.DisplayNames([language.value], { type: 'language' }).of(id) ?? id;
}
