/**
 * Versions of products: which come before which, and which lie in a range (`vers:npm/>=1.0.0|<2.0.0`, or a range as npm writes it).
 * What cannot be compared is said to be so: no order is guessed.
 */
import semver from 'semver';

export type RangeVerdict = 'INSIDE' | 'OUTSIDE' | 'NOT_COMPARABLE';

/** Package types whose versions follow Semantic Versioning 2. */
const SEMANTIC: ReadonlySet<string> = new Set([
  'cargo',
  'composer',
  'golang',
  'hex',
  'npm',
  'nuget',
  'pub',
  'semver',
  'swift',
]);
/** Package types in which 1.0 and 1.0.0 are two versions. */
const LITERAL: ReadonlySet<string> = new Set(['alpm', 'apk', 'deb', 'rpm']);

const NUMERIC = /^v?\d+(\.\d+)*$/;

/** Negative, zero or positive as the first comes before, with or after the second; undefined where nobody can say. */
export function compareVersions(type: string, a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (NUMERIC.test(a) && NUMERIC.test(b)) return compareNumeric(type, a, b);
  if (!SEMANTIC.has(type)) return undefined;
  const [first, second] = [semver.parse(a, { loose: true }), semver.parse(b, { loose: true })];
  return first && second ? semver.compare(first, second) : undefined;
}

/** Dotted numbers come in the same order in every scheme. */
function compareNumeric(type: string, a: string, b: string): number | undefined {
  const parts = [a, b].map((each) => each.replace(/^v/, '').split('.').map(BigInt));
  const [first, second] = parts;
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [left, right] = [first[at] ?? 0n, second[at] ?? 0n];
    if (left !== right) return left < right ? -1 : 1;
  }
  return first.length !== second.length && LITERAL.has(type) ? undefined : 0;
}

/** Whether a version lies in what is stated: a version, a `vers` range, or a range as npm writes it. */
export function rangeVerdict(type: string, version: string, stated: string): RangeVerdict {
  const vers = /^vers:([a-z][a-z0-9.+-]*)\/(.+)$/i.exec(stated.trim());
  if (vers) return versVerdict(vers[1].toLowerCase(), version, vers[2]);
  if (/^[v\d]/.test(stated) && !/[\s|]/.test(stated)) {
    const order = compareVersions(type, version, stated);
    // Different texts of one scheme that nobody can order may still mean one version.
    return order === undefined ? 'NOT_COMPARABLE' : order === 0 ? 'INSIDE' : 'OUTSIDE';
  }
  const isKnown = SEMANTIC.has(type) || NUMERIC.test(version);
  const own = isKnown ? semver.coerce(version, { includePrerelease: true }) : null;
  if (!own || semver.validRange(stated) === null) return 'NOT_COMPARABLE';
  return semver.satisfies(own, stated, { includePrerelease: true }) ? 'INSIDE' : 'OUTSIDE';
}

interface Constraint {
  readonly comparator: string;
  readonly version: string;
}

/** Containment as the specification of `vers` states it (package-url/vers-spec, "Checking if a version is contained"). */
function versVerdict(type: string, version: string, text: string): RangeVerdict {
  if (text.trim() === '*') return 'INSIDE';
  const constraints = text.split('|').map((part): Constraint => {
    const [, comparator, given] = /^\s*(>=|<=|!=|<|>|=)?\s*(.*?)\s*$/.exec(part) as RegExpExecArray;
    return { comparator: comparator ?? '=', version: decoded(given) };
  });
  const orders = constraints.map((each) => compareVersions(type, version, each.version));
  if (orders.some((order) => order === undefined)) return 'NOT_COMPARABLE';
  const equal = constraints.find((_, at) => orders[at] === 0);
  if (equal) return ['=', '<=', '>='].includes(equal.comparator) ? 'INSIDE' : 'OUTSIDE';
  const bounds = constraints
    .map((each, at) => ({
      isLower: each.comparator.startsWith('>'),
      comparator: each.comparator,
      isAbove: (orders[at] as number) > 0,
      version: each.version,
    }))
    .filter(({ comparator }) => /^[<>]/.test(comparator))
    .sort((a, b) => compareVersions(type, a.version, b.version) ?? 0);
  return bounds.some((bound, at) => isWithin(bound, bounds[at - 1], bounds[at + 1])) ? 'INSIDE' : 'OUTSIDE';
}

interface Bound {
  /** `>` or `>=`. */
  readonly isLower: boolean;
  /** Whether the version in question is greater. */
  readonly isAbove: boolean;
}

/** Whether the version lies in the interval that a bound opens (or, for the first upper one, only closes). */
function isWithin(bound: Bound, before: Bound | undefined, after: Bound | undefined): boolean {
  if (!bound.isLower) return before === undefined && !bound.isAbove;
  return bound.isAbove && (after === undefined || (!after.isLower && !after.isAbove));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
