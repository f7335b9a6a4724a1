// Which week, region and person the page shows: in its address, so that a reload and a link show the same.
import { useLocation } from 'preact-iso';
import { instant } from '../../../../shared/domain/instant.ts';
import { type LocalDate, localTimeAt, parseLocalDate } from '../../../../shared/domain/local-time.ts';
import { mondayOf } from './week.ts';

export type Place = {
  /** Empty: the first one of hers. */
  readonly region: string;
  /** Empty: everybody there. */
  readonly person: string;
  /** Null: this week. */
  readonly week: LocalDate | null;
};

export function usePlace(): { readonly place: Place; readonly go: (to: Partial<Place>) => void } {
  const { query, route } = useLocation();
  const { region = '', person = '', week = '' } = query as Partial<Record<string, string>>;
  const place = { region, person, week: parseLocalDate(week) };
  return {
    place,
    go: to => {
      const wanted = Object.entries({ ...place, ...to }).flatMap(([name, value]) =>
        value ? [`${name}=${encodeURIComponent(value)}`] : [],
      );
      route(`/rota${wanted.length === 0 ? '' : `?${wanted.join('&')}`}`, true);
    },
  };
}

export const todayIn = (zone: string): LocalDate => localTimeAt(instant(Date.now()), zone).date;

export const weekShown = ({ week }: Place, zone: string): LocalDate => mondayOf(week ?? todayIn(zone));
