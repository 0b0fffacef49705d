/**
 * Large whole numbers as residues: exact sums and products of doubles modulo primes below 2^25.
 *
 * What: primes whose product exceeds 2^bits, and the number behind its residues.
 * Formula: Chinese remainder theorem, one prime at a time: x += m * ((r - x) / m mod p).
 * Preconditions: the number is >= 0 and less than the product of the moduli; a modulus of infinity means "exact double".
 * Complexity: O(k^2) BigInt steps for k primes. Exact.
 * Reference: D. E. Knuth, "The Art of Computer Programming", volume 2, section 4.3.2.
 * Example: residues 1 mod 3 and 2 mod 5 give 7.
 */
export function primesFor(bits: number): number[] {
  const primes: number[] = [];
  for (let candidate = (1 << 25) - 1; primes.length * 24 < bits; candidate -= 2) {
    if (isPrime(candidate)) primes.push(candidate);
  }
  return primes;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 3; divisor * divisor <= candidate; divisor += 2) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

export function fromResidues(residues: readonly { modulus: number; value: number }[]): bigint {
  if (residues[0].modulus === Number.POSITIVE_INFINITY) return BigInt(residues[0].value);
  let value = 0n;
  let product = 1n;
  for (const residue of residues) {
    const modulus = BigInt(residue.modulus);
    const difference = (((BigInt(residue.value) - value) % modulus) + modulus) % modulus;
    value += product * ((difference * inverse(product % modulus, modulus)) % modulus);
    product *= modulus;
  }
  return value;
}

/** value^-1 modulo a prime, by Fermat's little theorem. */
function inverse(value: bigint, prime: bigint): bigint {
  let result = 1n;
  let base = value;
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
}
