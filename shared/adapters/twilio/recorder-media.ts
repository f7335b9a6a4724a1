// What a manager has spoken for a prompt, fetched from the network and deleted there. By the API key alone.
// Must never be used for anything but prompts: no other call is recorded.
import type { Log } from '../../app/ports.ts';
import { parseSpokenSid, type SpokenSid, type SpokenWords } from '../../app/recordings.ts';

export type MediaOptions = {
  readonly twilioApi: string;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly log: Log;
};

const LIMIT_MS = 4_000;
/** A minute of speech is a quarter of a megabyte. */
const BYTES_AT_MOST = 2_000_000;

export function createSpokenWords(options: MediaOptions): SpokenWords {
  const { twilioApi, accountSid, apiKey, apiSecret, log } = options;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  const ask = (method: 'GET' | 'DELETE', sid: SpokenSid, ending: 'mp3' | 'json') =>
    fetch(`${twilioApi}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.${ending}`, {
      method,
      headers: { authorization },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  return {
    fetch: async sid => {
      const answer = await ask('GET', sid, 'mp3');
      if (answer.status === 404) return null;
      if (!answer.ok) {
        log.warn('telephone-failed', { operation: 'fetch-spoken', outcome: 'failed', status: answer.status });
        return null;
      }
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.length <= BYTES_AT_MOST ? bytes : null;
    },
    forget: async sid => {
      const { status } = await ask('DELETE', sid, 'json');
      if (status === 204 || status === 404) return true;
      log.warn('telephone-failed', { operation: 'forget-spoken', outcome: 'failed', status });
      return false;
    },
  };
}

/** Out of a signed webhook. */
export function spokenIn(params: Readonly<Record<string, string>>): SpokenSid | null {
  return parseSpokenSid(params['RecordingSid'] ?? '');
}
