/**
 * Doubt about facts: every fact rests on claims, and claims of one origin stand or fall together.
 *
 * What: whether each fact holds in each scenario.
 * Formula: fact = OR over its claims of (origin is right AND claim is right); origins and claims are independent Bernoulli
 *   variables. P(fact) follows; two facts of one origin are positively correlated.
 * Preconditions: probabilities within [0, 1]; keys are 32-bit hashes of what the variable is named after, so that a variable
 *   draws the same numbers in every graph that has it (common random numbers). A fact without claims never holds.
 * Params: `claimOrigins[i]` is -1 where a claim has no origin but itself.
 * Complexity: O(origins + claims) words a block. Exact to the precision of a Bernoulli word.
 * Reference: docs/analysis/confidence.md; common cause groups: A. Mosleh et al., NUREG/CR-5485.
 * Example: two facts of one origin of 0.5 whose claims are right for sure hold together in half of the scenarios.
 */
import { bernoulliWord } from './bernoulli-words';

export interface FactDoubt {
  readonly originP: Float64Array;
  readonly originKeys: Int32Array;
  /** Claims of fact f: claimOffsets[f] .. claimOffsets[f + 1]. */
  readonly claimOffsets: Int32Array;
  readonly claimOrigins: Int32Array;
  readonly claimP: Float64Array;
  readonly claimKeys: Int32Array;
}

/** Words of all facts in a block of 32 scenarios. */
export function factWords(doubt: FactDoubt, seed: number, block: number): Int32Array {
  const { originP, originKeys, claimOffsets, claimOrigins, claimP, claimKeys } = doubt;
  const origins = Int32Array.from(originP, (p, i) => bernoulliWord(seed, block, originKeys[i], p));
  const words = new Int32Array(claimOffsets.length - 1);
  for (let fact = 0; fact < words.length; fact += 1) {
    for (let i = claimOffsets[fact]; i < claimOffsets[fact + 1]; i += 1) {
      const origin = claimOrigins[i] < 0 ? -1 : origins[claimOrigins[i]];
      if ((origin & ~words[fact]) !== 0)
        words[fact] |= origin & bernoulliWord(seed, block, claimKeys[i], claimP[i]);
    }
  }
  return words;
}

/** Probability that each fact holds. */
export function factProbabilities(doubt: FactDoubt): Float64Array {
  const { originP, claimOffsets, claimOrigins, claimP } = doubt;
  return Float64Array.from({ length: claimOffsets.length - 1 }, (_, fact) => {
    const missed = new Map<number, number>();
    let pNone = 1;
    for (let i = claimOffsets[fact]; i < claimOffsets[fact + 1]; i += 1) {
      const origin = claimOrigins[i];
      if (origin < 0) pNone *= 1 - claimP[i];
      else missed.set(origin, (missed.get(origin) ?? 1) * (1 - claimP[i]));
    }
    for (const [origin, pMissed] of missed) pNone *= 1 - originP[origin] * (1 - pMissed);
    return 1 - pNone;
  });
}
