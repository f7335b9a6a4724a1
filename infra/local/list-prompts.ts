// Lists everything that Pana says and writes, in every language: the words, the length of texts, and whether a
// recording is a person's (and whose, when it was spoken by telephone), a placeholder or missing. Reads only; run by
// `npm run prompts [-- ru kk …]`.
import type { LanguageId, SkillId } from '../../shared/domain/ids.ts';
import type { LocalDate } from '../../shared/domain/local-time.ts';
import type { ShiftLine, Text } from '../../shared/domain/wording.ts';
import { catalogs, everyWord } from '../../shared/prompts/all-catalogs.ts';
import {
  audioToRecordFirst,
  type Clip,
  clipKey,
  clipsOf,
  fingerprintOf,
  numberedClips,
  outdatedAudio,
  recordings,
} from '../../shared/prompts/audio.ts';
import { readerOf } from '../../shared/prompts/discretion.ts';
import {
  isRecorded,
  mustBeRecorded,
  type PromptLanguage,
  parsePromptLanguage,
  promptLanguages,
} from '../../shared/prompts/languages.ts';
import { segmentsOf } from '../../shared/prompts/segments.ts';
import { textFor } from '../../shared/prompts/writing.ts';
import { kazakhstan } from './seed/kazakhstan.ts';
import { spokenIn } from './spoken-prompts.ts';

const network = kazakhstan;
/** What managers have spoken by telephone, in the place that the functions use; none when there is no such place. */
const spoken = new Map((await spokenIn(process.env)).map(kept => [kept.clip, kept]));
/** Of a language that no machine speaks. */
const untilRecorded = 'Russian until recorded';
const wanted = process.argv.slice(2);
const languages =
  wanted.length === 0 ? promptLanguages : wanted.flatMap(each => parsePromptLanguage(each) ?? []);

if (languages.length === 0) {
  console.error(`No such language. There are: ${promptLanguages.join(' ')}`);
  process.exitCode = 1;
}
for (const language of languages) {
  listTexts(language);
  if (isRecorded(language)) listClips(language);
  else listSentences(language);
}
summarise();

function listTexts(language: PromptLanguage): void {
  console.log(`\n${language}: texts (reader, segments, letters)`);
  for (const text of examples(language)) {
    const words = textFor(language, text, network, everyWord);
    const { count, length, encoding } = segmentsOf(words);
    row(text.text, `${readerOf[text.text]} ${count} × ${encoding} ${length}`, words);
  }
}

const shift: ShiftLine = {
  number: 12,
  weekday: 7,
  date: '2026-11-29' as LocalDate,
  from: 1110,
  until: 0,
};

/** One of each kind, the longest that a line of this network can send. */
function examples(language: PromptLanguage): readonly Text[] {
  const needs = network.skills.map(skill => skill.id);
  const longest = [...needs].sort((a, b) => wordsOf(b).length - wordsOf(a).length)[0] ?? null;
  return (Object.keys(catalogs[language].texts) as Text['text'][]).map(kind => {
    if (kind === 'ask-need') return { text: kind, needs };
    if (kind === 'numbers-to-dial') {
      return { text: kind, numbers: network.lines[0]?.emergencyNumbers ?? [] };
    }
    if (kind === 'offer') {
      return {
        text: kind,
        code: '41',
        language: language as string as LanguageId,
        inLanguage: null,
        need: longest,
        danger: true,
      };
    }
    if (kind === 'which-one') return { text: kind, codes: ['#1', '#2'] };
    if (kind === 'accepted-beside') return { text: kind, number: '#2' };
    if (kind === 'on-break') return { text: kind, minutes: 30 };
    if (kind === 'shifts') return { text: kind, are: 'hers', shifts: [shift, shift, shift, shift] };
    if (kind === 'shift') return { text: kind, said: 'soon', shift };
    if (kind === 'return-asked') return { text: kind, hers: shift, inReturn: shift };
    if (kind === 'not-to-be-had') return { text: kind, because: 'rest' };
    if (kind === 'number-code') return { text: kind, code: '482913' };
    if (kind === 'own-page') return { text: kind, url: 'https://example.org/me/' };
    return { text: kind } as Text;
  });

  function wordsOf(id: SkillId): string {
    return network.skills.find(skill => skill.id === id)?.names[language] ?? '';
  }
}

function listSentences(language: PromptLanguage): void {
  const { sentences, press, digits, languages: names, otherLanguage } = catalogs[language].spoken;
  console.log(`\n${language}: spoken by a machine voice`);
  for (const [key, words] of Object.entries(sentences)) row(key, 'voice', words);
  for (const [digit, words] of Object.entries(press)) row(`press-${digit}`, 'voice', words);
  for (const [digit, words] of Object.entries(digits)) row(`digit-${digit}`, 'voice', words);
  for (const [id, words] of Object.entries(names)) row(`language-${id}`, 'voice', words);
  row('language-other', 'voice', otherLanguage);
}

function listClips(language: PromptLanguage): void {
  console.log(`\n${language}: recordings (by telephone: the number before each)`);
  const outdated = new Set(outdatedAudio(network).map(clipKey));
  numberedClips(language, network).forEach((clip, index) => {
    const kept = spoken.get(clipKey(clip));
    const changed = kept ? kept.words !== fingerprintOf(clip.words) : outdated.has(clipKey(clip));
    const state = `${stateOf(clip)}${changed ? ', WORDS CHANGED' : ''}`;
    row(`${String(index + 1).padStart(3)} ${clip.clip}`, state, clip.words);
  });
}

function stateOf(clip: Clip): string {
  const kept = spoken.get(clipKey(clip));
  if (kept) return `recorded ${new Date(kept.at).toISOString().slice(0, 10)} by ${kept.by}`;
  const recording = recordings[clipKey(clip)];
  if (recording === undefined) return mustBeRecorded(clip.language) ? 'MISSING' : untilRecorded;
  return recording.placeholder ? 'placeholder' : 'recorded';
}

function summarise(): void {
  const clips = clipsOf(network).filter(clip => languages.includes(clip.language));
  if (clips.length === 0) return;
  const count = (state: string) => clips.filter(clip => stateOf(clip).startsWith(state)).length;
  const outdated = outdatedAudio(network).length;
  console.log(
    `\n${clips.length} clips: ${count('recorded')} recorded by a person, ${count('placeholder')} placeholders, ` +
      `${count('MISSING')} missing, ${count(untilRecorded)} spoken in Russian until recorded, ` +
      `${outdated} with words changed since.`,
  );
  if (audioToRecordFirst(network).length > 0) {
    console.log(
      'A line may not go live with a clip missing. Drop the file and register it: see docs/prompts.md.',
    );
  }
  if (count('placeholder') > 0) {
    console.log(
      'Every placeholder needs a recording by a person before a line goes live: see docs/prompts.md.',
    );
  }
}

function row(name: string, state: string, words: string): void {
  console.log(`  ${name.padEnd(30)}${state.padEnd(26)}${words}`);
}
