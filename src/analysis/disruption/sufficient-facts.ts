/**
 * The smallest set of facts that suffices for a loss, whatever becomes of all other facts.
 *
 * What: of the facts on record, which ones have to hold so that the events bring a top down even if any of the others prove
 *   wrong: a sufficient reason (prime implicant) of the failure, contained in what is on record.
 * Formula: with D the failure over the facts, R(D) = ite(x, R(D1), R(D1 and D0)) reads "x is kept" and "x may be either"; it is monotone, and its
 *   cheapest path is the answer: cost(D) = min(cost_x + cost(D1), cost(D1 and D0)).
 * Preconditions: as of DoubtfulSystem; the top is down when all facts hold; costs > 0.
 * Params: `costs[f]` of keeping fact f; 1 each asks for the smallest set.
 * Returns: facts in ascending order. status optimal: proved cheapest, bound = cost. feasible: none can be left out, but a cheaper
 *   set may exist, of no less than `bound`. stopped: too large to tell. Ties go to the set met first in the order of variables.
 * Complexity: exponential at worst within maxNodes. Exact where it says optimal.
 * Reference: A. Darwiche, A. Hirth, "On the Reasons Behind Decisions", doi:10.3233/FAIA200158; O. Coudert, J. Madre,
 *   "Implicit and incremental computation of primes and essential primes of Boolean functions", DAC 1992.
 * Example: a need with two suppliers, the second of which depends on the first: {need, first supplies, second depends on
 *   first}; whether the second supplies at all does not matter.
 */
import { Bdd } from '../fault-tree/bdd';
import { WorkLimit } from '../fault-tree/decision-table';
import type { FailureFunctions } from './failure-functions';

export interface SufficientFacts {
  readonly status: 'optimal' | 'feasible' | 'stopped';
  readonly facts: readonly number[];
  readonly cost: number;
  readonly bound: number;
}

export interface SufficientOptions {
  readonly maxNodes: number;
  readonly isOver?: () => boolean;
}

const STOPPED: SufficientFacts = { status: 'stopped', facts: [], cost: 0, bound: 0 };
const MAX_VARIABLES = 2000;

/** For the failure of any of `gates` (vertices) when the events in `hits` happen. */
export function sufficientFacts(
  functions: FailureFunctions,
  hits: readonly number[],
  gates: readonly number[],
  costs: ArrayLike<number>,
  { maxNodes, isOver = () => false }: SufficientOptions,
): SufficientFacts {
  const bdd = new Bdd({ maxNodes, isOver });
  try {
    const { root, factOfLevel } = failureOver(bdd, functions, hits, gates);
    if (root === 0) return STOPPED;
    const costOf = (level: number): number => costs[factOfLevel[level]];
    const search = new CheapestReason(bdd, costOf);
    let found: { levels: number[]; isProved: boolean };
    try {
      found = { levels: search.cheapest(root), isProved: true };
    } catch (error) {
      if (!(error instanceof WorkLimit)) throw error;
      found = { levels: irreducible(bdd, root, factOfLevel.length), isProved: false };
    }
    const cost = found.levels.reduce((sum, level) => sum + costOf(level), 0);
    return {
      status: found.isProved ? 'optimal' : 'feasible',
      facts: found.levels.map((level) => factOfLevel[level]).sort((a, b) => a - b),
      cost,
      bound: found.isProved ? cost : cheapestWitness(bdd, root, costOf),
    };
  } catch (error) {
    if (error instanceof WorkLimit) return STOPPED;
    throw error;
  }
}

/** The failure of any of the gates, one variable a fact. */
function failureOver(
  bdd: Bdd,
  functions: FailureFunctions,
  hits: readonly number[],
  gates: readonly number[],
): { root: number; factOfLevel: number[] } {
  const { conditionOffsets, wayOffsets, wayFacts } = functions.system;
  const factOfLevel: number[] = [];
  const levelOf = new Map<number, number>();
  const variable = (fact: number): number => {
    let level = levelOf.get(fact);
    if (level === undefined) {
      level = factOfLevel.push(fact) - 1;
      if (level >= MAX_VARIABLES) throw new WorkLimit('nodes');
      levelOf.set(fact, level);
    }
    return bdd.variable(level);
  };
  const nodes = new Map<number, number>();
  for (const condition of functions.conditionsAbove(hits)) {
    let any = 0;
    for (let way = conditionOffsets[condition]; way < conditionOffsets[condition + 1]; way += 1) {
      let all = 1;
      for (let i = wayOffsets[way]; i < wayOffsets[way + 1]; i += 1)
        all = bdd.and(all, variable(wayFacts[i]));
      any = bdd.or(any, all);
    }
    nodes.set(condition, any);
  }
  const down = functions.nodes(bdd, hits, (condition) => nodes.get(condition) as number);
  const root = gates.reduce((sum, gate) => bdd.or(sum, down.get(gate) ?? 0), 0);
  return { root, factOfLevel };
}

class CheapestReason {
  private readonly known = new Map<number, number>();

  constructor(
    private readonly bdd: Bdd,
    private readonly costOf: (level: number) => number,
  ) {}

  /** Levels that the cheapest reason keeps. */
  cheapest(root: number): number[] {
    const levels: number[] = [];
    for (let node = root; node > 1; ) {
      const [level, high, both] = this.branches(node);
      const kept = this.costOf(level) + this.cost(high);
      if (this.cost(both) <= kept) node = both;
      else {
        levels.push(level);
        node = high;
      }
    }
    return levels;
  }

  private cost(node: number): number {
    if (node <= 1) return node === 1 ? 0 : Number.POSITIVE_INFINITY;
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const [level, high, both] = this.branches(node);
    const cost = Math.min(this.cost(both), this.costOf(level) + this.cost(high));
    this.known.set(node, cost);
    return cost;
  }

  private branches(node: number): [number, number, number] {
    const { cells } = this.bdd;
    const high = cells[node * 4 + 1];
    const level = cells[node * 4];
    return [level, high, this.bdd.and(high, cells[node * 4 + 2])];
  }
}

/** Leaves out one fact after the other as long as the rest suffices. */
function irreducible(bdd: Bdd, root: number, variables: number): number[] {
  const isKept = new Uint8Array(variables).fill(1);
  for (let level = variables - 1; level >= 0; level -= 1) {
    isKept[level] = 0;
    if (!suffices(bdd, root, isKept)) isKept[level] = 1;
  }
  return Array.from(isKept.keys()).filter((level) => isKept[level] === 1);
}

/** Whether the function is true whatever the variables that are not kept are: no path to false keeps to those kept. */
function suffices({ cells }: Bdd, root: number, isKept: Uint8Array): boolean {
  const seen = new Set<number>([root]);
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === 0) return false;
    if (node === 1) continue;
    const next = [cells[node * 4 + 1]];
    if (isKept[cells[node * 4]] === 0) next.push(cells[node * 4 + 2]);
    for (const each of next) {
      if (seen.has(each)) continue;
      seen.add(each);
      stack.push(each);
    }
  }
  return true;
}

/** Least cost of the facts that hold in any state in which the function is true: no reason is cheaper. */
function cheapestWitness({ cells, size }: Bdd, root: number, costOf: (level: number) => number): number {
  const least = new Float64Array(size);
  least[0] = Number.POSITIVE_INFINITY;
  for (let node = 2; node <= root; node += 1) {
    least[node] = Math.min(costOf(cells[node * 4]) + least[cells[node * 4 + 1]], least[cells[node * 4 + 2]]);
  }
  return least[root];
}
