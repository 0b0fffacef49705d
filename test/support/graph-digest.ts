/** All that a graph says, in a fixed order: two stores hold the same exactly when these are equal. */
import type { Services } from '../../src/service/services';

export interface GraphContent {
  readonly nodes: readonly unknown[];
  readonly relationships: readonly unknown[];
  readonly claims: readonly unknown[];
}

export async function graphContent(services: Services): Promise<GraphContent> {
  const projection = await services.projections.current();
  const { ids } = projection.vertices;
  const nodes = await services.nodes.find(ids);
  const keys = projection.edges.ids.map((id) => services.relationships.keyOf(projection, id)!);
  const relationships = await services.relationships.find(keys);
  const claims = await services.evidence.find([...ids, ...projection.edges.ids]);
  return {
    // A stub carries nothing but what its id says.
    nodes: ids.map((id) => (nodes.get(id)?.isStub ? { id, isStub: true } : nodes.get(id))),
    relationships: projection.edges.ids.map((id) => relationships.get(id)),
    claims: [...claims.values()].flat().map((claim) => ({ ...claim, changeId: undefined })),
  };
}
