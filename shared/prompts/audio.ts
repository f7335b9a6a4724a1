// Which recordings a network needs, and which exist. Knows of files only what the committed manifest says:
// must never touch a disk, because the functions have none.
import type { LanguageId } from '../domain/ids.ts';
import type { Network } from '../domain/network.ts';
import type { Wordings } from '../domain/network-rules.ts';
import type { Spoken, SpokenKey } from '../domain/wording.ts';
import { catalogs, everyWord } from './all-catalogs.ts';
import manifest from './audio/manifest.json' with { type: 'json' };
import { digits } from './catalog.ts';
import { type Clip, clipKey } from './clips.ts';
import {
  isRecorded,
  mustBeRecorded,
  type PromptLanguage,
  parsePromptLanguage,
  promptLanguageFor,
} from './languages.ts';
import { placesNaming } from './naming.ts';
import { itemPieces } from './pieces.ts';

export { type Clip, clipKey, clipPath } from './clips.ts';

export type ManifestEntry = {
  /** Made by a machine, to be replaced by a person's recording before a line goes live. */
  readonly placeholder: boolean;
  readonly bytes: number;
  /** First 16 hexadecimal digits. */
  readonly sha256: string;
  /** Fingerprint of the words when it was recorded: tells when they have changed since. */
  readonly words: string;
};

/** Clip, as `kk/press-3`, to what is known of its file. */
export type Manifest = Readonly<Record<string, ManifestEntry>>;

export const recordings: Manifest = manifest;
export const recordedClips: ReadonlySet<string> = new Set(Object.keys(manifest));

/** Stands for every language that no catalog names: ISO 639-1 leaves it free. */
const unnamedLanguage = 'zz';

/** Every clip that the network can need, with its words; none when no line offers a recorded language. */
export function clipsOf(network: Network): readonly Clip[] {
  const spokenTo: readonly LanguageId[] = [
    ...network.lines.flatMap(line => line.languages),
    ...network.contacts.map(contact => contact.language),
  ];
  const languages = new Set(spokenTo.map(promptLanguageFor).filter(isRecorded));
  return [...languages].flatMap(language => clipsIn(language, network));
}

/** Those of one language, in the order by which they are numbered from 1: in the list, and by a manager's keys. */
export function numberedClips(language: PromptLanguage, network: Network): readonly Clip[] {
  return clipsIn(language, network);
}

/** The clips that the network can need and that do not exist. */
export function missingAudio(
  network: Network,
  existing: ReadonlySet<string> = recordedClips,
): readonly Clip[] {
  return clipsOf(network).filter(clip => !existing.has(clipKey(clip)));
}

/** Those without which a line may not go live. */
export function audioToRecordFirst(
  network: Network,
  existing: ReadonlySet<string> = recordedClips,
): readonly Clip[] {
  return missingAudio(network, existing).filter(clip => mustBeRecorded(clip.language));
}

/** What can be said on this network, as its rules ask it. */
export function wordingsFor(network: Network, existing: ReadonlySet<string> = recordedClips): Wordings {
  return {
    prompts: language => parsePromptLanguage(language) !== null,
    audioFor: language =>
      audioToRecordFirst(network, existing)
        .filter(clip => clip.language === language)
        .map(clip => clip.clip),
    naming: names => placesNaming(network, names),
  };
}

/** The recordings that say something else than the catalog does now. */
export function outdatedAudio(network: Network, manifest: Manifest = recordings): readonly Clip[] {
  return clipsOf(network).filter(clip => {
    const entry = manifest[clipKey(clip)];
    return entry !== undefined && entry.words !== fingerprintOf(clip.words);
  });
}

/** Eight hexadecimal digits (FNV-1a): enough to notice a change, and needs no library. */
export function fingerprintOf(words: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(words)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

function clipsIn(language: PromptLanguage, network: Network): readonly Clip[] {
  const { sentences, languages } = catalogs[language].spoken;
  const everything: readonly Spoken[] = [
    ...(Object.keys(sentences) as SpokenKey[]).map(say => ({ say })),
    ...digits.flatMap(digit => [{ press: digit }, { dial: digit }]),
    ...([...Object.keys(languages), unnamedLanguage] as LanguageId[]).map(id => ({ language: id })),
    ...network.regions.map(region => ({ region: region.id })),
    ...network.skills.map(skill => ({ need: skill.id })),
  ];
  return everything.flatMap(item => itemPieces(language, item, network, everyWord));
}
