/**
 * How surely a relationship holds, by the claims of it. docs/analysis/measures.md has the tables.
 *
 * A claim's confidence is the probability that what it says is true. Claims of one origin fall together when the origin is
 * wrong, so that probability is split into that of the origin and that of the claim given the origin; the product stays
 * what the claim says, but never above what the origin is worth. Claims of several origins fail each by itself.
 */
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import type { ClaimValue } from '../../model/values';

/** Probability that a source of each reliability is right at all (Admiralty code). An assumption. */
export const ORIGIN_RELIABILITY: Readonly<Record<string, number>> = {
  A: 0.99,
  B: 0.95,
  C: 0.85,
  D: 0.65,
  E: 0.4,
  F: 0.7,
};

/** Probability by credibility, where a claim has no confidence (Admiralty code). An assumption. */
export const CREDIBILITY: Readonly<Record<number, number>> = {
  1: 0.97,
  2: 0.88,
  3: 0.7,
  4: 0.4,
  5: 0.15,
  6: 0.5,
};

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

  /** How surely at least one of some edges holds; without claims of a fact as a whole nobody doubts it. */
  of(edges: readonly number[]): EdgeDoubt {
    const ids = edges.map((edge) => this.projection.edges.ids[edge]);
    const whole = ids.flatMap((id) => this.claims.get(id) ?? []).filter((each) => !each.about?.length);
    const byOrigin = new Map<string, { p: number; reportId: string }>();
    for (const claim of whole) {
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
    if (reliability >= 1) return { confidence: p };
    this.reliability.set(origin, reliability);
    return { confidence: Math.min(1, p / reliability), origin };
  }

  private reliabilityOf(reportId: string): number {
    const vertex = vertexOf(this.projection, reportId);
    const code = vertex < 0 ? null : vertexCell(this.projection, 'reliability', vertex);
    return ORIGIN_RELIABILITY[String(code)] ?? 1;
  }
}

function probabilityOf(claim: ClaimValue): number {
  if (claim.confidence !== undefined) return claim.confidence / 100;
  return CREDIBILITY[claim.credibility ?? 0] ?? 1;
}
