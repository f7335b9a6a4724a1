// Calls to the managers' API, typed by its own document. What went wrong comes as a problem, never as a throw.
// Must never try an act again by itself: whoever acts decides.
import createClient from 'openapi-fetch';
import type { components, paths } from '../../../dist/api/types.ts';
import { session, tokenRefused } from './session.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

export const api = createClient<paths>({ baseUrl: location.origin });

api.use({
  onRequest: ({ request }) => {
    if (session.value.kind === 'signed-in')
      request.headers.set('authorization', `Bearer ${session.value.token}`);
    return request;
  },
  onResponse: async ({ request, response }) => {
    if (response.status !== 401 || session.value.kind !== 'signed-in') return undefined;
    if (!(await tokenRefused()) || request.method !== 'GET') return undefined;
    const again = new Request(request.url, { headers: request.headers });
    again.headers.set('authorization', `Bearer ${session.value.token}`);
    return fetch(again);
  },
});

const unreachable: Problem = {
  type: 'urn:pana:problem:unreachable',
  title: 'unreachable',
  status: 0,
  detail: 'The hotline does not answer just now.',
};

export type Outcome<Value> =
  | { readonly is: 'done'; readonly value: Value; readonly etag: string | null }
  | { readonly is: 'refused'; readonly problem: Problem };

type Called<Value> = {
  readonly data?: Value | undefined;
  readonly error?: unknown;
  readonly response: Response;
};

export async function outcomeOf<Value>(called: Promise<Called<Value>>): Promise<Outcome<Value>> {
  try {
    const { data, error, response } = await called;
    if (!response.ok) return { is: 'refused', problem: (error as Problem | undefined) ?? unreachable };
    return { is: 'done', value: data as Value, etag: response.headers.get('etag') };
  } catch {
    return { is: 'refused', problem: unreachable };
  }
}
