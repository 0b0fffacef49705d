/** Facts as they are shown: relationships with the claims behind them and the reports that make these. */
import { edgeCell, vertexCell } from '../analysis';
import type { ClaimValue } from '../model/values';
import type { GraphView } from './graph-view';
import { TYPE_COLUMN } from './projection-rows';
import type { ViewContent } from './view-content';

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

/** Without the claims that were taken back. */
function standing<C extends ClaimValue>(
  claims: ReadonlyMap<string, readonly C[]>,
): Map<string, readonly C[]> {
  const standing = new Map<string, readonly C[]>();
  for (const [factId, list] of claims) {
    const kept = list.filter((claim) => claim.retractedAt === undefined);
    if (kept.length > 0) standing.set(factId, kept);
  }
  return standing;
}

export class FactService {
  constructor(private readonly content: ViewContent) {}

  /** Claims of facts of a view, by fact id; a fact without claims has no entry. */
  async claimsOf(graph: GraphView, factIds: readonly string[]): Promise<Map<string, ClaimView[]>> {
    const claims = standing(await this.content.claims(graph, factIds));
    const reportIds = new Set([...claims.values()].flat().map((claim) => claim.reportId));
    const reports = await this.content.nodes(graph, [...reportIds]);
    const view = (claim: ClaimValue): ClaimView => {
      const report = reports.get(claim.reportId)?.properties;
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
