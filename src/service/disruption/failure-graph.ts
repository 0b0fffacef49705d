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
  | 'technique';

/** `any`: down when one child is; `all`: when all are; `atLeast`: when `threshold` are; `never`: stays up. */
export type FailureRule = 'any' | 'all' | 'atLeast' | 'never';

export interface FailureNode {
  readonly kind: FailureNodeKind;
  /** Id of the object it stands for; of the operation or group for a step that a rule adds. */
  readonly id: string;
  rule: FailureRule;
  threshold: number;
  /** Children, each with the edges of the projection that state the arc. */
  readonly arcs: Map<number, readonly number[]>;
  /** A component that a measure can hit, with an effect that lasts. */
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
    this.nodes.push({ kind, id, rule, threshold: 0, arcs: new Map(), isHittable: false, event: -1 });
    return this.nodes.length - 1;
  }

  /** Adds an arc; arcs to one child are one, with the facts of all. */
  connect(parent: number, child: number, facts: readonly number[]): void {
    const { arcs } = this.nodes[parent];
    const known = arcs.get(child) ?? [];
    arcs.set(child, [...known, ...facts.filter((fact) => !known.includes(fact))]);
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
  return [GateKind.ATLEAST, node.threshold];
}
