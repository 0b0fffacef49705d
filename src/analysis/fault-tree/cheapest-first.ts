/**
 * Minimal cut sets one after the other, the cheapest first, made only when asked for.
 *
 * What: a generator over the ZBDDs that yields sets by ascending cost, then ascending order.
 * Formula: A* over partial paths; the bound of a diagram node is the least (cost, order) of a path to the 1-terminal, a
 *   module counting as its own least; a set is complete when no node is pending.
 * Preconditions: costs >= 0 and finite.
 * Returns: ascending Int32Arrays; sets of equal cost and order follow the diagram, always in the same way.
 * Complexity: O(nodes) to start, O(path length log queue) for each set; memory grows with the sets already passed.
 * Exact. Reference: P. E. Hart, N. J. Nilsson, B. Raphael, doi:10.1109/TSSC.1968.300136.
 * Example: for a + b c with costs 5, 1, 1 it yields {b, c}, then {a}.
 */
import type { Diagrams } from './diagrams';

/** A diagram node still to be followed; `cost` and `order` are the bounds of this and all further pending nodes. */
interface Pending {
  readonly module: number;
  readonly node: number;
  readonly next: Pending | undefined;
  readonly cost: number;
  readonly order: number;
}

interface Chosen {
  readonly event: number;
  readonly next: Chosen | undefined;
}

interface Path {
  readonly cost: number;
  readonly order: number;
  readonly serial: number;
  readonly pastCost: number;
  readonly pastOrder: number;
  readonly pending: Pending | undefined;
  readonly chosen: Chosen | undefined;
}

export function* cheapestCutSets(diagrams: Diagrams, costOf: ArrayLike<number> = []): Generator<Int32Array> {
  const bounds = leastCosts(diagrams, costOf);
  const queue = new PathQueue();
  let serial = 0;
  const push = (
    pastCost: number,
    pastOrder: number,
    pending: Pending | undefined,
    chosen: Chosen | undefined,
  ): void => {
    const cost = pastCost + (pending?.cost ?? 0);
    if (cost === Number.POSITIVE_INFINITY) return;
    serial += 1;
    queue.push({
      cost,
      order: pastOrder + (pending?.order ?? 0),
      serial,
      pastCost,
      pastOrder,
      pending,
      chosen,
    });
  };
  const pend = (module: number, node: number, next: Pending | undefined): Pending => {
    const { cost, order } = bounds[module];
    return {
      module,
      node,
      next,
      cost: cost[node] + (next?.cost ?? 0),
      order: order[node] + (next?.order ?? 0),
    };
  };
  const top = diagrams.modules.length - 1;
  push(0, 0, pend(top, diagrams.modules[top].zbddRoot, undefined), undefined);
  for (let path = queue.pop(); path; path = queue.pop()) {
    const { pending } = path;
    if (!pending) {
      yield listed(path.chosen);
      continue;
    }
    if (pending.node === 1) {
      push(path.pastCost, path.pastOrder, pending.next, path.chosen);
      continue;
    }
    const { zbdd, leafOfLevel } = diagrams.modules[pending.module];
    const leaf = leafOfLevel[zbdd[pending.node * 4]];
    push(
      path.pastCost,
      path.pastOrder,
      pend(pending.module, zbdd[pending.node * 4 + 2], pending.next),
      path.chosen,
    );
    const high = pend(pending.module, zbdd[pending.node * 4 + 1], pending.next);
    if (leaf < 0) {
      const below = pend(-1 - leaf, diagrams.modules[-1 - leaf].zbddRoot, high);
      push(path.pastCost, path.pastOrder, below, path.chosen);
    } else {
      push(path.pastCost + (costOf[leaf] ?? 1), path.pastOrder + 1, high, { event: leaf, next: path.chosen });
    }
  }
}

function listed(chosen: Chosen | undefined): Int32Array {
  const events: number[] = [];
  for (let at = chosen; at; at = at.next) events.push(at.event);
  return Int32Array.from(events).sort();
}

/** Least cost from each ZBDD node, and the least order among paths of that cost. */
function leastCosts(
  diagrams: Diagrams,
  costOf: ArrayLike<number>,
): { cost: Float64Array; order: Float64Array }[] {
  const bounds: { cost: Float64Array; order: Float64Array }[] = [];
  for (const { zbdd, leafOfLevel } of diagrams.modules) {
    const cost = new Float64Array(zbdd.length / 4).fill(Number.POSITIVE_INFINITY);
    const order = new Float64Array(zbdd.length / 4);
    cost[1] = 0;
    for (let node = 2; node < cost.length; node += 1) {
      const leaf = leafOfLevel[zbdd[node * 4]];
      const high = zbdd[node * 4 + 1];
      const low = zbdd[node * 4 + 2];
      const root = leaf < 0 ? diagrams.modules[-1 - leaf].zbddRoot : 0;
      const highCost = cost[high] + (leaf < 0 ? bounds[-1 - leaf].cost[root] : (costOf[leaf] ?? 1));
      const highOrder = order[high] + (leaf < 0 ? bounds[-1 - leaf].order[root] : 1);
      const isHigh = highCost < cost[low] || (highCost === cost[low] && highOrder < order[low]);
      cost[node] = isHigh ? highCost : cost[low];
      order[node] = isHigh ? highOrder : order[low];
    }
    bounds.push({ cost, order });
  }
  return bounds;
}

/** Binary heap of paths: least cost, then least order, then the newest (which goes deep before it goes wide). */
class PathQueue {
  private readonly heap: Path[] = [];

  push(path: Path): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(path);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(path, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = path;
  }

  pop(): Path | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Path, b: Path): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  return a.order === b.order ? a.serial > b.serial : a.order < b.order;
}
