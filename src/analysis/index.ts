/** What the layers above use of the analysis. */
export {
  type Calibration,
  type CalibrationCase,
  type HitRate,
  leaveOneOut,
  type PredictedInterval,
} from './calibration/leave-one-out';
export { type LogNormal, updateLogNormal } from './calibration/log-normal-update';
export {
  type DoubleRemovals,
  doubleRemovals,
  type PairLoss,
} from './disruption/double-removals';
export { type DoubtfulSystem, Rule } from './disruption/doubtful-system';
export { DoubtfulWords } from './disruption/doubtful-words';
export { exactConfidence } from './disruption/exact-confidence';
export { type FactDoubt, factProbabilities } from './disruption/fact-doubt';
export { FailureFunctions } from './disruption/failure-functions';
export { type LossImportance, lossImportance } from './disruption/loss-importance';
export {
  type Estimate,
  type Interval as LossInterval,
  type LossSample,
  type LossStatistics,
  lossSample,
  lossStatistics,
  mergedSample,
  rankStability,
} from './disruption/loss-sample';
export { type RemovalLoss, removalLosses, type WeightedRequirement } from './disruption/removal-losses';
export { sufficientFacts } from './disruption/sufficient-facts';
export { type Duration, type DurationDistribution, normalQuantile } from './effect/duration-distribution';
export type { Behaviours } from './effect/plan-run';
export { NO_BEHAVIOURS, type PlanSimulation, simulatePlan } from './effect/plan-simulation';
export { cheapestCutSets } from './fault-tree/cheapest-first';
export { countCutSets } from './fault-tree/cut-set-counts';
export type { CutSetList } from './fault-tree/cut-set-list';
export { type Diagrams, solveDiagrams } from './fault-tree/diagrams';
export {
  evaluate,
  type FaultTree,
  FaultTreeBuilder,
  GateKind,
  isCoherent,
  reachableVertices,
} from './fault-tree/fault-tree';
export {
  type ImportanceMeasures,
  importanceMeasures,
  jointImportance,
  severityWeighted,
} from './fault-tree/importance';
export { minimalCutSets, minimalCutSetsOfAll } from './fault-tree/mocus';
export { minCutUpperBound, rareEventBound, topProbability } from './fault-tree/top-probability';
export {
  type DurationObservation,
  type DurationPosterior,
  type DurationPrior,
  durationPosterior,
  predictiveQuantile,
} from './learning/duration-posterior';
export { type InterruptedSeries, interruptedTimeSeries } from './learning/interrupted-time-series';
export { type JudgedGroups, judgedGroups, type RecordPair } from './linkage/judged-groups';
export { matchProbability, rarityWeight } from './linkage/match-probability';
export { pairsSharingTokens, type TokenPairs } from './linkage/shared-tokens';
export { type LinkVerdict, uniqueLinks } from './linkage/unique-links';
export {
  type ActionExpansion,
  EXCLUSION_REASONS,
  type ExclusionReason,
  expandActions,
} from './optimise/action-expansion';
export {
  type BestPlan,
  bestPlan,
  type PlanOptions,
  type PlanProgress,
  type PlanStatus,
} from './optimise/best-plan';
export { type DoubtfulEdge, informationValue } from './optimise/information-value';
export { lazyGreedyPlan } from './optimise/lazy-greedy';
export { keepsAnyPlan, limitsToRelax } from './optimise/limit-diagnosis';
export { marginalValues } from './optimise/marginal-value';
export type { MilpControls, MilpModel, MilpOutcome, MilpProgress, MilpSolver } from './optimise/milp-model';
export { minimumCostTakedown, type Takedown } from './optimise/minimum-cost-takedown';
export { modelInPlay } from './optimise/model-in-play';
export { nextPlans } from './optimise/next-plans';
export { paretoFrontier } from './optimise/pareto-frontier';
export { type PlanProblem, planScorer } from './optimise/plan-problem';
export type {
  DoubtfulDependency,
  DoubtfulRequirement,
  DoubtfulSupplier,
  MeasureEffect,
  ModelComponent,
  ModelLimits,
  ModelMeasure,
  PlanningModel,
} from './optimise/planning-model';
export { type SampleAveragePlan, sampleAveragePlan } from './optimise/sample-average';
export { drawnScenario, type ScenarioChoice, scenarioProblem } from './optimise/scenario-sample';
export { neighbourhood } from './path/neighbourhood';
export { type PathList, simplePaths } from './path/simple-paths';
export { type Cell, cellOf, columnOf } from './projection/column';
export {
  advance,
  type EdgeRow,
  EMPTY_PROJECTION,
  edgeCell,
  edgeOf,
  type Projection,
  type ProjectionDelta,
  vertexCell,
  vertexOf,
  withColumns,
} from './projection/projection';
export { quotient } from './projection/quotient';
export { type Blanks, type NewIds, subProjection } from './projection/sub-projection';
export { compareIds, rowOf, type TableRow } from './projection/table';
export { DISMANTLING_METHODS } from './robustness/dismantling';
export { fold } from './selection/column-test';
export { type Distribution, distributionOf } from './selection/distribution';

export { edgesOfType } from './selection/edges-by-type';
export { type PageKey, pageKey, type SortTerm, selectPage } from './selection/page';
export {
  ALWAYS,
  type Comparison,
  compileEdgePredicate,
  compilePredicate,
  type Direction,
  type Predicate,
  type Quantifier,
  type VertexTest,
} from './selection/predicate';
export { type PathStep, reachDistribution } from './selection/reach-distribution';
export { type SharedPair, sharedNeighbours } from './selection/shared-neighbours';
export { type Interval, type TimePoint, timeSeriesOf } from './selection/time-series';
export { verticesOfTypes } from './selection/vertices-by-type';
export { editDistanceWithin } from './text/edit-distance';
