// A report as the API gives it, as JSON or as a file. Must never count anything anew.
import { api, outcomeOf, type Schemas } from '../api.ts';
import { session } from '../session.ts';
import { monthFrom } from './months.ts';

export type Report = Schemas['Report'];
export type Group = Report['groups'][number];

export const outcomes = ['reached', 'abandonedLater', 'abandonedAtOnce', 'other'] as const;
export const dimensions = ['hour', 'region', 'line', 'skill', 'language', 'channel', 'rung'] as const;
export type Dimension = (typeof dimensions)[number];

export type Asked = { readonly month: string; readonly months: number; readonly by: Dimension };

const queryOf = ({ month, months, by }: Asked) => ({ from: month, until: monthFrom(month, months), by });

export function reportOf(asked: Asked) {
  return outcomeOf<Report>(
    api.GET('/v1/reports', { params: { query: queryOf(asked) } }) as Promise<{
      data?: Report;
      response: Response;
    }>,
  );
}

/** Saved by the browser: the token goes in a header, never into an address. False: it could not be made. */
export async function download(asked: Asked): Promise<boolean> {
  if (session.value.kind !== 'signed-in') return false;
  const query = new URLSearchParams({ ...queryOf(asked), format: 'csv' });
  try {
    const response = await fetch(`/v1/reports?${query}`, {
      headers: { authorization: `Bearer ${session.value.token}` },
    });
    if (!response.ok) return false;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = `pana-${asked.by}-${asked.month.slice(0, 7)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    return true;
  } catch {
    return false;
  }
}
