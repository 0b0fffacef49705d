/**
 * The failure of gates as Boolean functions of what is in doubt, when some events happen for sure.
 *
 * What: a BDD node for every gate above the hits, over whatever variables the caller gives the conditions of arcs.
 * Formula: the rules of DoubtfulSystem; SHORT by need(i, a, b) = "among arcs i .. at most a exist and are up and at least b exist and
 *   are down"; a strongly connected component is iterated from false until nothing changes: the least fixed point.
 * Preconditions: as of DoubtfulSystem; `conditionNode(c)` is the BDD node of condition c in `bdd`.
 * Complexity: exponential at worst; the budget of `bdd` ends it with WorkLimit. Exact.
 * Reference: R. E. Bryant, doi:10.1109/TC.1986.1676819; the fixed point: A. Tarski, doi:10.2140/pjm.1955.5.285.
 * Example: the SHORT gate of doubtful-system.ts is the negation of its second supplier's condition.
 */
import type { Bdd } from '../fault-tree/bdd';
import { strongComponents } from '../fault-tree/strong-components';
import { type DoubtfulSystem, Rule } from './doubtful-system';
import { parentsOf } from './scenario-words';

export class FailureFunctions {
  private readonly components: readonly Int32Array[];
  private readonly parentOffsets: Int32Array;
  private readonly parents: Int32Array;

  constructor(readonly system: DoubtfulSystem) {
    this.components = strongComponents(system.tree, system.tree.tops);
    [this.parentOffsets, this.parents] = parentsOf(system.tree);
  }

  /** Nodes by vertex; vertices that the hits cannot reach are false and not listed. */
  nodes(
    bdd: Bdd,
    hits: readonly number[],
    conditionNode: (condition: number) => number,
  ): Map<number, number> {
    const { tree } = this.system;
    const reached = this.gatesAbove(hits);
    const nodes = new Map<number, number>(hits.map((event) => [event, 1]));
    for (const component of this.components) {
      const members = Array.from(component).filter((vertex) => reached.has(vertex));
      for (let isChanged = members.length > 0; isChanged; ) {
        isChanged = false;
        for (const vertex of members) {
          const node = gateNode(bdd, this.system, vertex - tree.eventCount, nodes, conditionNode);
          if (node === (nodes.get(vertex) ?? 0)) continue;
          nodes.set(vertex, node);
          isChanged = members.length > 1;
        }
      }
    }
    return nodes;
  }

  /** Gates above the hits, as vertices. */
  gatesAbove(hits: readonly number[]): ReadonlySet<number> {
    const { tree } = this.system;
    const reached = new Set<number>();
    const stack = [...hits];
    for (let vertex = stack.pop(); vertex !== undefined; vertex = stack.pop()) {
      for (let i = this.parentOffsets[vertex]; i < this.parentOffsets[vertex + 1]; i += 1) {
        const above = tree.eventCount + this.parents[i];
        if (reached.has(above)) continue;
        reached.add(above);
        stack.push(above);
      }
    }
    return reached;
  }

  /** Conditions of the arcs into the gates above the hits, in the order in which failure meets them. */
  conditionsAbove(hits: readonly number[]): number[] {
    const { tree, conditions } = this.system;
    const found = new Set<number>();
    const reached = this.gatesAbove(hits);
    for (const component of this.components) {
      for (const vertex of component) {
        if (!reached.has(vertex)) continue;
        const gate = vertex - tree.eventCount;
        for (let arc = tree.childOffsets[gate]; arc < tree.childOffsets[gate + 1]; arc += 1)
          if (conditions[arc] >= 0) found.add(conditions[arc]);
      }
    }
    return [...found];
  }
}

function gateNode(
  bdd: Bdd,
  system: DoubtfulSystem,
  gate: number,
  nodes: ReadonlyMap<number, number>,
  conditionNode: (condition: number) => number,
): number {
  const { tree, rules, conditions } = system;
  if (rules[gate] === Rule.NEVER) return 0;
  const arcs: { exists: number; down: number }[] = [];
  for (let arc = tree.childOffsets[gate]; arc < tree.childOffsets[gate + 1]; arc += 1) {
    const exists = conditions[arc] < 0 ? 1 : conditionNode(conditions[arc]);
    arcs.push({ exists, down: nodes.get(tree.children[arc]) ?? 0 });
  }
  if (rules[gate] === Rule.ANY) {
    return arcs.reduce((sum, { exists, down }) => bdd.or(sum, bdd.and(exists, down)), 0);
  }
  return shortNode(bdd, arcs, system.wanted[gate] - system.spare[gate] - 1, system.spare[gate] + 1);
}

/** At most `mostUp` of the arcs exist and are up, and at least `leastDown` exist and are down. */
function shortNode(
  bdd: Bdd,
  arcs: readonly { readonly exists: number; readonly down: number }[],
  mostUp: number,
  leastDown: number,
): number {
  if (mostUp < 0) return 0;
  const width = leastDown + 1;
  let rows = new Int32Array((mostUp + 1) * width);
  for (let up = 0; up <= mostUp; up += 1) rows[up * width] = 1;
  for (let i = arcs.length - 1; i >= 0; i -= 1) {
    const { exists, down } = arcs[i];
    const isDown = bdd.and(exists, down);
    const isUp = bdd.and(exists, bdd.not(down));
    const isAbsent = bdd.not(exists);
    const next = new Int32Array(rows.length);
    for (let up = 0; up <= mostUp; up += 1) {
      for (let least = 0; least <= leastDown; least += 1) {
        const absent = bdd.and(isAbsent, rows[up * width + least]);
        const oneUp = up > 0 ? bdd.and(isUp, rows[(up - 1) * width + least]) : 0;
        const oneDown = bdd.and(isDown, rows[up * width + Math.max(0, least - 1)]);
        next[up * width + least] = bdd.or(absent, bdd.or(oneUp, oneDown));
      }
    }
    rows = next;
  }
  return rows[mostUp * width + leastDown];
}
