/**
 * How surely a relationship holds, by the claims of it. docs/analysis/measures.md has the tables.
 *
 * A claim's confidence is the probability that what it says is true. Claims of one origin fall together when the origin is
 * wrong, so that probability is split into that of the origin and that of the claim given the origin; the product stays
 * what the claim says, but never above what the origin is worth. Claims of several origins fail each by itself.
 */
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import type { ClaimValue } from '../../model/values';

/** Chance that an origin is not wrong as a whole, by the reliability of its source. Assumptions. */
const RELIABILITY: Readonly<Record<string, number>> = { A: 0.98, B: 0.95, C: 0.85, D: 0.6, E: 0.3, F: 0.85 };
const UNSTATED_RELIABILITY = 0.9;
/** Probability by credibility, where a claim has no confidence. Assumptions. */
const CREDIBILITY: Readonly<Record<number, number>> = { 1: 0.9, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.1 };

export interface EdgeDoubt {
  readonly confidence: number;
  readonly origin?: string;
}

const CERTAIN: EdgeDoubt = { confidence: 1 };

/** Judges facts, and remembers the origins that it met. */
export class EdgeDoubts {
  private readonly reliability = new Map<string, number>();

  constructor(
    private readonly projection: Projection,
    private readonly claims: ReadonlyMap<string, readonly ClaimValue[]>,
  ) {}

  /** Origins met so far, in order. */
  origins(): { readonly id: string; readonly reliability: number }[] {
    return [...this.reliability].map(([id, reliability]) => ({ id, reliability }));
  }

  /** How surely one of some ways holds, each the edges that state it together; by a rule alone it is certain. */
  of(ways: readonly (readonly number[])[]): EdgeDoubt {
    if (ways.some((way) => way.length === 0)) return CERTAIN;
    if (ways.length === 1 && ways[0].length === 1) return this.ofEdge(ways[0][0]);
    let pNone = 1;
    for (const way of ways) pNone *= 1 - way.reduce((p, edge) => p * this.chanceOf(edge), 1);
    return { confidence: 1 - pNone };
  }

  private chanceOf(edge: number): number {
    const { confidence, origin } = this.ofEdge(edge);
    return confidence * (origin === undefined ? 1 : (this.reliability.get(origin) ?? 1));
  }

  /** Without claims of a fact as a whole nobody doubts it. */
  private ofEdge(edge: number): EdgeDoubt {
    const claims = this.claims.get(this.projection.edges.ids[edge]) ?? [];
    const byOrigin = new Map<string, { p: number; reportId: string }>();
    for (const claim of claims) {
      if (claim.about?.length) continue;
      const origin = claim.originKey ?? claim.reportId;
      const p = probabilityOf(claim);
      if (p > (byOrigin.get(origin)?.p ?? -1)) byOrigin.set(origin, { p, reportId: claim.reportId });
    }
    if (byOrigin.size === 0) return CERTAIN;
    if (byOrigin.size > 1) {
      let pNone = 1;
      for (const { p, reportId } of byOrigin.values()) pNone *= 1 - Math.min(p, this.reliabilityOf(reportId));
      return { confidence: 1 - pNone };
    }
    const [[origin, { p, reportId }]] = byOrigin;
    const reliability = this.reliabilityOf(reportId);
    this.reliability.set(origin, reliability);
    return { confidence: Math.min(1, p / reliability), origin };
  }

  private reliabilityOf(reportId: string): number {
    const vertex = vertexOf(this.projection, reportId);
    const code = vertex < 0 ? null : vertexCell(this.projection, 'reliability', vertex);
    return RELIABILITY[String(code)] ?? UNSTATED_RELIABILITY;
  }
}

function probabilityOf(claim: ClaimValue): number {
  if (claim.confidence !== undefined) return claim.confidence / 100;
  return CREDIBILITY[claim.credibility ?? 0] ?? 1;
}
