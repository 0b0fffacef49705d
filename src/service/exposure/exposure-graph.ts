/** What the graph says of products, vulnerabilities and who exploits them, as columns and edges tell it. */
import { compareIds, edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { TYPE_COLUMN } from '../projection.service';
import { type Product, type ProductWords, productsOf } from './product-match';

/** Something that is stated of a product: that a vulnerability affects it, or a VEX statement. */
export interface StatedProduct {
  readonly edge: number;
  /** The vulnerability or statement. */
  readonly from: number;
  readonly product: Product;
}

/** An actor, operation or piece of malware that exploits a vulnerability; `via` what it does so with. */
export interface Exploiter {
  readonly vertex: number;
  readonly via?: number;
}

const ADVERSARIES: ReadonlySet<string> = new Set(['ThreatActor', 'IntrusionSet', 'Operation']);

export class ExposureGraph {
  private stated: ReadonlyMap<string, readonly StatedProduct[]> | undefined;

  constructor(readonly projection: Projection) {}

  /** What is stated of products, by what tells the product. */
  get statedOf(): ReadonlyMap<string, readonly StatedProduct[]> {
    if (this.stated) return this.stated;
    const byIdentity = new Map<string, StatedProduct[]>();
    this.projection.vertices.ids.forEach((_, vertex) => {
      if (this.typeOf(vertex) !== 'Software') return;
      const edges = this.edges(vertex, 'in', ['AFFECTS']);
      if (edges.length === 0) return;
      for (const product of productsOf(this.wordsOf(vertex))) {
        const list = byIdentity.get(product.identity) ?? [];
        for (const edge of edges) list.push({ edge, from: this.projection.from[edge], product });
        byIdentity.set(product.identity, list);
      }
    });
    this.stated = byIdentity;
    return byIdentity;
  }

  wordsOf(vertex: number): ProductWords {
    const text = (column: string) => (this.cell(column, vertex) as string | null) ?? undefined;
    return { purl: text('purl'), cpe: text('cpe'), name: text('name'), version: text('version') };
  }

  /** Vulnerabilities that a VEX statement is about. */
  vulnerabilitiesOf(statement: number): readonly number[] {
    const ends = this.edges(statement, 'out', ['STATES']).map((edge) => this.projection.to[edge]);
    return ends.filter((vertex) => this.typeOf(vertex) === 'Vulnerability');
  }

  /** Who exploits a vulnerability: itself, with malware or tools that do, or by operations attributed to it. */
  exploitersOf(vulnerability: number): readonly Exploiter[] {
    const found = new Map<number, Exploiter>();
    const add = (exploiter: Exploiter): void => {
      if (!found.has(exploiter.vertex)) found.set(exploiter.vertex, exploiter);
    };
    const users = this.edges(vulnerability, 'in', ['EXPLOITS', 'TARGETS']).map(
      (edge) => this.projection.from[edge],
    );
    for (const vertex of users) add({ vertex });
    for (const vertex of users) {
      if (ADVERSARIES.has(this.typeOf(vertex))) continue;
      for (const edge of this.edges(vertex, 'in', ['USES']))
        add({ vertex: this.projection.from[edge], via: vertex });
    }
    for (const { vertex } of [...found.values()]) {
      for (const edge of this.edges(vertex, 'out', ['ATTRIBUTED_TO']))
        add({ vertex: this.projection.to[edge], via: vertex });
    }
    return [...found.values()]
      .filter(({ vertex }) => ADVERSARIES.has(this.typeOf(vertex)))
      .sort((a, b) => compareIds(this.idOf(a.vertex), this.idOf(b.vertex)));
  }

  /** Sectors that an adversary targets. */
  sectorsOf(vertex: number): readonly number[] {
    const ends = this.edges(vertex, 'out', ['TARGETS']).map((edge) => this.projection.to[edge]);
    return [...new Set(ends)].filter((end) => this.typeOf(end) === 'Sector');
  }

  typeOf(vertex: number): string {
    return String(this.cell(TYPE_COLUMN, vertex));
  }

  idOf(vertex: number): string {
    return this.projection.vertices.ids[vertex];
  }

  nameOf(vertex: number): string {
    return String(this.cell('name', vertex) ?? this.idOf(vertex));
  }

  cell(column: string, vertex: number) {
    return vertexCell(this.projection, column, vertex);
  }

  vertexOf(id: string): number {
    return vertexOf(this.projection, id);
  }

  /** Edges of some types that nobody took back. */
  private edges(vertex: number, direction: 'out' | 'in', types: readonly string[]): readonly number[] {
    const { offsets, edges } = this.projection[direction];
    const ends = direction === 'out' ? this.projection.to : this.projection.from;
    return Array.from(edges.subarray(offsets[vertex], offsets[vertex + 1])).filter(
      (edge) =>
        types.includes(String(edgeCell(this.projection, TYPE_COLUMN, edge))) &&
        !isTakenBack((column) => edgeCell(this.projection, column, edge)) &&
        !isTakenBack((column) => this.cell(column, ends[edge])),
    );
  }
}

const isTakenBack = (cell: (column: string) => unknown): boolean =>
  cell('revoked') === true || cell('deprecated') === true;
