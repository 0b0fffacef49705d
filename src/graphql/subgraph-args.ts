/** Arguments and fields that the analyses of structure share: which part of the graph, and how large it is. */
import { Int } from 'type-graphql';
import type { Projection } from '../analysis';
import { AppError } from '../errors';
import { type SubgraphDirection, type SubgraphQuery, vertexCountOf } from '../service/structure/subgraph';
import { type ArgSpec, declared, declareInput, type FieldSpec, required, type TypeRef } from './declare';
import { DirectionEnum, NodeTypeEnum, RelationshipTypeEnum } from './enums';
import { SafeInt } from './scalars';

declareInput('Subgraph', 'The part of the graph that structure is measured on', [
  {
    name: 'nodeTypes',
    type: () => [NodeTypeEnum] as TypeRef,
    description: 'Nodes of these types; all if not given',
  },
  {
    name: 'relationshipTypes',
    type: () => [RelationshipTypeEnum] as TypeRef,
    description: 'Relationships of these types between them; all if not given',
  },
]);
export interface GraphArgs {
  readonly graph?: SubgraphQuery | null;
}
export const GRAPH_ARG: ArgSpec = {
  name: 'graph',
  type: () => declared('Subgraph'),
  description: 'The part of the graph to look at; all of it if not given',
};
export const SEED_ARG: ArgSpec = {
  name: 'seed',
  type: () => Int,
  description: 'Fixes every random choice: the same seed gives the same result',
  defaultValue: 1,
};
/** Types in order and once each, so that equal questions are equal. */
export const graphOf = ({ graph }: GraphArgs): SubgraphQuery => {
  const sorted = (types: readonly string[] | null | undefined) => types && [...new Set(types)].sort();
  return {
    nodeTypes: sorted(graph?.nodeTypes) ?? null,
    relationshipTypes: sorted(graph?.relationshipTypes) ?? null,
  };
};

/** Refuses a part of the graph that has no nodes. @throws AppError GRAPH_EMPTY */
export const refuseEmpty = (query: SubgraphQuery, projection: Projection): void => {
  vertexCountOf(projection, query);
};

export const COUNT_FIELDS: readonly FieldSpec[] = [
  required('vertexCount', () => SafeInt, 'Nodes of the part of the graph'),
  required('edgeCount', () => SafeInt, 'Pairs of them that are linked'),
];

export interface DirectedArgs extends GraphArgs {
  readonly direction: SubgraphDirection;
}
export const directionArg = (defaultValue: SubgraphDirection): ArgSpec => ({
  name: 'direction',
  type: () => DirectionEnum,
  description: 'Which way relationships lead: as they do (OUT), turned round (IN), or both ways',
  defaultValue,
});

/** Results are kept whole, so they list no more than this. */
const MAX_LISTED = 10_000;
export const limitArg = (name: string, what: string, defaultValue: number): ArgSpec => ({
  name,
  type: () => Int,
  description: `${what}, up to ${MAX_LISTED}`,
  defaultValue,
});
/** @throws AppError BAD_INPUT */
export function checkCount(what: string, got: number | null, least: number, most = MAX_LISTED): void {
  if (got === null || (got >= least && got <= most)) return;
  throw new AppError('BAD_INPUT', { what, expected: `a whole number from ${least} to ${most}`, got });
}
