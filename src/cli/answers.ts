/** What the commands ask for: the services of this process, or a running service that holds the store. */
import type { BackupService } from '../service/backup/backup.service';
import type { RestoreService } from '../service/backup/restore.service';
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Download, ExportQuery } from '../service/export.service';
import type { ImportService } from '../service/import.service';
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
export type BackupAnswers = Pick<BackupService, 'write'>;
export type RestoreAnswers = Pick<RestoreService, 'restore'>;

export interface ExportAnswers {
  export(query: ExportQuery): Promise<Pick<Download, 'text'>>;
}

export interface Answers {
  readonly chokepoints: ChokepointAnswers;
  readonly exporting: ExportAnswers;
  readonly importing: ImportAnswers;
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
