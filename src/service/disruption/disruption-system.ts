/** The ecosystem compiled for analysis: once as known, once with the latent market, over the operations in scope. */
import {
  edgeOf,
  type FaultTree,
  type Projection,
  type RemovalLoss,
  removalLosses,
  vertexOf,
  type WeightedRequirement,
} from '../../analysis';
import { AppError } from '../../errors';
import { ActiveGraph } from './active-graph';
import { Defences } from './defences';
import { addStandingOperations } from './dependency-policy';
import {
  type Ecosystem,
  EcosystemBuilder,
  type EcosystemOperation,
  type EcosystemOptions,
  type EcosystemWarning,
} from './ecosystem';
import { type OperationScope, operationsInScope, verticesNamed, type WeightOf } from './operation-scope';

export interface CompiledEcosystem {
  readonly ecosystem: Ecosystem;
  readonly tree: FaultTree;
  /** Node of the failure graph behind each basic event. */
  readonly events: readonly number[];
  /** Fault-tree vertex of each node of the failure graph. */
  readonly vertexOf: readonly number[];
  readonly operations: readonly EcosystemOperation[];
  /** Severity a day of each operation. */
  readonly severities: Float64Array;
  /** What each operation needs: gates of the tree, with the share of the operation lost while they are down. */
  readonly requirements: readonly (readonly WeightedRequirement[])[];
  /** Operations left out because their targets are not on record. */
  readonly untargeted: number;
  /** Losses in severity a day when some events happen. */
  readonly losses: (removals: readonly ArrayLike<number>[]) => RemovalLoss[];
}

export interface DisruptionSystem {
  readonly projection: Projection;
  /** What is missing from the record of what the operations in scope can need, or contradicts itself there. */
  readonly warnings: readonly EcosystemWarning[];
  readonly known: CompiledEcosystem;
  readonly withMarket: CompiledEcosystem;
  /** Basic event of the id of a component or defence. */
  readonly eventOf: ReadonlyMap<string, number>;
  /** What hitting each basic event costs. */
  readonly costs: Float64Array;
}

export type SystemOptions = Omit<EcosystemOptions, 'hasLatentMarket'> &
  OperationScope & {
    /** What hitting a component costs; 1 where not given. */
    readonly costs?: readonly WeightOf[];
  };

/** Cost of hitting a component until it has measures. */
const UNIT_COST = 1;

/** @throws AppError where the scope names what the projection does not have */
export function buildDisruptionSystem(projection: Projection, options: SystemOptions): DisruptionSystem {
  verticesNamed(projection, 'hittableInIds', ['Jurisdiction'], options.hittableInIds);
  const known = compileEcosystem(projection, { ...options, hasLatentMarket: false });
  const withMarket = compileEcosystem(projection, { ...options, hasLatentMarket: true });
  const { nodes } = known.ecosystem.graph;
  const eventOf = new Map(known.events.map((node, event) => [nodes[node].id, event]));
  const costs = costsOf(projection, eventOf, options.costs ?? []);
  return { projection, warnings: warningsOf(projection, known), known, withMarket, eventOf, costs };
}

export const isComponent = (projection: Projection, id: string): boolean =>
  new ActiveGraph(projection).isComponent(vertexOf(projection, id));

/**
 * Basic event of a component or defence.
 *
 * @throws AppError COMPONENT_NOT_FOUND for an id of nothing, NOT_HITTABLE where there is no event of it
 */
export function eventNamed(projection: Projection, eventOf: ReadonlyMap<string, number>, id: string): number {
  const event = eventOf.get(id);
  if (event !== undefined) return event;
  if (vertexOf(projection, id) < 0) throw new AppError('COMPONENT_NOT_FOUND', { ids: [id] });
  throw new AppError('NOT_HITTABLE', { id });
}

/** What cannot be hit costs nothing, whatever is said of it. */
function costsOf(
  projection: Projection,
  eventOf: ReadonlyMap<string, number>,
  given: readonly WeightOf[],
): Float64Array {
  const isKnown = (id: string) => eventOf.has(id) || isComponent(projection, id);
  const unknown = given.map(({ id }) => id).filter((id) => !isKnown(id));
  if (unknown.length > 0) throw new AppError('COMPONENT_NOT_FOUND', { ids: unknown });
  const costs = new Float64Array(eventOf.size).fill(UNIT_COST);
  for (const { id, weight } of given) {
    const event = eventOf.get(id);
    if (event !== undefined) costs[event] = weight;
  }
  return costs;
}

function warningsOf(
  projection: Projection,
  { ecosystem, operations }: CompiledEcosystem,
): EcosystemWarning[] {
  if (ecosystem.warnings.length === 0) return [];
  const below = ecosystem.graph.idsBelow(operations.map((operation) => operation.node));
  return ecosystem.warnings.filter(({ id }) => concerns(projection, below, id));
}

/** Whether an object is among some nodes, is a relationship of one, or is what one leads to. */
function concerns(projection: Projection, below: ReadonlySet<string>, id: string): boolean {
  if (below.has(id)) return true;
  const { vertices, from, to } = projection;
  const isBelow = (vertex: number) => below.has(vertices.ids[vertex]);
  const vertex = vertexOf(projection, id);
  if (vertex < 0) {
    const edge = edgeOf(projection, id);
    return edge >= 0 && (isBelow(from[edge]) || isBelow(to[edge]));
  }
  const { offsets, edges: arriving } = projection.in;
  return arriving.slice(offsets[vertex], offsets[vertex + 1]).some((edge) => isBelow(from[edge]));
}

/** One of the two readings of an ecosystem. */
export function compileEcosystem(
  projection: Projection,
  options: EcosystemOptions & OperationScope,
): CompiledEcosystem {
  const builder = new EcosystemBuilder(projection, options);
  if (options.policy === 'STANDING_OPERATIONS') addStandingOperations(builder);
  builder.addOperations();
  if (options.lever !== 'DISRUPT') new Defences(builder).addTo();
  const ecosystem = builder.build();
  const { operations, untargeted } = operationsInScope(builder, ecosystem.operations, options);
  const { tree, events, vertexOf } = ecosystem.graph.compile(operations.map((operation) => operation.node));
  const severities = Float64Array.from(operations, (operation) => operation.severity);
  const requirements: WeightedRequirement[][] = operations.map((operation) =>
    operation.needs.map((need) => ({ gate: vertexOf[need.node], share: need.criticality })),
  );
  const losses = (removals: readonly ArrayLike<number>[]) =>
    removalLosses(tree, severities, requirements, removals);
  return { ecosystem, tree, events, vertexOf, operations, severities, requirements, untargeted, losses };
}
