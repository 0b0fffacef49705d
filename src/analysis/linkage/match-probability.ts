/**
 * What: how likely two records are one and the same, given independent evidence for and against.
 *
 * Formula: p = 1 / (1 + 2^-(prior + sum of weights)), each weight the log2 of a likelihood ratio: how many times more often
 * the evidence is seen between records that are the same than between records that are not. A shared value weighs
 * log2(n / k): the rarer it is among n records, the more it says.
 *
 * Preconditions: finite weights.
 * Params: weights in bits, negative against; priorBits - log2 of the odds before any evidence.
 * Returns: probability within (0, 1).
 * Complexity: O(number of weights). Exact for independent evidence; evidence that depends on other evidence must be capped
 * by the caller.
 * Reference: Fellegi, Sunter, "A Theory for Record Linkage", JASA 64(328), 1969, doi:10.1080/01621459.1969.10501049.
 * Example: `matchProbability([5, -1], -4)` is 0.5.
 */
export function matchProbability(weights: readonly number[], priorBits: number): number {
  const bits = weights.reduce((sum, weight) => sum + weight, priorBits);
  return 1 / (1 + 2 ** -bits);
}

/**
 * Weight of a shared value, in bits: log2(n / k), less what a value must exceed to say anything, within [0, most].
 *
 * @param bearers records that bear the value, k
 * @param records records in all, n
 * @param threshold bits below which sharing a value is common
 */
export function rarityWeight(bearers: number, records: number, threshold: number, most: number): number {
  const bits = Math.log2(records / bearers) - threshold;
  return Math.min(most, Math.max(0, bits));
}
