// What there is to choose from in a form: regions, skills, languages, zones, by their names.
// Must never offer what the network does not have.
import type { Option } from '../kit/pick.tsx';
import { languageName, lines, regionName, regions, skillName, skills } from '../network.ts';

export const regionOptions = (): readonly Option[] => regions.value.map(({ id }) => [id, regionName(id)]);
export const skillOptions = (): readonly Option[] => skills.value.map(({ id }) => [id, skillName(id)]);

/** Those in which there are names, and those that a line speaks. */
export function languagesKnown(): readonly string[] {
  const named = regions.value.flatMap(({ names }) => Object.keys(names));
  return [...new Set([...lines.value.flatMap(({ languages }) => languages), ...named])];
}
export const languageOptions = (): readonly Option[] => languagesKnown().map(id => [id, languageName(id)]);

/** Those of the network first: whoever looks for another finds it among all. */
export function zonesKnown(): readonly string[] {
  return [...new Set([...regions.value.map(({ zone }) => zone), ...Intl.supportedValuesOf('timeZone')])];
}
