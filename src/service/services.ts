/** Everything the API and the command line call, composed once at start. */
import type { AnalysisRunService } from './analysis-run/analysis-run.service';
import type { ChangeFeedService } from './change-feed.service';
import type { ChokepointService } from './chokepoint.service';
import type { ClaimService } from './claim.service';
import type { DiffService } from './diff.service';
import type { EditService } from './edit.service';
import type { EvidenceService } from './evidence.service';
import type { ExplainService } from './explain.service';
import type { ExportService } from './export.service';
import type { FactService } from './fact.service';
import type { IdentityService } from './identity/identity.service';
import type { ImportService } from './import.service';
import type { NodeService } from './node.service';
import type { ProjectionService } from './projection.service';
import type { RecordedService } from './recorded.service';
import type { RelationshipService } from './relationship.service';
import type { SearchService } from './search.service';
import type { SeedService } from './seed.service';
import type { ViewService } from './view.service';
import type { ViewContent } from './view-content';
import type { WriteService } from './write.service';

export interface Services {
  readonly projections: ProjectionService;
  readonly views: ViewService;
  readonly content: ViewContent;
  readonly evidence: EvidenceService;
  readonly writes: WriteService;
  readonly nodes: NodeService;
  readonly relationships: RelationshipService;
  readonly edits: EditService;
  readonly searches: SearchService;
  readonly facts: FactService;
  readonly changes: ChangeFeedService;
  readonly diffs: DiffService;
  readonly claims: ClaimService;
  readonly explanations: ExplainService;
  readonly seeds: SeedService;
  readonly importing: ImportService;
  readonly exporting: ExportService;
  readonly recorded: RecordedService;
  readonly identity: IdentityService;
  readonly chokepoints: ChokepointService;
  readonly runs: AnalysisRunService;
  /** Resolves when the store answers. */
  readonly ping: () => Promise<void>;
}
