/**
 * What this process wrote since its projection was made, as rows: the graph that an import has just written need not be read
 * back. Used only while the changes follow each other; those of other processes are read from the store.
 */
import type { EdgeRow, Projection, ProjectionDelta, TableRow } from '../analysis';
import { edgeRow, nodeRow, stubRow } from './projection-rows';
import type { Written } from './write.service';

/** Beyond so many rows, what was written is read from the store when somebody asks. */
const MAX_ROWS = 50_000;

export class OwnWrites {
  private vertices: TableRow[] = [];
  private edges: EdgeRow[] = [];
  private last: number | undefined;

  /** @param before number of the change that the rows are to follow */
  constructor(private before: number) {}

  note({ seq, nodes, stubs, relationships }: Written): void {
    if (seq !== (this.last ?? this.before) + 1) return;
    const count = nodes.length + stubs.length + relationships.length;
    if (this.vertices.length + this.edges.length + count > MAX_ROWS) {
      this.restart(Number.NaN);
      return;
    }
    for (const node of nodes) this.vertices.push(nodeRow(node));
    for (const { id, type, standsFor } of stubs) this.vertices.push(stubRow(id, type, standsFor));
    for (const relationship of relationships) this.edges.push(edgeRow(relationship));
    this.last = seq;
  }

  /** What leads from a projection to a change; undefined where others wrote on the way, or too much was written. */
  since(projection: Projection, seq: number): ProjectionDelta | undefined {
    if (this.before !== projection.seq || this.last === undefined || this.last < seq) return undefined;
    return { seq: this.last, vertices: this.vertices, edges: this.edges, deleted: new Set() };
  }

  /** Begins anew after a change. */
  restart(before: number): void {
    this.vertices = [];
    this.edges = [];
    this.last = undefined;
    this.before = before;
  }
}
