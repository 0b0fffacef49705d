/** What every format writes: the entries of a selection, read from the store page by page as the writer asks for them. */
import { type Projection, vertexCell } from '../../analysis';
import type { ClaimValue, NodeValue, RelationshipValue } from '../../model/values';
import { TYPE_COLUMN } from '../projection.service';
import type { RecordedTimes } from '../recorded.service';
import type { Selection } from './export-selection';

export type ExportEntry =
  | {
      readonly kind: 'node';
      readonly value: NodeValue;
      readonly isStub: boolean;
      readonly claims: readonly ClaimValue[];
    }
  | {
      readonly kind: 'relationship';
      readonly value: RelationshipValue;
      readonly claims: readonly ClaimValue[];
    };

/** One export: what is selected of which graph, and how it is read. */
export interface ExportGraph {
  readonly projection: Projection;
  readonly selection: Selection;
  /** Operation whose dependencies are selected, if it is one's. */
  readonly operation?: string;
  readonly recorded: RecordedTimes;
  /** Nodes first, then relationships, each in order of id. */
  entries(): AsyncIterable<readonly ExportEntry[]>;
  /** Some nodes out of order, such as the reports that claims are from; those that may not be seen are left out. */
  find(ids: readonly string[]): Promise<readonly ExportEntry[]>;
}

/** A format that is written as text, in pieces. */
export interface ExportFormat {
  readonly name: string;
  readonly mediaType: string;
  /** Ending of its files. */
  readonly ending: string;
  write(graph: ExportGraph): AsyncIterable<string>;
}

/** Names of node types in a selection. */
export function selectedTypes({ projection, selection }: ExportGraph): readonly string[] {
  const types = new Set<string>();
  for (const vertex of selection.vertices) types.add(String(vertexCell(projection, TYPE_COLUMN, vertex)));
  return [...types].sort();
}

/** A value in one line of text: lists and JSON as JSON. */
export const plainText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
