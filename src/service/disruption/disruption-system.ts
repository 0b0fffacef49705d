/** The ecosystem compiled for analysis: once as known, once with the latent market, over the operations in scope. */
import {
  type FaultTree,
  type Projection,
  type RemovalLoss,
  removalLosses,
  type WeightedRequirement,
} from '../../analysis';
import { AppError } from '../../errors';
import { addStandingOperations } from './dependency-policy';
import {
  type Ecosystem,
  EcosystemBuilder,
  type EcosystemOperation,
  type EcosystemOptions,
} from './ecosystem';

export interface CompiledEcosystem {
  readonly ecosystem: Ecosystem;
  readonly tree: FaultTree;
  /** Node of the failure graph behind each basic event. */
  readonly events: readonly number[];
  /** Fault-tree vertex of each node of the failure graph. */
  readonly vertexOf: readonly number[];
  readonly operations: readonly EcosystemOperation[];
  /** Losses in severity a day when some events happen. */
  readonly losses: (removals: readonly ArrayLike<number>[]) => RemovalLoss[];
}

export interface DisruptionSystem {
  readonly projection: Projection;
  readonly known: CompiledEcosystem;
  readonly withMarket: CompiledEcosystem;
  /** Basic event of a component id. */
  readonly eventOf: ReadonlyMap<string, number>;
}

export type SystemOptions = Omit<EcosystemOptions, 'hasLatentMarket'> & {
  /** Operations that count; absent means all. */
  readonly operationIds?: readonly string[];
};

/** @throws AppError OPERATION_NOT_FOUND when the scope names an operation that the projection does not have */
export function buildDisruptionSystem(projection: Projection, options: SystemOptions): DisruptionSystem {
  const known = compile(projection, { ...options, hasLatentMarket: false }, options.operationIds);
  const withMarket = compile(projection, { ...options, hasLatentMarket: true }, options.operationIds);
  const { nodes } = known.ecosystem.graph;
  return {
    projection,
    known,
    withMarket,
    eventOf: new Map(known.events.map((node, event) => [nodes[node].id, event])),
  };
}

function compile(
  projection: Projection,
  options: EcosystemOptions,
  operationIds: readonly string[] | undefined,
): CompiledEcosystem {
  const builder = new EcosystemBuilder(projection, options);
  if (options.policy === 'STANDING_OPERATIONS') addStandingOperations(builder);
  const ecosystem = builder.build();
  const operations = inScope(ecosystem.operations, operationIds);
  const { tree, events, vertexOf } = ecosystem.graph.compile(operations.map((operation) => operation.node));
  const weights = Float64Array.from(operations, (operation) => operation.severity);
  const requirements: WeightedRequirement[][] = operations.map((operation) =>
    operation.needs.map((need) => ({ gate: vertexOf[need.node], share: need.criticality })),
  );
  const losses = (removals: readonly ArrayLike<number>[]) =>
    removalLosses(tree, weights, requirements, removals);
  return { ecosystem, tree, events, vertexOf, operations, losses };
}

function inScope(
  operations: readonly EcosystemOperation[],
  ids: readonly string[] | undefined,
): readonly EcosystemOperation[] {
  if (ids === undefined) return operations;
  const wanted = new Set(ids);
  const found = operations.filter((operation) => wanted.delete(operation.id));
  if (wanted.size > 0) throw new AppError('OPERATION_NOT_FOUND', { ids: [...wanted] });
  return found;
}
