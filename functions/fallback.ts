// Lambda behind the rule of every six hours, and behind whoever edits a line: brings the fallback site up to date.
// Answers with each line's document, for the number's fallback address at the telephone network.
import { siteInBucket } from '../shared/adapters/s3/fallback-site.ts';
import { ConfigError, parseConfig } from '../shared/app/config.ts';
import { playedAs } from '../shared/http/played-as.ts';
import { publishFallback } from '../shared/http/publish-fallback.ts';
import { recordingsAt } from './audio-places.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, context => {
  const { fallbackBucket, recordings } = parseConfig(process.env);
  if (fallbackBucket === null)
    throw new ConfigError('PANA_FALLBACK_BUCKET must be set: nowhere to publish to');
  const player = { ...context, recordings: recordingsAt(recordings) };
  const site = siteInBucket(fallbackBucket);
  return () =>
    publishFallback({ ...context, recording: path => playedAs(player, path.replace(/\.mp3$/, '')) }, site);
});
