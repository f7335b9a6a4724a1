// What stands on a volunteer's own page now. Must never show what is not hers, or not for her to take.
import type { Ports } from '../../app/ports.ts';
import { nextShifts, shiftsToTake } from '../../app/receive-about-shifts.ts';
import { lineOf } from '../../app/shift-lines.ts';
import type { VolunteerId } from '../../domain/ids.ts';
import { holidaysOf } from '../../domain/network.ts';
import type { Occurrence } from '../../domain/occurrence.ts';
import { dutyAt } from '../../domain/rota.ts';
import { isOver, type Swap, swapIdOf } from '../../domain/swap.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type NotToBeHad, notToBeHad } from '../../domain/wording.ts';
import { catalogs } from '../../prompts/all-catalogs.ts';
import { parsePromptLanguage } from '../../prompts/languages.ts';
import { pageWordsFor } from '../../prompts/page-words.ts';
import type { Said } from './acts.ts';
import type { OwnShift, Page } from './html.ts';

/** More than anybody has in two weeks. */
const SHOWN_AT_MOST = 40;

export async function pageOf(ports: Ports, id: VolunteerId, said: Said | null): Promise<Page | null> {
  const person = await ports.shifts.person(id);
  if (person === null) return null;
  const her = person.volunteer;
  const { language, words } = pageWordsFor(her.languages);
  const [open, own, duty, asksCode] = await Promise.all([
    shiftsToTake(ports, her),
    ownShifts(ports, her),
    dutyOf(ports, her),
    isAsked(ports, her),
  ]);
  return {
    ...{ language, words, duty, own, asksCode },
    weekdays: catalogs[parsePromptLanguage(language) ?? 'ru'].weekdays,
    said: said === null ? null : saying(language, said),
    open: open.slice(0, SHOWN_AT_MOST).map(swap => ({ swap, line: line(her, swap.occurrence) })),
  };
}

const line = ({ rota }: Volunteer, occurrence: Occurrence) => lineOf(occurrence, rota.zone, 0);

/** Those on her rota, and those that she is off and nobody has taken. */
async function ownShifts(ports: Ports, her: Volunteer): Promise<readonly OwnShift[]> {
  const now = ports.clock.now();
  const [next, there] = await Promise.all([nextShifts(ports, her), ports.shifts.swapsOf(her.region, now)]);
  const given = there.filter(each => each.giver === her.id && !isOver(each));
  const swapOf = (occurrence: Occurrence) => given.find(({ id }) => id === swapIdOf(her.id, occurrence));
  const away = given.filter(({ isAway, occurrence }) => isAway && occurrence.window.until > now);
  return [...next, ...away.map(({ occurrence }) => occurrence)]
    .sort((a, b) => a.window.from - b.window.from)
    .slice(0, SHOWN_AT_MOST)
    .map(occurrence => shown(her, occurrence, swapOf(occurrence) ?? null));
}

function shown(her: Volunteer, occurrence: Occurrence, swap: Swap | null): OwnShift {
  const offered = swap?.state.kind === 'asked' ? swap.state.inReturn : null;
  return { occurrence, swap, line: line(her, occurrence), inReturn: offered && line(her, offered) };
}

async function dutyOf(ports: Ports, { rota, pausedUntil }: Volunteer): Promise<Page['duty']> {
  const now = ports.clock.now();
  const isOn = dutyAt(rota, holidaysOf(await ports.networks.network()), now) !== null;
  if (isOn && pausedUntil !== null && pausedUntil > now) return 'paused';
  return isOn ? 'on' : 'off';
}

/** A code is on its way to the number that she has now. */
async function isAsked(ports: Ports, { id, number }: Volunteer): Promise<boolean> {
  const check = (await ports.shifts.entry(id))?.check ?? null;
  return check?.code != null && check.mark === ports.shifts.markOf(number);
}

/** Of what stands in an address nothing is shown but words of ours. */
function saying(language: string, said: Said): string | null {
  const { words } = pageWordsFor([language as never]);
  const { texts } = catalogs[parsePromptLanguage(language) ?? 'ru'];
  if (said === 'done' || said === 'again') return words[said];
  if (said === 'number-verified' || said === 'number-code-wrong') return texts[said]();
  return notToBeHad.includes(said as NotToBeHad) ? texts['not-to-be-had']({ because: said }) : null;
}
