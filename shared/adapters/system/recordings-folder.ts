// Spoken prompts in a folder of this machine: `clips/kk/searching.mp3`, who spoke it beside it, drafts apart.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kept, Recordings } from '../../app/recordings.ts';

export function recordingsInFolder(folder: string): Recordings {
  const clipFile = (clip: string) => join(folder, 'clips', `${clip}.mp3`);
  const aboutFile = (clip: string) => join(folder, 'clips', `${clip}.json`);
  const draftFile = (sid: string) => join(folder, 'drafts', `${sid}.mp3`);
  const recordings: Recordings = {
    read: clip => readIfThere(clipFile(clip)),
    draft: (sid, audio) => write(draftFile(sid), audio),
    readDraft: sid => readIfThere(draftFile(sid)),
    keep: async (sid, kept) => {
      const audio = await recordings.readDraft(sid);
      if (audio === null) return false;
      await write(clipFile(kept.clip), audio);
      await write(aboutFile(kept.clip), JSON.stringify(kept));
      await recordings.drop(sid);
      return true;
    },
    drop: sid => rm(draftFile(sid), { force: true }),
    list: async () => {
      const names = await namesIn(join(folder, 'clips'));
      const about = names.filter(name => name.endsWith('.json'));
      return Promise.all(
        about.map(async name => JSON.parse(await readFile(join(folder, 'clips', name), 'utf8')) as Kept),
      );
    },
  };
  return recordings;
}

async function write(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function readIfThere(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
