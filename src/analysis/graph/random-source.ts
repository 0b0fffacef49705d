/**
 * xoshiro128**: the seeded source of random numbers that kernels are handed, so that a seed fixes every choice.
 *
 * What: 32-bit generator with 128 bits of state, seeded through splitmix32.
 * Preconditions: seed is an integer; its low 32 bits are used. `below(n)` needs 1 <= n <= 2^32.
 * Params: seed. Returns: RandomSource; `unit()` is in [0, 1) with 32 bits, `below(n)` is in 0..n-1 (multiply-shift,
 * bias below n / 2^32).
 * Complexity: O(1) a number.
 * Exact: the sequence is the published one.
 * Reference: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021, doi:10.1145/3460772.
 * Example: randomSource(1).below(10) === randomSource(1).below(10)
 */
export interface RandomSource {
  uint32(): number;
  unit(): number;
  below(n: number): number;
}

export function randomSource(seed: number): RandomSource {
  let z = seed | 0;
  const split = (): number => {
    z = (z + 0x9e3779b9) | 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return t ^ (t >>> 15);
  };
  let a = split();
  let b = split();
  let c = split();
  let d = split();
  const uint32 = (): number => {
    let r = Math.imul(b, 5);
    r = Math.imul((r << 7) | (r >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return r >>> 0;
  };
  const unit = (): number => uint32() / 4294967296;
  return { uint32, unit, below: (n) => Math.floor(unit() * n) };
}

/** k different numbers of 0..n-1, each subset equally likely, ascending (Floyd's sampling). */
export function sampleWithoutReplacement(n: number, k: number, random: RandomSource): Int32Array {
  const chosen = new Set<number>();
  for (let j = n - k; j < n; j += 1) {
    const t = random.below(j + 1);
    chosen.add(chosen.has(t) ? j : t);
  }
  return Int32Array.from(chosen).sort();
}
