/** The ecosystem compiled for analysis: once as known, once with the latent market, over the operations in scope. */
import {
  type FaultTree,
  type Projection,
  type RemovalLoss,
  removalLosses,
  type WeightedRequirement,
} from '../../analysis';
import { Defences } from './defences';
import { addStandingOperations } from './dependency-policy';
import {
  type Ecosystem,
  EcosystemBuilder,
  type EcosystemOperation,
  type EcosystemOptions,
} from './ecosystem';
import { type OperationScope, operationsInScope, type WeightOf } from './operation-scope';

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
  const known = compileEcosystem(projection, { ...options, hasLatentMarket: false });
  const withMarket = compileEcosystem(projection, { ...options, hasLatentMarket: true });
  const { nodes } = known.ecosystem.graph;
  const eventOf = new Map(known.events.map((node, event) => [nodes[node].id, event]));
  const costs = new Float64Array(known.events.length).fill(UNIT_COST);
  for (const { id, weight } of options.costs ?? []) {
    const event = eventOf.get(id);
    if (event !== undefined) costs[event] = weight;
  }
  return { projection, known, withMarket, eventOf, costs };
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
