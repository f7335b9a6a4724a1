// The fallback site's files in their bucket. Only the function that publishes them may bring this into its code.
// Must never read or list: what stands there is for the telephone network to fetch.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** How long a copy at the edge may be older than the bucket's, so that an edited desk is dialled soon. */
const EDGE_SECONDS = 60;

export function siteInBucket(Bucket: string, client = new S3Client({})) {
  return {
    /** Takes the place of the file that was there. Throws when the bucket does not take it. */
    put: async (Key: string, ContentType: string, Body: Uint8Array | string): Promise<void> => {
      const CacheControl = `max-age=${EDGE_SECONDS}`;
      await client.send(new PutObjectCommand({ Bucket, Key, ContentType, CacheControl, Body }));
    },
  };
}
