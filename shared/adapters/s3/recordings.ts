// Spoken prompts in a bucket of their own, with who spoke them as metadata. Drafts expire there by a rule of the bucket.
// Only the function that plays and takes prompts may bring this into its code: it is of no use while somebody waits.
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Kept, Recordings } from '../../app/recordings.ts';
import { parseContactId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';

const CLIPS = 'clips/';
const audio = { ContentType: 'audio/mpeg' } as const;

/** A prompt is heard while a call goes on: rather the placeholder than a long silence. */
const limits = { maxAttempts: 2, requestHandler: { requestTimeout: 2_000, connectionTimeout: 1_000 } };

export function recordingsInBucket(Bucket: string, client = new S3Client(limits)): Recordings {
  const clipKey = (clip: string) => `${CLIPS}${clip}.mp3`;
  const draftKey = (sid: string) => `drafts/${sid}.mp3`;
  const get = async (Key: string) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Body ? new Uint8Array(await Body.transformToByteArray()) : null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  };
  const recordings: Recordings = {
    read: clip => get(clipKey(clip)),
    draft: async (sid, Body) => {
      await client.send(new PutObjectCommand({ Bucket, Key: draftKey(sid), Body, ...audio }));
    },
    readDraft: sid => get(draftKey(sid)),
    keep: async (sid, { clip, by, at, words }) => {
      const CopySource = `${Bucket}/${draftKey(sid)}`;
      const Metadata = { by, at: String(at), words };
      const copy = {
        Bucket,
        Key: clipKey(clip),
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata,
      } as const;
      try {
        await client.send(new CopyObjectCommand({ ...copy, ...audio }));
      } catch (error) {
        if (error instanceof NoSuchKey) return false;
        throw error;
      }
      await recordings.drop(sid);
      return true;
    },
    drop: async sid => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: draftKey(sid) }));
    },
    list: () => listOf(client, Bucket),
  };
  return recordings;
}

/** A thousand at the most: more than any network has clips. */
async function listOf(client: S3Client, Bucket: string): Promise<readonly Kept[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: CLIPS }));
  const all = await Promise.all(
    Contents.map(async ({ Key = '' }): Promise<readonly Kept[]> => {
      const { Metadata = {} } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      const by = parseContactId(Metadata['by'] ?? '');
      const clip = Key.slice(CLIPS.length).replace(/\.mp3$/, '');
      return by === null
        ? []
        : [{ clip, by, at: instant(Number(Metadata['at'] ?? 0)), words: Metadata['words'] ?? '' }];
    }),
  );
  return all.flat();
}
