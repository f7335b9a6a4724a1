// From where a manager asks: the address that API Gateway saw, and nothing more of her machine.
import { getConnInfo } from 'hono/aws-lambda';
import type { ApiC } from './api.ts';

/** Null: the event says nothing of it. */
export const sourceOf = (c: ApiC): string | null => getConnInfo(c).remote.address ?? null;
