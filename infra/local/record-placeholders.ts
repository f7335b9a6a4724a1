// Records a placeholder for every clip that a recorded language lacks, with the machine voice of espeak-ng, and
// writes the manifest of all recordings. Must never overwrite a person's recording, and marks its own unmistakably:
// ID3 title PLACEHOLDER. Run by `npm run prompts:record-placeholders`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Clip,
  clipKey,
  clipsOf,
  fingerprintOf,
  type Manifest,
  type ManifestEntry,
  recordings,
} from '../../shared/prompts/audio.ts';
import { kazakhstan } from './seed/kazakhstan.ts';

const folder = fileURLToPath(new URL('../../shared/prompts/audio/', import.meta.url));
const manifestFile = join(folder, 'manifest.json');
const mark = 'PLACEHOLDER';
/** What espeak-ng speaks of the recorded languages. The others wait for a person. */
const machineVoices: ReadonlySet<string> = new Set(['kk', 'uz', 'ky']);

const telephoneQuality = ['--quiet', '-m', 'm', '--resample', '8', '-b', '8', '-t'];
const tags = [
  ...['--add-id3v2', '--id3v2-only', '--id3v2-latin1', '--pad-id3v2-size', '0'],
  ...['--tt', mark, '--tc', `${mark}: machine voice. Replace by a recording of a person.`],
];

const clips = clipsOf(kazakhstan);
const faults = [...recordAll(clips.filter(needsRecording)), ...strangeFiles(clips)];
writeManifest(manifestOf(clips));
report();

function pathOf(clip: Clip): string {
  return join(folder, `${clipKey(clip)}.mp3`);
}

function isPlaceholder(audio: Buffer): boolean {
  return audio.subarray(0, 1024).includes(mark);
}

/** Missing, or a placeholder whose words have changed since; where a machine can speak it. */
function needsRecording(clip: Clip): boolean {
  if (!machineVoices.has(clip.language)) return false;
  if (!existsSync(pathOf(clip))) return true;
  const recordedWords = recordings[clipKey(clip)]?.words;
  return isPlaceholder(readFileSync(pathOf(clip))) && recordedWords !== fingerprintOf(clip.words);
}

function recordAll(wanted: readonly Clip[]): readonly string[] {
  if (wanted.length === 0) return [];
  const lacking = ['espeak-ng', 'lame'].filter(tool => spawnSync(tool, ['--version']).error !== undefined);
  if (lacking.length > 0) {
    return [
      `${lacking.join(' and ')} not found: nothing was recorded. On Debian: apt-get install espeak-ng lame`,
      ...wanted.map(clip => `not recorded: ${clipKey(clip)}`),
    ];
  }
  const scratch = mkdtempSync(join(tmpdir(), 'placeholders-'));
  try {
    return wanted.flatMap(clip => record(clip, join(scratch, 'clip.wav')));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Slower than the voice's own pace: somebody frightened hears it on a bad line. */
function record(clip: Clip, wave: string): readonly string[] {
  mkdirSync(join(folder, clip.language), { recursive: true });
  return [
    ...run('espeak-ng', ['-v', clip.language, '-s', '160', '-z', '-w', wave, '--', clip.words]),
    ...run('lame', [...telephoneQuality, ...tags, wave, pathOf(clip)]),
  ];
}

function run(tool: string, parameters: readonly string[]): readonly string[] {
  const { status, stderr } = spawnSync(tool, parameters);
  return status === 0 ? [] : [`${tool} failed: ${stderr}`];
}

/** A file under a name that no clip has is a slip that would otherwise go unnoticed; so is a renamed other format. */
function strangeFiles(known: readonly Clip[]): readonly string[] {
  const names = new Set(known.map(clip => `${clip.language}/${clip.clip}.mp3`));
  const folders = [...new Set(known.map(clip => clip.language))].filter(each =>
    existsSync(join(folder, each)),
  );
  const present = folders.flatMap(language =>
    readdirSync(join(folder, language)).map(file => `${language}/${file}`),
  );
  return [
    ...present.filter(file => !names.has(file)).map(file => `no clip has this name: ${file}`),
    ...present.filter(file => names.has(file) && !isMp3(file)).map(file => `not an MP3 file: ${file}`),
  ];
}

function isMp3(file: string): boolean {
  const head = readFileSync(join(folder, file)).subarray(0, 3);
  return head.toString('latin1') === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0);
}

function manifestOf(known: readonly Clip[]): Manifest {
  const present = known.filter(clip => existsSync(pathOf(clip)));
  const entries = present.map(clip => [clipKey(clip), entryOf(clip)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entryOf(clip: Clip): ManifestEntry {
  const audio = readFileSync(pathOf(clip));
  const sha256 = createHash('sha256').update(audio).digest('hex').slice(0, 16);
  const before = recordings[clipKey(clip)];
  return {
    placeholder: isPlaceholder(audio),
    bytes: audio.length,
    sha256,
    // An unchanged file still says what it said: only a new one is taken to say today's words.
    words: before?.sha256 === sha256 ? before.words : fingerprintOf(clip.words),
  };
}

function writeManifest(manifest: Manifest): void {
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

function report(): void {
  const entries = Object.values(manifestOf(clips));
  const placeholders = entries.filter(entry => entry.placeholder).length;
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  console.log(
    `${clips.length} clips: ${entries.length - placeholders} recorded by a person, ${placeholders} placeholders, ` +
      `${clips.length - entries.length} missing; ${Math.round(bytes / 1024)} KB.`,
  );
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
