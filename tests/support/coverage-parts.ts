// People on duty and floors, for tests of coverage: in Almaty, Russian, from hours that are written out.
import { languageId, skillId, volunteerId } from '../../infra/local/seed/seed-values.ts';
import type { Person } from '../../shared/domain/coverage-people.ts';
import { type Floor, usualCoverage } from '../../shared/domain/coverage-settings.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { DutyWindow } from '../../shared/domain/rota.ts';
import { window } from './rota-parts.ts';
import { almaty, smallNetwork } from './small-network.ts';

export const [ru, kk] = [languageId('ru'), languageId('kk')];
export const [crisis, legal] = [skillId('crisis'), skillId('legal')];
export const HOUR_SECONDS = 3600;

type Parts = Partial<Omit<Person, 'duties'>> & { readonly on?: readonly DutyWindow[] };
export function person(name: string, { on = [], ...more }: Parts = {}): Person {
  const made = {
    id: volunteerId(`vol_${name}`),
    zone: 'Asia/Almaty',
    home: almaty,
    languages: [ru],
    skills: [crisis],
    away: [],
    ...more,
  };
  return { ...made, duties: on.map(each => ({ ...each, regions: [made.home], skills: made.skills })) };
}

export const floor = (more: Partial<Floor> = {}): Floor => ({
  region: almaty,
  skill: null,
  language: ru,
  atLeast: 1,
  hours: [],
  ...more,
});
export const withFloors = (...floors: readonly Floor[]): Network => ({
  ...smallNetwork,
  settings: { ...smallNetwork.settings, coverage: { ...usualCoverage, floors } },
});
export const day = window('2026-11-29T00:00+05:00', '2026-11-30T00:00+05:00');
export const hour = (from: string, until: string) =>
  window(`2026-11-29T${from}+05:00`, `2026-11-29T${until}+05:00`);
export const told = (found: readonly DutyWindow[]) =>
  found.map(({ from, until }) => [new Date(from).toISOString(), new Date(until).toISOString()]);
