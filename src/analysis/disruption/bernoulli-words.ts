/**
 * Bernoulli variables in words: 32 independent draws of "true with probability p" in the bits of one number.
 *
 * What: bit s of the word is the draw of one variable in scenario 32 * block + s.
 * Formula: bit by bit, from the highest, a uniform 32-bit number of each scenario is compared with p 2^32; a scenario is
 *   decided at the first bit that differs, so that on average seven words of random bits decide all 32.
 * Preconditions: 0 <= p <= 1; `key` names the variable and is the same in every run that shall share its draws.
 * Params: seed of the run, block of 32 scenarios, key of the variable (a 32-bit hash of its name), p.
 * Returns: a 32-bit word; all ones for p = 1, 0 for p = 0.
 * Complexity: O(1), at most 32 hashes. Exact to 2^-32 of probability; the draws are those of a counter, so any block can be
 *   made alone, on any worker, in any order.
 * Reference: J. von Neumann's comparison of binary expansions, see D. E. Knuth, The Art of Computer Programming 2, 3.4.1.
 * Example: bernoulliWord(1, 0, 7, 1) is -1.
 */
import { counterBits } from '../effect/counter-random';

export const SCENARIOS_A_BLOCK = 32;

export function bernoulliWord(seed: number, block: number, key: number, p: number): number {
  if (p <= 0) return 0;
  const threshold = Math.round(p * 4294967296);
  if (threshold >= 4294967296) return -1;
  let isBelow = 0;
  let undecided = -1;
  for (let bit = 31; bit >= 0 && undecided !== 0; bit -= 1) {
    const drawn = counterBits(seed, block * 32 + bit, key);
    if ((threshold >>> bit) & 1) {
      isBelow |= undecided & ~drawn;
      undecided &= drawn;
    } else undecided &= ~drawn;
  }
  return isBelow;
}
