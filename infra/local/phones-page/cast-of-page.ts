// Who can be taken up on the page of phones: lines to call, volunteers, desks; and the words of recordings.
// Must never be shown elsewhere: it names everybody of a hotline.

import type { RegionId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { holidaysOf, type Network, regionOf } from '../../../shared/domain/network.ts';
import { dutyAt } from '../../../shared/domain/rota.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import { clipKey, clipsOf } from '../../../shared/prompts/audio.ts';
import { volunteersOf } from '../demo/cast.ts';
import { hasStories } from '../demo/with-stories.ts';
import type { Machine } from '../machine.ts';
import { seedNumber } from '../seed/seed-values.ts';
import type { PageCast, PagePerson } from './page-data.ts';

/** As many as anybody holds at once. */
const CALLERS = 20;
const FIRST_CALLER = 500_001;

export async function castOfPage(
  machine: Pick<Machine, 'stores' | 'network' | 'managersUrl'>,
): Promise<PageCast> {
  const { network, stores, managersUrl } = machine;
  const volunteers = await volunteersOf(stores, network);
  const now = Date.now();
  return {
    lines: network.lines
      .filter(({ id }) => id !== network.canary?.lineId)
      .map(({ number, whatsappNumber, region, languages }) => ({
        number,
        whatsappNumber,
        region: namesOf(network, region),
        languages,
      })),
    people: [...volunteers.map(each => volunteerOn(each, network, now)), ...contactsOn(network)],
    recorded: Object.fromEntries(clipsOf(network).map(clip => [clipKey(clip), clip.words])),
    callers: Array.from({ length: CALLERS }, (_, index) => seedNumber(FIRST_CALLER + index)),
    hasStories: hasStories(network),
    consoleUrl: managersUrl,
  };
}

function volunteerOn(volunteer: Volunteer, network: Network, now: number): PagePerson {
  const { number, name, region, languages, rota } = volunteer;
  return {
    number,
    name,
    role: 'volunteer',
    region: namesOf(network, region),
    languages,
    isOnDuty: dutyAt(rota, holidaysOf(network), instant(now)) !== null,
  };
}

function contactsOn({ contacts }: Network): readonly PagePerson[] {
  return contacts.flatMap(({ kind, name, callNumber, textNumber, language }) => {
    const number = callNumber ?? textNumber;
    if (number === null || kind === 'canary') return [];
    return [{ number, name, role: kind, region: null, languages: [language], isOnDuty: true }];
  });
}

function namesOf(network: Network, region: RegionId | null): Readonly<Record<string, string>> | null {
  return region === null ? null : regionOf(network, region).names;
}
