/** An ecosystem as a doubtful system: each arc of its failure graph exists while the facts that state it hold. */
import { type DoubtfulSystem, FaultTreeBuilder, GateKind, Rule } from '../../analysis';
import type { CompiledEcosystem } from './disruption-system';
import { BY_RULE, type FactWays, type FailureNode } from './failure-graph';

/** An arc that nothing on record states: a supplier that nobody can hit, or a dependency of one node on another. */
export type MissingArc =
  | { readonly kind: 'NEW_SUPPLIER'; readonly parent: number }
  | { readonly kind: 'SHARED_DEPENDENCY'; readonly parent: number; readonly child: number };

export interface DoubtfulEcosystem {
  readonly system: DoubtfulSystem;
  /** Edge of the projection behind each fact; the facts of missing arcs come after these. */
  readonly edges: readonly number[];
}

/**
 * Nodes become gates in their order, so that node n is vertex eventCount + n; after them comes one that is always up, then one
 * gate for each need of each operation: the need counts only while it is a fact that the operation has it.
 */
export function doubtfulEcosystem(
  compiled: CompiledEcosystem,
  missing: readonly MissingArc[] = [],
): DoubtfulEcosystem {
  const { nodes } = compiled.ecosystem.graph;
  const eventCount = compiled.events.length;
  const table = new ConditionTable();
  for (const node of nodes) for (const ways of node.arcs.values()) table.note(ways);
  const gates = new GateTable(eventCount);
  for (const node of nodes) gates.declare(ruleOf(node), node.rule === 'short' ? node : undefined);
  const alwaysUp = gates.declare(Rule.NEVER);
  const added = new Map<number, number[]>();
  for (const [i, { parent }] of missing.entries()) added.set(parent, [...(added.get(parent) ?? []), i]);
  for (const [index, node] of nodes.entries()) {
    const arcs = [...node.arcs].map(
      ([child, ways]) => [eventCount + child, table.conditionOf(ways)] as const,
    );
    const own = node.event >= 0 ? [[node.event, -1] as const] : [];
    const lacking = (added.get(index) ?? []).map((i) => {
      const arc = missing[i];
      const child = arc.kind === 'NEW_SUPPLIER' ? alwaysUp : eventCount + arc.child;
      return [child, table.conditionOn([[table.edges.length + i]])] as const;
    });
    gates.define([...own, ...arcs, ...lacking]);
  }
  gates.define([]);
  const requirements = compiled.operations.map((operation) =>
    operation.needs.map((need) => {
      const ways = nodes[operation.node].arcs.get(need.node) ?? BY_RULE;
      const gate = gates.declare(Rule.ANY);
      gates.define([[eventCount + need.node, table.conditionOf(ways)]]);
      return { gate, share: need.criticality };
    }),
  );
  const system: DoubtfulSystem = {
    ...gates.arrays(requirements.flat().map(({ gate }) => gate)),
    ...table.arrays(),
    factCount: table.edges.length + missing.length,
    weights: compiled.severities,
    requirements,
  };
  return { system, edges: table.edges };
}

type Arc = readonly [child: number, condition: number];

/** Gates in the making: declared first, since they refer to each other, and defined in the same order. */
class GateTable {
  private readonly rules: Rule[] = [];
  private readonly wanted: number[] = [];
  private readonly spare: number[] = [];
  private readonly arcs: (readonly Arc[])[] = [];

  constructor(private readonly eventCount: number) {}

  /** Vertex of a new gate. */
  declare(
    rule: Rule,
    { wanted, spare }: Pick<FailureNode, 'wanted' | 'spare'> = { wanted: 1, spare: 0 },
  ): number {
    this.wanted.push(wanted);
    this.spare.push(spare);
    return this.eventCount + this.rules.push(rule) - 1;
  }

  define(arcs: readonly Arc[]): void {
    this.arcs.push(arcs);
  }

  arrays(
    tops: readonly number[],
  ): Pick<DoubtfulSystem, 'tree' | 'rules' | 'wanted' | 'spare' | 'conditions'> {
    const builder = new FaultTreeBuilder(this.eventCount);
    for (const arcs of this.arcs)
      builder.gate(
        GateKind.OR,
        arcs.map(([child]) => child),
      );
    return {
      tree: builder.build({ tops }),
      rules: Uint8Array.from(this.rules),
      wanted: Int32Array.from(this.wanted),
      spare: Int32Array.from(this.spare),
      conditions: Int32Array.from(this.arcs.flatMap((arcs) => arcs.map(([, condition]) => condition))),
    };
  }
}

function ruleOf({ rule }: FailureNode): Rule {
  if (rule === 'any') return Rule.ANY;
  return rule === 'never' ? Rule.NEVER : Rule.SHORT;
}

/** Numbers facts and conditions, equal ones once. */
class ConditionTable {
  readonly edges: number[] = [];
  private readonly factOfEdge = new Map<number, number>();
  private readonly known = new Map<string, number>();
  private readonly waysOf: (readonly (readonly number[])[])[] = [];

  /** Numbers the facts of some ways. */
  note(ways: FactWays): void {
    for (const edge of ways.flat()) {
      if (this.factOfEdge.has(edge)) continue;
      this.factOfEdge.set(edge, this.edges.length);
      this.edges.push(edge);
    }
  }

  /** Condition of some ways of edges; -1 where one way asks for nothing. */
  conditionOf(ways: FactWays): number {
    return this.conditionOn(ways.map((way) => way.map((edge) => this.factOfEdge.get(edge) as number)));
  }

  /** The same, of facts by their numbers. */
  conditionOn(facts: readonly (readonly number[])[]): number {
    if (facts.some((way) => way.length === 0)) return -1;
    const key = facts.map((way) => way.join()).join(' ');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.waysOf.length);
    return this.waysOf.push(facts) - 1;
  }

  arrays(): Pick<DoubtfulSystem, 'conditionOffsets' | 'wayOffsets' | 'wayFacts'> {
    const conditionOffsets = [0];
    const wayOffsets = [0];
    const wayFacts: number[] = [];
    for (const ways of this.waysOf) {
      for (const way of ways) {
        wayFacts.push(...way);
        wayOffsets.push(wayFacts.length);
      }
      conditionOffsets.push(wayOffsets.length - 1);
    }
    return {
      conditionOffsets: Int32Array.from(conditionOffsets),
      wayOffsets: Int32Array.from(wayOffsets),
      wayFacts: Int32Array.from(wayFacts),
    };
  }
}
