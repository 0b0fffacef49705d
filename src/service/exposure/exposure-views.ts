/** What an exposure looks like to whoever asked. */
import { compareIds } from '../../analysis';
import { isTimestamp } from '../../model/validate';
import type { Json, Properties } from '../../model/values';
import type { Exploiter, ExposureGraph } from './exposure-graph';
import type { ProductMatch } from './product-match';

/** What the latest VEX statement says; UNSTATED where there is none. */
export type ExposureStatus = 'AFFECTED' | 'NOT_AFFECTED' | 'FIXED' | 'UNDER_INVESTIGATION' | 'UNSTATED';

export interface StatementView {
  readonly id: string;
  readonly status: ExposureStatus;
  readonly justification: string | null;
  readonly author: string | null;
  readonly statedAt: string | null;
}

export interface ExploiterView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Malware, tool or operation by which it exploits the vulnerability. */
  readonly viaId: string | null;
  readonly viaName: string | null;
  /** Names of the sectors it targets. */
  readonly sectors: readonly string[];
}

/** A product that is run, and a vulnerability that may affect it. */
export interface ExposureView {
  /** Product as it was asked about. */
  readonly software: string;
  readonly vulnerabilityId: string;
  readonly cve: string | null;
  readonly name: string;
  /** How it is known that it affects the product: by which comparison. */
  readonly match: ProductMatch;
  readonly status: ExposureStatus;
  /** Whether it counts: affected for all that is known, and neither not affected nor fixed. */
  readonly isOpen: boolean;
  /** Statements on the product, the latest first. */
  readonly statements: readonly StatementView[];
  readonly isKnownExploited: boolean;
  readonly isUsedByRansomware: boolean;
  readonly exploiters: readonly ExploiterView[];
}

export interface SectorExposure {
  /** Name of the sector; null for adversaries of whom no sector is known. */
  readonly sector: string | null;
  readonly adversaries: readonly string[];
  readonly vulnerabilities: readonly string[];
}

/** What closing one vulnerability everywhere would do. */
export interface PatchView {
  readonly vulnerabilityId: string;
  readonly cve: string | null;
  readonly name: string;
  /** Products of those asked about that it would close. */
  readonly software: readonly string[];
  readonly operations: readonly string[];
  readonly operationsLost: number;
  readonly severityLost: number;
  /** The status that is missing: a fix to roll out, or a word on whether it applies. */
  readonly action: 'PATCH' | 'VEX';
}

export interface ExposureReport {
  readonly softwareCount: number;
  /** Products that nothing is stated of. */
  readonly unmatchedCount: number;
  /** Products that nothing tells: no package URL, no CPE, no name. */
  readonly untoldCount: number;
  readonly openCount: number;
  readonly closedCount: number;
  readonly exposures: readonly ExposureView[];
  readonly sectors: readonly SectorExposure[];
  readonly patches: readonly PatchView[];
  readonly together: { readonly operationsLost: number; readonly severityLost: number };
  readonly graphVersion: number;
}

/** A product and a vulnerability that is stated of it, with the statements on the pair. */
export interface FoundPair {
  /** What the product is called. */
  readonly software: string;
  readonly vulnerability: number;
  readonly match: ProductMatch;
  readonly statements: readonly { readonly vertex: number; readonly match: ProductMatch }[];
}

/** From what holds to what may hold. */
export const MATCHES: readonly ProductMatch[] = ['SAME_VERSION', 'IN_RANGE', 'ANY_VERSION', 'NOT_COMPARABLE'];
const isOpen = (status: ExposureStatus): boolean => status !== 'NOT_AFFECTED' && status !== 'FIXED';
const isCertain = (match: ProductMatch): boolean => match !== 'NOT_COMPARABLE';

export function viewOf(
  graph: ExposureGraph,
  { software, vulnerability, match, statements }: FoundPair,
  nodes: ReadonlyMap<string, { readonly properties: Properties }>,
  exploiters: readonly Exploiter[],
): ExposureView {
  const id = graph.idOf(vulnerability);
  const said = statements
    .map((each) => ({ ...statementOf(graph.idOf(each.vertex), nodes), rank: MATCHES.indexOf(each.match) }))
    .sort(
      (a, b) =>
        timeOrNever(b) - timeOrNever(a) ||
        a.rank - b.rank ||
        Number(isOpen(b.status)) - Number(isOpen(a.status)) ||
        compareIds(a.id, b.id),
    );
  // What may be said of another version neither opens nor closes anything.
  const deciding = said.find(({ rank, status: stated }) => isCertain(MATCHES[rank]) && stated !== 'UNSTATED');
  const status = deciding?.status ?? 'UNSTATED';
  const catalogue = recordOf(recordOf(nodes.get(id)?.properties.customProperties)?.['cisa-kev']);
  return {
    software,
    vulnerabilityId: id,
    cve: (graph.cell('cve', vulnerability) as string | null) ?? null,
    name: graph.nameOf(vulnerability),
    match,
    status,
    isOpen: isOpen(status),
    statements: said.map(({ rank: _rank, ...statement }) => statement),
    isKnownExploited: catalogue !== undefined,
    isUsedByRansomware: catalogue?.knownRansomwareCampaignUse === 'Known',
    exploiters: exploiters.map((each) => exploiterOf(graph, each)),
  };
}

const timeOrNever = ({ statedAt }: StatementView): number => (statedAt === null ? 0 : Date.parse(statedAt));

const recordOf = (value: Json | undefined): Readonly<Record<string, Json>> | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, Json>)
    : undefined;

function statementOf(
  id: string,
  nodes: ReadonlyMap<string, { readonly properties: Properties }>,
): StatementView {
  const { status, justification, author, statedAt } = nodes.get(id)?.properties ?? {};
  return {
    id,
    status: (status ?? 'UNSTATED') as ExposureStatus,
    justification: (justification ?? null) as string | null,
    author: (author ?? null) as string | null,
    statedAt: isTimestamp(statedAt) ? statedAt : null,
  };
}

function exploiterOf(graph: ExposureGraph, { vertex, via }: Exploiter): ExploiterView {
  return {
    id: graph.idOf(vertex),
    name: graph.nameOf(vertex),
    type: graph.typeOf(vertex),
    viaId: via === undefined ? null : graph.idOf(via),
    viaName: via === undefined ? null : graph.nameOf(via),
    sectors: graph
      .sectorsOf(vertex)
      .map((sector) => graph.nameOf(sector))
      .sort(),
  };
}

/** Open before closed, exploited before not, by ransomware first; then by vulnerability and product. */
export function compareViews(a: ExposureView, b: ExposureView): number {
  const weight = (view: ExposureView) =>
    [view.isOpen, view.isUsedByRansomware, view.isKnownExploited].map(Number);
  const [left, right] = [weight(a), weight(b)];
  for (const at of left.keys()) if (left[at] !== right[at]) return right[at] - left[at];
  return (
    b.exploiters.length - a.exploiters.length ||
    compareIds(a.vulnerabilityId, b.vulnerabilityId) ||
    compareIds(a.software, b.software)
  );
}

/** Who exploits what is open, by the sectors that they target. */
export function sectorsOf(open: readonly ExposureView[]): readonly SectorExposure[] {
  const found = new Map<
    string | null,
    { readonly adversaries: Set<string>; readonly vulnerabilities: Set<string> }
  >();
  for (const { exploiters, vulnerabilityId } of open) {
    for (const { id, sectors } of exploiters) {
      for (const sector of sectors.length > 0 ? sectors : [null]) {
        const entry = found.get(sector) ?? { adversaries: new Set(), vulnerabilities: new Set() };
        entry.adversaries.add(id);
        entry.vulnerabilities.add(vulnerabilityId);
        found.set(sector, entry);
      }
    }
  }
  return [...found]
    .map(([sector, { adversaries, vulnerabilities }]) => ({
      sector,
      adversaries: [...adversaries].sort(compareIds),
      vulnerabilities: [...vulnerabilities].sort(compareIds),
    }))
    .sort(
      (a, b) =>
        b.adversaries.length - a.adversaries.length || compareIds(a.sector ?? '\uffff', b.sector ?? '\uffff'),
    );
}
