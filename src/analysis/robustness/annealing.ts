import type { Interrupt } from '../graph/interrupt';
import type { RandomSource } from '../graph/random-source';
import type { BestSplit } from './best-split';
import type { RemovalState } from './removal-state';

/**
 * Simulated annealing over exchanges of removed vertices.
 *
 * What: the local search for critical nodes: remove one more vertex, put back the removed one that costs least.
 * Formula: of two random kept vertices u is the one in the larger component (one time in ten the best split of that
 * component instead); v = argmin of the pairs that putting it back
 * joins; the exchange is taken when its change d <= 0, else with probability exp(-d / temperature), the temperature falling
 * geometrically from `hot` to `cold` over the steps.
 * Preconditions: at least one vertex removed and one kept; hot >= cold > 0 (in pairs).
 * Params: state (changed), schedule, random, interrupt (polled every 64 steps, on large graphs every step).
 * Returns: `best`, the removed vertices of the lowest value met, that `value`, and `steps` done. Among vertices v of equal cost
 * the choice is uniform.
 * Complexity: O(|C| + edges in C + sum of degrees of the removed) a step, C the component of u.
 * Heuristic.
 * Reference: Kirkpatrick, Gelatt, Vecchi, "Optimization by simulated annealing", Science 220, 1983,
 * doi:10.1126/science.220.4598.671; on critical nodes: Ventresca, Computers & Operations Research 39(11), 2012,
 * doi:10.1016/j.cor.2012.02.008; large components first: Zhou, Hao, Glover, IEEE Trans. Evol. Comput. 23(3), 2019,
 * doi:10.1109/TEVC.2018.2870360.
 * Example: on the path 0-1-2 from removed [0] it ends with best [1]
 */
/** How often u is the vertex that splits its component best, which drift alone would rarely meet. */
const BEST_SPLIT_SHARE = 0.1;

export interface AnnealingSchedule {
  readonly steps: number;
  readonly hot: number;
  readonly cold: number;
  /** Stop as soon as a value this low is met. */
  readonly goal: number;
}

export interface AnnealingTools {
  readonly split: BestSplit;
  readonly random: RandomSource;
  readonly interrupt: Interrupt;
}

export interface Annealed {
  readonly best: Int32Array;
  readonly value: number;
  readonly steps: number;
}

export function anneal(
  state: RemovalState,
  schedule: AnnealingSchedule,
  { split, random, interrupt }: AnnealingTools,
): Annealed {
  const { kept, removed, sizeOf, componentOf } = state;
  const isCostly = kept.length > 10_000;
  const cooling = Math.log(schedule.cold / schedule.hot) / schedule.steps;
  let best = removed.slice();
  let value = state.value;
  let temperature = schedule.hot;
  let step = 0;
  for (; step < schedule.steps && value > schedule.goal; step += 1) {
    if ((isCostly || (step & 63) === 0) && interrupt()) break;
    if ((step & 63) === 0) {
      temperature = schedule.hot * Math.exp(cooling * step);
    }
    let u = kept[random.below(kept.length)];
    const other = kept[random.below(kept.length)];
    if (sizeOf[componentOf[other]] > sizeOf[componentOf[u]]) u = other;
    if (random.unit() < BEST_SPLIT_SHARE) u = split.find(componentOf, u, sizeOf[componentOf[u]], random);
    const loss = state.evaluate(u);
    let v = -1;
    let gain = Number.POSITIVE_INFINITY;
    let ties = 1;
    for (let i = 0; i < removed.length; i += 1) {
      const pairs = state.evaluateReturn(removed[i]);
      if (pairs > gain) continue;
      ties = pairs < gain ? 1 : ties + 1;
      if (ties > 1 && random.below(ties) > 0) continue;
      gain = pairs;
      v = removed[i];
    }
    const change = loss + gain;
    if (change > 0 && random.unit() >= Math.exp(-change / temperature)) continue;
    state.exchange(v, change);
    if (state.value < value) {
      value = state.value;
      best = removed.slice();
    }
  }
  return { best, value, steps: step };
}
