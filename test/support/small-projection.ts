/** A projection from a few words: no store behind it. */
import { advance, EMPTY_PROJECTION, type Projection } from '../../src/analysis';

/** Nodes of one type and relationships of one type between them, each written `from->to`. */
export function smallProjection(nodes: readonly string[], links: readonly string[], seq = 1): Projection {
  return advance(EMPTY_PROJECTION, {
    seq,
    vertices: nodes.map((id) => ({ id, cells: { type: 'Service', name: `name of ${id}` } })),
    edges: links.map((id) => {
      const [from, to] = id.split('->');
      return { id, from, to, cells: { type: 'USES' } };
    }),
    deleted: new Set(),
  });
}
