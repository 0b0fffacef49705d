/** Hands the graph on in the formats that other tools read, in a stream: a page of the store at a time is in memory. */
import { AppError } from '../errors';
import type { EvidenceColumnService } from './evidence-column.service';
import { attackFlowFormat } from './export/attack-flow.format';
import { csvFormat } from './export/csv.format';
import { dotFormat } from './export/dot.format';
import type { ExportEntry, ExportFormat, ExportGraph } from './export/export-entry';
import { keysOf, type Selection, type SelectionQuery, selectGraph } from './export/export-selection';
import { gexfFormat } from './export/gexf.format';
import { graphmlFormat } from './export/graphml.format';
import { stixFormat } from './export/stix.format';
import type { GraphView } from './graph-view';
import type { RecordedService } from './recorded.service';
import type { ViewContent } from './view-content';

export interface ExportQuery extends SelectionQuery {
  readonly format: string;
  /** Leave out who says what. */
  readonly hasNoClaims?: boolean;
  /** Instant in the world of the view that is exported. */
  readonly asOf?: string;
  /** When the graph was as it is exported. */
  readonly knownAt?: string;
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
    private readonly content: ViewContent,
    private readonly recorded: RecordedService,
    private readonly evidenceColumns: EvidenceColumnService,
  ) {}

  /**
   * An export of a view of the graph. Everything wrong with the query is said before the first piece of text.
   *
   * @throws AppError BAD_INPUT, BAD_FILTER, NODE_NOT_FOUND, OPERATION_NOT_FOUND
   */
  async export(view: GraphView, query: ExportQuery): Promise<Download> {
    const format = FORMATS.find((each) => each.name === query.format);
    if (!format) {
      const expected = `one of ${exportFormats.join(', ')}`;
      throw new AppError('BAD_INPUT', { what: 'format', expected, got: query.format });
    }
    if (format === attackFlowFormat && query.operation === undefined) {
      throw new AppError('BAD_INPUT', { what: 'operation', expected: 'the id of an operation', got: 'none' });
    }
    const { projection } = await this.evidenceColumns.forAsked(view, query.where);
    const selected = await this.graphOf(view, selectGraph(projection, query), !query.hasNoClaims);
    const graph = { ...selected, operation: query.operation };
    return { mediaType: format.mediaType, fileName: `atlas.${format.ending}`, text: format.write(graph) };
  }

  /** A selection with what is on record of it, to be read in pages. */
  private async graphOf(view: GraphView, selection: Selection, hasClaims: boolean): Promise<ExportGraph> {
    return {
      projection: view.projection,
      selection,
      recorded: await this.recorded.current(),
      entries: () => this.entriesOf(view, selection, hasClaims),
      find: (ids) =>
        this.nodesOf(
          view,
          ids.filter((id) => view.hasNode(id)),
          hasClaims,
        ),
    };
  }

  private async *entriesOf(
    view: GraphView,
    { vertices, edges }: Selection,
    hasClaims: boolean,
  ): AsyncIterable<readonly ExportEntry[]> {
    const { ids } = view.projection.vertices;
    for (let at = 0; at < vertices.length; at += PAGE_SIZE) {
      const page = Array.from(vertices.subarray(at, at + PAGE_SIZE), (vertex) => ids[vertex]);
      yield await this.nodesOf(view, page, hasClaims);
    }
    for (let at = 0; at < edges.length; at += PAGE_SIZE) {
      yield await this.relationshipsOf(view, edges.subarray(at, at + PAGE_SIZE), hasClaims);
    }
  }

  private async nodesOf(
    view: GraphView,
    ids: readonly string[],
    hasClaims: boolean,
  ): Promise<readonly ExportEntry[]> {
    const found = await this.content.nodes(view, ids);
    const claims = await this.claimsOf(view, ids, hasClaims);
    return ids.flatMap((id): ExportEntry[] => {
      const value = found.get(id);
      if (!value) return [];
      const { isStub, ...node } = value;
      return [{ kind: 'node', value: node, isStub, claims: claims.get(id) ?? [] }];
    });
  }

  private async relationshipsOf(
    view: GraphView,
    edges: Uint32Array,
    hasClaims: boolean,
  ): Promise<readonly ExportEntry[]> {
    const keys = keysOf(view.projection, edges);
    const found = await this.content.relationships(view, keys);
    const ids = keys.map(({ id }) => id);
    const claims = await this.claimsOf(view, ids, hasClaims);
    return ids.flatMap((id): ExportEntry[] => {
      const value = found.get(id);
      return value ? [{ kind: 'relationship', value, claims: claims.get(id) ?? [] }] : [];
    });
  }

  /** Claims of reports that the view shows: those of others do not exist for who asks. */
  private async claimsOf(view: GraphView, ids: readonly string[], hasClaims: boolean) {
    if (!hasClaims) return new Map<string, never[]>();
    const found = await this.content.claims(view, ids);
    return new Map(
      [...found].map(([id, claims]) => [id, claims.filter(({ reportId }) => view.hasNode(reportId))]),
    );
  }
}
