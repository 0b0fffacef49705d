/**
 * What: predicates over the vertices or edges of a projection: conditions on columns, their combinations, and conditions on
 * the neighbours of vertices (some, none, every, so many).
 *
 * Formula: two-valued. A condition on a column is false where the vertex has no value, save `missing`; `not` is plain
 * negation; `every` holds where no admitted neighbour fails, so also where there is none.
 *
 * Preconditions: none; a column that no row has is a column without values.
 * Params: `compilePredicate(projection, predicate)`; texts are compared without regard to case where the operator says so.
 * Returns: a test of one vertex number. Answers on neighbours are remembered, so testing all vertices costs O(n + m) for
 * each nesting of `related`, whatever the depth.
 * Exact.
 * Reference: bottom-up evaluation of a relational calculus, E. F. Codd, doi:10.1145/362384.362685.
 * Example: `compilePredicate(p, { kind: 'equals', column: 'name', value: 'Emotet' })(0)`.
 */
import type { Projection } from '../projection/projection';
import {
  always,
  type ColumnPredicate,
  columnTest,
  never,
  type OrderOperator,
  orderTest,
} from './column-test';

export type Quantifier = 'some' | 'none' | 'every';
export type Direction = 'out' | 'in';

/** A number compared with a bound. */
export interface Comparison {
  readonly operator: OrderOperator | 'eq' | 'ne';
  readonly value: number;
}

export type Predicate =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | ColumnPredicate
  | { readonly kind: 'id'; readonly values: ReadonlySet<string> }
  | {
      readonly kind: 'related';
      readonly edgeTypes: readonly string[];
      readonly directions: readonly Direction[];
      readonly quantifier: Quantifier;
      /** Edges that count at all; all when absent. */
      readonly over?: Predicate;
      /** Neighbours that count at all. */
      readonly among: Predicate;
      readonly of: Predicate;
    }
  | {
      /** How many different neighbours are such. */
      readonly kind: 'counted';
      readonly edgeTypes: readonly string[];
      readonly directions: readonly Direction[];
      readonly over?: Predicate;
      readonly of: Predicate;
      readonly comparisons: readonly Comparison[];
    }
  /** Of an edge: what the vertex at one of its ends is. */
  | { readonly kind: 'end'; readonly end: 'from' | 'to'; readonly of: Predicate };

export type VertexTest = (vertex: number) => boolean;

export const ALWAYS: Predicate = { kind: 'all', of: [] };

export function compilePredicate(projection: Projection, predicate: Predicate): VertexTest {
  switch (predicate.kind) {
    case 'all':
      return everyOf(predicate.of.map((each) => compilePredicate(projection, each)));
    case 'any':
      return someOf(predicate.of.map((each) => compilePredicate(projection, each)));
    case 'not': {
      const test = compilePredicate(projection, predicate.of);
      return (vertex) => !test(vertex);
    }
    case 'id':
      return (vertex) => predicate.values.has(projection.vertices.ids[vertex]);
    case 'related':
      return related(projection, predicate);
    case 'counted':
      return counted(projection, predicate);
    case 'end':
      return never;
    default:
      return columnTest(projection.vertices.columns.get(predicate.column), predicate);
  }
}

/** A test of edges, by their columns, ids and ends; conditions on neighbours do not apply to edges. */
export function compileEdgePredicate(
  projection: Projection,
  predicate: Predicate | undefined,
): (edge: number) => boolean {
  if (predicate === undefined) return always;
  switch (predicate.kind) {
    case 'all':
      return everyOf(predicate.of.map((each) => compileEdgePredicate(projection, each)));
    case 'any':
      return someOf(predicate.of.map((each) => compileEdgePredicate(projection, each)));
    case 'not': {
      const test = compileEdgePredicate(projection, predicate.of);
      return (edge) => !test(edge);
    }
    case 'id':
      return (edge) => predicate.values.has(projection.edges.ids[edge]);
    case 'related':
    case 'counted':
      return never;
    case 'end': {
      const test = compilePredicate(projection, predicate.of);
      const ends = projection[predicate.end];
      return (edge) => test(ends[edge]);
    }
    default:
      return columnTest(projection.edges.columns.get(predicate.column), predicate);
  }
}

function everyOf(tests: readonly VertexTest[]): VertexTest {
  if (tests.length === 0) return always;
  if (tests.length === 1) return tests[0];
  return (vertex) => tests.every((test) => test(vertex));
}

function someOf(tests: readonly VertexTest[]): VertexTest {
  if (tests.length === 1) return tests[0];
  return (vertex) => tests.some((test) => test(vertex));
}

type OfNeighbours = Extract<Predicate, { kind: 'related' | 'counted' }>;

/** Calls `found` for the far end of every edge that counts, until it says that it has seen enough. */
function farEnds(
  projection: Projection,
  { edgeTypes, directions, over }: OfNeighbours,
): (vertex: number, found: (end: number) => boolean) => void {
  const types = projection.edges.columns.get('type');
  if (types?.kind !== 'string') return () => undefined;
  const codes = new Set(edgeTypes.map((type) => types.dictionary.codes.get(type)));
  codes.delete(undefined);
  if (codes.size === 0) return () => undefined;
  const isOver = compileEdgePredicate(projection, over);
  const sides = directions.map((direction) =>
    direction === 'out'
      ? { ...projection.out, ends: projection.to }
      : { ...projection.in, ends: projection.from },
  );
  return (vertex, found) => {
    for (const { offsets, edges, ends } of sides) {
      for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
        const edge = edges[at];
        if (codes.has(types.codes[edge]) && isOver(edge) && found(ends[edge])) return;
      }
    }
  };
}

function related(projection: Projection, predicate: Extract<Predicate, { kind: 'related' }>): VertexTest {
  const { quantifier } = predicate;
  const each = farEnds(projection, predicate);
  const isAdmitted = compilePredicate(projection, predicate.among);
  const isMet = remembered(compilePredicate(projection, predicate.of), projection.vertices.ids.length);
  const wanted = quantifier !== 'every';
  return (vertex) => {
    let isFound = false;
    each(vertex, (end) => {
      isFound = isAdmitted(end) && isMet(end) === wanted;
      return isFound;
    });
    return isFound === (quantifier === 'some');
  };
}

function counted(projection: Projection, predicate: Extract<Predicate, { kind: 'counted' }>): VertexTest {
  const each = farEnds(projection, predicate);
  const isMet = remembered(compilePredicate(projection, predicate.of), projection.vertices.ids.length);
  return (vertex) => {
    const found = new Set<number>();
    each(vertex, (end) => {
      if (isMet(end)) found.add(end);
      return false;
    });
    return predicate.comparisons.every((comparison) => holds(found.size, comparison));
  };
}

function holds(count: number, { operator, value }: Comparison): boolean {
  switch (operator) {
    case 'eq':
      return count === value;
    case 'ne':
      return count !== value;
    default:
      return orderTest({ operator, value })(count);
  }
}

function remembered(test: VertexTest, count: number): VertexTest {
  const answers = new Int8Array(count);
  return (vertex) => {
    if (answers[vertex] === 0) answers[vertex] = test(vertex) ? 1 : -1;
    return answers[vertex] === 1;
  };
}
