// What managers have spoken by telephone, for commands that list it: where the machine of npm start keeps it, or in the
// bucket that PANA_RECORDINGS names. Reads only.
import { join } from 'node:path';
import { recordingsAt } from '../../functions/audio-places.ts';
import type { Kept } from '../../shared/app/recordings.ts';

export function spokenIn(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly Kept[]> {
  const here = join(environment['PANA_DATA'] || '.pana', 'recordings');
  return recordingsAt(environment['PANA_RECORDINGS'] || here).list();
}
