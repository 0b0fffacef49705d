/**
 * The failure graph: how failure travels through an ecosystem, before it is compiled into a fault tree. A node is a
 * component, a requirement, an operation, or a step that a rule adds; an arc carries the facts it rests on.
 */
import { compareIds, type FaultTree, FaultTreeBuilder, GateKind } from '../../analysis';

export type FailureNodeKind =
  | 'operation'
  | 'requirement'
  | 'component'
  | 'providers'
  | 'tactic'
  | 'technique'
  | 'supply'
  | 'defence';

/**
 * `any`: down when one child is; `all`: when all are; `short`: when fewer than `wanted` of the children and the `spare`
 * suppliers that nobody can hit are up, where no more is wanted than there are children; `never`: stays up. A node
 * without children stays up.
 */
export type FailureRule = 'any' | 'all' | 'short' | 'never';

/** Ways in which an arc is stated, each the edges of the projection that state it together; one empty way: by a rule. */
export type FactWays = readonly (readonly number[])[];
export const BY_RULE: FactWays = [[]];

export interface FailureNode {
  readonly kind: FailureNodeKind;
  /** Id of the object it stands for; of the operation or group for a step that a rule adds. */
  readonly id: string;
  rule: FailureRule;
  /** Children that have to be up, and suppliers beside them that nobody can hit: of a `short` node. */
  wanted: number;
  spare: number;
  readonly arcs: Map<number, FactWays>;
  /** What a measure can hit, with an effect that lasts. */
  isHittable: boolean;
  /** Position among the basic events once compiled, -1 for what is none. */
  event: number;
}

export interface CompiledFailureGraph {
  readonly tree: FaultTree;
  /** Node that each basic event stands for, in order of id. */
  readonly events: readonly number[];
  /** Fault-tree vertex of each node. */
  readonly vertexOf: readonly number[];
}

export class FailureGraph {
  readonly nodes: FailureNode[] = [];

  add(kind: FailureNodeKind, id: string, rule: FailureRule): number {
    const node = { kind, id, rule, wanted: 1, spare: 0, arcs: new Map(), isHittable: false, event: -1 };
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  /** Adds an arc; arcs to one child are one, stated in the ways of all. */
  connect(parent: number, child: number, ways: FactWays): void {
    const { arcs } = this.nodes[parent];
    arcs.set(child, [...(arcs.get(child) ?? []), ...ways]);
  }

  /** Ids of all that failure can come from to one of the given nodes, and their own. */
  idsBelow(tops: readonly number[]): ReadonlySet<string> {
    const seen = new Set(tops);
    for (const node of seen) for (const child of this.nodes[node].arcs.keys()) seen.add(child);
    return new Set([...seen].map((node) => this.nodes[node].id));
  }

  /** The fault tree whose tops are the given nodes. */
  compile(tops: readonly number[]): CompiledFailureGraph {
    const events = this.nodes
      .map((_, node) => node)
      .filter((node) => this.nodes[node].isHittable)
      .sort((a, b) => compareIds(this.nodes[a].id, this.nodes[b].id));
    events.forEach((node, event) => {
      this.nodes[node].event = event;
    });
    const builder = new FaultTreeBuilder(events.length);
    const vertexOf = this.nodes.map(() => builder.declare());
    this.nodes.forEach((node, index) => {
      const children = [...node.arcs.keys()].map((child) => vertexOf[child]);
      if (node.event >= 0) children.unshift(node.event);
      const [kind, threshold] = gateOf(node, children.length);
      builder.define(vertexOf[index], kind, children, threshold);
    });
    return { tree: builder.build({ tops: tops.map((top) => vertexOf[top]) }), events, vertexOf };
  }
}

function gateOf(node: FailureNode, childCount: number): [GateKind, number] {
  if (node.rule === 'never' || childCount === 0) return [GateKind.FALSE, 0];
  if (node.rule === 'any') return [GateKind.OR, 0];
  if (node.rule === 'all') return [GateKind.AND, 0];
  const threshold = childCount + node.spare - Math.min(node.wanted, childCount) + 1;
  if (threshold > childCount) return [GateKind.FALSE, 0];
  return threshold === childCount ? [GateKind.AND, 0] : [GateKind.ATLEAST, threshold];
}
