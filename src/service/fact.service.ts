/** Facts as they are shown: relationships with the claims behind them and the reports that make these. */
import { edgeCell, vertexCell } from '../analysis';
import type { ClaimValue } from '../model/values';
import { findClaims } from '../store/claim.store';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { shownClaims } from './evidence.service';
import type { GraphView } from './graph-view';
import { TYPE_COLUMN } from './projection.service';

/** A claim as it is shown: what it says, and where. */
export interface ClaimView {
  readonly id: string;
  readonly report: string;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly url: string | null;
  readonly about: readonly string[];
  readonly says: string | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly derivation: string | null;
}

/** A relationship with the claims behind it. */
export interface FactView {
  readonly fact: string;
  readonly type: string;
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly claims: readonly ClaimView[];
}

export class FactService {
  constructor(private readonly engine: StoreEngine) {}

  /** Claims of facts that belong to a view, by fact id; a fact that nobody claims has no entry. */
  async claimsOf(graph: GraphView, factIds: readonly string[]): Promise<Map<string, ClaimView[]>> {
    const claims = new Map<string, readonly ClaimValue[]>();
    const storeIds = factIds.map((id) => graph.storeId(id));
    for (const [storeId, list] of await findClaims(this.engine, storeIds)) {
      const shown = shownClaims(graph, list);
      if (shown.length > 0) claims.set(graph.viewId(storeId), shown);
    }
    const reportIds = new Set([...claims.values()].flat().map((claim) => graph.storeId(claim.reportId)));
    const reports = await findNodes(this.engine, [...reportIds]);
    const view = (claim: ClaimValue): ClaimView => {
      const stored = reports.get(graph.storeId(claim.reportId));
      const report = stored && graph.shown(stored)?.properties;
      const text = (name: string) => (report?.[name] as string | undefined) ?? null;
      return {
        id: claim.id,
        report: claim.reportId,
        title: text('name'),
        publisher: text('publisher'),
        published: text('published'),
        url: text('url'),
        about: claim.about ?? [],
        says: claim.says ?? null,
        confidence: claim.confidence ?? null,
        credibility: claim.credibility ?? null,
        derivation: claim.derivation ?? null,
      };
    };
    return new Map([...claims].map(([factId, list]) => [factId, list.map(view)]));
  }

  /** Edges of what is on record in a view, as facts with their claims, in the order given. */
  async factsOf(graph: GraphView, edges: readonly number[]): Promise<FactView[]> {
    const projection = graph.recorded;
    const claims = await this.claimsOf(
      graph,
      edges.map((edge) => projection.edges.ids[edge]),
    );
    const nameOf = (vertex: number): string =>
      (vertexCell(projection, 'name', vertex) as string | null) ?? projection.vertices.ids[vertex];
    return edges.map((edge) => {
      const [from, to] = [projection.from[edge], projection.to[edge]];
      const fact = projection.edges.ids[edge];
      return {
        fact,
        type: String(edgeCell(projection, TYPE_COLUMN, edge)),
        from: projection.vertices.ids[from],
        fromName: nameOf(from),
        to: projection.vertices.ids[to],
        toName: nameOf(to),
        claims: claims.get(fact) ?? [],
      };
    });
  }
}
