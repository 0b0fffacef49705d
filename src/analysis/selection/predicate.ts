/**
 * What: predicates over the vertices of a projection: conditions on columns, their combinations, and conditions on
 * neighbours (some, none, every).
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
import type { Cell, Column } from '../projection/column';
import { FALSE_FLAG, TRUE_FLAG } from '../projection/column';
import type { Projection } from '../projection/projection';

export type TextOperator = 'contains' | 'startsWith' | 'endsWith' | 'equalsFolded';
export type OrderOperator = 'lt' | 'lte' | 'gt' | 'gte';
export type Quantifier = 'some' | 'none' | 'every';
export type Direction = 'out' | 'in';

export type Predicate =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: 'equals'; readonly column: string; readonly value: Cell }
  | { readonly kind: 'among'; readonly column: string; readonly values: readonly Cell[] }
  | {
      readonly kind: 'ordered';
      readonly column: string;
      readonly operator: OrderOperator;
      readonly value: Cell;
    }
  | {
      readonly kind: 'text';
      readonly column: string;
      readonly operator: TextOperator;
      readonly value: string;
    }
  | { readonly kind: 'id'; readonly values: ReadonlySet<string> }
  | {
      readonly kind: 'related';
      readonly edgeType: string;
      readonly direction: Direction;
      readonly quantifier: Quantifier;
      /** Neighbours that count at all. */
      readonly among: Predicate;
      readonly of: Predicate;
    };

export type VertexTest = (vertex: number) => boolean;

const never: VertexTest = () => false;
const always: VertexTest = () => true;

export const ALWAYS: Predicate = { kind: 'all', of: [] };

/** Text as it is compared where case does not count. */
export const fold = (text: string): string => text.toLowerCase();

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
    default:
      return onColumn(projection.vertices.columns.get(predicate.column), predicate);
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

type ColumnPredicate = Extract<Predicate, { readonly column: string }>;

function onColumn(column: Column | undefined, predicate: ColumnPredicate): VertexTest {
  if (predicate.kind === 'missing') return column === undefined ? always : isMissing(column);
  if (column === undefined) return never;
  if (column.kind === 'string') return onText(column, predicate);
  if (column.kind === 'number') return onNumber(column.values, predicate);
  return onFlag(column.values, predicate);
}

function isMissing(column: Column): VertexTest {
  if (column.kind === 'string') return (vertex) => column.codes[vertex] === 0;
  if (column.kind === 'number') return (vertex) => Number.isNaN(column.values[vertex]);
  return (vertex) => column.values[vertex] === 0;
}

type StringColumn = Extract<Column, { readonly kind: 'string' }>;

function onText(column: StringColumn, predicate: Exclude<ColumnPredicate, { kind: 'missing' }>): VertexTest {
  const { codes, dictionary } = column;
  if (predicate.kind === 'equals' || predicate.kind === 'among') {
    const values = predicate.kind === 'equals' ? [predicate.value] : predicate.values;
    const wanted = new Set(values.map((value) => dictionary.codes.get(String(value))));
    wanted.delete(undefined);
    return wanted.size === 0 ? never : (vertex) => wanted.has(codes[vertex]);
  }
  const test = predicate.kind === 'text' ? textTest(predicate) : orderTest(predicate);
  const answers = new Int8Array(dictionary.values.length);
  return (vertex) => {
    const code = codes[vertex];
    if (code === 0) return false;
    if (answers[code] === 0) answers[code] = test(dictionary.values[code]) ? 1 : -1;
    return answers[code] === 1;
  };
}

function textTest(predicate: {
  readonly operator: TextOperator;
  readonly value: string;
}): (text: string) => boolean {
  const wanted = fold(predicate.value);
  switch (predicate.operator) {
    case 'contains':
      return (text) => fold(text).includes(wanted);
    case 'startsWith':
      return (text) => fold(text).startsWith(wanted);
    case 'endsWith':
      return (text) => fold(text).endsWith(wanted);
    case 'equalsFolded':
      return (text) => fold(text) === wanted;
  }
}

function orderTest(predicate: { readonly operator: OrderOperator; readonly value: Cell }) {
  const bound = predicate.value as string | number;
  switch (predicate.operator) {
    case 'lt':
      return (value: string | number) => value < bound;
    case 'lte':
      return (value: string | number) => value <= bound;
    case 'gt':
      return (value: string | number) => value > bound;
    case 'gte':
      return (value: string | number) => value >= bound;
  }
}

function onNumber(
  values: Float64Array,
  predicate: Exclude<ColumnPredicate, { kind: 'missing' }>,
): VertexTest {
  if (predicate.kind === 'equals') return (vertex) => values[vertex] === predicate.value;
  if (predicate.kind === 'among') {
    const wanted = new Set(predicate.values);
    return (vertex) => wanted.has(values[vertex]);
  }
  if (predicate.kind === 'text') return never;
  const test = orderTest(predicate);
  return (vertex) => test(values[vertex]);
}

function onFlag(values: Uint8Array, predicate: Exclude<ColumnPredicate, { kind: 'missing' }>): VertexTest {
  const flagOf = (value: Cell): number => (value === true ? TRUE_FLAG : value === false ? FALSE_FLAG : -1);
  if (predicate.kind === 'equals') {
    const wanted = flagOf(predicate.value);
    return (vertex) => values[vertex] === wanted;
  }
  if (predicate.kind !== 'among') return never;
  const wanted = new Set(predicate.values.map(flagOf));
  return (vertex) => wanted.has(values[vertex]);
}

function related(projection: Projection, predicate: Extract<Predicate, { kind: 'related' }>): VertexTest {
  const { direction, quantifier } = predicate;
  const types = projection.edges.columns.get('type');
  if (types?.kind !== 'string') return quantifier === 'some' ? never : always;
  const code = types.dictionary.codes.get(predicate.edgeType);
  if (code === undefined) return quantifier === 'some' ? never : always;
  const { offsets, edges } = direction === 'out' ? projection.out : projection.in;
  const ends = direction === 'out' ? projection.to : projection.from;
  const isAdmitted = compilePredicate(projection, predicate.among);
  const isMet = remembered(compilePredicate(projection, predicate.of), projection.vertices.ids.length);
  const wanted = quantifier !== 'every';
  return (vertex) => {
    for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
      const edge = edges[at];
      if (types.codes[edge] !== code) continue;
      const end = ends[edge];
      if (isAdmitted(end) && isMet(end) === wanted) return quantifier === 'some';
    }
    return quantifier !== 'some';
  };
}

function remembered(test: VertexTest, count: number): VertexTest {
  const answers = new Int8Array(count);
  return (vertex) => {
    if (answers[vertex] === 0) answers[vertex] = test(vertex) ? 1 : -1;
    return answers[vertex] === 1;
  };
}
