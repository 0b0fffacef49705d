/** What an import knows of the store: the graph as it began, and what the file itself has brought since. */
import { edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import type { TypeOf } from '../ingest/reader';
import { TYPE_COLUMN } from './projection-rows';
import type { ItemReport, WriteBasis, WriteReport } from './write.service';

/** The number of no change: somebody else wrote meanwhile, and the store is asked from then on. */
const OUTDATED = -1;

export class ImportBasis implements WriteBasis {
  /** Ids of the file that are not in the store although the file describes them. */
  private readonly rejected = new Set<string>();
  private last: number;

  /** @param describedInFile type of a node of the file; its nodes are written before its relationships */
  constructor(
    private readonly projection: Projection,
    private readonly describedInFile: TypeOf,
  ) {
    this.last = projection.seq;
  }

  get seq(): number {
    return this.last;
  }

  /** Takes in what a batch of this import did. */
  advance({ items, seq }: WriteReport): void {
    for (const { id, status } of items as readonly ItemReport[])
      if (status === 'rejected') this.rejected.add(id);
    if (seq === undefined) return;
    this.last = seq === this.last + 1 ? seq : OUTDATED;
  }

  isNewNode(id: string): boolean {
    return vertexOf(this.projection, id) < 0;
  }

  typeOfEnd(id: string): string | null | undefined {
    const described = this.describedInFile(id);
    if (described !== undefined && !this.rejected.has(id)) return described;
    const vertex = vertexOf(this.projection, id);
    if (vertex < 0) return null;
    if (vertexCell(this.projection, 'stub', vertex) === true) return undefined;
    return vertexCell(this.projection, TYPE_COLUMN, vertex) as string;
  }

  isNewRelationship(id: string): boolean {
    return edgeOf(this.projection, id) < 0;
  }

  isNewReport(id: string): boolean {
    return this.isNewNode(id);
  }
}
