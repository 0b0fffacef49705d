/** What the commands ask for: the services of this process, or a running service that holds the store. */
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Download, ExportQuery } from '../service/export.service';
import type { ExposureReport } from '../service/exposure/exposure-views';
import type { ExposureQuery } from '../service/exposure.service';
import type { FeedService } from '../service/feed.service';
import type { ImportService } from '../service/import.service';
import type { SeedService } from '../service/seed.service';
import type { UndoImportService } from '../service/undo-import.service';
import type { IdentityAnswers } from './identity-answers';

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

export type FeedAnswers = Pick<FeedService, 'import'>;
export interface ExposureAnswers {
  exposure(query: ExposureQuery, scope?: DisruptionScope): Promise<ExposureReport>;
}
export interface ExportAnswers {
  export(query: ExportQuery): Promise<Pick<Download, 'text'>>;
}

export interface Answers {
  readonly chokepoints: ChokepointAnswers;
  readonly exporting: ExportAnswers;
  readonly identity: IdentityAnswers;
  readonly exposures: ExposureAnswers;
  readonly feeds: FeedAnswers;
  readonly importing: ImportAnswers;
  readonly undoing: UndoAnswers;
  readonly seeds: SeedAnswers;
}

/** Opens what answers, lets work ask it, and closes it whatever happens. */
export type Opener = <T>(work: (answers: Answers) => Promise<T>) => Promise<T>;
