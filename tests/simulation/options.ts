// What a run of the simulator is asked for, as it stands on a command line: read by `npm run simulate`, and by each
// process that lives through a slice of it.
import { aWorld } from './many.ts';
import type { Trigger } from './scene.ts';
import { allTriggers, type Measure } from './story.ts';

export const measureOptions = {
  faults: { type: 'string', default: '0.02' },
  lost: { type: 'string', default: '0' },
  without: { type: 'string', multiple: true, default: [] as string[] },
} as const;

type Asked = { readonly faults: string; readonly lost: string; readonly without: readonly string[] };

export function measureOf({ faults, lost, without }: Asked): Measure {
  return {
    ...aWorld,
    faultRate: Number(faults),
    lostMessages: Number(lost),
    triggers: { ...allTriggers, ...Object.fromEntries(without.map(name => [name as Trigger, false])) },
  };
}
