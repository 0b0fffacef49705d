/**
 * How sure a fact is: from the words of claims and reports to probabilities, by the table that docs/analysis/confidence.md
 * states with its sources.
 */
import { type FactDoubt, type Projection, vertexCell, vertexOf } from '../../analysis';
import type { ClaimValue } from '../../model/values';

/** Admiralty credibility 1-5 as STIX 2.1 (appendix A) maps it; 6 cannot be judged. */
const CREDIBILITY: Readonly<Record<number, number>> = { 1: 0.9, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.1 };
/** Where a claim states neither confidence nor credibility: how it came about. Assumptions. */
const DERIVATION: Readonly<Record<string, number>> = {
  OBSERVED: 0.95,
  REPORTED: 0.85,
  ASSESSED: 0.75,
  INFERRED: 0.7,
};
const UNSTATED_CLAIM = 0.85;
/** Chance that an origin is not wrong as a whole, by the reliability of the report's source. Assumptions. */
const RELIABILITY: Readonly<Record<string, number>> = { A: 0.98, B: 0.95, C: 0.85, D: 0.6, E: 0.3, F: 0.85 };
const UNSTATED_RELIABILITY = 0.9;
/** A fact that nobody claims. An assumption. */
const UNCLAIMED = 0.7;
/** Nothing is certain, and nothing said is impossible. */
const [LEAST, MOST] = [0.01, 0.99];

const clamped = (p: number): number => Math.min(MOST, Math.max(LEAST, p));

/** Chance that what a claim says is so, by its own words. */
export function claimProbability({ confidence, credibility, derivation }: ClaimValue): number {
  if (confidence !== undefined) return clamped(confidence / 100);
  const stated = credibility === undefined ? undefined : CREDIBILITY[credibility];
  return clamped(stated ?? DERIVATION[derivation ?? ''] ?? UNSTATED_CLAIM);
}

/** The claims of a fact that nobody took back. */
export const standingClaims = (claims: readonly ClaimValue[]): ClaimValue[] =>
  claims.filter((claim) => claim.retractedAt === undefined);

/** Chance of a fact whose claims were all taken back. */
export const TAKEN_BACK = LEAST;

export interface DoubtSummary {
  readonly facts: number;
  readonly claims: number;
  readonly origins: number;
  readonly unclaimedFacts: number;
}

/**
 * The doubt about the facts that some edges state. Claims of one origin (its key, or else the report) are wrong together;
 * an origin is as reliable as the best of its reports; what is left of a claim's doubt is its own.
 */
export function factDoubt(
  projection: Projection,
  edges: readonly number[],
  claims: ReadonlyMap<string, readonly ClaimValue[]>,
): { readonly doubt: FactDoubt; readonly summary: DoubtSummary } {
  const lists = edges.map((edge) => claims.get(projection.edges.ids[edge]) ?? []);
  const origins = originsOf(projection, standingClaims(lists.flat()));
  const claimOffsets = [0];
  const claimOrigins: number[] = [];
  const claimP: number[] = [];
  const claimKeys: number[] = [];
  const add = (origin: number, p: number, key: string): void => {
    claimOrigins.push(origin);
    claimP.push(p);
    claimKeys.push(hash32(key));
  };
  for (const [fact, list] of lists.entries()) {
    const standing = standingClaims(list);
    if (standing.length === 0)
      add(-1, list.length === 0 ? UNCLAIMED : TAKEN_BACK, projection.edges.ids[edges[fact]]);
    for (const claim of standing) {
      const origin = origins.get(originOf(claim)) as Origin;
      add(origin.index, Math.min(1, claimProbability(claim) / origin.p), claim.id);
    }
    claimOffsets.push(claimP.length);
  }
  const doubt: FactDoubt = {
    originP: Float64Array.from(origins.values(), ({ p }) => p),
    originKeys: Int32Array.from(origins.keys(), (key) => hash32(`origin ${key}`)),
    claimOffsets: Int32Array.from(claimOffsets),
    claimOrigins: Int32Array.from(claimOrigins),
    claimP: Float64Array.from(claimP),
    claimKeys: Int32Array.from(claimKeys),
  };
  const unclaimedFacts = claimOrigins.filter((origin) => origin < 0).length;
  const summary = {
    facts: edges.length,
    claims: claimP.length - unclaimedFacts,
    origins: origins.size,
    unclaimedFacts,
  };
  return { doubt, summary };
}

interface Origin {
  readonly index: number;
  p: number;
}

/** What a claim goes back to: its key, or else the report. */
export const originOf = ({ originKey, reportId }: ClaimValue): string => originKey ?? reportId;

function originsOf(projection: Projection, claims: readonly ClaimValue[]): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  const reliabilityOf = new Map<string, number>();
  for (const claim of claims) {
    let p = reliabilityOf.get(claim.reportId);
    if (p === undefined) {
      p = reportReliability(projection, claim.reportId);
      reliabilityOf.set(claim.reportId, p);
    }
    const known = origins.get(originOf(claim));
    if (known === undefined) origins.set(originOf(claim), { index: origins.size, p });
    else known.p = Math.max(known.p, p);
  }
  return origins;
}

/** Chance that a report is not wrong as a whole: by its own reliability, or that of the source that published it. */
export function reportReliability(projection: Projection, reportId: string): number {
  const report = vertexOf(projection, reportId);
  if (report < 0) return UNSTATED_RELIABILITY;
  const stated = vertexCell(projection, 'reliability', report);
  if (stated !== null) return RELIABILITY[String(stated)] ?? UNSTATED_RELIABILITY;
  const { offsets, edges } = projection.out;
  for (let i = offsets[report]; i < offsets[report + 1]; i += 1) {
    const source = vertexCell(projection, 'reliability', projection.to[edges[i]]);
    if (source !== null) return RELIABILITY[String(source)] ?? UNSTATED_RELIABILITY;
  }
  return UNSTATED_RELIABILITY;
}

/** FNV-1a over UTF-16 units: the name of a random variable, the same in every graph. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
