/**
 * How surely a relationship holds, by the claims of it. The words of claims and reports become chances
 * by the one table of fact-confidence.ts; docs/analysis/confidence.md states it.
 *
 * A claim's confidence is the probability that what it says is true. Claims of one origin fall together when the origin is
 * wrong, so that probability is split into that of the origin and that of the claim given the origin; the product stays
 * what the claim says, but never above what the origin is worth. Claims of several origins fail each by itself.
 */
import type { Projection } from '../../analysis';
import type { ClaimValue } from '../../model/values';
import {
  claimProbability,
  originOf,
  reportReliability,
  standingClaims,
  TAKEN_BACK,
} from '../disruption/fact-confidence';

export interface EdgeDoubt {
  readonly confidence: number;
  readonly origin?: string;
}

const CERTAIN: EdgeDoubt = { confidence: 1 };

/** Judges facts, and remembers the origins that it met. */
export class EdgeDoubts {
  private readonly reliability = new Map<string, number>();
  private readonly ofReport = new Map<string, number>();
  /** Origins that facts stand and fall with. */
  private readonly met = new Set<string>();

  constructor(
    private readonly projection: Projection,
    private readonly claims: ReadonlyMap<string, readonly ClaimValue[]>,
  ) {
    for (const list of claims.values())
      for (const claim of standingClaims(list))
        if (!claim.about?.length) this.rely(originOf(claim), claim.reportId);
  }

  /** Origins met so far, in order. */
  origins(): { readonly id: string; readonly reliability: number }[] {
    return [...this.met].map((id) => ({ id, reliability: this.reliabilityOf(id) }));
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
    return confidence * (origin === undefined ? 1 : this.reliabilityOf(origin));
  }

  /** Without claims of a fact as a whole nobody doubts it: what a scenario supposes has none, and is certain. */
  private ofEdge(edge: number): EdgeDoubt {
    const claims = (this.claims.get(this.projection.edges.ids[edge]) ?? []).filter(
      (claim) => !claim.about?.length,
    );
    if (claims.length === 0) return CERTAIN;
    const byOrigin = new Map<string, number>();
    for (const claim of standingClaims(claims)) {
      const origin = originOf(claim);
      byOrigin.set(origin, Math.max(byOrigin.get(origin) ?? 0, claimProbability(claim)));
    }
    if (byOrigin.size === 0) return { confidence: TAKEN_BACK };
    if (byOrigin.size > 1) {
      let pNone = 1;
      for (const [origin, p] of byOrigin) pNone *= 1 - Math.min(p, this.reliabilityOf(origin));
      return { confidence: 1 - pNone };
    }
    const [[origin, p]] = byOrigin;
    this.met.add(origin);
    return { confidence: Math.min(1, p / this.reliabilityOf(origin)), origin };
  }

  /** An origin is as reliable as the best of its reports. */
  private rely(origin: string, reportId: string): void {
    const own = this.ofReport.get(reportId) ?? reportReliability(this.projection, reportId);
    this.ofReport.set(reportId, own);
    this.reliability.set(origin, Math.max(own, this.reliability.get(origin) ?? 0));
  }

  private reliabilityOf(origin: string): number {
    return this.reliability.get(origin) ?? 1;
  }
}
