/** Importance of every component for the expected loss, and the pairs whose loss together is greatest. */
import { doubleRemovals, type LossImportance, lossImportance } from '../analysis';
import { AppError } from '../errors';
import { type AnalysisBasis, basisOf } from './disruption/analysis-basis';
import { type DisruptionSystem, eventNamed } from './disruption/disruption-system';
import type { WeightOf } from './disruption/operation-scope';
import type { DisruptionScope } from './disruption/scope';
import type { DisruptionSystems } from './disruption/systems';
import { memberOf, total } from './disruption/views';
import type { GraphView } from './graph-view';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 500;
/** Chance that a hit on a component succeeds, where none is given: Birnbaum's structural importance. */
const DEFAULT_PROBABILITY = 0.5;
const SECONDS = 60;

export interface ImportanceQuery {
  readonly first?: number;
  /** Chance that each component is hit; 0.5 if not given. */
  readonly probability?: number;
  /** Chances of single components in its place. */
  readonly probabilities?: readonly WeightOf[];
  /** Component whose joint importance with all others is wanted. */
  readonly jointWith?: string;
}

type Named = { readonly id: string; readonly name: string };

export interface ComponentImportance extends Named {
  readonly probability: number;
  readonly birnbaum: number;
  readonly criticality: number;
  readonly fussellVesely: number;
  /** null: no loss is expected, so there is no share or factor of it. */
  readonly diagnostic: number | null;
  readonly riskAchievementWorth: number | null;
  /** null: nothing is lost without the component. */
  readonly riskReductionWorth: number | null;
  /** Minimal cut sets that hold it, over all operations: a decimal number of any length. */
  readonly occurrence: string;
  readonly joint: number | null;
}

export interface ImportanceView {
  readonly components: readonly ComponentImportance[];
  readonly totalCount: number;
  readonly expectedLoss: number;
  readonly severityInScope: number;
  /** Operations, or shares of them, that were too large to solve and count for nothing. */
  readonly unsolved: number;
  readonly basis: AnalysisBasis;
}

export interface RemovalPair {
  readonly members: readonly [Named, Named];
  readonly severityLost: number;
  /** What each loses alone. */
  readonly alone: readonly [number, number];
  /** What they lose together beyond what they lose apart; negative where they stop the same. */
  readonly synergy: number;
}

export interface RemovalPairsView {
  readonly pairs: readonly RemovalPair[];
  /** Pairs that were looked at: all, where the result is exact. */
  readonly evaluated: number;
  /** Pairs that lose more together than apart. */
  readonly synergies: number;
  readonly basis: AnalysisBasis;
}

export class ImportanceService {
  constructor(private readonly systems: DisruptionSystems) {}

  /** Components by Birnbaum importance for the expected loss, greatest first. */
  importance(view: GraphView, scope: DisruptionScope = {}, query: ImportanceQuery = {}): ImportanceView {
    const startMs = performance.now();
    const limit = limitOf(query.first);
    const { system } = this.systems.within(view, scope);
    const { known } = system;
    const probabilities = probabilitiesOf(system, query);
    const jointWith =
      query.jointWith === undefined
        ? undefined
        : eventNamed(system.projection, system.eventOf, query.jointWith);
    const endMs = startMs + SECONDS * 1000;
    const found = lossImportance(known.tree, known.severities, known.requirements, probabilities, {
      jointWith,
      deadline: () => performance.now() > endMs,
    });
    const components = Array.from(probabilities, (probability, event) => ({
      ...memberOf(system, event),
      ...measuresOf(found, event),
      probability,
    }));
    const ranked = components
      .filter((each) => each.birnbaum > 0)
      .sort((a, b) => b.birnbaum - a.birnbaum || (a.id < b.id ? -1 : 1));
    const isExact = found.unsolved === 0 && found.fussellVeselyMethod === 'exact';
    return {
      components: ranked.slice(0, limit),
      totalCount: ranked.length,
      expectedLoss: found.expectedLoss,
      severityInScope: total([...known.severities]),
      unsolved: found.unsolved,
      basis: basisOf(view.recorded, startMs, IMPORTANCE_METHOD, isExact ? 'EXACT' : 'LOWER_BOUND'),
    };
  }

  /** Of all pairs of components, those that lose most together. */
  pairs(view: GraphView, scope: DisruptionScope = {}, first?: number): RemovalPairsView {
    const startMs = performance.now();
    const keep = limitOf(first);
    const { system } = this.systems.within(view, scope);
    const { tree, severities, requirements } = system.known;
    const endMs = startMs + SECONDS * 1000;
    const found = doubleRemovals(tree, severities, requirements, {
      keep,
      deadline: () => performance.now() > endMs,
    });
    const pairs = found.best.map(
      (pair): RemovalPair => ({
        members: [memberOf(system, pair.first), memberOf(system, pair.second)],
        severityLost: pair.weight,
        alone: [found.singles[pair.first], found.singles[pair.second]],
        synergy: pair.synergy,
      }),
    );
    const exactness = found.status === 'complete' ? 'EXACT' : 'LOWER_BOUND';
    return {
      pairs,
      evaluated: found.pairs,
      synergies: found.synergies,
      basis: basisOf(view.recorded, startMs, PAIR_METHOD, exactness),
    };
  }
}

const IMPORTANCE_METHOD = 'decision diagrams of each operation, weighted by severity';
const PAIR_METHOD = 'least fixed point of the failure rules for all single and double removals, 32 in a word';

function measuresOf(
  found: LossImportance,
  event: number,
): Omit<ComponentImportance, 'id' | 'name' | 'probability'> {
  const worth = found.riskReductionWorth[event];
  const isExpected = found.expectedLoss > 0;
  return {
    birnbaum: found.birnbaum[event],
    criticality: found.criticality[event],
    fussellVesely: found.fussellVesely[event],
    diagnostic: isExpected ? found.diagnostic[event] : null,
    riskAchievementWorth: isExpected ? found.riskAchievementWorth[event] : null,
    riskReductionWorth: isExpected && Number.isFinite(worth) ? worth : null,
    occurrence: found.occurrence[event].toString(),
    joint: found.joint ? found.joint[event] : null,
  };
}

function probabilitiesOf(
  system: DisruptionSystem,
  { probability = DEFAULT_PROBABILITY, probabilities = [] }: ImportanceQuery,
): Float64Array {
  const result = new Float64Array(system.known.events.length).fill(inUnit('probability', probability));
  for (const { id, weight } of probabilities)
    result[eventNamed(system.projection, system.eventOf, id)] = inUnit('probabilities', weight);
  return result;
}

function inUnit(what: string, got: number): number {
  if (got >= 0 && got <= 1) return got;
  throw new AppError('BAD_INPUT', { what, expected: 'a number from 0 to 1', got });
}

function limitOf(first = DEFAULT_LIMIT): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_LIMIT) return first;
  throw new AppError('BAD_INPUT', {
    what: 'first',
    expected: `a whole number from 1 to ${MAX_LIMIT}`,
    got: first,
  });
}
