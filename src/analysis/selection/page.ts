/**
 * What: one page of items of a projection in a total order, by key-set: the items that follow a key, and how many there
 * are in all.
 *
 * Formula: item a precedes b if its first differing sort term does, else if its id does. Texts compare without regard to
 * case first, then as they are; an item without a value comes after all that have one, whatever the direction.
 *
 * Preconditions: first >= 0; ids of items are distinct.
 * Params: items (numbers), the vertex and id of each, a test of vertices, sort terms, `first` items, `after` a key.
 * Returns: the items in order, the exact total of accepted items, and whether items lie before and after the page.
 * Complexity: O(n log f) comparisons for n items and a page of f; a heap of f + 1 items, no sorting of all.
 * Exact.
 * Reference: bounded heap selection, J. W. J. Williams, doi:10.1145/512274.512284; key-set paging, M. Winand, 2013.
 * Example: `selectPage(p, { items: [0, 1], vertexOf: (i) => i, idOf, accepts: () => true, order: [], first: 1 })`.
 */
import { type Cell, type Column, cellOf, type Dictionary } from '../projection/column';
import type { Projection } from '../projection/projection';
import type { Table } from '../projection/table';
import { fold } from './column-test';
import type { VertexTest } from './predicate';

export interface SortTerm {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Place of an item in an order: its value for each term, then its id. */
export interface PageKey {
  readonly values: readonly Cell[];
  readonly id: string;
}

export interface PageRequest {
  readonly items: ArrayLike<number>;
  /** Table whose columns decide the order; of vertices if not given. */
  readonly table?: Table;
  /** Row of the table that an item is ordered by, and tested as. */
  readonly vertexOf: (item: number) => number;
  readonly idOf: (item: number) => string;
  readonly accepts: VertexTest;
  readonly order: readonly SortTerm[];
  readonly first: number;
  readonly after?: PageKey;
}

export interface SelectedPage {
  readonly items: readonly number[];
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** Place of a row, under an id of its own or of the edge that leads to it. */
export function pageKey({ columns }: Table, order: readonly SortTerm[], row: number, id: string): PageKey {
  return { values: order.map((term) => cellOf(columns.get(term.column), row)), id };
}

export function selectPage(projection: Projection, request: PageRequest): SelectedPage {
  const { items, vertexOf, idOf, accepts, first, after } = request;
  const { columns } = request.table ?? projection.vertices;
  const terms = request.order.map((term) => ({
    column: columns.get(term.column),
    sign: term.isDescending ? -1 : 1,
  }));
  const compare = (a: number, b: number): number => {
    for (const { column, sign } of terms) {
      const order = compareCells(column, cellOf(column, vertexOf(a)), cellOf(column, vertexOf(b)), sign);
      if (order !== 0) return order;
    }
    return compareText(idOf(a), idOf(b));
  };
  const follows = (item: number, key: PageKey): boolean => {
    for (let i = 0; i < terms.length; i++) {
      const { column, sign } = terms[i];
      const order = compareCells(column, cellOf(column, vertexOf(item)), key.values[i] ?? null, sign);
      if (order !== 0) return order > 0;
    }
    return idOf(item) > key.id;
  };
  const heap = new BoundedHeap(first + 1, compare);
  let total = 0;
  let before = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!accepts(vertexOf(item))) continue;
    total++;
    if (after !== undefined && !follows(item, after)) before++;
    else heap.offer(item);
  }
  const sorted = heap.sorted();
  return {
    items: sorted.slice(0, first),
    total,
    hasNext: sorted.length > first,
    hasPrevious: before > 0,
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareCells(column: Column | undefined, a: Cell, b: Cell, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (column?.kind === 'string') {
    const [left, right] = [String(a), String(b)];
    return (
      sign *
      (compareText(foldedOf(column.dictionary, left), foldedOf(column.dictionary, right)) ||
        compareText(left, right))
    );
  }
  return sign * (Number(a) - Number(b));
}

const foldedTexts = new WeakMap<Dictionary, Map<string, string>>();

/** Folded text, remembered beside the dictionary that holds it. */
function foldedOf(dictionary: Dictionary, text: string): string {
  let folded = foldedTexts.get(dictionary);
  if (folded === undefined) {
    folded = new Map();
    foldedTexts.set(dictionary, folded);
  }
  let result = folded.get(text);
  if (result === undefined) {
    result = fold(text);
    if (dictionary.codes.has(text)) folded.set(text, result);
  }
  return result;
}

/** Keeps the least `capacity` items offered; the greatest of them on top. */
class BoundedHeap {
  private readonly heap: number[] = [];

  constructor(
    private readonly capacity: number,
    private readonly compare: (a: number, b: number) => number,
  ) {}

  offer(item: number): void {
    const { heap, capacity, compare } = this;
    if (heap.length < capacity) {
      heap.push(item);
      this.siftUp(heap.length - 1);
    } else if (compare(item, heap[0]) < 0) {
      heap[0] = item;
      this.siftDown();
    }
  }

  sorted(): number[] {
    return [...this.heap].sort(this.compare);
  }

  private siftUp(start: number): void {
    const { heap, compare } = this;
    for (let at = start; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (compare(heap[parent], heap[at]) >= 0) return;
      [heap[parent], heap[at]] = [heap[at], heap[parent]];
      at = parent;
    }
  }

  private siftDown(): void {
    const { heap, compare } = this;
    for (let at = 0; ; ) {
      let greatest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && compare(heap[child], heap[greatest]) > 0) greatest = child;
      }
      if (greatest === at) return;
      [heap[greatest], heap[at]] = [heap[at], heap[greatest]];
      at = greatest;
    }
  }
}
