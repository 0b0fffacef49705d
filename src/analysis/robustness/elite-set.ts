import type { RandomSource } from '../graph/random-source';

/**
 * The population of a memetic search, and its crossover.
 *
 * What: the best different solutions found; two of them give a start for the next local search.
 * Formula: backbone crossover: what both parents removed stays removed; the rest is drawn from what one of them removed.
 * Preconditions: solutions are sets of k vertices. Params: capacity; parents, random.
 * Returns: `offer` keeps a solution when it is new and better than the worst; the worst goes (the latest of equals).
 * Complexity: O(capacity k) an offer, O(k) a crossover.
 * Heuristic.
 * Reference: Zhou, Hao, Glover, IEEE Trans. Cybernetics 49(10), 2019, doi:10.1109/TCYB.2018.2848116.
 * Example: the child of {1, 2} and {1, 3} is one of these two
 */
export class EliteSet {
  private readonly members: { key: string; removed: Int32Array; value: number }[] = [];

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.members.length;
  }

  offer(solution: Int32Array, value: number): void {
    const removed = solution.slice().sort();
    const key = removed.join();
    if (this.members.some((each) => each.key === key)) return;
    const at = this.members.findIndex((each) => each.value > value);
    this.members.splice(at < 0 ? this.members.length : at, 0, { key, removed, value });
    if (this.members.length > this.capacity) this.members.pop();
  }

  /** Two different members at random; needs two. */
  pair(random: RandomSource): [Int32Array, Int32Array] {
    const i = random.below(this.members.length);
    const j = random.below(this.members.length - 1);
    return [this.members[i].removed, this.members[j < i ? j : j + 1].removed];
  }
}

export function backboneCrossover(a: Int32Array, b: Int32Array, random: RandomSource): Int32Array {
  const inA = new Set(a);
  const shared = b.filter((v) => inA.has(v));
  const common = new Set(shared);
  const rest = [...a, ...b].filter((v) => !common.has(v));
  for (let i = rest.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [rest[i], rest[j]] = [rest[j], rest[i]];
  }
  return Int32Array.from([...shared, ...rest.slice(0, a.length - shared.length)]);
}
