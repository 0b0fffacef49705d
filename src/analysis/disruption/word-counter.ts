/**
 * Counts in words: 32 counters in bit slices, one a scenario.
 *
 * What: adds words, of which bit s counts for scenario s, and tells in which scenarios the count is at least k.
 * Formula: a carry-save adder over slices; comparison from the highest slice down.
 * Preconditions: at most `most` words are added after `clear(most)`.
 * Complexity: O(log most) a word. Exact.
 * Reference: bit-sliced counters, D. E. Knuth, The Art of Computer Programming 4A, 7.1.3.
 * Example: after adding 0b01 and 0b11, atLeast(2) is 0b01.
 */
export class WordCounter {
  private readonly slices = new Int32Array(32);
  private width = 0;

  clear(most: number): void {
    this.width = 32 - Math.clz32(most);
    this.slices.fill(0, 0, this.width);
  }

  add(word: number): void {
    let carry = word;
    for (let bit = 0; carry !== 0 && bit < this.width; bit += 1) {
      const next = this.slices[bit] & carry;
      this.slices[bit] ^= carry;
      carry = next;
    }
  }

  atLeast(k: number): number {
    if (k <= 0) return -1;
    if (k >= 2 ** this.width) return 0;
    let greater = 0;
    let equal = -1;
    for (let bit = this.width - 1; bit >= 0; bit -= 1) {
      if ((k >>> bit) & 1) equal &= this.slices[bit];
      else {
        greater |= equal & this.slices[bit];
        equal &= ~this.slices[bit];
      }
    }
    return greater | equal;
  }
}
