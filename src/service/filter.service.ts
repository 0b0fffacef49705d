/**
 * Reads a filter as callers write it, and says what it asks of the columns:
 * `{ severity: { gte: 5 }, needs: { some: { mode: { eq: 'ANY' } } }, NOT: { ... } }`.
 */
import { ALWAYS, type Comparison, type Direction, type Predicate, type Quantifier } from '../analysis';
import { AppError } from '../errors';
import type { PropertySpec } from '../model/ontology/property';
import {
  FOLLOWED_TYPES,
  filterColumns,
  ownRelationsOf,
  RELATIONSHIP_COLUMNS,
  type Relation,
  typesNamed,
} from '../model/ontology/relations';
import { brief, isTimestamp } from '../model/validate';

/** A filter as it comes: nested objects of field, operator and value. */
export type Filter = { readonly [field: string]: unknown };

const QUANTIFIERS: readonly Quantifier[] = ['some', 'none', 'every'];
/** Levels of AND, OR, NOT and relations that a filter may nest. */
const MAX_FILTER_DEPTH = 12;
/** Values that a list in a filter may hold. */
const MAX_LIST_LENGTH = 1000;

const TYPE_COLUMN = 'type';

/** Vertices of the types that a name stands for. */
export const ofTypes = (types: readonly string[]): Predicate => ({
  kind: 'among',
  column: TYPE_COLUMN,
  values: types,
});

/** Neither revoked nor deprecated nor a placeholder. */
const ACTIVE: Predicate = {
  kind: 'not',
  of: {
    kind: 'any',
    of: ['revoked', 'deprecated', 'stub'].map((column) => ({ kind: 'equals', column, value: true })),
  },
};

/**
 * What a filter asks of nodes of a type or group.
 *
 * @throws AppError BAD_FILTER where a field, operator or value is not one of the type
 */
export function readFilter(name: string, filter: Filter | null | undefined, depth = 0): Predicate {
  if (filter === null || filter === undefined) return ALWAYS;
  if (depth > MAX_FILTER_DEPTH) throw badFilter(name, `at most ${MAX_FILTER_DEPTH} levels`, 'more');
  return all(membersOf(name, filter).map(([field, value]) => readField(name, field, value, depth + 1)));
}

/**
 * What a filter says. A null is refused: it would read as no condition, and whoever forgot to set a variable would get everything.
 *
 * @throws AppError BAD_FILTER
 */
function membersOf(what: string, filter: object): readonly (readonly [string, unknown])[] {
  const members = Object.entries(filter).filter(([, value]) => value !== undefined);
  for (const [member, value] of members) {
    if (value === null) throw badFilter(`${what}.${member}`, 'a value, or to be left out', null);
  }
  return members;
}

/** Refuses a filter of conditions that says nothing where it seems to. @throws AppError BAD_FILTER */
export function refuseUnset(what: string, where: object | null | undefined): void {
  for (const [member, value] of membersOf(what, where ?? {})) {
    const isCondition = typeof value === 'object' && !Array.isArray(value);
    if (isCondition) saidIn(`${what}.${member}`, value as Filter, 'its operators');
  }
}

/** What a condition says: something, since one whose variable was not set says nothing and would take everything. */
function saidIn(what: string, condition: Filter, expected: string): readonly (readonly [string, unknown])[] {
  const members = membersOf(what, condition);
  if (members.length === 0) throw badFilter(what, `at least one of ${expected}`, {});
  return members;
}

const all = (of: readonly Predicate[]): Predicate => (of.length === 1 ? of[0] : { kind: 'all', of });

function readField(name: string, field: string, value: unknown, depth: number): Predicate {
  if (field === 'AND' || field === 'OR') {
    const of = filtersIn(field, value).map((each) => readFilter(name, each, depth));
    return field === 'AND' ? all(of) : { kind: 'any', of };
  }
  if (field === 'NOT') return { kind: 'not', of: readFilter(name, value as Filter, depth) };
  if (field === 'id') return readId(value as Filter);
  if (field === 'active') return conditions(field, value as Filter, readActive);
  if (field === TYPE_COLUMN) {
    return conditions(field, value as Filter, (operator, each) => readTerm(TYPE_COLUMN, operator, each));
  }
  const relation = ownRelationsOf(name).find((each) => each.name === field);
  if (relation) return readRelation(relationOf(relation), value as Filter, depth);
  if (field === 'relations') return readAnyRelation(value as Filter, depth);
  const spec = filterColumns(name).find((each) => each.name === field);
  if (!spec) throw badFilter(name, 'a column or relation of the type', field);
  return conditions(field, value as Filter, (operator, each) => readColumn(spec, operator, each));
}

/** What a condition on related nodes follows, and what it finds there. */
interface Followed {
  readonly name: string;
  readonly edgeTypes: readonly string[];
  readonly directions: readonly Direction[];
  readonly farName: string;
}

const relationOf = ({ name, relationshipType, direction, farName }: Relation): Followed => ({
  name,
  edgeTypes: [relationshipType],
  directions: [direction],
  farName,
});

/** Which ways of an edge a direction follows. */
export const DIRECTIONS = { OUT: ['out'], IN: ['in'], BOTH: ['out', 'in'] } as const;

function readAnyRelation({ types, direction, ...value }: Filter, depth: number): Predicate {
  const followed: Followed = {
    name: 'relations',
    edgeTypes: types ? (listOf('types', types) as string[]) : [...FOLLOWED_TYPES],
    directions: DIRECTIONS[(direction ?? 'BOTH') as keyof typeof DIRECTIONS],
    farName: 'Node',
  };
  return readRelation(followed, value, depth);
}

/** Conditions on what is at the other end of a relation, over the relationships that count. */
function readRelation({ name, farName, ...ways }: Followed, value: Filter, depth: number): Predicate {
  const { relationship, ...quantified } = Object.fromEntries(membersOf(name, value));
  const shared = {
    ...ways,
    ...(relationship ? { over: readRelationshipFilter(relationship as Filter, depth) } : {}),
  };
  const among = ofTypes(typesNamed(farName));
  const far = (where: unknown) => readFilter(farName, where as Filter | undefined, depth);
  const asked = saidIn(name, quantified, [...QUANTIFIERS, 'count'].join(', '));
  const parts = asked.map(([quantifier, each]): Predicate => {
    if (quantifier === 'count') {
      const { where, ...bounds } = Object.fromEntries(membersOf(`${name}.count`, each as Filter));
      const of: Predicate = { kind: 'all', of: [among, far(where)] };
      return { kind: 'counted', ...shared, of, comparisons: comparisonsIn(name, bounds) };
    }
    if (!QUANTIFIERS.includes(quantifier as Quantifier)) {
      throw badFilter(name, [...QUANTIFIERS, 'count'].join(', '), quantifier);
    }
    return { kind: 'related', ...shared, quantifier: quantifier as Quantifier, among, of: far(each) };
  });
  return all(parts);
}

const COMPARISONS: readonly Comparison['operator'][] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'];

function comparisonsIn(field: string, bounds: Filter): readonly Comparison[] {
  return saidIn(`${field}.count`, bounds, COMPARISONS.join(', ')).map(([operator, value]) => {
    if (!COMPARISONS.includes(operator as Comparison['operator'])) {
      throw badFilter(field, COMPARISONS.join(', '), operator);
    }
    return { operator: operator as Comparison['operator'], value: Number(value) };
  });
}

/**
 * What a filter asks of relationships: of their own columns, of what they lead from and to.
 *
 * @throws AppError BAD_FILTER where a field, operator or value is none of a relationship
 */
export function readRelationshipFilter(filter: Filter | null | undefined, depth = 0): Predicate {
  if (filter === null || filter === undefined) return ALWAYS;
  const what = 'relationship';
  if (depth > MAX_FILTER_DEPTH) throw badFilter(what, `at most ${MAX_FILTER_DEPTH} levels`, 'more');
  return all(
    membersOf(what, filter).map(([field, value]): Predicate => {
      if (field === 'AND' || field === 'OR') {
        const of = filtersIn(field, value).map((each) => readRelationshipFilter(each, depth + 1));
        return field === 'AND' ? all(of) : { kind: 'any', of };
      }
      if (field === 'NOT') return { kind: 'not', of: readRelationshipFilter(value as Filter, depth + 1) };
      if (field === 'from' || field === 'to') {
        return { kind: 'end', end: field, of: readFilter('Node', value as Filter, depth + 1) };
      }
      if (field === 'id') return readId(value as Filter);
      if (field === 'active') return conditions(field, value as Filter, readActive);
      if (field === TYPE_COLUMN) {
        return conditions(field, value as Filter, (operator, each) => readTerm(TYPE_COLUMN, operator, each));
      }
      const spec = RELATIONSHIP_COLUMNS.find((each) => each.name === field);
      if (!spec) throw badFilter(what, 'a column of relationships', field);
      return conditions(field, value as Filter, (operator, each) => readColumn(spec, operator, each));
    }),
  );
}

/** All conditions of an operator object hold. */
function conditions(
  field: string,
  value: Filter,
  read: (operator: string, value: unknown) => Predicate,
): Predicate {
  return all(saidIn(field, value, 'its operators').map(([operator, each]) => read(operator, each)));
}

function readId(value: Filter): Predicate {
  return conditions('id', value, (operator, each) => {
    const ids = operator === 'eq' || operator === 'ne' ? [each] : listOf('id', each);
    const among: Predicate = { kind: 'id', values: new Set(ids.map(String)) };
    if (operator === 'eq' || operator === 'in') return among;
    if (operator === 'ne' || operator === 'notIn') return { kind: 'not', of: among };
    throw badFilter('id', 'eq, ne, in, notIn', operator);
  });
}

function readActive(operator: string, value: unknown): Predicate {
  if (operator !== 'eq' && operator !== 'ne') throw badFilter('active', 'eq, ne', operator);
  const wanted = operator === 'eq' ? value === true : value !== true;
  return wanted ? ACTIVE : { kind: 'not', of: ACTIVE };
}

function readColumn(spec: PropertySpec, operator: string, value: unknown): Predicate {
  const column = spec.name;
  if (operator === 'isNull') return negatedIf(value !== true, { kind: 'missing', column });
  if (spec.kind === 'boolean') return readTerm(column, operator, value);
  if (spec.kind === 'string') {
    return spec.vocabulary ? readTerm(column, operator, value) : readText(column, operator, value);
  }
  const cell = (each: unknown) => (spec.kind === 'datetime' ? milliseconds(column, each) : Number(each));
  if (operator === 'lt' || operator === 'lte' || operator === 'gt' || operator === 'gte') {
    return { kind: 'ordered', column, operator, value: cell(value) };
  }
  return readTerm(column, operator, value, cell);
}

function readText(column: string, operator: string, value: unknown): Predicate {
  if (operator === 'contains' || operator === 'startsWith' || operator === 'endsWith') {
    return { kind: 'text', column, operator, value: String(value) };
  }
  if (operator === 'eqFolded')
    return { kind: 'text', column, operator: 'equalsFolded', value: String(value) };
  return readTerm(column, operator, value);
}

function readTerm(
  column: string,
  operator: string,
  value: unknown,
  cell: (value: unknown) => string | number | boolean = (each) => each as string,
): Predicate {
  if (operator === 'eq') return { kind: 'equals', column, value: cell(value) };
  if (operator === 'ne') return { kind: 'not', of: { kind: 'equals', column, value: cell(value) } };
  if (operator === 'in' || operator === 'notIn') {
    const among: Predicate = { kind: 'among', column, values: listOf(column, value).map(cell) };
    return negatedIf(operator === 'notIn', among);
  }
  throw badFilter(column, 'an operator of its kind', operator);
}

const negatedIf = (isNegated: boolean, of: Predicate): Predicate => (isNegated ? { kind: 'not', of } : of);

function listOf(field: string, value: unknown): readonly unknown[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > MAX_LIST_LENGTH) {
    throw badFilter(field, `at most ${MAX_LIST_LENGTH} values`, `${list.length} values`);
  }
  return list;
}

/** Filters of a list, none of them null. */
function filtersIn(field: string, value: unknown): readonly Filter[] {
  const list = listOf(field, value) as readonly (Filter | null)[];
  if (list.some((each) => each === null)) throw badFilter(field, 'filters', null);
  return list as readonly Filter[];
}

function milliseconds(column: string, value: unknown): number {
  if (!isTimestamp(value)) throw badFilter(column, 'a date and time as of RFC 3339', value);
  return Date.parse(value);
}

const badFilter = (field: string, expected: string, got: unknown): AppError =>
  new AppError('BAD_FILTER', { field, expected, got: brief(got) });
