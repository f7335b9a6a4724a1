// Recordings: that every clip which a line can need exists, and that the manifest tells the truth about the files.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  audioToRecordFirst,
  clipKey,
  clipPath,
  clipsOf,
  fingerprintOf,
  missingAudio,
  outdatedAudio,
  recordedClips,
  recordings,
  wordingsFor,
} from '../../shared/prompts/audio.ts';
import { kazakhstan, languageId, regionId } from './prompt-fixtures.ts';

const folder = fileURLToPath(new URL('../../shared/prompts/audio/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.mp3'))
  .map(file => file.replace(/\.mp3$/, ''));
const entries = Object.entries(recordings);

describe('recordings', () => {
  it('are all there for the network of Kazakhstan', () => {
    expect(audioToRecordFirst(kazakhstan).map(clipKey)).toEqual([]);
  });

  it('lack in Tajik alone, which no machine speaks: Russian is spoken until a person has recorded it', () => {
    const missing = missingAudio(kazakhstan);
    expect(new Set(missing.map(clip => clip.language))).toEqual(new Set(['tg']));
    expect(wordingsFor(kazakhstan).audioFor('tg')).toEqual([]);
    expect(wordingsFor(kazakhstan, new Set()).audioFor('uz')).not.toEqual([]);
  });

  it('are listed in the manifest, each file and no other', () => {
    expect(entries.map(([clip]) => clip).sort()).toEqual(files.sort());
    expect(recordedClips.size).toBe(entries.length);
  });

  it.each(entries)('are what the manifest says: %s', (clip, entry) => {
    const audio = readFileSync(`${folder}${clip}.mp3`);
    expect(createHash('sha256').update(audio).digest('hex').slice(0, 16)).toBe(entry.sha256);
    expect(audio.length).toBe(entry.bytes);
    expect(audio.subarray(0, 1024).includes('PLACEHOLDER')).toBe(entry.placeholder);
  });

  it('of a machine say what the catalog says now', () => {
    const stale = outdatedAudio(kazakhstan).filter(clip => recordings[clipKey(clip)]?.placeholder);
    expect(stale.map(clipKey)).toEqual([]);
  });

  it('of a machine are small', () => {
    const sizes = entries.filter(([, entry]) => entry.placeholder).map(([, entry]) => entry.bytes);
    expect(Math.max(0, ...sizes)).toBeLessThan(24_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4096 * sizes.length);
  });
});

describe('the clips of a network', () => {
  const names = clipsOf(kazakhstan)
    .filter(clip => clip.language === 'ky')
    .map(clip => clip.clip);

  it('cover sentences, keys, digits, languages, regions and needs, each once', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        ...['searching', 'press-0', 'press-9', 'digit-0', 'digit-9', 'language-ru', 'language-other'],
        ...['region-KZ-75', 'need-legal'],
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('have names that are safe in a path and words to record', () => {
    for (const clip of clipsOf(kazakhstan)) {
      expect(clipPath(clip)).toMatch(/^\/audio\/(?:kk|uz|ky|tg)\/[A-Za-z0-9-]+\.mp3$/);
      expect(clip.words).not.toBe('');
    }
  });

  it('are none when nobody is spoken to in a recorded language', () => {
    const lines = kazakhstan.lines.map(line => ({ ...line, languages: [languageId('ru')] }));
    expect(clipsOf({ ...kazakhstan, lines })).toEqual([]);
  });

  it('include those for a contact who speaks a recorded language', () => {
    const lines = kazakhstan.lines.map(line => ({ ...line, languages: [languageId('ru')] }));
    const contacts = kazakhstan.contacts.map(contact => ({ ...contact, language: languageId('kk') }));
    expect(clipsOf({ ...kazakhstan, lines, contacts })).not.toEqual([]);
  });

  it('are missed, by name, when a region is new', () => {
    const [region] = kazakhstan.regions;
    if (region === undefined) throw new Error('no region');
    const grown = { ...kazakhstan, regions: [...kazakhstan.regions, { ...region, id: regionId('KZ-99') }] };
    expect(audioToRecordFirst(grown).map(clipKey)).toEqual(
      ['kk', 'uz', 'ky'].map(language => `${language}/region-KZ-99`),
    );
    expect(wordingsFor(grown).audioFor('kk')).toEqual(['region-KZ-99']);
    expect(wordingsFor(grown).audioFor('ru')).toEqual([]);
  });

  it('are outdated when the words have changed since', () => {
    const before = {
      'kk/searching': { placeholder: false, bytes: 1, sha256: '', words: fingerprintOf('басқа') },
    };
    expect(outdatedAudio(kazakhstan, before).map(clipKey)).toEqual(['kk/searching']);
  });

  it('lets only languages with words be offered', () => {
    expect(['ru', 'kk', 'tg', 'tr'].map(wordingsFor(kazakhstan).prompts)).toEqual([true, true, true, false]);
  });
});
