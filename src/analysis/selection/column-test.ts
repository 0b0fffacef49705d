/**
 * What: a test of the rows of one column: missing, equal, one of several, ordered, or a text that contains another.
 *
 * Formula: two-valued. Every test but `missing` is false where the row has no value.
 *
 * Preconditions: none; an absent column is one without values.
 * Params: a column, a condition; texts are compared without regard to case where the operator says so.
 * Returns: a test of a row number. Of a string column each different text is tested once.
 * Complexity: O(1) a row, beside one test for each text of the dictionary. Exact.
 * Reference: bottom-up evaluation of a relational calculus, E. F. Codd, doi:10.1145/362384.362685.
 * Example: `columnTest(column, { kind: 'equals', column: 'name', value: 'Emotet' })(0)`.
 */
import type { Cell, Column } from '../projection/column';
import { FALSE_FLAG, TRUE_FLAG } from '../projection/column';

export type TextOperator = 'contains' | 'startsWith' | 'endsWith' | 'equalsFolded';
export type OrderOperator = 'lt' | 'lte' | 'gt' | 'gte';

export type ColumnPredicate =
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
    };

export type RowTest = (row: number) => boolean;

export const never: RowTest = () => false;
export const always: RowTest = () => true;

/** Text as it is compared where case does not count. */
export const fold = (text: string): string => text.toLowerCase();

export function columnTest(column: Column | undefined, predicate: ColumnPredicate): RowTest {
  if (predicate.kind === 'missing') return column === undefined ? always : isMissing(column);
  if (column === undefined) return never;
  if (column.kind === 'string') return onText(column, predicate);
  if (column.kind === 'number') return onNumber(column.values, predicate);
  return onFlag(column.values, predicate);
}

function isMissing(column: Column): RowTest {
  if (column.kind === 'string') return (row) => column.codes[row] === 0;
  if (column.kind === 'number') return (row) => Number.isNaN(column.values[row]);
  return (row) => column.values[row] === 0;
}

type StringColumn = Extract<Column, { readonly kind: 'string' }>;

function onText(column: StringColumn, predicate: Exclude<ColumnPredicate, { kind: 'missing' }>): RowTest {
  const { codes, dictionary } = column;
  if (predicate.kind === 'equals' || predicate.kind === 'among') {
    const values = predicate.kind === 'equals' ? [predicate.value] : predicate.values;
    const wanted = new Set(values.map((value) => dictionary.codes.get(String(value))));
    wanted.delete(undefined);
    return wanted.size === 0 ? never : (row) => wanted.has(codes[row]);
  }
  const test = predicate.kind === 'text' ? textTest(predicate) : orderTest(predicate);
  const answers = new Int8Array(dictionary.values.length);
  return (row) => {
    const code = codes[row];
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

/** Compares a value with a bound. */
export function orderTest(predicate: { readonly operator: OrderOperator; readonly value: Cell }) {
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

function onNumber(values: Float64Array, predicate: Exclude<ColumnPredicate, { kind: 'missing' }>): RowTest {
  if (predicate.kind === 'equals') return (row) => values[row] === predicate.value;
  if (predicate.kind === 'among') {
    const wanted = new Set(predicate.values);
    return (row) => wanted.has(values[row]);
  }
  if (predicate.kind === 'text') return never;
  const test = orderTest(predicate);
  return (row) => test(values[row]);
}

function onFlag(values: Uint8Array, predicate: Exclude<ColumnPredicate, { kind: 'missing' }>): RowTest {
  const flagOf = (value: Cell): number => (value === true ? TRUE_FLAG : value === false ? FALSE_FLAG : -1);
  if (predicate.kind === 'equals') {
    const wanted = flagOf(predicate.value);
    return (row) => values[row] === wanted;
  }
  if (predicate.kind !== 'among') return never;
  const wanted = new Set(predicate.values.map(flagOf));
  return (row) => wanted.has(values[row]);
}
