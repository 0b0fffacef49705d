/**
 * What: whether two texts differ by at most some edits: insert, delete, substitute, swap neighbours.
 *
 * Formula: optimal string alignment distance by dynamic programming over a band of width 2k + 1.
 *
 * Preconditions: k >= 0.
 * Params: two texts, most edits k.
 * Returns: the distance, or -1 where it is greater than k.
 * Complexity: O(k · length). Exact.
 * Reference: F. J. Damerau, doi:10.1145/363958.363994; E. Ukkonen, doi:10.1016/S0019-9958(85)80046-2.
 * Example: `editDistanceWithin('lockbit', 'lokcbit', 1)` is 1.
 */
export function editDistanceWithin(a: string, b: string, k: number): number {
  if (Math.abs(a.length - b.length) > k) return -1;
  const far = k + 1;
  let before = new Array<number>(b.length + 1).fill(far);
  let last = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far));
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(far);
    if (i <= k) row[0] = i;
    let least = row[0];
    for (let j = Math.max(1, i - k); j <= Math.min(b.length, i + k); j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(last[j - 1] + (isSame ? 0 : 1), last[j] + 1, row[j - 1] + 1);
      const isSwap =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) cost = Math.min(cost, before[j - 2] + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > k) return -1;
    [before, last] = [last, row];
  }
  return last[b.length] <= k ? last[b.length] : -1;
}
