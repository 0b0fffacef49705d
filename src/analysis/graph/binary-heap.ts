/**
 * A binary min-heap of (key, id) pairs: the smallest key first, then the smallest id.
 *
 * What: the priority queue of the greedy kernels; entries are not changed in place, callers push again and discard
 * entries that are out of date when they come up.
 * Preconditions: keys are not NaN. Params: none.
 * Returns: `pop` gives false when empty, else leaves the pair in `key` and `id`.
 * Complexity: O(log size) a push or pop. Exact; order is total, so it never depends on insertion.
 * Reference: Williams, "Algorithm 232: Heapsort", Comm. ACM 7(6), 1964, doi:10.1145/512274.512284.
 * Example: after push(2, 0) and push(1, 5), pop() leaves id 5
 */
export class BinaryHeap {
  private keys = new Float64Array(64);
  private ids = new Int32Array(64);
  size = 0;
  key = 0;
  id = 0;

  push(key: number, id: number): void {
    if (this.size === this.keys.length) this.grow();
    const { keys, ids } = this;
    let at = this.size++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (keys[up] < key || (keys[up] === key && ids[up] <= id)) break;
      keys[at] = keys[up];
      ids[at] = ids[up];
      at = up;
    }
    keys[at] = key;
    ids[at] = id;
  }

  pop(): boolean {
    if (this.size === 0) return false;
    const { keys, ids } = this;
    this.key = keys[0];
    this.id = ids[0];
    this.size -= 1;
    const size = this.size;
    const key = keys[size];
    const id = ids[size];
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      const right = down + 1;
      if (
        right < size &&
        (keys[right] < keys[down] || (keys[right] === keys[down] && ids[right] < ids[down]))
      ) {
        down = right;
      }
      if (key < keys[down] || (key === keys[down] && id <= ids[down])) break;
      keys[at] = keys[down];
      ids[at] = ids[down];
      at = down;
    }
    keys[at] = key;
    ids[at] = id;
    return true;
  }

  private grow(): void {
    const keys = new Float64Array(2 * this.keys.length);
    keys.set(this.keys);
    this.keys = keys;
    const ids = new Int32Array(2 * this.ids.length);
    ids.set(this.ids);
    this.ids = ids;
  }
}
