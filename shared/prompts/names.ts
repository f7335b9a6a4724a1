// Names from the network's configuration, made fit to be spoken or written.
// Must never throw: a name is typed by people, and a poisoned one may not cost a survivor her call.
import type { RegionId, SkillId } from '../domain/ids.ts';
import type { Names, Network } from '../domain/network.ts';
import { commonLanguage, type PromptLanguage } from './languages.ts';

/** A name longer than this is a mistake, and would be read out to somebody who is in a hurry. */
const charactersAtMost = 80;

const invisible = /\p{C}+/gu;

/** Without control and invisible characters and lone surrogates: TwiML cannot carry them and its builder throws. */
export function clean(text: string): string {
  return text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();
}

/** The region's name, in another language when this one is missing; null for a region the network does not have. */
export function regionName(network: Network, id: RegionId, language: PromptLanguage): string | null {
  return nameIn(network.regions.find(region => region.id === id)?.names, language);
}

/** The same for a skill. It says plainly what it is about: spoken, or written to helpers, never to a survivor. */
export function needName(network: Network, id: SkillId, language: PromptLanguage): string | null {
  return nameIn(network.skills.find(skill => skill.id === id)?.names, language);
}

function nameIn(names: Names | undefined, language: PromptLanguage): string | null {
  if (names === undefined) return null;
  const candidates = [names[language], names[commonLanguage], ...Object.values(names)];
  const usable = candidates.map(name => shortened(clean(name ?? ''))).find(name => name !== '');
  return usable ?? null;
}

function shortened(name: string): string {
  return [...name].slice(0, charactersAtMost).join('').trim();
}

/** As it stands inside a sentence: `Documents` becomes `documents`, `USA` stays. */
export function insideSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
