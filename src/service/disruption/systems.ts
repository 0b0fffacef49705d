/** Keeps the compiled ecosystems that were asked for last, each with what was worked out of it. */
import type { DoubtfulSystem, FactDoubt, Projection } from '../../analysis';
import type { ClaimValue } from '../../model/values';
import type { GraphView } from '../graph-view';
import {
  buildDisruptionSystem,
  type CompiledEcosystem,
  compileEcosystem,
  type DisruptionSystem,
  type SystemOptions,
} from './disruption-system';
import { doubtfulEcosystem } from './doubtful-ecosystem';
import { type DoubtSummary, factDoubt } from './fact-confidence';
import { parentsOf } from './failure-trace';
import { type ComponentRanking, rankComponents } from './ranking';
import { type DisruptionScope, systemOptions } from './scope';

const SYSTEMS_KEPT = 8;

type ClaimsByFact = ReadonlyMap<string, readonly ClaimValue[]>;

/** An ecosystem as known, each fact of which may be false. */
export interface DoubtfulReading {
  readonly projection: Projection;
  readonly compiled: CompiledEcosystem;
  readonly system: DoubtfulSystem;
  /** Edge of the projection behind each fact. */
  readonly edges: readonly number[];
  readonly eventOf: ReadonlyMap<string, number>;
  readonly doubt: FactDoubt;
  readonly summary: DoubtSummary;
}

export class AnalysedSystem {
  private knownRanking: ComponentRanking | undefined;
  private knownParents: readonly (readonly number[])[] | undefined;

  private knownReading: Promise<DoubtfulReading> | undefined;

  constructor(
    readonly system: DisruptionSystem,
    private readonly options: SystemOptions,
  ) {}

  get ranking(): ComponentRanking {
    this.knownRanking ??= rankComponents(this.system);
    return this.knownRanking;
  }

  /** The ecosystem with its facts in doubt; `claimsOf` reads the claims of edges of the projection, once. */
  doubtful(claimsOf: (edges: readonly number[]) => Promise<ClaimsByFact>): Promise<DoubtfulReading> {
    this.knownReading ??= this.read(claimsOf).catch((error) => {
      this.knownReading = undefined;
      throw error;
    });
    return this.knownReading;
  }

  private async read(
    claimsOf: (edges: readonly number[]) => Promise<ClaimsByFact>,
  ): Promise<DoubtfulReading> {
    const { projection } = this.system;
    const compiled = compileEcosystem(projection, {
      ...this.options,
      hasLatentMarket: false,
      keepsUnfailing: true,
    });
    const { system, edges } = doubtfulEcosystem(compiled);
    const { doubt, summary } = factDoubt(projection, edges, await claimsOf(edges));
    const { nodes } = compiled.ecosystem.graph;
    const eventOf = new Map(compiled.events.map((node, event) => [nodes[node].id, event]));
    return { projection, compiled, system, edges, eventOf, doubt, summary };
  }

  /** Parents of every node of the failure graph as known. */
  get parents(): readonly (readonly number[])[] {
    this.knownParents ??= parentsOf(this.system.known);
    return this.knownParents;
  }
}

export class DisruptionSystems {
  private readonly kept = new Map<string, AnalysedSystem>();

  constructor(private readonly now: () => Date) {}

  /** The system of a view: as of the instant of the view, where the scope names none itself. */
  within(view: GraphView, scope: DisruptionScope): AnalysedSystem {
    const isTimed = view.asOf === undefined || scope.asOf !== undefined;
    return this.of(view.recorded, isTimed ? scope : { ...scope, asOf: view.asOf });
  }

  /** @throws AppError where the scope is none, or names what the projection does not have */
  of(projection: Projection, scope: DisruptionScope): AnalysedSystem {
    const options = systemOptions(scope, projection, this.now);
    const key = JSON.stringify([projection.seq, { ...options, asOf: String(options.asOf) }]);
    const known = this.kept.get(key);
    if (known?.system.projection === projection) return known;
    const analysed = new AnalysedSystem(buildDisruptionSystem(projection, options), options);
    this.kept.delete(key);
    this.kept.set(key, analysed);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= SYSTEMS_KEPT) break;
      this.kept.delete(oldest);
    }
    return analysed;
  }
}
