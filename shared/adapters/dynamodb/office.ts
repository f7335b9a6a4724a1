// The managers' own records in the table. Apart from stores.ts, so that nothing of it is in a function that a survivor
// reaches.
import type { Office } from '../../app/office.ts';
import { createAnswers } from './answers.ts';
import { createApiKeys } from './api-keys.ts';
import { createAudit } from './audit.ts';
import type { Deps } from './deps.ts';
import { createFeeds } from './feeds.ts';
import { createHolesTold } from './holes-told.ts';
import { createJobs } from './jobs.ts';
import { createNetworkEdits } from './network-edits.ts';
import { createSummaries } from './summaries.ts';

export function createOfficeStores(deps: Deps): Omit<Office, 'tokens'> {
  return {
    networkEdits: createNetworkEdits(deps),
    apiKeys: createApiKeys(deps),
    audit: createAudit(deps),
    idempotency: createAnswers(deps),
    jobs: createJobs(deps),
    feeds: createFeeds(deps),
    summaries: createSummaries(deps),
    holesTold: createHolesTold(deps),
  };
}
