import { type CsrGraph, simpleUndirected } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt, type Report, reportToNobody } from '../graph/interrupt';
import { type RandomSource, randomSource, sampleWithoutReplacement } from '../graph/random-source';
import { adaptiveDegreeOrder } from './adaptive-degree';
import { anneal } from './annealing';
import { BestSplit } from './best-split';
import { backboneCrossover, EliteSet } from './elite-set';
import { forestCriticalNodes } from './forest-critical-nodes';
import { pairwiseConnectivity } from './pairwise-connectivity';
import { RemovalState } from './removal-state';
import { pathLikeForest } from './spanning-forest';

/**
 * Critical nodes: k vertices whose removal leaves the fewest connected pairs.
 *
 * What: a memetic search with a proved lower bound; on forests the optimum with its proof.
 * Formula: minimise the pairwise connectivity of G - S over |S| <= k. A population of annealed solutions is crossed (what
 * parents agree on stays removed) and annealed again, in rounds of growing length. Bound: removing edges never
 * joins pairs, so the optimum of any spanning forest, found exactly, is a lower bound for the graph.
 * Preconditions: 0 <= k <= n.
 * Params: graph (directions, loops and parallel edges are dropped); `k`; `random`; `iterations`: exchanges tried in all
 * (400,000, fewer where n + m is large); `interrupt`: polled throughout, ends the search with the best so far; `report`, told the share of iterations.
 * Returns: `status` `optimal` when value = bound, else `feasible`; `removed` ascending; `value`; `bound`; `iterations` done.
 * Runs that are not interrupted are the same for the same seed.
 * Complexity: see annealing for one exchange; the bound is cut off after a fixed number of steps (then 0).
 * Heuristic with a bound; exact on forests.
 * Reference: Zhou, Hao, Glover, "Memetic search for identifying critical nodes in sparse graphs", IEEE Trans. Cybernetics
 * 49(10), 2019, doi:10.1109/TCYB.2018.2848116; Di Summa et al. 2011, doi:10.1016/j.cor.2011.02.016.
 * Example: on the path 0-1-2-3-4 with k = 1 removed is [2], value 2, status optimal
 */
export interface CriticalNodes {
  readonly status: 'optimal' | 'feasible';
  readonly removed: Int32Array;
  readonly value: number;
  readonly bound: number;
  readonly iterations: number;
}

export interface CriticalNodesOptions {
  readonly k: number;
  readonly random: RandomSource;
  readonly iterations?: number;
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

const FIRST_ROUND = 20_000;
const LONGEST_ROUND = 640_000;
/** Temperatures in units of the best value over k: from scratch, for a child of two parents, near a child, and at the end. */
const HOT = 8;
const WARM = 4;
const MILD = 2;
const COLD = 0.3;
const FOREST_STEPS = 30_000_000;

export function criticalNodes(input: CsrGraph, options: CriticalNodesOptions): CriticalNodes {
  const graph = simpleUndirected(input);
  const { k, random } = options;
  const interrupt = options.interrupt ?? neverInterrupt;
  const iterations = options.iterations ?? defaultIterations(graph);
  const start = firstSolution(graph, k);
  const trivial = k === 0 || start.value === 0;
  if (trivial) return { status: 'optimal', ...start, bound: start.value, iterations: 0 };
  const search = new MemeticSearch(graph, start, random, interrupt);
  const report = options.report ?? reportToNobody;
  search.onRound = () => report(Math.min(1, search.iterations / iterations));
  const forest = pathLikeForest(graph);
  const isForest = forest.edgeCount === graph.edgeCount;
  search.run(Math.min(iterations, FIRST_ROUND), 0);
  const bound = isForest
    ? forestOptimum(graph, k, search.best.value, interrupt)
    : { value: forestBound(forest, k, search.best.value, interrupt), removed: null };
  if (bound.removed !== null) search.best = { removed: bound.removed, value: bound.value };
  search.run(iterations - search.iterations, bound.value);
  return {
    status: search.best.value === bound.value ? 'optimal' : 'feasible',
    removed: search.best.removed.slice().sort(),
    value: search.best.value,
    bound: bound.value,
    iterations: search.iterations,
  };
}

/** A few seconds' worth: an exchange costs up to a walk over the largest component. */
function defaultIterations(graph: CsrGraph): number {
  const walk = graph.vertexCount + graph.targets.length;
  return Math.min(400_000, Math.max(1_000, Math.floor(1.5e9 / walk)));
}

interface Solution {
  readonly removed: Int32Array;
  readonly value: number;
}

/** The first k of the adaptive degree attack, filled up by smallest number. */
function firstSolution(graph: CsrGraph, k: number): Solution {
  const order = adaptiveDegreeOrder(graph).slice(0, k);
  const chosen = new Set(order);
  for (let v = 0; chosen.size < k; v += 1) chosen.add(v);
  const removed = Int32Array.from(chosen).sort();
  return { removed, value: pairwiseConnectivity(graph, removed) };
}

function forestOptimum(
  forest: CsrGraph,
  k: number,
  upperBound: number,
  interrupt: Interrupt,
): { value: number; removed: Int32Array | null } {
  const found = forestCriticalNodes(forest, { k, upperBound, interrupt, maxSteps: 50 * FOREST_STEPS });
  return found.status === 'optimal' ? found : { value: 0, removed: null };
}

/** The optimum of a spanning forest, the smaller search space of which needs only a short search for its own cut-off. */
function forestBound(forest: CsrGraph, k: number, upperBound: number, interrupt: Interrupt): number {
  const start = firstSolution(forest, k);
  if (start.value === 0) return 0;
  const search = new MemeticSearch(forest, start, randomSource(k), interrupt);
  search.run(Math.min(5_000, defaultIterations(forest)), 0);
  const cutoff = Math.min(search.best.value, upperBound);
  const found = forestCriticalNodes(forest, { k, upperBound: cutoff, interrupt, maxSteps: FOREST_STEPS });
  return found.status === 'optimal' ? found.value : 0;
}

class MemeticSearch {
  iterations = 0;
  onRound: () => void = () => undefined;
  private readonly elites = new EliteSet(8);
  private readonly split: BestSplit;
  private round = 0;
  private length = FIRST_ROUND;

  constructor(
    private readonly graph: CsrGraph,
    public best: Solution,
    private readonly random: RandomSource,
    private readonly interrupt: Interrupt,
  ) {
    this.split = new BestSplit(graph);
  }

  /** Tries at most so many exchanges, less when the goal is met or the search is interrupted. */
  run(budget: number, goal: number): void {
    const until = this.iterations + budget;
    while (this.iterations < until && this.best.value > goal && !this.interrupt()) {
      const start = this.nextStart();
      const scale = Math.max(1, this.best.value / start.removed.length);
      const found = anneal(
        new RemovalState(this.graph, start.removed),
        {
          steps: Math.min(this.length, until - this.iterations),
          hot: scale * start.heat,
          cold: Math.max(0.3, scale * COLD),
          goal,
        },
        { split: this.split, random: this.random, interrupt: this.interrupt },
      );
      this.iterations += Math.max(1, found.steps);
      if (found.value < this.best.value) this.best = { removed: found.best, value: found.value };
      this.elites.offer(found.best, found.value);
      this.round += 1;
      this.onRound();
      if (this.round % 2 === 1) this.length = Math.min(LONGEST_ROUND, 2 * this.length);
    }
  }

  /**
   * The first round only descends, for the case that there is time for no other; every third one starts anew. Children are
   * annealed in turn near where they are and further off.
   */
  private nextStart(): { removed: Int32Array; heat: number } {
    const k = this.best.removed.length;
    if (this.round === 0) return { removed: this.best.removed, heat: COLD };
    if (this.round === 1) return { removed: this.best.removed, heat: HOT };
    if (this.elites.size < 3 || this.round % 3 === 0) {
      const n = this.graph.vertexCount;
      return { removed: sampleWithoutReplacement(n, k, this.random), heat: HOT };
    }
    const [a, b] = this.elites.pair(this.random);
    return { removed: backboneCrossover(a, b, this.random), heat: this.round % 3 === 1 ? MILD : WARM };
  }
}
