/**
 * Fussell-Vesely importance: how much of the top probability goes through cut sets that hold an event.
 *
 * What: P(some minimal cut set that holds e has happened) / P(top), for every event.
 * Formula: with U_e = union over minimal cut sets C with e of prod(C \ e), the numerator is p_e P(U_e) inside one module,
 *   and the product of these along the modules above it. U_e is built as a BDD by up(z) = ite(x, up(high) + up(low),
 *   up(low)) over the ZBDD. Where that outgrows its budget, the numerator is the rare-event sum over the sets with e.
 * Preconditions: independent events; probabilities within [0, 1].
 * Returns: the numerators, and whether each is exact or the rare-event approximation (an upper bound).
 * Complexity: one BDD union per ZBDD node above an event, budgeted; the approximation O(nodes).
 * Reference: J. B. Fussell, "How to Hand-Calculate System Reliability and Safety Characteristics",
 *   doi:10.1109/TR.1975.5215142; W. E. Vesely, doi:10.1016/0029-5493(70)90167-6.
 * Example: for a + b c with p = 0.1 each, that of b is 0.01 / 0.109.
 */
import { Bdd } from './bdd';
import { WorkLimit } from './decision-table';
import type { Diagrams } from './diagrams';
import type { SolvedModule } from './solve-module';
import { cutSetSums } from './top-probability';

export interface FussellVesely {
  /** Probability that some minimal cut set with e has happened; divide by the top probability. */
  readonly numerator: Float64Array;
  readonly method: 'exact' | 'rare-event';
}

const MAX_STEPS = 3_000_000;
const MAX_NODES = 1 << 19;

export function fussellVeselyNumerators(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  deadline: () => boolean = () => false,
): FussellVesely {
  try {
    return {
      numerator: chain(diagrams, probabilities, exactUnions(diagrams, probabilities, deadline)),
      method: 'exact',
    };
  } catch (error) {
    if (!(error instanceof WorkLimit)) throw error;
    const unions = diagrams.modules.map((module) => rareEventUnions(module, diagrams, probabilities));
    const numerator = chain(diagrams, probabilities, unions);
    for (let e = 0; e < numerator.length; e += 1) numerator[e] = Math.min(1, numerator[e]);
    return { numerator, method: 'rare-event' };
  }
}

/** Multiplies along the modules: unions[m][level] is P(U) of what that level stands for, inside module m. */
function chain(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  unions: readonly Float64Array[],
): Float64Array {
  const numerator = new Float64Array(diagrams.eventCount);
  const outer = new Float64Array(diagrams.modules.length);
  outer[diagrams.modules.length - 1] = 1;
  for (let m = diagrams.modules.length - 1; m >= 0; m -= 1) {
    const { leafOfLevel } = diagrams.modules[m];
    for (let level = 0; level < leafOfLevel.length; level += 1) {
      const leaf = leafOfLevel[level];
      const through = outer[m] * unions[m][level];
      if (leaf < 0) outer[-1 - leaf] += through;
      else numerator[leaf] += through * probabilities[leaf];
    }
  }
  return numerator;
}

function exactUnions(
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
  deadline: () => boolean,
): Float64Array[] {
  const budget = { steps: MAX_STEPS };
  const below = new Float64Array(diagrams.modules.length);
  return diagrams.modules.map((module, m) => {
    const union = new CutSetUnion(module, new Bdd({ maxNodes: MAX_NODES, isOver: deadline }), budget);
    const pOfLevel = Float64Array.from(module.leafOfLevel, (leaf) =>
      leaf < 0 ? below[-1 - leaf] : probabilities[leaf],
    );
    below[m] = union.probability(union.all(module.zbddRoot), pOfLevel);
    return Float64Array.from(module.leafOfLevel, (_, level) =>
      union.probability(union.with(level), pOfLevel),
    );
  });
}

/** BDDs of unions of the cut sets of one module. */
class CutSetUnion {
  private readonly up: Int32Array;
  private values = new Float64Array(0);
  private valued = 0;

  constructor(
    private readonly module: SolvedModule,
    private readonly bdd: Bdd,
    private readonly budget: { steps: number },
  ) {
    const { zbdd } = module;
    this.up = new Int32Array(zbdd.length / 4);
    this.up[1] = 1;
    for (let node = 2; node < this.up.length; node += 1) {
      const low = this.up[zbdd[node * 4 + 2]];
      this.up[node] = this.choice(zbdd[node * 4], bdd.or(this.up[zbdd[node * 4 + 1]], low), low);
    }
  }

  all(node: number): number {
    return this.up[node];
  }

  /** Union of what is left of the sets with the variable of `level`. */
  with(level: number): number {
    const { zbdd, zbddRoot } = this.module;
    const found = new Int32Array(zbdd.length / 4);
    for (let node = 2; node <= zbddRoot; node += 1) {
      const own = zbdd[node * 4];
      if (own === level) found[node] = this.up[zbdd[node * 4 + 1]];
      if (own >= level) continue;
      const low = found[zbdd[node * 4 + 2]];
      const high = found[zbdd[node * 4 + 1]];
      found[node] = this.choice(own, this.bdd.or(high, low), low);
    }
    return found[zbddRoot];
  }

  probability(root: number, pOfLevel: Float64Array): number {
    const { bdd } = this;
    if (this.values.length < bdd.size) {
      const wider = new Float64Array(bdd.size * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[1] = 1;
    for (let node = Math.max(2, this.valued); node < bdd.size; node += 1) {
      const p = pOfLevel[bdd.cells[node * 4]];
      this.values[node] =
        p * this.values[bdd.cells[node * 4 + 1]] + (1 - p) * this.values[bdd.cells[node * 4 + 2]];
    }
    this.valued = bdd.size;
    return this.values[root];
  }

  private choice(level: number, high: number, low: number): number {
    this.budget.steps -= 1;
    if (this.budget.steps < 0) throw new WorkLimit('nodes');
    return this.bdd.choice(level, high, low);
  }
}

/** Sum over the sets with each level's variable of the product of the others. */
function rareEventUnions(
  module: SolvedModule,
  diagrams: Diagrams,
  probabilities: ArrayLike<number>,
): Float64Array {
  const { zbdd, zbddRoot, leafOfLevel } = module;
  const { byModule } = cutSetSums(diagrams, probabilities);
  const weights = Float64Array.from(leafOfLevel, (leaf) =>
    leaf < 0 ? byModule[-1 - leaf] : probabilities[leaf],
  );
  const sums = new Float64Array(zbdd.length / 4);
  sums[1] = 1;
  for (let node = 2; node < sums.length; node += 1) {
    sums[node] = sums[zbdd[node * 4 + 2]] + weights[zbdd[node * 4]] * sums[zbdd[node * 4 + 1]];
  }
  const reach = new Float64Array(sums.length);
  const unions = new Float64Array(leafOfLevel.length);
  reach[zbddRoot] = 1;
  for (let node = sums.length - 1; node > 1; node -= 1) {
    const level = zbdd[node * 4];
    unions[level] += reach[node] * sums[zbdd[node * 4 + 1]];
    reach[zbdd[node * 4 + 1]] += reach[node] * weights[level];
    reach[zbdd[node * 4 + 2]] += reach[node];
  }
  return unions;
}
