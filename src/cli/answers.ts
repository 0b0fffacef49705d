/** What the commands ask for: the services of this process, or a running service that holds the store. */
import type { BackupService } from '../service/backup/backup.service';
import type { RestoreService } from '../service/backup/restore.service';
import type { ExplanationView } from '../service/disruption/certainty-views';
import type { ConfidenceOptions } from '../service/disruption/component-confidence';
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Download, ExportQuery } from '../service/export.service';
import type { ExposureReport } from '../service/exposure/exposure-views';
import type { ExposureQuery } from '../service/exposure.service';
import type { FeedService } from '../service/feed.service';
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
import type { IdentityAnswers } from './identity-answers';

export interface CutSetLimits {
  readonly maxOrder?: number;
  readonly maxSets?: number;
}

export interface ChokepointAnswers {
  chokepoints(
    scope?: DisruptionScope,
    limit?: number,
    confidence?: ConfidenceOptions,
  ): Promise<ChokepointRanking>;
  explain(id: string, scope?: DisruptionScope, limit?: number): Promise<ExplanationView>;
  cutSets(operation: string, scope?: DisruptionScope, limits?: CutSetLimits): Promise<CutSetsView>;
  disruption(removing: readonly string[], scope?: DisruptionScope): Promise<DisruptionView>;
}
export type ImportAnswers = Pick<ImportService, 'import'>;
export type UndoAnswers = Pick<UndoImportService, 'undo'>;
export type SeedAnswers = Pick<SeedService, 'load'>;
export type BackupAnswers = Pick<BackupService, 'write'>;
export type RestoreAnswers = Pick<RestoreService, 'restore'>;

export type FeedAnswers = Pick<FeedService, 'import'>;
export interface ExposureAnswers {
  exposure(query: ExposureQuery, scope?: DisruptionScope): Promise<ExposureReport>;
}
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
  readonly exposures: ExposureAnswers;
  readonly feeds: FeedAnswers;
  readonly identity: IdentityAnswers;
  readonly importing: ImportAnswers;
  readonly planning: PlanningAnswers;
  readonly undoing: UndoAnswers;
  readonly seeds: SeedAnswers;
  readonly backups: BackupAnswers;
  readonly restores: RestoreAnswers;
}

export interface OpenOptions {
  /** Whether a store is opened too in which a restore was cut off. */
  readonly mayBeUnfinished?: boolean;
}

/** Opens what answers, lets work ask it, and closes it whatever happens. */
export type Opener = <T>(work: (answers: Answers) => Promise<T>, options?: OpenOptions) => Promise<T>;
