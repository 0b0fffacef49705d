/** Which operations count, and with what weight: by operation, actor, targeted sector, organisation and jurisdiction. */
import type { Projection } from '../../analysis';
import { vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { ActiveGraph } from './active-graph';
import type { EcosystemOperation } from './ecosystem';

export interface WeightOf {
  readonly id: string;
  readonly weight: number;
}

export interface OperationScope {
  /** Operations that count; absent means all. */
  readonly operationIds?: readonly string[];
  /** Only operations attributed to one of these actors. */
  readonly actorIds?: readonly string[];
  /** Only operations that target one of these sectors. */
  readonly sectorIds?: readonly string[];
  readonly organizationIds?: readonly string[];
  readonly jurisdictionIds?: readonly string[];
  /** Operations whose targets are not on record count too. */
  readonly countsUntargeted?: boolean;
  /** Severity a day of some operations, in place of what is on record. */
  readonly severities?: readonly WeightOf[];
  /** An operation counts with the greatest weight among the sectors that it targets, 1 where none of them is given. */
  readonly sectorWeights?: readonly WeightOf[];
}

export interface ScopedOperations {
  readonly operations: readonly EcosystemOperation[];
  /** Operations left out because their targets are not on record. */
  readonly untargeted: number;
}

/**
 * @throws AppError OPERATION_NOT_FOUND, or BAD_INPUT naming the field, for an id that is none
 */
export function operationsInScope(
  graph: ActiveGraph,
  operations: readonly EcosystemOperation[],
  scope: OperationScope,
): ScopedOperations {
  const { projection } = graph;
  const actors = verticesNamed(projection, 'actorIds', ['ThreatActor', 'IntrusionSet'], scope.actorIds);
  const targets = [
    verticesNamed(projection, 'sectorIds', ['Sector'], scope.sectorIds),
    verticesNamed(projection, 'organizationIds', ['Organization'], scope.organizationIds),
    verticesNamed(projection, 'jurisdictionIds', ['Jurisdiction'], scope.jurisdictionIds),
  ].filter((each) => each !== undefined);
  let untargeted = 0;
  const found = named(operations, scope.operationIds).filter((operation) => {
    if (actors && !actorsOf(graph, operation).some((actor) => actors.has(actor))) return false;
    if (targets.length === 0) return true;
    const own = targetsOf(graph, operation);
    if (own.length === 0) {
      if (!scope.countsUntargeted) untargeted += 1;
      return scope.countsUntargeted === true;
    }
    return targets.every((wanted) => own.some((target) => wanted.has(target)));
  });
  return { operations: weighted(graph, found, scope), untargeted };
}

function named(
  operations: readonly EcosystemOperation[],
  ids: readonly string[] | undefined,
): readonly EcosystemOperation[] {
  if (ids === undefined) return operations;
  const wanted = new Set(ids);
  const found = operations.filter((operation) => wanted.delete(operation.id));
  if (wanted.size > 0) throw new AppError('OPERATION_NOT_FOUND', { ids: [...wanted] });
  return found;
}

function weighted(
  graph: ActiveGraph,
  operations: readonly EcosystemOperation[],
  scope: OperationScope,
): readonly EcosystemOperation[] {
  const { severities = [], sectorWeights = [] } = scope;
  if (severities.length + sectorWeights.length === 0) return operations;
  const given = new Map(severities.map(({ id, weight }) => [id, weight]));
  const unknown = [...given.keys()].filter((id) => !operations.some((operation) => operation.id === id));
  if (unknown.length > 0) throw new AppError('OPERATION_NOT_FOUND', { ids: unknown });
  verticesNamed(
    graph.projection,
    'sectorWeights',
    ['Sector'],
    sectorWeights.map((each) => each.id),
  );
  const ofSector = new Map(sectorWeights.map(({ id, weight }) => [vertexOf(graph.projection, id), weight]));
  return operations.map((operation) => {
    const weights = targetsOf(graph, operation).flatMap((target) => ofSector.get(target) ?? []);
    const factor = weights.length > 0 ? Math.max(...weights) : 1;
    return { ...operation, severity: (given.get(operation.id) ?? operation.severity) * factor };
  });
}

/** Actors that an operation is attributed to, and those that these are attributed to. */
function actorsOf(graph: ActiveGraph, operation: EcosystemOperation): number[] {
  const found = new Set(operation.subjects);
  for (const vertex of found) {
    for (const edge of graph.recorded(vertex, 'out', 'ATTRIBUTED_TO')) found.add(graph.projection.to[edge]);
  }
  return [...found];
}

/** What an operation targets; where nothing is on record of it, what its actors target. */
function targetsOf(graph: ActiveGraph, operation: EcosystemOperation): number[] {
  const of = (vertices: readonly number[]) =>
    vertices.flatMap((vertex) =>
      graph.edges(vertex, 'out', 'TARGETS').map((edge) => graph.projection.to[edge]),
    );
  const own = of(operation.subjects);
  return own.length > 0 ? own : of(actorsOf(graph, operation));
}

/** @throws AppError BAD_INPUT for an id of no vertex of these types */
export function verticesNamed(
  projection: Projection,
  field: string,
  types: readonly string[],
  ids: readonly string[] | undefined,
): ReadonlySet<number> | undefined {
  if (ids === undefined) return undefined;
  const graph = new ActiveGraph(projection);
  const isOne = (id: string) => {
    const vertex = vertexOf(projection, id);
    return vertex >= 0 && types.includes(graph.typeOf(vertex));
  };
  const wrong = ids.filter((id) => !isOne(id));
  if (wrong.length > 0) {
    throw new AppError('BAD_INPUT', { what: field, expected: `ids of ${types.join(' or ')}`, got: wrong });
  }
  return new Set(ids.map((id) => vertexOf(projection, id)));
}
