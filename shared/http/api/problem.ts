// What the API says when something cannot be done: RFC 9457, with a stable type, the fields that are wrong by their
// paths, and a sentence that a person can act on.
// Must never repeat what was sent: it may be a number or a name.
import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { JSONParsed } from 'hono/utils/types';

const kinds = {
  'invalid-request': [400, 'Something in the request is not right. Nothing was changed.'],
  'not-signed-in': [401, 'Sign in, or send a valid token or API key.'],
  'not-permitted': [403, 'Your role does not allow this. An admin can give you one that does.'],
  'not-found': [404, 'There is no such thing, or it is not yours to see.'],
  'not-allowed': [405, 'This address does not take that.'],
  conflict: [409, 'This cannot be done as things are. Nothing was changed.'],
  'changed-meanwhile': [412, 'Somebody else changed it since you read it. Read it again, then decide.'],
  'too-large': [413, 'This is more than is taken at once. Send less.'],
  'wrong-media-type': [415, 'Send JSON, with the content type application/json.'],
  'key-reused': [422, 'This Idempotency-Key was used for something else. Choose a new one.'],
  'say-which-version': [
    428,
    'Say in If-Match which version you mean to change: the ETag that you last read.',
  ],
  'too-many': [429, 'Too much at once. Wait a little and try again.'],
  failed: [500, 'Something went wrong on our side. It is on record; try again in a minute.'],
  'try-later': [503, 'This cannot be answered just now. Try again in a minute.'],
} as const;

export type ProblemKind = keyof typeof kinds;
export type ProblemStatus = (typeof kinds)[ProblemKind][0];

const errorSchema = z
  .object({
    path: z.string().openapi({ description: 'Where, as `weekly[0].until`; empty: the whole' }),
    problem: z.string().openapi({ description: 'What is wrong, as a clause: `is not a time of the day`' }),
  })
  .openapi('FieldProblem');
export type FieldProblem = z.infer<typeof errorSchema>;

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:pana:problem:invalid-request' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'What happened, what was kept, and what to do' }),
    errors: z.array(errorSchema).optional(),
    why: z.string().optional().openapi({ description: 'Of an act that was not done: why not, as one word' }),
    current: z
      .unknown()
      .optional()
      .openapi({ description: 'With `changed-meanwhile`: how it stands now; its ETag is in the header' }),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problemSchema>;

const PROBLEM_JSON = 'application/problem+json';

/** What every operation may answer beside what it is for. */
export const problems = {
  default: {
    description: 'It could not be done; the body says why',
    content: { [PROBLEM_JSON]: { schema: problemSchema } },
  },
} as const;

export type Said = {
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly current?: unknown;
  readonly why?: string;
};

export function problemOf(kind: ProblemKind, { detail, errors, current, why }: Said = {}): Problem {
  const [status, usual] = kinds[kind];
  return {
    type: `urn:pana:problem:${kind}`,
    title: kind.replaceAll('-', ' '),
    status,
    detail: detail ?? usual,
    ...(why !== undefined && { why }),
    ...(errors && { errors: [...errors] }),
    ...(current !== undefined && { current }),
  };
}

export type ProblemResponse = Response & TypedResponse<JSONParsed<Problem>, ProblemStatus, 'json'>;

export function problem(c: Context, kind: ProblemKind, said: Said = {}): ProblemResponse {
  const body = problemOf(kind, said);
  return c.body(JSON.stringify(body), kinds[kind][0], {
    'content-type': PROBLEM_JSON,
    'cache-control': 'no-store',
  }) as Response as ProblemResponse;
}

/** Wrong fields, as zod found them. Its own words would quote what was sent. */
export function fieldProblems(error: z.ZodError): readonly FieldProblem[] {
  return error.issues.slice(0, PROBLEMS_AT_MOST).flatMap(issue => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(key => ({
        path: pathOf([...issue.path, shown(key)]),
        problem: 'is not known here',
      }));
    return [{ path: pathOf(issue.path), problem: clauseOf(issue) }];
  });
}

/** The first hundred are enough to go on with. */
const PROBLEMS_AT_MOST = 100;

/** A key is the sender's word too: shown when it could be a name of ours, and not too long. */
const shown = (key: string): string => (/^\w{1,40}$/.test(key) ? key : '…');

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, place) =>
      typeof part === 'number' ? `[${part}]` : `${place === 0 ? '' : '.'}${shown(String(part))}`,
    )
    .join('');
}

function clauseOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `is not ${articleOf(issue.expected)} ${issue.expected}`;
    case 'too_small':
      return `is less than ${issue.minimum}${countedIn[issue.origin] ?? ''}`;
    case 'too_big':
      return `is more than ${issue.maximum}${countedIn[issue.origin] ?? ''}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `is not one of ${issue.options.map(String).join(', ')}`
        : 'is not what is expected here';
    case 'invalid_value':
      return `is not one of ${issue.values.map(String).join(', ')}`;
    case 'custom':
      return issue.message;
    default:
      // Formats say `Invalid …` and name the format, never the value.
      return issue.message === 'Invalid input' ? 'is not what is expected here' : issue.message;
  }
}

const countedIn: { readonly [origin: string]: string } = { string: ' characters', array: ' entries' };

const articleOf = (word: string): string => (/^[aeiou]/.test(word) ? 'an' : 'a');
