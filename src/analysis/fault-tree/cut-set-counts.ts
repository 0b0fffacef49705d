/**
 * Counts of minimal cut sets by order and by event, from the ZBDDs, without enumerating any.
 *
 * What: how many minimal cut sets there are of each order, and how many hold each event.
 * Formula: count(node, d) = count(low, d) + sum_j weight(level, j) count(high, d - j), where weight is 1 at j = 1 for an
 *   event and the counts of a module for a module; counts by event are paths into a node times paths out of its high arc.
 * Returns: exact BigInt values. The arithmetic is on doubles while all values are below 2^53, else modulo primes below
 *   2^25, put together by the Chinese remainder theorem.
 * Complexity: O(nodes x largest order) for each prime; memory O(nodes x largest order of one module).
 * Exact. Reference: D. E. Knuth, "The Art of Computer Programming", volume 4A, section 7.1.4 (counting by diagrams).
 * Example: for a + b c the counts by order are 0, 1, 1 (orders 0, 1, 2).
 */
import type { Diagrams } from './diagrams';
import { fromResidues, primesFor } from './residues';
import type { SolvedModule } from './solve-module';

export interface CutSetCounts {
  readonly total: bigint;
  /** byOrder[d] = cut sets of d events; byOrder[0] is 1 only when the top is certain. */
  readonly byOrder: readonly bigint[];
}

/** Cut sets of at most `maxOrder` events, by order; undefined when the deadline came first. */
export function countCutSets(
  diagrams: Diagrams,
  maxOrder = diagrams.eventCount,
  deadline: () => boolean = () => false,
): CutSetCounts | undefined {
  const residues: { modulus: number; values: readonly number[] }[] = [];
  for (const modulus of moduliFor(diagrams)) {
    const values = countsModulo(diagrams, modulus, deadline);
    if (values === undefined) return undefined;
    residues.push({ modulus, values });
  }
  const byOrder = residues[0].values
    .slice(0, maxOrder + 1)
    .map((_, d) => fromResidues(residues.map(({ modulus, values }) => ({ modulus, value: values[d] }))));
  while (byOrder.length > 0 && byOrder[byOrder.length - 1] === 0n) byOrder.pop();
  return { total: byOrder.reduce((sum, each) => sum + each, 0n), byOrder };
}

/** How many minimal cut sets hold each event. */
export function occurrences(diagrams: Diagrams): bigint[] {
  const residues = moduliFor(diagrams).map((modulus) => ({
    modulus,
    values: occurrencesModulo(diagrams, modulus),
  }));
  return Array.from({ length: diagrams.eventCount }, (_, e) =>
    fromResidues(residues.map(({ modulus, values }) => ({ modulus, value: values[e] }))),
  );
}

/** One "modulus" of infinity when doubles are exact, else enough primes for the largest value. */
function moduliFor(diagrams: Diagrams): number[] {
  const estimate = totals(diagrams, Number.POSITIVE_INFINITY)[diagrams.modules.length - 1];
  if (estimate < 2 ** 53) return [Number.POSITIVE_INFINITY];
  // A product of doubles may overflow: the logarithm bound is then the number of events.
  return primesFor(Number.isFinite(estimate) ? Math.log2(estimate) + 2 : diagrams.eventCount + 2);
}

/** All cut sets of each module. */
function totals(diagrams: Diagrams, modulus: number): number[] {
  const found: number[] = [];
  for (const module of diagrams.modules) found.push(upwardTotals(module, found, modulus)[module.zbddRoot]);
  return found;
}

function upwardTotals(module: SolvedModule, below: readonly number[], modulus: number): Float64Array {
  const { zbdd, leafOfLevel } = module;
  const sums = new Float64Array(zbdd.length / 4);
  sums[1] = 1;
  for (let node = 2; node < sums.length; node += 1) {
    const leaf = leafOfLevel[zbdd[node * 4]];
    const weight = leaf < 0 ? below[-1 - leaf] : 1;
    sums[node] = (sums[zbdd[node * 4 + 2]] + weight * sums[zbdd[node * 4 + 1]]) % modulus;
  }
  return sums;
}

function occurrencesModulo(diagrams: Diagrams, modulus: number): Float64Array {
  const { modules } = diagrams;
  const below = totals(diagrams, modulus);
  const uses = new Float64Array(modules.length);
  uses[modules.length - 1] = 1;
  const found = new Float64Array(diagrams.eventCount);
  for (let m = modules.length - 1; m >= 0; m -= 1) {
    const { zbdd, zbddRoot, leafOfLevel } = modules[m];
    const upward = upwardTotals(modules[m], below, modulus);
    const paths = new Float64Array(upward.length);
    paths[zbddRoot] = uses[m];
    for (let node = upward.length - 1; node > 1; node -= 1) {
      const leaf = leafOfLevel[zbdd[node * 4]];
      const high = zbdd[node * 4 + 1];
      const low = zbdd[node * 4 + 2];
      const weight = leaf < 0 ? below[-1 - leaf] : 1;
      const through = (paths[node] * upward[high]) % modulus;
      if (leaf < 0) uses[-1 - leaf] = (uses[-1 - leaf] + through) % modulus;
      else found[leaf] = (found[leaf] + through) % modulus;
      paths[low] = (paths[low] + paths[node]) % modulus;
      paths[high] = (paths[high] + paths[node] * weight) % modulus;
    }
  }
  return found;
}

/** Counts by order of the whole, modulo `modulus`; undefined once time is up. */
function countsModulo(
  diagrams: Diagrams,
  modulus: number,
  isOver: () => boolean,
): readonly number[] | undefined {
  const known: (readonly number[])[] = [];
  for (const module of diagrams.modules) {
    if (isOver()) return undefined;
    const counts = moduleCounts(module, known, modulus, isOver);
    if (counts === undefined) return undefined;
    // A module is part of one other, which has just been counted.
    for (const leaf of module.leafOfLevel) if (leaf < 0) known[-1 - leaf] = NO_COUNTS;
    known.push(counts);
  }
  return known[known.length - 1];
}

const NO_COUNTS: readonly number[] = [];
const ONE_EVENT: readonly number[] = [0, 1];

/** Order by order, keeping only as many earlier orders as the largest module needs. */
function moduleCounts(
  module: SolvedModule,
  known: readonly (readonly number[])[],
  modulus: number,
  isOver: () => boolean,
): readonly number[] | undefined {
  const { zbdd, zbddRoot, leafOfLevel } = module;
  const size = zbdd.length / 4;
  const weights = Array.from(leafOfLevel, (leaf) => (leaf < 0 ? known[-1 - leaf] : ONE_EVENT));
  const width = weights.reduce((most, weight) => Math.max(most, weight.length), 2);
  const rows = Array.from({ length: width }, () => new Float64Array(size));
  const most = largestOrders(module, weights);
  const found: number[] = [];
  for (let d = 0; d <= most[zbddRoot]; d += 1) {
    const row = rows[d % width];
    row[1] = d === 0 ? 1 : 0;
    for (let node = 2; node < size; node += 1) {
      const weight = weights[zbdd[node * 4]];
      const high = zbdd[node * 4 + 1];
      let sum = row[zbdd[node * 4 + 2]];
      const last = Math.min(d, weight.length - 1);
      for (let j = Math.max(1, d - most[high]); j <= last; j += 1) {
        if (weight[j] !== 0) sum = (sum + weight[j] * rows[(d - j) % width][high]) % modulus;
      }
      row[node] = sum;
    }
    found.push(row[zbddRoot]);
    if ((d & 255) === 255 && isOver()) return undefined;
  }
  return found;
}

/** The largest order among the sets of each node. */
function largestOrders(module: SolvedModule, weights: readonly (readonly number[])[]): Int32Array {
  const { zbdd } = module;
  const most = new Int32Array(zbdd.length / 4);
  for (let node = 2; node < most.length; node += 1) {
    const order = weights[zbdd[node * 4]].length - 1;
    most[node] = Math.max(most[zbdd[node * 4 + 2]], order + most[zbdd[node * 4 + 1]]);
  }
  return most;
}
