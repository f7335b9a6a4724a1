// Once a day the end of the trail of acts goes to the log: whoever can write to the table can not write there, so that a trail
// that was made anew from some place on does not fit what the log says.
import type { Office } from './office.ts';
import type { Clock, Log } from './ports.ts';

type Telling = { readonly clock: Clock; readonly log: Log; readonly audit: Office['audit'] };

export async function tellTrailHead({ clock, log, audit }: Telling): Promise<void> {
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  await audit.tellHead(today, ({ number, hash }) => log.info('audit-head', { number, hash }));
}
