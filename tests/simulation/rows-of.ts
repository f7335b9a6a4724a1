// What the rows of a request are, from which the next commit goes on: whom it holds, and which texts of helpers lead to it.
// Pure. Kept from one commit to the next, which would work them out again.
import type { Settings } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import { type Claim, claimsOf } from '../../shared/domain/standing.ts';
import { type Led, routesOf } from './text-routes.ts';

export type Rows = {
  readonly of: Request | null;
  readonly claims: readonly Claim[];
  readonly routes: readonly Led[];
};

export const noRows: Rows = { of: null, claims: [], routes: [] };

export function rowsOf(request: Request, settings: Settings): Rows {
  return { of: request, claims: claimsOf(request, settings), routes: routesOf(request, settings) };
}
