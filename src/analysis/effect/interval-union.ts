/**
 * Union of half-open intervals [start, end): the days something is out, however many hits keep it out.
 *
 * What: sorts, merges what touches or overlaps, and measures the union, plainly or discounted.
 * Formula: length = integral over the union of e^{-r t} dt; with r = 0 the plain number of days.
 * Preconditions: start <= end; rate r >= 0 a day; `atLeast` between 1 and the number of sets.
 * Params: intervals in days.
 * Returns: merged intervals ascending, empty ones dropped; `atLeastCover` returns where at least so many of the sets hold.
 * Complexity: O(n log n).
 * Exact.
 * Reference: Klee, "Can the measure of union [a_i, b_i] be computed in less than O(n log n) steps?",
 *   Amer. Math. Monthly 84(4), 1977, doi:10.2307/2318871.
 * Example: unionLength([[0, 5], [20, 30]], 0) === 15
 */
export type Interval = readonly [start: number, end: number];

export function intervalUnion(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(([a, b]) => b > a).sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const merged: [number, number][] = [];
  for (const [a, b] of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && a <= last[1]) last[1] = Math.max(last[1], b);
    else merged.push([a, b]);
  }
  return merged;
}

/** Integral of e^{-rate t} over [start, end). */
export function discountedDays(start: number, end: number, rate: number): number {
  if (end <= start) return 0;
  if (rate === 0) return end - start;
  return (Math.exp(-rate * start) * -Math.expm1(-rate * (end - start))) / rate;
}

export function unionLength(intervals: readonly Interval[], rate: number): number {
  let sum = 0;
  for (const [a, b] of intervalUnion(intervals)) sum += discountedDays(a, b, rate);
  return sum;
}

/** Where at least `atLeast` of several sets of intervals hold at once. */
export function atLeastCover(sets: readonly (readonly Interval[])[], atLeast: number): Interval[] {
  const marks: [day: number, change: number][] = [];
  for (const set of sets) for (const [a, b] of intervalUnion(set)) marks.push([a, 1], [b, -1]);
  marks.sort((p, q) => p[0] - q[0] || q[1] - p[1]);
  const covered: Interval[] = [];
  let depth = 0;
  let since = 0;
  for (const [day, change] of marks) {
    const before = depth;
    depth += change;
    if (before < atLeast && depth >= atLeast) since = day;
    if (before >= atLeast && depth < atLeast) covered.push([since, day]);
  }
  return intervalUnion(covered);
}
