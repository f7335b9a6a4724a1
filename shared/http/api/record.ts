// Every act of a manager is on record before it is done, its end after it, and a creation that is asked for twice is done once.
// Must never record what was sent, only the names of its fields; what it changed is sealed apart.
import type { MiddlewareHandler } from 'hono';
import type { Change } from '../../app/audit-trail.ts';
import { faultOf } from '../../app/fault.ts';
import type { Answer } from '../../app/office.ts';
import type { ApiC, ApiEnv, Declared } from './api.ts';
import { problem } from './problem.ts';
import { sourceOf } from './source.ts';

const READS = ['get', 'head'];
const KEY_PATTERN = /^[\x21-\x7e]{8,200}$/;
const KEPT_HEADERS = ['content-type', 'etag', 'location'];
/** What was only tried is not on record: nothing was done. */
const isDryRun = (c: ApiC): boolean => c.req.query('dryRun') === 'true';

const NO_KEY = { path: 'Idempotency-Key', problem: 'is missing: asked for twice it would be done twice' };

export type Recording = 'a-look' | 'no-answer';

export function onRecord(route: Declared): MiddlewareHandler<ApiEnv> {
  const { operationId: action, method, record, needsKey } = route;
  return async (c, next) => {
    if (record !== undefined) return recorded(c, action, next);
    if (READS.includes(method) || isDryRun(c)) return next();
    const chosen = c.req.header('idempotency-key');
    if (chosen === undefined && needsKey) return problem(c, 'invalid-request', { errors: [NO_KEY] });
    if (chosen === undefined || method !== 'post') return recorded(c, action, next);
    if (!KEY_PATTERN.test(chosen)) {
      const errors = [{ path: 'Idempotency-Key', problem: 'is not 8 to 200 printable characters' }];
      return problem(c, 'invalid-request', { errors });
    }
    return once(c, chosen, () => recorded(c, action, next));
  };
}

async function recorded(c: ApiC, action: string, next: () => Promise<void>): Promise<undefined> {
  const { office, ports } = c.var.context;
  const act = { ...actOf(c, action), ...(await sentFields(c)) };
  const begun = await office.audit.append(
    { ...act, is: 'begun', begun: null, status: null, created: [] },
    null,
  );
  await next();
  const { status } = c.res;
  const ended = { ...act, is: 'ended', at: ports.clock.now(), begun, status, created: createdIn(c) } as const;
  await office.audit
    .append(ended, status < 300 ? (c.get('change') ?? null) : null)
    .catch(() => ports.log.error('audit-end-not-kept', { action }));
}

/** Who may not, or may not see it, and asked for what changes something or shows what is sealed. */
export async function refusalOnRecord(
  c: ApiC,
  { operationId, method, record }: Pick<Declared, 'operationId' | 'method' | 'record'>,
  status: number,
): Promise<void> {
  if (record === undefined && READS.includes(method)) return;
  const none = { fields: [], reason: null, begun: null, created: [] };
  await c.var.context.office.audit.append({ ...actOf(c, operationId), ...none, is: 'refused', status }, null);
}

function actOf(c: ApiC, action: string) {
  const { id: actor, role } = c.var.actor;
  const target = Object.values(c.req.param()).map(shownId).join(' ');
  return { at: c.var.context.ports.clock.now(), actor, role, action, target, from: sourceOf(c) };
}

/** To be kept, sealed, with the end of the act: what it changed, as it stood and as it stands. */
export function keepChange(c: ApiC, about: Change['about'], before: unknown, after: unknown): void {
  c.set('change', { about, before, after });
}

/** What was made, by the address that the answer names, or as the operation says. */
function createdIn(c: ApiC): readonly string[] {
  const last = c.res.headers.get('location')?.split('/').at(-1);
  return [...(last === undefined ? [] : [shownId(last)]), ...(c.get('made') ?? [])];
}

const REASON_AT_MOST = 500;
const FIELDS_AT_MOST = 50;

/** An id of ours, a region, a skill, a date. Whatever else stands in an address may be a number. */
const ID =
  /^([a-z]{2,6}_[a-z0-9][a-z0-9-]{0,39}|[A-Z]{2}-[A-Z0-9]{1,3}|[a-z][a-z-]{0,29}|\d{4}-\d{2}-\d{2})$/;
const shownId = (text: string): string => (ID.test(text) ? text : '…');
const FIELD = /^[A-Za-z]{1,40}$/;
/** Six digits or more of any script, with what stands between them in a written number. */
const NUMBER = /\+?\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){5,}/gu;

/** A reason is written for the record: it is the one value that is kept, without the numbers in it. */
async function sentFields(c: ApiC): Promise<{ fields: readonly string[]; reason: string | null }> {
  const body: unknown = /json/.test(c.req.header('content-type') ?? '')
    ? await c.req.json().catch(() => null)
    : null;
  if (typeof body !== 'object' || body === null) return { fields: [], reason: null };
  const names = Object.keys(body).filter(name => FIELD.test(name));
  const reason = (body as { reason?: unknown }).reason;
  return {
    fields: names.slice(0, FIELDS_AT_MOST),
    reason: typeof reason === 'string' ? reason.slice(0, REASON_AT_MOST).replaceAll(NUMBER, '…') : null,
  };
}

async function once(c: ApiC, chosen: string, act: () => Promise<undefined>): Promise<Response | undefined> {
  const { office, ports } = c.var.context;
  const { id: actor, ...mayDo } = c.var.actor;
  // Whoever may see less by now is not shown what she was answered before.
  const asked = `${c.req.method} ${c.req.url} ${JSON.stringify(mayDo)}\n${await c.req.text()}`;
  const begun = await office.idempotency.begin(actor, chosen, asked, ports.clock.now());
  if (begun.is === 'done') return repeated(c, begun.answer);
  if (begun.is === 'other') return problem(c, 'key-reused');
  if (begun.is !== 'fresh') {
    c.header('retry-after', '2');
    return problem(c, 'conflict', { detail: 'The same request is being worked on. Ask again in a moment.' });
  }
  c.set('askedUnder', `${chosen} ${begun.fingerprint}`);
  await act();
  // It is done: that its answer is too long to be kept, or the table fails, is no reason to keep it from whoever asked.
  await keep(c, chosen).catch(error => ports.log.error('answer-not-kept', { fault: faultOf(error) }));
  return undefined;
}

/** Only what was done is kept: what was refused may be put right and sent again. */
async function keep(c: ApiC, chosen: string): Promise<void> {
  const { office, ports } = c.var.context;
  const { id: actor } = c.var.actor;
  if (c.res.status >= 300) return office.idempotency.forget(actor, chosen);
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap(name => {
      const value = c.res.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const answer: Answer = { status: c.res.status, headers, body: await c.res.clone().text() };
  return office.idempotency.keep(actor, chosen, answer, ports.clock.now());
}

function repeated(c: ApiC, { status, headers, body }: Answer): Response {
  return c.body(body, status as 200, {
    ...headers,
    'idempotency-replayed': 'true',
    'cache-control': 'no-store',
  });
}
