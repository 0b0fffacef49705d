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
 * Complexity: O(arcs above the removed events), 32 removals at a time; what a removal does not reach costs nothing. Exact but for the order of floating-point sums, which is fixed.
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
  const dependents = dependentsOf(requirements);
  scenarios.evaluate([]);
  const [baseline] = sharesLost(scenarios, dependents, 1);
  const losses: RemovalLoss[] = [];
  for (let first = 0; first < removals.length; first += SCENARIOS_A_WORD) {
    const batch = removals.slice(first, first + SCENARIOS_A_WORD);
    const words = new Map<number, number>();
    batch.forEach((events, scenario) => {
      for (let i = 0; i < events.length; i++)
        words.set(events[i], (words.get(events[i]) ?? 0) | (1 << scenario));
    });
    scenarios.evaluate([...words].map(([event, word]) => ({ event, word })));
    for (const shares of sharesLost(scenarios, dependents, batch.length))
      losses.push(lossOf(shares, baseline, weights));
  }
  return losses;
}

interface Dependent {
  readonly top: number;
  readonly share: number;
}

/** Tops that lose a share while a gate is down, by gate. */
function dependentsOf(requirements: readonly (readonly WeightedRequirement[])[]): Map<number, Dependent[]> {
  const dependents = new Map<number, Dependent[]>();
  requirements.forEach((list, top) => {
    for (const { gate, share } of list) {
      const known = dependents.get(gate);
      if (known) known.push({ top, share });
      else dependents.set(gate, [{ top, share }]);
    }
  });
  return dependents;
}

/** Greatest share lost of each top that loses one, in each of the first scenarios of the words. */
function sharesLost(
  { words, touched }: ScenarioWords,
  dependents: ReadonlyMap<number, readonly Dependent[]>,
  scenarioCount: number,
): Map<number, number>[] {
  const shares = Array.from({ length: scenarioCount }, () => new Map<number, number>());
  for (const vertex of touched) {
    const list = dependents.get(vertex);
    if (list === undefined) continue;
    for (let scenario = 0; scenario < scenarioCount; scenario++) {
      if (((words[vertex] >>> scenario) & 1) === 0) continue;
      const own = shares[scenario];
      for (const { top, share } of list) own.set(top, Math.max(own.get(top) ?? 0, share));
    }
  }
  return shares;
}

/** Tops in ascending order, so that the sum has one order and equal inputs give equal bits. */
function lossOf(
  shares: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number>,
  weights: ArrayLike<number>,
): RemovalLoss {
  const tops = [...shares.keys()]
    .filter((top) => shares.get(top)! > (baseline.get(top) ?? 0))
    .sort((a, b) => a - b);
  let weight = 0;
  for (const top of tops) weight += weights[top] * (shares.get(top)! - (baseline.get(top) ?? 0));
  return { tops, weight };
}
