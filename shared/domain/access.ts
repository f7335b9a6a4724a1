// Who may do what: four roles and the permissions of each. A route of the managers' API names one of these permissions,
// and this is the only place that says who has it.
// Must never depend on a route: a permission is about people and things, not about addresses.
import type { RegionId } from './ids.ts';

export const roles = ['admin', 'manager', 'viewer', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'volunteers:read',
  /** Names with numbers, and who is who on a phone. */
  'volunteers:numbers',
  'volunteers:write',
  'rota:read',
  'rota:write',
  'requests:read',
  'requests:act',
  /** What is sealed of a request: her number. Each look is on record. */
  'requests:reveal',
  'network:read',
  'network:write',
  'reports:read',
  'broadcasts:send',
  'audit:read',
  'people:erase',
  'people:export',
  'keys:write',
] as const;
export type Permission = (typeof permissions)[number];

const looks: readonly Permission[] = [
  'volunteers:read',
  'rota:read',
  'requests:read',
  'network:read',
  'reports:read',
];
const manages: readonly Permission[] = [
  ...looks,
  'volunteers:numbers',
  'volunteers:write',
  'rota:write',
  'requests:act',
  'requests:reveal',
  'broadcasts:send',
];

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  manager: manages,
  viewer: looks,
  // Sees what was done and that it was right, and nobody's number.
  auditor: ['audit:read', 'network:read', 'reports:read'],
};

/** `all`, or the regions that were named; a manager of none sees nothing that lies in one. */
export type Realm = 'all' | readonly RegionId[];

export type Actor = {
  /** The subject of a token, or the id of an API key. Never a name or an address. */
  readonly id: string;
  readonly role: Role;
  readonly realm: Realm;
  /** What an API key was given of its role; null: all of it. */
  readonly only: readonly Permission[] | null;
};

export function may({ role, only }: Pick<Actor, 'role' | 'only'>, permission: Permission): boolean {
  return granted[role].includes(permission) && (only === null || only.includes(permission));
}

/** Null: it lies in no region, so that everybody who may look at all sees it. */
export function sees({ realm }: Pick<Actor, 'realm'>, region: RegionId | null): boolean {
  return realm === 'all' || region === null || realm.includes(region);
}

const REGION_GROUP = 'region:';

/**
 * Role and realm from the groups of a token: `admin`, `manager`, `viewer`, `auditor`, and `region:KZ-75` or `region:all`.
 * The strongest role counts, in the order of `roles`. An admin or auditor is always of all regions. Null: no role.
 */
export function accessOf(
  groups: readonly string[],
  parseRegion: (text: string) => RegionId | null,
): Pick<Actor, 'role' | 'realm'> | null {
  const role = roles.find(each => groups.includes(each));
  if (role === undefined) return null;
  const named = groups
    .filter(group => group.startsWith(REGION_GROUP))
    .map(group => group.slice(REGION_GROUP.length));
  const isEverywhere = role === 'admin' || role === 'auditor' || named.includes('all');
  return { role, realm: isEverywhere ? 'all' : named.flatMap(text => parseRegion(text) ?? []) };
}
