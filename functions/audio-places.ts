// Where prompts are kept that managers have spoken. Apart from environment.ts, so that no other function carries S3.
import { recordingsInBucket } from '../shared/adapters/s3/recordings.ts';
import { recordingsInFolder } from '../shared/adapters/system/recordings-folder.ts';
import { ConfigError } from '../shared/app/config.ts';
import type { Recordings } from '../shared/app/recordings.ts';

/** `s3://bucket`, or a folder of this machine. */
export function recordingsAt(place: string | null): Recordings {
  if (place === null) throw new ConfigError('PANA_RECORDINGS must be set: s3://bucket or a folder');
  const [, bucket] = /^s3:\/\/([a-z0-9.-]{3,63})$/.exec(place) ?? [];
  return bucket === undefined ? recordingsInFolder(place) : recordingsInBucket(bucket);
}
