/**
 * Set-trie: stores sets of small integers and answers "is a stored set contained in this one?".
 *
 * What: a trie over ascending elements whose edges live in one open-addressed hash table in typed arrays.
 * Preconditions: sets are ascending, without duplicates, elements >= 0.
 * Complexity: insertion O(|set|) expected; subset query O(2^|set|) at worst, in practice the few paths that exist.
 * Exact. Reference: I. Savnik, "Index Data Structure for Fast Subset and Superset Queries", CD-ARES 2013,
 * doi:10.1007/978-3-642-40511-2_10.
 * Example: insert [1, 4]; hasSubset([0, 1, 4]) is true, hasSubset([1, 3]) is false.
 */
const { imul } = Math;

export class SetTrie {
  private mask = (1 << 10) - 1;
  private parents = new Int32Array(1 << 10);
  private elements = new Int32Array(1 << 10);
  private targets = new Int32Array(1 << 10);
  private isEnd = new Uint8Array(1 << 10);
  private nodes = 2;
  private root = 1;
  private edges = 0;

  /** Forgets every set; old edges stay behind, unreachable, until the table is worth wiping. */
  clear(): void {
    if (this.edges > this.mask >> 2) {
      this.targets.fill(0);
      this.isEnd.fill(0, 0, this.nodes);
      this.edges = 0;
      this.nodes = 1;
    }
    this.root = this.newNode();
  }

  insert(items: Int32Array, from: number, to: number): void {
    let node = this.root;
    for (let i = from; i < to; i += 1) {
      let slot = this.slotOf(node, items[i]);
      if (this.targets[slot] === 0) {
        if (this.edges * 2 > this.mask) {
          this.grow();
          slot = this.slotOf(node, items[i]);
        }
        this.parents[slot] = node;
        this.elements[slot] = items[i];
        this.targets[slot] = this.newNode();
        this.edges += 1;
      }
      node = this.targets[slot];
    }
    this.isEnd[node] = 1;
  }

  /** Whether some stored set is a subset of (or equal to) `items[from .. to)`. */
  hasSubset(items: Int32Array, from: number, to: number): boolean {
    return this.search(this.root, items, from, to);
  }

  private search(node: number, items: Int32Array, from: number, to: number): boolean {
    if (this.isEnd[node] === 1) return true;
    for (let i = from; i < to; i += 1) {
      const child = this.targets[this.slotOf(node, items[i])];
      if (child !== 0 && this.search(child, items, i + 1, to)) return true;
    }
    return false;
  }

  private slotOf(node: number, element: number): number {
    let slot = (imul(node, 0x9e3779b1) ^ imul(element + 1, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.mask;
    while (this.targets[slot] !== 0 && (this.parents[slot] !== node || this.elements[slot] !== element)) {
      slot = (slot + 1) & this.mask;
    }
    return slot;
  }

  private newNode(): number {
    if (this.nodes === this.isEnd.length) {
      const wider = new Uint8Array(this.isEnd.length * 2);
      wider.set(this.isEnd);
      this.isEnd = wider;
    }
    this.nodes += 1;
    return this.nodes - 1;
  }

  private grow(): void {
    const { parents, elements, targets } = this;
    const size = (this.mask + 1) * 2;
    this.mask = size - 1;
    this.parents = new Int32Array(size);
    this.elements = new Int32Array(size);
    this.targets = new Int32Array(size);
    for (let old = 0; old < targets.length; old += 1) {
      if (targets[old] === 0) continue;
      const slot = this.slotOf(parents[old], elements[old]);
      this.parents[slot] = parents[old];
      this.elements[slot] = elements[old];
      this.targets[slot] = targets[old];
    }
  }
}
