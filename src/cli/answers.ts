/** What the commands ask for: the services of this process, or a running service that holds the store. */
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Download, ExportQuery } from '../service/export.service';
import type { ImportService } from '../service/import.service';
import type { CalibrationReport } from '../service/planning/calibration';
import type { ComponentReach } from '../service/planning/component-reach';
import type {
  CalibrationArguments,
  EcosystemPlan,
  ReachArguments,
} from '../service/planning/ecosystem-planning.service';
import type { PlanQuery } from '../service/planning/plan-query';
import type { SeedService } from '../service/seed.service';
import type { UndoImportService } from '../service/undo-import.service';

export interface CutSetLimits {
  readonly maxOrder?: number;
  readonly maxSets?: number;
}

export interface ChokepointAnswers {
  chokepoints(scope?: DisruptionScope, limit?: number): Promise<ChokepointRanking>;
  cutSets(operation: string, scope?: DisruptionScope, limits?: CutSetLimits): Promise<CutSetsView>;
  disruption(removing: readonly string[], scope?: DisruptionScope): Promise<DisruptionView>;
}
export type ImportAnswers = Pick<ImportService, 'import'>;
export type UndoAnswers = Pick<UndoImportService, 'undo'>;
export type SeedAnswers = Pick<SeedService, 'load'>;

export interface ExportAnswers {
  export(query: ExportQuery): Promise<Pick<Download, 'text'>>;
}

/** Told of progress: seconds so far, and what is being done. */
export type ProgressListener = (seconds: number, phase: string) => void;

export interface PlanningAnswers {
  plan(query: PlanQuery, onProgress: ProgressListener): Promise<EcosystemPlan>;
  reach(component: string, given: ReachArguments): Promise<ComponentReach>;
  calibrate(given: CalibrationArguments): Promise<CalibrationReport>;
}

export interface Answers {
  readonly chokepoints: ChokepointAnswers;
  readonly exporting: ExportAnswers;
  readonly importing: ImportAnswers;
  readonly planning: PlanningAnswers;
  readonly undoing: UndoAnswers;
  readonly seeds: SeedAnswers;
}

/** Opens what answers, lets work ask it, and closes it whatever happens. */
export type Opener = <T>(work: (answers: Answers) => Promise<T>) => Promise<T>;
