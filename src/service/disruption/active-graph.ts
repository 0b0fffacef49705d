/** What of a projection holds at an instant: vertices and edges that nobody withdrew and that are in force then. */
import { edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { findNodeType } from '../../model/ontology/ontology';
import { TYPE_COLUMN } from '../projection-rows';

export class ActiveGraph {
  /** Ids of what was left out since it ends before it begins, and so holds at no instant. */
  protected readonly neverHolding = new Set<string>();

  /** @param at instant in the world, milliseconds; undefined takes everything on record, whenever it held */
  constructor(
    readonly projection: Projection,
    private readonly at?: number,
  ) {}

  /** Vertices of a type that are active. */
  verticesOf(type: string): number[] {
    const vertices: number[] = [];
    for (let vertex = 0; vertex < this.projection.vertices.ids.length; vertex++) {
      if (this.typeOf(vertex) === type && this.isActive(vertex)) vertices.push(vertex);
    }
    return vertices;
  }

  /** Active edges of a vertex, of one type or of all, whose other end is active. */
  edges(vertex: number, direction: 'out' | 'in', type?: string): number[] {
    const ends = direction === 'out' ? this.projection.to : this.projection.from;
    return this.recorded(vertex, direction, type).filter(
      (edge) => this.isActiveEdge(edge) && this.isActive(ends[edge]),
    );
  }

  /** Edges of a vertex that nobody withdrew, of one type or of all, whether or not they still hold. */
  recorded(vertex: number, direction: 'out' | 'in', type?: string): number[] {
    const { offsets, edges } = this.projection[direction];
    const ends = direction === 'out' ? this.projection.to : this.projection.from;
    const found: number[] = [];
    for (let i = offsets[vertex]; i < offsets[vertex + 1]; i++) {
      const edge = edges[i];
      if (type !== undefined && this.typeOfEdge(edge) !== type) continue;
      const isWithdrawn =
        isWithdrawnBy((column) => edgeCell(this.projection, column, edge)) ||
        isWithdrawnBy((column) => vertexCell(this.projection, column, ends[edge]));
      if (!isWithdrawn) found.push(edge);
    }
    return found;
  }

  /** Vertex of an id, or -1. */
  vertexOf(id: string): number {
    return vertexOf(this.projection, id);
  }

  typeOf(vertex: number): string {
    return String(vertexCell(this.projection, TYPE_COLUMN, vertex));
  }

  typeOfEdge(edge: number): string {
    return String(edgeCell(this.projection, TYPE_COLUMN, edge));
  }

  nameOf(vertex: number): string {
    return this.text('name', vertex) ?? this.projection.vertices.ids[vertex];
  }

  isComponent(vertex: number): boolean {
    return findNodeType(this.typeOf(vertex))?.isComponent === true;
  }

  text(column: string, vertex: number): string | null {
    return vertexCell(this.projection, column, vertex) as string | null;
  }

  flag(column: string, vertex: number): boolean | null {
    return vertexCell(this.projection, column, vertex) as boolean | null;
  }

  /** Whether an instant on record for a vertex has passed at the one asked for; never when all times count. */
  hasPassed(column: string, vertex: number): boolean {
    const instant = this.number(column, vertex);
    return instant !== null && this.at !== undefined && instant <= this.at;
  }

  number(column: string, vertex: number): number | null {
    return vertexCell(this.projection, column, vertex) as number | null;
  }

  private isActive(vertex: number): boolean {
    const { vertices } = this.projection;
    return this.holds(vertices.ids[vertex], (column) => vertexCell(this.projection, column, vertex));
  }

  private isActiveEdge(edge: number): boolean {
    return this.holds(this.projection.edges.ids[edge], (column) => edgeCell(this.projection, column, edge));
  }

  /** Not withdrawn by its source, and in force at the instant asked for. */
  private holds(id: string, cell: (column: string) => unknown): boolean {
    if (isWithdrawnBy(cell)) return false;
    const { at } = this;
    if (at === undefined) return true;
    if (cell('ended') === true && cell('validTo') === null) return false;
    const from = cell('validFrom') as number | null;
    const to = cell('validTo') as number | null;
    if (from !== null && to !== null && to < from) this.neverHolding.add(id);
    return (from === null || from <= at) && (to === null || at < to);
  }
}

/** Whether its source took it back. */
const isWithdrawnBy = (cell: (column: string) => unknown): boolean =>
  cell('revoked') === true || cell('deprecated') === true;
