// What operations take and answer, as the API document names it: a body of JSON.
import type { z } from '@hono/zod-openapi';

/** An answer. */
export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** What must be sent. */
export const sent = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});
