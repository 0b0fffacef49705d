/** What the layers above use of the analysis. */
export { type RemovalLoss, removalLosses, type WeightedRequirement } from './disruption/removal-losses';
export type { CutSetList } from './fault-tree/cut-set-list';
export { evaluate, type FaultTree, FaultTreeBuilder, GateKind } from './fault-tree/fault-tree';
export { minimalCutSets, minimalCutSetsOfAll } from './fault-tree/mocus';
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
export { type PageKey, pageKey, type SortTerm, selectPage } from './selection/page';
export {
  ALWAYS,
  compilePredicate,
  fold,
  type Predicate,
  type Quantifier,
  type VertexTest,
} from './selection/predicate';
export { verticesOfTypes } from './selection/vertices-by-type';
