/** Puts the service together. The only file that names an engine. */
import type { Config } from './config';
import { Outgoing, type OutgoingRules } from './egress/outgoing';
import { TaxiiClient } from './egress/taxii-client';
import { createLog, type Log } from './log';
import { AnalysisRunService, type RunSettings } from './service/analysis-run/analysis-run.service';
import { ChangeFeedService } from './service/change-feed.service';
import { ChangeSignal } from './service/change-signal';
import { ChokepointService } from './service/chokepoint.service';
import { ClaimService } from './service/claim.service';
import { ClaimSettlement } from './service/claim-settlement';
import { CollectionService, checkCollection } from './service/collection.service';
import { DiffService } from './service/diff.service';
import { DisruptionSystems } from './service/disruption/systems';
import { EditService } from './service/edit.service';
import { EvidenceService } from './service/evidence.service';
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
import { NodeService } from './service/node.service';
import { BriefService } from './service/plan/brief.service';
import {
  DEFAULT_DECONFLICTION,
  type DeconflictionLimits,
  DeconflictionService,
} from './service/plan/deconfliction.service';
import { OutcomeService } from './service/plan/outcome.service';
import { PlanService } from './service/plan/plan.service';
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
  const projections = new ProjectionService(engine);
  const views = new ViewService(projections, engine);
  const signal = new ChangeSignal(() => findLatestSeq(engine));
  const writes = new WriteService(engine, endsFrom(projections), now, signal);
  const nodes = new NodeService(engine, projections);
  const relationships = new RelationshipService(engine);
  const evidence = new EvidenceService(engine);
  const histories = new HistoryService(engine);
  const content = new ViewContent(nodes, relationships, evidence, histories);
  const facts = new FactService(content);
  const plans = new PlanService(content, writes, now);
  const recorded = new RecordedService(engine);
  const load = async (ids: readonly string[]) =>
    new Map([...(await nodes.find(ids))].map(([id, { properties }]) => [id, properties]));
  const linking = new IdentityLinking(writes, relationships, projections, load, now);
  const warninglists = new WarninglistService(engine);
  const importing = new ImportService(engine, writes, projections, linking, warninglists, now);
  const systems = new DisruptionSystems(now);
  const edits = new EditService(content, writes, checkCollection);
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
    taxii: new TaxiiService(collections, content, recorded),
    taxiiInbox: new TaxiiInbox(importing, now),
    changes: new ChangeFeedService(engine, signal),
    diffs: new DiffService(engine),
    claims: new ClaimService(evidence, new ClaimSettlement(engine, now), writes, now),
    explanations: new ExplainService(systems),
    content,
    evidence,
    searches: new SearchService(engine),
    seeds: new SeedService(writes),
    importing,
    feeds: new FeedService(new TaxiiClient(new Outgoing(taxii)), importing, writes, feedLimits, now),
    warninglists,
    importRuns: new ImportRunService(importing, now),
    undoing: new UndoImportService(engine, projections, linking, signal, now),
    identity: new IdentityService(writes, relationships, now),
    exporting: new ExportService(content, recorded),
    facts,
    plans,
    outcomes: new OutcomeService(writes, content, now),
    briefs: new BriefService(plans, content, facts),
    deconfliction: new DeconflictionService(engine, { ...DEFAULT_DECONFLICTION, ...deconfliction }, now),
    chokepoints: new ChokepointService(systems, facts),
    exposures: new ExposureService(systems, content),
    runs: new AnalysisRunService(runs, now, log),
    ping: () => engine.ping(),
  };
}

/** Opens the store that the configuration names, brings its schema up to date, and composes the services over it. */
export async function compose(config: Config, servedAt?: string): Promise<Composed> {
  const engine = openEngine(config, servedAt);
  try {
    await migrate(engine, () => new Date());
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
