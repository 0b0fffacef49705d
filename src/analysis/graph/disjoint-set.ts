/**
 * Disjoint sets (union-find) over 0..n-1 with the size of each set.
 *
 * What: union by size with path halving.
 * Preconditions: 0 <= x < n.
 * Params: n elements. Returns: `find` gives the representative, `union` the representative of the merged set,
 * `sizeOf` the size of the set of x.
 * Complexity: O(alpha(n)) amortised an operation; 8 B an element.
 * Exact.
 * Reference: Tarjan, van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM 31(2), 1984, doi:10.1145/62.2160.
 * Example: const d = new DisjointSet(3); d.union(0, 2); d.sizeOf(2) === 2
 */
export class DisjointSet {
  private readonly parent: Int32Array;
  /** Sizes are right at representatives only. */
  private readonly size: Int32Array;

  constructor(n: number) {
    this.parent = new Int32Array(n);
    for (let i = 0; i < n; i += 1) this.parent[i] = i;
    this.size = new Int32Array(n).fill(1);
  }

  find(x: number): number {
    const { parent } = this;
    let at = x;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  union(x: number, y: number): number {
    let a = this.find(x);
    let b = this.find(y);
    if (a === b) return a;
    if (this.size[a] < this.size[b]) [a, b] = [b, a];
    this.parent[b] = a;
    this.size[a] += this.size[b];
    return a;
  }

  /** Size of the set that a representative stands for. */
  sizeAt(representative: number): number {
    return this.size[representative];
  }

  sizeOf(x: number): number {
    return this.size[this.find(x)];
  }
}
