/** Keeps the compiled ecosystems that were asked for last, each with what was worked out of it. */
import type { Projection } from '../../analysis';
import { buildDisruptionSystem, type DisruptionSystem } from './disruption-system';
import { parentsOf } from './failure-trace';
import { type ComponentRanking, rankComponents } from './ranking';
import { type DisruptionScope, systemOptions } from './scope';

const SYSTEMS_KEPT = 8;

export class AnalysedSystem {
  private knownRanking: ComponentRanking | undefined;
  private knownParents: readonly (readonly number[])[] | undefined;

  constructor(readonly system: DisruptionSystem) {}

  get ranking(): ComponentRanking {
    this.knownRanking ??= rankComponents(this.system);
    return this.knownRanking;
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

  /** @throws AppError where the scope is none, or names what the projection does not have */
  of(projection: Projection, scope: DisruptionScope): AnalysedSystem {
    const options = systemOptions(scope, projection, this.now);
    const key = JSON.stringify([projection.seq, { ...options, asOf: String(options.asOf) }]);
    const known = this.kept.get(key);
    if (known?.system.projection === projection) return known;
    const analysed = new AnalysedSystem(buildDisruptionSystem(projection, options));
    this.kept.delete(key);
    this.kept.set(key, analysed);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= SYSTEMS_KEPT) break;
      this.kept.delete(oldest);
    }
    return analysed;
  }
}
