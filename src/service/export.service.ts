/** Hands the graph on in the formats that other tools read, in a stream: a page of the store at a time is in memory. */
import { type Projection, vertexOf } from '../analysis';
import { AppError } from '../errors';
import type { EvidenceService } from './evidence.service';
import { attackFlowFormat } from './export/attack-flow.format';
import { csvFormat } from './export/csv.format';
import { dotFormat } from './export/dot.format';
import type { ExportEntry, ExportFormat, ExportGraph } from './export/export-entry';
import { type Selection, type SelectionQuery, selectGraph } from './export/export-selection';
import { gexfFormat } from './export/gexf.format';
import { graphmlFormat } from './export/graphml.format';
import { stixFormat } from './export/stix.format';
import type { NodeService } from './node.service';
import type { RecordedService } from './recorded.service';
import type { RelationshipService } from './relationship.service';

export interface ExportQuery extends SelectionQuery {
  readonly format: string;
  /** Leave out who says what. */
  readonly hasNoClaims?: boolean;
}

/** What is handed on, and what it is. */
export interface Download {
  readonly mediaType: string;
  readonly fileName: string;
  readonly text: AsyncIterable<string>;
}

const FORMATS: readonly ExportFormat[] = [
  attackFlowFormat,
  csvFormat,
  dotFormat,
  gexfFormat,
  graphmlFormat,
  stixFormat,
];

export const exportFormats: readonly string[] = FORMATS.map((format) => format.name);

/** Objects that are read from the store at a time. */
const PAGE_SIZE = 1000;

export class ExportService {
  constructor(
    private readonly nodes: NodeService,
    private readonly relationships: RelationshipService,
    private readonly evidence: EvidenceService,
    private readonly recorded: RecordedService,
  ) {}

  /**
   * An export of a state of the graph. Everything wrong with the query is said before the first piece of text.
   *
   * @throws AppError BAD_INPUT, BAD_FILTER, NODE_NOT_FOUND, OPERATION_NOT_FOUND
   */
  async export(projection: Projection, query: ExportQuery): Promise<Download> {
    const format = FORMATS.find((each) => each.name === query.format);
    if (!format) {
      const expected = `one of ${exportFormats.join(', ')}`;
      throw new AppError('BAD_INPUT', { what: 'format', expected, got: query.format });
    }
    if (format === attackFlowFormat && query.operation === undefined) {
      throw new AppError('BAD_INPUT', { what: 'operation', expected: 'the id of an operation', got: 'none' });
    }
    const selected = await this.graphOf(projection, selectGraph(projection, query), !query.hasNoClaims);
    const graph = { ...selected, operation: query.operation };
    return { mediaType: format.mediaType, fileName: `atlas.${format.ending}`, text: format.write(graph) };
  }

  /** A selection with what is on record of it, to be read in pages. */
  async graphOf(projection: Projection, selection: Selection, hasClaims: boolean): Promise<ExportGraph> {
    const recorded = await this.recorded.current();
    return {
      projection,
      selection,
      recorded,
      entries: () => this.entriesOf(projection, selection, hasClaims),
      find: (ids) =>
        this.nodesOf(
          projection,
          ids.filter((id) => vertexOf(projection, id) >= 0),
          hasClaims,
        ),
    };
  }

  private async *entriesOf(
    projection: Projection,
    { vertices, edges }: Selection,
    hasClaims: boolean,
  ): AsyncIterable<readonly ExportEntry[]> {
    for (let at = 0; at < vertices.length; at += PAGE_SIZE) {
      const ids = Array.from(
        vertices.subarray(at, at + PAGE_SIZE),
        (vertex) => projection.vertices.ids[vertex],
      );
      yield await this.nodesOf(projection, ids, hasClaims);
    }
    for (let at = 0; at < edges.length; at += PAGE_SIZE) {
      yield await this.relationshipsOf(projection, edges.subarray(at, at + PAGE_SIZE), hasClaims);
    }
  }

  private async nodesOf(
    projection: Projection,
    ids: readonly string[],
    hasClaims: boolean,
  ): Promise<readonly ExportEntry[]> {
    const found = await this.nodes.find(ids);
    const claims = await this.claimsOf(projection, ids, hasClaims);
    return ids.flatMap((id): ExportEntry[] => {
      const value = found.get(id);
      if (!value) return [];
      const { isStub, ...node } = value;
      return [{ kind: 'node', value: node, isStub, claims: claims.get(id) ?? [] }];
    });
  }

  async relationshipsOf(
    projection: Projection,
    edges: Uint32Array,
    hasClaims: boolean,
  ): Promise<readonly ExportEntry[]> {
    const { ids } = projection.vertices;
    const keys = Array.from(edges, (edge) => ({
      id: projection.edges.ids[edge],
      from: ids[projection.from[edge]],
      to: ids[projection.to[edge]],
    }));
    const found = await this.relationships.find(keys);
    const claims = await this.claimsOf(
      projection,
      keys.map(({ id }) => id),
      hasClaims,
    );
    return keys.flatMap(({ id }): ExportEntry[] => {
      const value = found.get(id);
      return value ? [{ kind: 'relationship', value, claims: claims.get(id) ?? [] }] : [];
    });
  }

  /** Claims of reports that the graph shows: those of others do not exist for who asks. */
  private async claimsOf(projection: Projection, ids: readonly string[], hasClaims: boolean) {
    if (!hasClaims) return new Map<string, never[]>();
    const found = await this.evidence.find(ids);
    return new Map(
      [...found].map(([id, claims]) => [
        id,
        claims.filter((claim) => vertexOf(projection, claim.reportId) >= 0),
      ]),
    );
  }
}
