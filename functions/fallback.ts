// Lambda behind the rule of every six hours, and behind whoever edits a line: brings the fallback site up to date.
// Answers with each line's document, for the number's fallback address at the telephone network.
import { siteInBucket } from '../shared/adapters/s3/fallback-site.ts';
import { publishFallback } from '../shared/http/publish-fallback.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => {
  const bucket = process.env['PANA_FALLBACK_BUCKET'];
  if (!bucket) throw new Error('PANA_FALLBACK_BUCKET is not set: nowhere to publish to');
  const site = siteInBucket(bucket);
  return () => publishFallback(context, site);
});
