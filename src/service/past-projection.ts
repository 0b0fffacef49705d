/**
 * The graph as it was known after a change: the present, with what later changes wrote put back to what it was. Exact, since
 * every state that a change supersedes is kept, and what nobody had described can be told from the relationships of the time.
 */
import { advance, edgeOf, type Projection, vertexOf } from '../analysis';
import { nodeTypeOfId } from '../model/identity';
import { findChanges, listChanges } from '../store/change.store';
import type { Reader } from '../store/engine';
import type { RelationshipKey } from '../store/relationship.store';
import { findVersionEnds } from '../store/version.store';
import { type ObjectState, readStates, stateAt } from './object-states';
import { edgeRow, nodeRow, stubRow } from './projection-rows';

const CHANGES_A_PAGE = 500;

/** What the changes after one have written, or deleted. */
interface Touched {
  readonly nodes: Set<string>;
  readonly links: Set<string>;
  readonly deleted: Set<string>;
}

/**
 * @param present a projection that is newer
 * @param seq number of the change; 0 is before the first
 */
export async function projectionAt(reader: Reader, present: Projection, seq: number): Promise<Projection> {
  const touched = await touchedBetween(reader, seq, present.seq);
  const keys = [...touched.links].flatMap((id) => keyOf(present, id) ?? []);
  const gone = [...touched.links, ...touched.deleted].filter((id) => !keyOf(present, id));
  const states = await readStates(reader, [...touched.nodes, ...gone], keys);
  const past = new Map<string, ObjectState>();
  for (const [id, list] of states) {
    const state = stateAt(list, seq);
    if (state) past.set(id, state);
  }
  const vertices = [...past].flatMap(([id, state]) =>
    state.from === undefined ? [nodeRow({ id, ...state })] : [],
  );
  const edges = [...past].flatMap(([id, { from, to, ...state }]) =>
    from === undefined || to === undefined ? [] : [edgeRow({ id, from, to, ...state })],
  );
  const isDescribed = new Set(vertices.map((row) => row.id));
  const ends = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const isEnd = (id: string): boolean => ends.has(id) || hasUntouchedEdge(present, id, touched.links);
  const others = [...touched.nodes, ...touched.deleted].filter((id) => !isDescribed.has(id));
  const former = await formerEnds(
    reader,
    others.filter((id) => !isEnd(id)),
    seq,
  );
  for (const id of others) {
    if (isEnd(id) || former.has(id)) vertices.push(stubRow(id, nodeTypeOfId(id)));
  }
  const kept = new Set([...vertices, ...edges].map((row) => row.id));
  const all = [...touched.nodes, ...touched.links, ...touched.deleted];
  return advance(present, { seq, vertices, edges, deleted: new Set(all.filter((id) => !kept.has(id))) });
}

/** What the changes after one have written, until another. */
export async function touchedBetween(reader: Reader, seq: number, until: number): Promise<Touched> {
  const touched: Touched = { nodes: new Set(), links: new Set(), deleted: new Set() };
  for (let after = seq; after < until; ) {
    const page = await listChanges(reader, after, Math.min(CHANGES_A_PAGE, until - after));
    if (page.length === 0) break;
    for (const { nodeIds, relationshipIds, deletedIds } of page) {
      for (const id of nodeIds) touched.nodes.add(id);
      for (const id of relationshipIds) touched.links.add(id);
      for (const id of deletedIds) touched.deleted.add(id);
    }
    after = page[page.length - 1].seq;
  }
  return touched;
}

function keyOf(projection: Projection, id: string): RelationshipKey | undefined {
  const edge = edgeOf(projection, id);
  if (edge < 0) return undefined;
  const { ids } = projection.vertices;
  return { id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
}

/** Whether a relationship that no later change wrote leaves or enters a node. */
function hasUntouchedEdge(projection: Projection, id: string, touched: ReadonlySet<string>): boolean {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return false;
  return [projection.out, projection.in].some(({ offsets, edges }) => {
    for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
      if (!touched.has(projection.edges.ids[edges[at]])) return true;
    }
    return false;
  });
}

/** Nodes that a relationship led from or to before it moved: they were referred to since. */
async function formerEnds(reader: Reader, ids: readonly string[], seq: number): Promise<Set<string>> {
  const rows = await findVersionEnds(reader, ids);
  const changes = await findChanges(
    reader,
    rows.map((row) => row.changeId),
  );
  return new Set(
    rows.filter(({ changeId }) => (changes.get(changeId)?.seq ?? seq + 1) <= seq).map((row) => row.nodeId),
  );
}
