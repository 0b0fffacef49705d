/**
 * The lever DEFEND: what those who are attacked can do. A technique is stopped in the defended scope when it is blocked
 * itself, or one mitigation or detection that is recorded for it is in place; a vulnerability when it is patched.
 * docs/analysis/defend.md states every rule.
 */
import { compareIds } from '../../analysis';
import type { EcosystemBuilder, EcosystemOperation } from './ecosystem';
import { BY_RULE } from './failure-graph';
import { covers, type DefenceKind } from './lever';
import { techniqueNeeds, usesOf } from './technique-needs';

/** Relationships by which a defence is recorded for what it stops. */
const DEFENCE_RELATIONSHIPS: readonly (readonly [string, DefenceKind])[] = [
  ['MITIGATES', 'MITIGATION'],
  ['DETECTS', 'DETECTION'],
];

export class Defences {
  private readonly nodeOfVertex = new Map<number, number>();

  constructor(private readonly builder: EcosystemBuilder) {}

  /** Makes the defences part of what the builder builds; the operations have to be there. */
  addTo(): void {
    this.builder.onComponent = (vertex, node) => this.protect(vertex, node);
    this.addNeeds(this.builder.operations);
  }

  /** Lets the defences that are recorded for a technique, malware or tool stop it. */
  private protect(vertex: number, node: number): void {
    for (const [type, kind] of DEFENCE_RELATIONSHIPS) {
      if (!covers(this.builder.options, kind)) continue;
      for (const edge of this.builder.edges(vertex, 'in', type)) {
        const source = this.builder.projection.from[edge];
        if (this.builder.isComponent(source)) continue;
        this.builder.graph.connect(node, this.nodeOf(source, true), [[edge]]);
      }
    }
  }

  /**
   * Gives operations the needs that only a defender can touch: the tactics in which an operation with needs of its own,
   * or its actors where nothing is said of itself, uses techniques; and one of the vulnerabilities that it is recorded to exploit.
   */
  private addNeeds(operations: readonly EcosystemOperation[]): void {
    for (const operation of operations) {
      if (!operation.isInferred) this.addTechniques(operation);
      this.addVulnerabilities(operation);
    }
  }

  private addTechniques(operation: EcosystemOperation): void {
    const { builder } = this;
    const { projection } = builder;
    const users = operation.subjects.map((vertex) => ({ vertex, because: [] as number[] }));
    const actors = operation.subjects
      .flatMap((vertex) => builder.edges(vertex, 'out', 'ATTRIBUTED_TO'))
      .map((edge) => ({ vertex: projection.to[edge], because: [edge] }));
    const own = usesOf(builder, users);
    const use = own.techniques.size + own.software.size > 0 ? own : usesOf(builder, actors);
    operation.needs.push(...techniqueNeeds(builder, operation.id, operation.node, use));
  }

  private addVulnerabilities(operation: EcosystemOperation): void {
    const { graph, projection, options } = this.builder;
    const edges = operation.subjects
      .flatMap((vertex) => ['EXPLOITS', 'TARGETS'].flatMap((type) => this.builder.edges(vertex, 'out', type)))
      .filter((edge) => this.builder.typeOf(projection.to[edge]) === 'Vulnerability')
      .sort((a, b) => compareIds(projection.edges.ids[a], projection.edges.ids[b]));
    if (edges.length === 0) return;
    const need = graph.add(
      'supply',
      `${operation.id} vulnerability`,
      options.hasLatentMarket ? 'never' : 'all',
    );
    for (const edge of edges) graph.connect(need, this.vulnerabilityOf(projection.to[edge]), [[edge]]);
    graph.connect(operation.node, need, BY_RULE);
    operation.needs.push({ node: need, criticality: 1 });
  }

  private vulnerabilityOf(vertex: number): number {
    const known = this.nodeOfVertex.get(vertex);
    if (known !== undefined) return known;
    const node = this.nodeOf(vertex, covers(this.builder.options, 'PATCH'));
    this.protect(vertex, node);
    return node;
  }

  private nodeOf(vertex: number, isHittable: boolean): number {
    const { graph, projection } = this.builder;
    const known = this.nodeOfVertex.get(vertex);
    if (known !== undefined) return known;
    const node = graph.add('defence', projection.vertices.ids[vertex], 'any');
    graph.nodes[node].isHittable = isHittable;
    this.nodeOfVertex.set(vertex, node);
    return node;
  }
}
