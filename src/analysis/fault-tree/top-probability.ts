/**
 * Probability of the top event and its sensitivity to every basic event, exact by the BDDs; bounds by the ZBDDs.
 *
 * What: exact probability, Birnbaum derivatives, conditional probabilities, rare-event sum and min-cut upper bound.
 * Formula: P(ite(x, f1, f0)) = p P(f1) + (1-p) P(f0); dP/dp_e = sum over nodes of e of reach(node) (P(f1) - P(f0)), through
 *   modules by the chain rule; rare event R = sum_C prod p; min-cut upper bound 1 - prod_C (1 - prod p), evaluated as
 *   1 - exp(-sum_k R_k / k) with R_k = sum_C (prod p)^k, of which every term is one pass.
 * Preconditions: basic events are independent, probabilities within [0, 1].
 * Complexity: O(nodes) each; the min-cut bound O(nodes x terms). Exact to rounding; the bounds are those of the minimal
 *   cut sets (of the coherent hull where the tree is not coherent).
 * Reference: Z. W. Birnbaum, "On the Importance of Different Components in a Multicomponent System", 1968; A. Rauzy,
 *   doi:10.1016/0951-8320(93)90060-C; J. D. Esary, F. Proschan, doi:10.1080/00401706.1963.10490105 (min-cut bound).
 * Example: for a + b with p = 0.5 each: exact 0.75, rare event 1, min-cut upper bound 0.75.
 */
import type { Diagrams } from './diagrams';
import type { SolvedModule } from './solve-module';

/** Probability of the top; `probabilities[e]` of every event. */
export function topProbability(diagrams: Diagrams, probabilities: ArrayLike<number>): number {
  const values = moduleProbabilities(diagrams, probabilities);
  return values[values.length - 1];
}

/** Of the function in the BDD of each module, which is the negation for complemented ones. */
function moduleProbabilities(diagrams: Diagrams, probabilities: ArrayLike<number>): Float64Array {
  const values = new Float64Array(diagrams.modules.length);
  for (const [m, module] of diagrams.modules.entries()) {
    values[m] = upward(module, probabilities, values)[module.bddRoot];
  }
  return values;
}

function upward(module: SolvedModule, probabilities: ArrayLike<number>, below: Float64Array): Float64Array {
  const { bdd, leafOfLevel } = module;
  const pOfLevel = Float64Array.from(leafOfLevel, (leaf) =>
    leaf < 0 ? below[-1 - leaf] : probabilities[leaf],
  );
  const values = new Float64Array(bdd.length / 4);
  values[1] = 1;
  for (let node = 2; node < values.length; node += 1) {
    const p = pOfLevel[bdd[node * 4]];
    values[node] = p * values[bdd[node * 4 + 1]] + (1 - p) * values[bdd[node * 4 + 2]];
  }
  return values;
}

/** The probability and its partial derivative (Birnbaum importance) by the probability of every event. */
export function birnbaumImportance(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
): { probability: number; derivative: Float64Array } {
  const { modules } = diagrams;
  const below = moduleProbabilities(diagrams, probabilities);
  const derivative = new Float64Array(diagrams.eventCount);
  const outer = new Float64Array(modules.length);
  outer[modules.length - 1] = 1;
  for (let m = modules.length - 1; m >= 0; m -= 1) {
    const { bdd, bddRoot, leafOfLevel } = modules[m];
    const values = upward(modules[m], probabilities, below);
    const reach = new Float64Array(values.length);
    reach[bddRoot] = outer[m];
    for (let node = values.length - 1; node > 1; node -= 1) {
      const leaf = leafOfLevel[bdd[node * 4]];
      const high = bdd[node * 4 + 1];
      const low = bdd[node * 4 + 2];
      const p = leaf < 0 ? below[-1 - leaf] : probabilities[leaf];
      const slope = reach[node] * (values[high] - values[low]);
      if (leaf < 0) outer[-1 - leaf] += slope;
      else derivative[leaf] += slope;
      reach[high] += reach[node] * p;
      reach[low] += reach[node] * (1 - p);
    }
  }
  return { probability: below[modules.length - 1], derivative };
}

/** Sum over the minimal cut sets of (product of probabilities)^power, and the same restricted to the sets with e. */
export function cutSetSums(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  power = 1,
): { total: number; byModule: Float64Array } {
  const byModule = new Float64Array(diagrams.modules.length);
  for (const [m, { zbdd, zbddRoot, leafOfLevel }] of diagrams.modules.entries()) {
    const weights = Float64Array.from(leafOfLevel, (leaf) =>
      leaf < 0 ? byModule[-1 - leaf] : probabilities[leaf] ** power,
    );
    const sums = new Float64Array(zbdd.length / 4);
    sums[1] = 1;
    for (let node = 2; node < sums.length; node += 1) {
      sums[node] = sums[zbdd[node * 4 + 2]] + weights[zbdd[node * 4]] * sums[zbdd[node * 4 + 1]];
    }
    byModule[m] = sums[zbddRoot];
  }
  return { total: byModule[byModule.length - 1], byModule };
}

/** Sum of the probabilities of the minimal cut sets: an upper bound of the top probability of a coherent tree. */
export function rareEventBound(diagrams: Diagrams, probabilities: ArrayLike<number>): number {
  return cutSetSums(diagrams, probabilities).total;
}

/** 1 - prod over minimal cut sets of (1 - their probability). */
export function minCutUpperBound(diagrams: Diagrams, probabilities: ArrayLike<number>): number {
  const largest = largestCutSetProbability(diagrams, probabilities);
  if (largest >= 1) return 1;
  let nodes = 0;
  for (const module of diagrams.modules) nodes += module.zbdd.length / 4;
  const maxTerms = Math.max(200, MAX_VISITS / nodes);
  let sum = 0;
  for (let k = 1; k <= maxTerms; k += 1) {
    const term = cutSetSums(diagrams, probabilities, k).total / k;
    sum += term;
    // What is left is at most a geometric series of ratio `largest`; added, it keeps the result an upper bound.
    const left = (term * largest) / (1 - largest);
    if (left <= sum * 1e-15 || sum > 800) break;
    if (k + 1 > maxTerms) sum += left;
  }
  return -Math.expm1(-sum);
}

const MAX_VISITS = 1 << 27;

function largestCutSetProbability(diagrams: Diagrams, probabilities: ArrayLike<number>): number {
  const byModule = new Float64Array(diagrams.modules.length);
  for (const [m, { zbdd, zbddRoot, leafOfLevel }] of diagrams.modules.entries()) {
    const best = new Float64Array(zbdd.length / 4);
    best[1] = 1;
    for (let node = 2; node < best.length; node += 1) {
      const leaf = leafOfLevel[zbdd[node * 4]];
      const p = leaf < 0 ? byModule[-1 - leaf] : probabilities[leaf];
      best[node] = Math.max(best[zbdd[node * 4 + 2]], p * best[zbdd[node * 4 + 1]]);
    }
    byModule[m] = best[zbddRoot];
  }
  return byModule[byModule.length - 1];
}
