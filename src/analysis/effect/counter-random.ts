/**
 * Counter-based random numbers: the same (seed, stream, index) always gives the same number, in whatever order asked.
 *
 * What: two rounds of a 32-bit mixing function over the three counters. Common random numbers need this: adding one
 *   measure or edge to a problem must not shift what is drawn for the others.
 * Formula: mix(mix(mix(seed) + stream) + index) / 2^32, each mix on distinct odd constants.
 * Preconditions: integers; the low 32 bits of seed and stream and 53 bits of index are used.
 * Params: seed of the run, stream (say, the scenario), index (say, the uncertain item).
 * Returns: a number in (0, 1), never 0, so that a logarithm of it is finite; `counterBits` the 32 bits behind it.
 * Complexity: O(1). Exact: a fixed function.
 * Reference: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405;
 *   the mixing constants are those of splitmix32 / triple32 (public domain).
 * Example: counterRandom(7, 1, 2) === counterRandom(7, 1, 2)
 */
function mix(value: number): number {
  let x = value | 0;
  x ^= x >>> 17;
  x = Math.imul(x, 0xed5ad4bb);
  x ^= x >>> 11;
  x = Math.imul(x, 0xac4c1b51);
  x ^= x >>> 15;
  x = Math.imul(x, 0x31848bab);
  return x ^ (x >>> 14);
}

export function counterBits(seed: number, stream: number, index: number): number {
  const a = mix(seed + 0x9e3779b9);
  const b = mix(Math.imul(stream + 1, 0x85ebca6b) ^ a);
  const high = Math.floor(index / 4294967296);
  return mix(Math.imul(index + 1, 0xc2b2ae35) ^ Math.imul(high, 0x27d4eb2f) ^ b);
}

export function counterRandom(seed: number, stream: number, index: number): number {
  return ((counterBits(seed, stream, index) >>> 0) + 0.5) / 4294967296;
}
