/**
 * Confidence of one loss, exact: by decision diagrams over the origins and claims behind it.
 *
 * What: the expected loss when some events happen, and the probability that anything is lost.
 * Formula: E = sum over tops of weight * sum over shares s1 > s2 > .. of (s_i - s_(i+1)) P(a gate with share >= s_i is down);
 *   P(loss > 0) = P(a gate with a share of a top of positive weight is down). Variables: origins, then claims, in the order
 *   in which the failure meets them.
 * Preconditions: as of DoubtfulSystem and FactDoubt.
 * Params: maxNodes of the diagram; `isOver` ends the work.
 * Returns: undefined where the diagram would be larger, or time is up: then only a sample can tell.
 * Complexity: exponential in the number of variables at worst, linear in the size of the diagram. Exact to rounding.
 * Reference: A. Rauzy, doi:10.1016/0951-8320(93)90060-C.
 * Example: a loss of 3 that hangs on one claim of 0.5 has the mean 1.5 and the probability 0.5.
 */
import { Bdd } from '../fault-tree/bdd';
import { WorkLimit } from '../fault-tree/decision-table';
import { lossSlots } from './doubtful-system';
import type { FactDoubt } from './fact-doubt';
import type { FailureFunctions } from './failure-functions';

export interface ExactConfidence {
  readonly mean: number;
  readonly pPositive: number;
}

export interface ExactOptions {
  readonly maxNodes: number;
  readonly isOver?: () => boolean;
}

export function exactConfidence(
  functions: FailureFunctions,
  doubt: FactDoubt,
  hits: readonly number[],
  options: ExactOptions,
): ExactConfidence | undefined {
  try {
    return solve(functions, doubt, hits, options);
  } catch (error) {
    if (error instanceof WorkLimit) return undefined;
    throw error;
  }
}

/** Levels beyond which the recursion of the diagrams could exhaust the stack. */
const MAX_VARIABLES = 2000;

function solve(
  functions: FailureFunctions,
  doubt: FactDoubt,
  hits: readonly number[],
  { maxNodes, isOver = () => false }: ExactOptions,
): ExactConfidence {
  const { system } = functions;
  const bdd = new Bdd({ maxNodes, isOver });
  const pOfLevel: number[] = [];
  const variable = variableMaker(bdd, pOfLevel);
  const conditions = functions.conditionsAbove(hits);
  const nodeOf = new Map<number, number>();
  const facts = new Map<number, number>();
  for (const condition of conditions) nodeOf.set(condition, conditionOf(condition));
  const nodes = functions.nodes(bdd, hits, (condition) => nodeOf.get(condition) as number);

  function conditionOf(condition: number): number {
    const { conditionOffsets, wayOffsets, wayFacts } = system;
    let any = 0;
    for (let way = conditionOffsets[condition]; way < conditionOffsets[condition + 1]; way += 1) {
      let all = 1;
      for (let i = wayOffsets[way]; i < wayOffsets[way + 1]; i += 1) all = bdd.and(all, factOf(wayFacts[i]));
      any = bdd.or(any, all);
    }
    return any;
  }

  function factOf(fact: number): number {
    const known = facts.get(fact);
    if (known !== undefined) return known;
    const { claimOffsets, claimOrigins, claimP, originP } = doubt;
    let any = 0;
    for (let i = claimOffsets[fact]; i < claimOffsets[fact + 1]; i += 1) {
      const origin = claimOrigins[i];
      const isRight = origin < 0 ? 1 : variable(`origin ${origin}`, originP[origin]);
      any = bdd.or(any, bdd.and(isRight, variable(`claim ${i}`, claimP[i])));
    }
    facts.set(fact, any);
    return any;
  }

  const { slots, offsets, ofGate } = lossSlots(system);
  const downOfSlot = new Int32Array(slots.length);
  for (const [vertex, node] of nodes)
    for (const slot of ofGate.get(vertex) ?? []) downOfSlot[slot] = bdd.or(downOfSlot[slot], node);
  let anything = 0;
  const terms: { weight: number; node: number }[] = [];
  for (let top = 0; top < system.weights.length; top += 1) {
    let down = 0;
    for (let slot = offsets[top]; slot < offsets[top + 1]; slot += 1) {
      down = bdd.or(down, downOfSlot[slot]);
      const next = slot + 1 < offsets[top + 1] ? slots[slot + 1].share : 0;
      if (down !== 0) terms.push({ weight: system.weights[top] * (slots[slot].share - next), node: down });
    }
    if (system.weights[top] > 0) anything = bdd.or(anything, down);
  }
  const values = probabilities(bdd, pOfLevel);
  const mean = terms.reduce((sum, { weight, node }) => sum + weight * values[node], 0);
  return { mean, pPositive: values[anything] };
}

/** Numbers variables by the order in which they are first asked for; those without doubt are constants. */
function variableMaker(bdd: Bdd, pOfLevel: number[]): (name: string, p: number) => number {
  const levels = new Map<string, number>();
  return (name, p) => {
    if (p <= 0 || p >= 1) return p <= 0 ? 0 : 1;
    let level = levels.get(name);
    if (level === undefined) {
      level = pOfLevel.push(p) - 1;
      if (level >= MAX_VARIABLES) throw new WorkLimit('nodes');
      levels.set(name, level);
    }
    return bdd.variable(level);
  };
}

function probabilities(bdd: Bdd, pOfLevel: readonly number[]): Float64Array {
  const values = new Float64Array(bdd.size);
  values[1] = 1;
  for (let node = 2; node < bdd.size; node += 1) {
    const p = pOfLevel[bdd.cells[node * 4]];
    values[node] = p * values[bdd.cells[node * 4 + 1]] + (1 - p) * values[bdd.cells[node * 4 + 2]];
  }
  return values;
}
