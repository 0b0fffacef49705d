/** All that a graph says, in a fixed order: two stores hold the same exactly when these are equal. */
import type { Services } from '../../src/service/services';

export interface GraphState {
  readonly nodes: readonly unknown[];
  readonly relationships: readonly unknown[];
  readonly claims: readonly { readonly id: string; readonly reportId: string }[];
}

/** @param ignoredReports reports to leave out, with their claims: those that stand for the imported files */
export async function graphState(
  services: Services,
  ignoredReports: ReadonlySet<string> = new Set(),
): Promise<GraphState> {
  const projection = await services.projections.current();
  const ids = projection.vertices.ids.filter((id) => !ignoredReports.has(id));
  const nodes = await services.nodes.find(ids);
  const keys = projection.edges.ids.map((id) => services.relationships.keyOf(projection, id)!);
  const relationships = await services.relationships.find(keys);
  const found = await services.evidence.find([...ids, ...projection.edges.ids]);
  return {
    // A stub carries nothing but what its id says.
    nodes: ids.map((id) => (nodes.get(id)?.isStub ? { id, isStub: true } : nodes.get(id))),
    relationships: projection.edges.ids.map((id) => relationships.get(id)),
    claims: [...found.values()]
      .flat()
      .filter((claim) => !ignoredReports.has(claim.reportId))
      .map((claim) => ({ ...claim, changeId: undefined })),
  };
}

/** The text of an export. */
export async function exported(
  services: Services,
  query: Parameters<Services['exporting']['export']>[1],
): Promise<string> {
  const { text } = await services.exporting.export(await services.views.whole(), query);
  let all = '';
  for await (const piece of text) all += piece;
  return all;
}
