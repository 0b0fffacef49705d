/** Puts the service together. The only file that names an engine. */
import type { Config } from './config';
import { Outgoing, type OutgoingRules } from './egress/outgoing';
import { TaxiiClient } from './egress/taxii-client';
import { createLog, type Log } from './log';
import { AccessService } from './service/access.service';
import { AnalysisRunService, type RunSettings } from './service/analysis-run/analysis-run.service';
import { BackupService } from './service/backup/backup.service';
import { RestoreService, refuseUnfinishedRestore } from './service/backup/restore.service';
import { ChangeFeedService } from './service/change-feed.service';
import { ChangeSignal } from './service/change-signal';
import { ChokepointService } from './service/chokepoint.service';
import { ChokepointExplanationService } from './service/chokepoint-explanation.service';
import { ClaimService } from './service/claim.service';
import { ClaimSettlement } from './service/claim-settlement';
import { CollectionService, checkCollection } from './service/collection.service';
import { ConfidenceService } from './service/confidence.service';
import { DiffService } from './service/diff.service';
import { DisruptionSystems } from './service/disruption/systems';
import { EditService } from './service/edit.service';
import { ErasureService } from './service/erasure/erasure.service';
import { HoldService } from './service/erasure/hold.service';
import { EvidenceService } from './service/evidence.service';
import { EvidenceColumnService } from './service/evidence-column.service';
import { ExplainService } from './service/explain.service';
import { ExportService } from './service/export.service';
import { ExposureService } from './service/exposure.service';
import { FactService } from './service/fact.service';
import { FeedService } from './service/feed.service';
import { HistoryService } from './service/history.service';
import { IdentityService } from './service/identity/identity.service';
import { IdentityLinking } from './service/identity/identity-linking';
import { ImportService } from './service/import.service';
import { ImportRunService } from './service/import-run.service';
import { ImportanceService } from './service/importance.service';
import { NodeService } from './service/node.service';
import { BriefService } from './service/plan/brief.service';
import {
  DEFAULT_DECONFLICTION,
  type DeconflictionLimits,
  DeconflictionService,
} from './service/plan/deconfliction.service';
import { OutcomeService } from './service/plan/outcome.service';
import { PlanService } from './service/plan/plan.service';
import { PredictionService } from './service/plan/prediction.service';
import { ScenarioService } from './service/plan/scenario.service';
import { EcosystemPlanningService } from './service/planning/ecosystem-planning.service';
import { ProjectionService } from './service/projection.service';
import { RecordedService } from './service/recorded.service';
import { RelationshipService } from './service/relationship.service';
import { SearchService } from './service/search.service';
import { SeedService } from './service/seed.service';
import type { Services } from './service/services';
import { TaxiiService } from './service/taxii/taxii.service';
import { TaxiiInbox } from './service/taxii/taxii-inbox';
import { UndoImportService } from './service/undo-import.service';
import { ViewService } from './service/view.service';
import { ViewContent } from './service/view-content';
import { VisibleWriteService } from './service/visible-write.service';
import { WarninglistService } from './service/warninglist.service';
import { endsFrom, WriteService } from './service/write.service';
import { findLatestSeq } from './store/change.store';
import { EmbeddedEngine } from './store/embedded/engine';
import type { StoreEngine } from './store/engine';
import { migrate } from './store/migrate';
import { Neo4jEngine } from './store/neo4j/engine';

export interface Composed {
  readonly engine: StoreEngine;
  readonly services: Services;
}

export interface ServiceOptions {
  readonly now?: () => Date;
  readonly runs?: Partial<RunSettings>;
  readonly log?: Log;
  /** Servers that may be imported from; none if not given. */
  readonly taxii?: TaxiiSettings;
  readonly deconfliction?: Partial<DeconflictionLimits>;
}

type TaxiiSettings = OutgoingRules & { readonly maxPages: number };

const NO_SERVERS: TaxiiSettings = {
  allowedHosts: [],
  allowedNetworks: [],
  maxBytes: 64 * 2 ** 20,
  maxPages: 1000,
  timeoutMs: 60_000,
};

/** Objects that are asked for at a time. */
const FEED_PAGE_SIZE = 1000;

/** The services over an engine whose schema is up to date. */
export function createServices(engine: StoreEngine, options: ServiceOptions = {}): Services {
  const { now = () => new Date(), runs, log, deconfliction, taxii = NO_SERVERS } = options;
  const analysisRuns = new AnalysisRunService(runs, now, log);
  const projections = new ProjectionService(engine, () => {
    analysisRuns.forgetResults();
    importRuns.forgetEnded();
    taxiiInbox.forgetEnded();
  });
  const views = new ViewService(projections, engine);
  const signal = new ChangeSignal(() => findLatestSeq(engine));
  const writes = new WriteService(engine, endsFrom(projections), now, signal, (written) =>
    projections.note(written),
  );
  const nodes = new NodeService(engine, projections);
  const relationships = new RelationshipService(engine);
  const evidence = new EvidenceService(engine);
  const histories = new HistoryService(engine);
  const accesses = new AccessService(engine, now);
  const content = new ViewContent(nodes, relationships, evidence, histories, accesses);
  const visibleWrites = new VisibleWriteService(writes, views, content);
  const facts = new FactService(content);
  const evidenceColumns = new EvidenceColumnService(content);
  const plans = new PlanService(content, visibleWrites, now);
  const recorded = new RecordedService(engine);
  const systems = new DisruptionSystems(now);
  const confidence = new ConfidenceService(systems, facts);
  const warninglists = new WarninglistService(engine);
  const planning = new EcosystemPlanningService(warninglists, now);
  const scenarios = new ScenarioService(visibleWrites, content, systems, now);
  const linking = new IdentityLinking(visibleWrites, nodes, content, now);
  const importing = new ImportService(engine, visibleWrites, views, linking, warninglists, now);
  const importRuns = new ImportRunService(importing, now);
  const taxiiInbox = new TaxiiInbox(importing, now);
  const edits = new EditService(content, visibleWrites, checkCollection);
  const collections = new CollectionService(content, edits);
  const feedLimits = { pageSize: FEED_PAGE_SIZE, maxPages: taxii.maxPages };
  return {
    projections,
    views,
    writes,
    nodes,
    relationships,
    edits,
    collections,
    taxii: new TaxiiService(collections, content, recorded, evidenceColumns),
    taxiiInbox,
    changes: new ChangeFeedService(engine, signal, content),
    diffs: new DiffService(engine),
    claims: new ClaimService(evidence, content, new ClaimSettlement(engine, now), writes, now),
    explanations: new ExplainService(systems),
    erasures: new ErasureService(engine, signal, now),
    holds: new HoldService(engine, now),
    backups: new BackupService(engine, now),
    restores: new RestoreService(engine, now),
    content,
    evidenceColumns,
    accesses,
    evidence,
    searches: new SearchService(engine),
    seeds: new SeedService(writes),
    importing,
    feeds: new FeedService(new TaxiiClient(new Outgoing(taxii)), importing, writes, feedLimits, now),
    warninglists,
    importRuns,
    undoing: new UndoImportService(engine, projections, views, linking, signal, now),
    identity: new IdentityService(visibleWrites, content, now),
    exporting: new ExportService(content, recorded, evidenceColumns),
    facts,
    chokepoints: new ChokepointService(systems, facts, confidence),
    confidence,
    importance: new ImportanceService(systems),
    chokepointExplanations: new ChokepointExplanationService(systems, facts),
    plans,
    outcomes: new OutcomeService(visibleWrites, content, now),
    briefs: new BriefService(plans, content, facts),
    deconfliction: new DeconflictionService(engine, { ...DEFAULT_DECONFLICTION, ...deconfliction }, now),
    planning,
    scenarios,
    predictions: new PredictionService(plans, planning, content, scenarios, analysisRuns),
    exposures: new ExposureService(systems, content),
    runs: analysisRuns,
    ping: () => engine.ping(),
  };
}

export interface ComposeOptions {
  /** Address that others reach this process at. */
  readonly servedAt?: string;
  /** Whether a store is opened too in which a restore was cut off: to restore again. */
  readonly mayBeUnfinished?: boolean;
}

/**
 * Opens the store that the configuration names, brings its schema up to date, and composes the services over it.
 *
 * @throws AppError RESTORE_UNFINISHED when it holds a part of a backup only
 */
export async function compose(config: Config, options: ComposeOptions = {}): Promise<Composed> {
  const engine = openEngine(config, options.servedAt);
  try {
    await migrate(engine, () => new Date());
    if (!options.mayBeUnfinished) await refuseUnfinishedRestore(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const log = createLog(config.logLevel);
  const { analyses: runs, deconfliction, taxii } = config;
  return { engine, services: createServices(engine, { runs, log, deconfliction, taxii }) };
}

const EMBEDDED = 'embedded:';

function openEngine({ store, neo4j }: Config, servedAt: string | undefined): StoreEngine {
  return store.startsWith(EMBEDDED)
    ? EmbeddedEngine.open(store.slice(EMBEDDED.length), { servedAt })
    : new Neo4jEngine({ url: store, ...neo4j });
}
