/** Who asks: what they may do (role), and what they may see (clearance, and the names they are addressed by). */
import {
  isForNamedOnly,
  type MarkingMeaning,
  meaningOf,
  rankOf,
  type Sharing,
  type TlpLevel,
} from './marking';

/** What one may do; each may do what those before it may. */
export const ROLES = ['READER', 'ANALYST', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

export const hasRole = (viewer: { readonly role: Role }, needed: Role): boolean =>
  ROLES.indexOf(viewer.role) >= ROLES.indexOf(needed);

export interface Viewer {
  /** Name in histories and on lists of recipients. */
  readonly id: string;
  readonly role: Role;
  readonly clearance: TlpLevel;
  /** Sharing groups, and markings of other schemes that the viewer is cleared for. */
  readonly groups: readonly string[];
  /** Whether nothing is hidden: the one user of a service on their own machine. */
  readonly seesAll: boolean;
}

/** The one user of a service that asks nobody who they are. */
export const LOCAL_VIEWER: Viewer = {
  id: 'local',
  role: 'ADMIN',
  clearance: 'RED',
  groups: [],
  seesAll: true,
};

/** A name for all that decides what a viewer sees: viewers of one name see the same. */
export const sightOf = ({ seesAll, clearance, id, groups }: Viewer): string =>
  seesAll ? 'all' : JSON.stringify([clearance, id, ...[...groups].sort()]);

/**
 * Whether a viewer may see something of these markings and recipients:
 * - every level must lie within the clearance;
 * - AMBER+STRICT and RED need the viewer, or a group of theirs, among the recipients;
 * - recipients, where any are named, are the only ones at any level;
 * - a marking nobody here knows needs a group of its very name.
 */
export function maySee(
  viewer: Viewer,
  { markings, sharedWith }: Sharing,
  definitions?: ReadonlyMap<string, MarkingMeaning>,
): boolean {
  if (viewer.seesAll) return true;
  const isNamed = sharedWith.some((name) => name === viewer.id || viewer.groups.includes(name));
  if (sharedWith.length > 0 && !isNamed) return false;
  return markings.every((marking) => {
    const meaning = meaningOf(marking, definitions);
    if (meaning === 'NOTHING') return true;
    if (meaning === 'UNKNOWN') return viewer.groups.includes(marking);
    return rankOf(meaning) <= rankOf(viewer.clearance) && (isNamed || !isForNamedOnly(meaning));
  });
}
