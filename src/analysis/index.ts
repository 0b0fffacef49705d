/** What the layers above use of the analysis. */
export { type RemovalLoss, removalLosses, type WeightedRequirement } from './disruption/removal-losses';
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
export type { Cell } from './projection/column';
export {
  advance,
  type EdgeRow,
  EMPTY_PROJECTION,
  edgeCell,
  edgeOf,
  type Projection,
  vertexCell,
  vertexOf,
} from './projection/projection';
export { compareIds, type TableRow } from './projection/table';
