/** Which node stands for nodes that are judged to be the same; a group that a judgement contradicts stays apart. */
import { type Projection, vertexCell } from '../../analysis';
import { judgementGraph } from './judgement-graph';

/** Vertex that stands for each vertex. */
export function representativesOf(projection: Projection): (vertex: number) => number {
  const { inForce, groups, contradictions } = judgementGraph(projection);
  const torn = new Set(contradictions.map(({ judged }) => groups.groupOf(judged.from)));
  const standIn = new Map<number, number>();
  for (const { from, judgement } of [...inForce.values()].flat()) {
    if (judgement !== 'SAME' || standIn.has(from) || torn.has(groups.groupOf(from))) continue;
    const members = groups.membersOf(from);
    const best = representativeOf(projection, members);
    for (const member of members) standIn.set(member, best);
  }
  return (vertex) => standIn.get(vertex) ?? vertex;
}

/** The member of a group that stands for all of it: an actor before views, then the one with most relations, then by id. */
export function representativeOf(projection: Projection, members: readonly number[]): number {
  const rank = (vertex: number): readonly [number, number] => {
    const isActor = vertexCell(projection, 'type', vertex) === 'ThreatActor';
    const degree = (adjacency: Projection['out']) =>
      adjacency.offsets[vertex + 1] - adjacency.offsets[vertex];
    return [isActor ? 1 : 0, degree(projection.out) + degree(projection.in)];
  };
  return members.reduce((best, member) => {
    const [x, y] = [rank(best), rank(member)];
    return y[0] > x[0] || (y[0] === x[0] && y[1] > x[1]) ? member : best;
  });
}
