/**
 * What is lost when a set of events happens, for many sets.
 *
 * What: for each removal, which tops go down and how much of their weight is lost.
 * Formula: lost(o) = weight_o * max of share_r over the requirements r of o that are down; a top without such
 *   requirements loses nothing. Total = sum over tops.
 * Preconditions: a coherent tree; shares in [0, 1], weights >= 0.
 * Params: removals are lists of events; weights in severity a day; `requirements[t]` the gates under top t with the share
 *   of the top that is lost while the gate is down.
 * Returns: one loss a removal, in the order given; tops in order of their position in `tree.tops`. A top that is down
 *   with nothing removed counts for none.
 * Complexity: O((arcs + requirements) * removals / 32). Exact but for the order of floating-point sums, which is fixed.
 * Reference: the integrand of the degradation integral in docs/analysis/chokepoints.md at one instant.
 * Example: two tops of weights 3 and 5 over the same event lose 8 when it is removed.
 */
import type { FaultTree } from '../fault-tree/fault-tree';
import { SCENARIOS_A_WORD, ScenarioWords } from './scenario-words';

export interface WeightedRequirement {
  readonly gate: number;
  /** Share of the top that is lost while the gate is down, 0-1. */
  readonly share: number;
}

export interface RemovalLoss {
  /** Positions in `tree.tops` of the tops that go down. */
  readonly tops: readonly number[];
  readonly weight: number;
}

export function removalLosses(
  tree: FaultTree,
  weights: ArrayLike<number>,
  requirements: readonly (readonly WeightedRequirement[])[],
  removals: readonly ArrayLike<number>[],
): RemovalLoss[] {
  const scenarios = new ScenarioWords(tree);
  const losses: RemovalLoss[] = [];
  const none = new Int32Array(tree.eventCount);
  const untouched = scenarios.evaluate(none).slice();
  const baseline = requirements.map((list) =>
    list.reduce((worst, { gate, share }) => (untouched[gate] !== 0 ? Math.max(worst, share) : worst), 0),
  );
  for (let first = 0; first < removals.length; first += SCENARIOS_A_WORD) {
    const batch = removals.slice(first, first + SCENARIOS_A_WORD);
    const eventWords = new Int32Array(tree.eventCount);
    batch.forEach((events, scenario) => {
      for (let i = 0; i < events.length; i++) eventWords[events[i]] |= 1 << scenario;
    });
    const words = scenarios.evaluate(eventWords);
    for (let scenario = 0; scenario < batch.length; scenario++) {
      losses.push(lossOf(words, scenario, weights, requirements, baseline));
    }
  }
  return losses;
}

function lossOf(
  words: Int32Array,
  scenario: number,
  weights: ArrayLike<number>,
  requirements: readonly (readonly WeightedRequirement[])[],
  baseline: readonly number[],
): RemovalLoss {
  const tops: number[] = [];
  let weight = 0;
  for (let top = 0; top < requirements.length; top++) {
    let share = 0;
    for (const requirement of requirements[top]) {
      if ((words[requirement.gate] >>> scenario) & 1) share = Math.max(share, requirement.share);
    }
    if (share <= baseline[top]) continue;
    tops.push(top);
    weight += weights[top] * (share - baseline[top]);
  }
  return { tops, weight };
}
