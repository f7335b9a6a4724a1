// Where spoken prompts are kept: a folder of this machine and a bucket do the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingsInBucket } from '../../shared/adapters/s3/recordings.ts';
import { recordingsInFolder } from '../../shared/adapters/system/recordings-folder.ts';
import { parseSpokenSid, type Recordings } from '../../shared/app/recordings.ts';
import { instant } from '../../shared/domain/instant.ts';
import { manager } from '../support/small-network.ts';
import { sure } from './store/store-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'pana-recordings-'));
let aws: FauxqsServer;
let client: S3Client;
beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
  aws.createBucket('prompts');
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new S3Client({ endpoint: aws.address, region: 'us-east-1', credentials, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
  rmSync(folder, { recursive: true });
});

const places: readonly [string, () => Recordings][] = [
  ['a folder', () => recordingsInFolder(folder)],
  ['a bucket', () => recordingsInBucket('prompts', client)],
];
const sid = (serial: number) => sure(parseSpokenSid(`RE${String(serial).padStart(32, '0')}`));
const sound = (text: string) => new TextEncoder().encode(text);
const about = (clip: string, words: string) => ({
  clip,
  words,
  by: manager.id,
  at: instant(1_795_410_000_000),
});

describe.each(places)('%s', (_, open) => {
  test('what was spoken is a draft until it is kept, and then takes the place of what was there', async () => {
    const recordings = open();
    expect(await recordings.read('kk/searching')).toBeNull();
    for (const [serial, words] of ['first', 'second'].entries()) {
      await recordings.draft(sid(serial), sound(words));
      expect(await recordings.readDraft(sid(serial))).toEqual(sound(words));
      expect(await recordings.keep(sid(serial), about('kk/searching', words))).toBe(true);
      expect(await recordings.readDraft(sid(serial))).toBeNull();
      expect(await recordings.read('kk/searching')).toEqual(sound(words));
    }
    expect(await recordings.list()).toEqual([about('kk/searching', 'second')]);
  });

  test('what was dropped, or never spoken, cannot be kept', async () => {
    const recordings = open();
    await recordings.draft(sid(7), sound('no'));
    await recordings.drop(sid(7));
    await recordings.drop(sid(7));
    expect(await recordings.keep(sid(7), about('kk/or', 'no'))).toBe(false);
    expect(await recordings.read('kk/or')).toBeNull();
  });
});
