/** What views use and are linked to, read from the projection once for all pairs. */
import { edgeCell, type Projection } from '../../analysis';
import { TYPE_COLUMN } from '../projection.service';
import type { IdentityView } from './identity-view';
import { isActiveVertex } from './judgement-graph';

export interface Uses {
  /** By view: what it uses, with the relationship that says so. */
  readonly of: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** By what is used: the views that use it. */
  readonly users: ReadonlyMap<number, readonly number[]>;
}

/** What each view uses over active edges of a type, and who uses it; views by place. */
export function usesOf(
  projection: Projection,
  views: readonly IdentityView[],
  edgeType: string,
  isWanted: (vertex: number) => boolean,
): Uses {
  const of = new Map<number, Map<number, string>>();
  const users = new Map<number, number[]>();
  const wanted = new Map<number, boolean>();
  const isUsable = (vertex: number): boolean => {
    let known = wanted.get(vertex);
    if (known === undefined) {
      known = isActiveVertex(projection, vertex) && isWanted(vertex);
      wanted.set(vertex, known);
    }
    return known;
  };
  views.forEach(({ vertex }, place) => {
    const used = new Map<number, string>();
    for (const edge of activeEdges(projection, vertex, edgeType)) {
      const target = projection.to[edge];
      if (!used.has(target) && isUsable(target)) used.set(target, projection.edges.ids[edge]);
    }
    of.set(place, used);
    for (const target of used.keys()) {
      const known = users.get(target);
      if (known) known.push(place);
      else users.set(target, [place]);
    }
  });
  return { of, users };
}

/** What a vertex leads to over active edges of a type. */
export function targetsOf(projection: Projection, edgeType: string): (vertex: number) => ReadonlySet<number> {
  return (vertex) =>
    new Set(
      activeEdges(projection, vertex, edgeType)
        .map((edge) => projection.to[edge])
        .filter((target) => isActiveVertex(projection, target)),
    );
}

function activeEdges(projection: Projection, vertex: number, edgeType: string): number[] {
  const { offsets, edges } = projection.out;
  const found: number[] = [];
  for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
    const edge = edges[at];
    const cell = (column: string) => edgeCell(projection, column, edge);
    if (cell(TYPE_COLUMN) !== edgeType || cell('revoked') === true || cell('deprecated') === true) continue;
    found.push(edge);
  }
  return found;
}
