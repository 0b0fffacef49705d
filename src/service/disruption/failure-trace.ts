/** Which facts carry a failure from what was hit to the operations that it stops. */
import { compareIds, evaluate, type Projection } from '../../analysis';
import type { CompiledEcosystem } from './disruption-system';

/**
 * Edges of the projection on the ways by which the failure of some events reaches operations in scope, nearest to the
 * hit first, then in order of id.
 */
export function failureTrace(
  projection: Projection,
  compiled: CompiledEcosystem,
  parents: readonly (readonly number[])[],
  events: readonly number[],
): number[] {
  const { ecosystem, tree, vertexOf } = compiled;
  const { nodes } = ecosystem.graph;
  const isDown = evaluate(tree, events);
  const leadsToLoss = ancestorsOfLoss(compiled, isDown);
  const distance = new Map<number, number>();
  let frontier = events.map((event) => compiled.events[event]);
  const seen = new Set(frontier);
  for (let step = 0; frontier.length > 0; step++) {
    const next: number[] = [];
    for (const child of frontier) {
      for (const parent of parents[child]) {
        if (isDown[vertexOf[parent]] === 0 || !leadsToLoss.has(parent)) continue;
        for (const fact of (nodes[parent].arcs.get(child) ?? []).flat())
          if (!distance.has(fact)) distance.set(fact, step);
        if (!seen.has(parent)) next.push(parent);
        seen.add(parent);
      }
    }
    frontier = next;
  }
  const { ids } = projection.edges;
  return [...distance.keys()].sort(
    (a, b) => (distance.get(a) as number) - (distance.get(b) as number) || compareIds(ids[a], ids[b]),
  );
}

/** Parents of every node of the failure graph. */
export function parentsOf(compiled: CompiledEcosystem): number[][] {
  const { nodes } = compiled.ecosystem.graph;
  const parents: number[][] = nodes.map(() => []);
  nodes.forEach((node, parent) => {
    for (const child of node.arcs.keys()) parents[child].push(parent);
  });
  return parents;
}

/** Nodes that are down and lie below an operation in scope that is down. */
function ancestorsOfLoss(compiled: CompiledEcosystem, isDown: Uint8Array): Set<number> {
  const { nodes } = compiled.ecosystem.graph;
  const found = new Set<number>();
  const stack = compiled.operations.map((operation) => operation.node);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (found.has(node) || isDown[compiled.vertexOf[node]] === 0) continue;
    found.add(node);
    stack.push(...nodes[node].arcs.keys());
  }
  return found;
}
